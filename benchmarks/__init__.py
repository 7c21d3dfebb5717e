"""The published figures, and all that is needed to measure them again. The app never imports this."""
