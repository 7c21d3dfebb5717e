"""Making what is handed out of the project; neither the app nor the command needs it."""
