"""How the reader's weights were made: data, vocabulary, training, export. The app never imports this."""

from embeddings.telemetry import turn_off_telemetry

turn_off_telemetry()  # some modules here import onnxruntime before anything of `embeddings`
