"""What developers run: the list of modules, the picture of the README. The app never imports this."""
