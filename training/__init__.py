"""How the reader's weights were made: data, vocabulary, training, export. The app never imports this."""
