"""Models: texts to vectors. This layer knows numbers only; it has never heard of a report."""

from embeddings.bundled import BUNDLED_MODEL
from embeddings.encoder import Encoder, EncoderIdentity, PassageText, PassageVectors, Vectors
from embeddings.errors import ModelError, WenbaoError
from embeddings.loading import chosen_model, load_encoder
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.telemetry import turn_off_telemetry
from embeddings.transformer_encoder import SentenceTransformerEncoder

# None of the modules above imports a library that would tell of its use before it is needed.
turn_off_telemetry()

__all__ = [
    "BUNDLED_MODEL",
    "Encoder",
    "EncoderIdentity",
    "ModelError",
    "OnnxEncoder",
    "PassageText",
    "PassageVectors",
    "SentenceTransformerEncoder",
    "Vectors",
    "WenbaoError",
    "chosen_model",
    "load_encoder",
]
