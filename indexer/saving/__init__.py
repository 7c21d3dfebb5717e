"""An index kept and brought back: backups, the move to other servers, reports taken out and put back."""
