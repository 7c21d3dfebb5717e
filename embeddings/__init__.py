"""Models: texts to vectors. This layer knows numbers only; it has never heard of a report."""

from embeddings.encoder import (
    BUNDLED_MODEL,
    Encoder,
    EncoderIdentity,
    SentenceTransformerEncoder,
    Vectors,
    chosen_model,
    load_encoder,
)
from embeddings.errors import ModelError, WenbaoError

__all__ = [
    "BUNDLED_MODEL",
    "Encoder",
    "EncoderIdentity",
    "ModelError",
    "SentenceTransformerEncoder",
    "Vectors",
    "WenbaoError",
    "chosen_model",
    "load_encoder",
]
