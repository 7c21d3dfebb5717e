"""Which encoder is used: the bundled model, or the one that the user names."""

from __future__ import annotations

import os

from embeddings.bundled import BUNDLED_MODEL
from embeddings.encoder import Encoder
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.transformer_encoder import SentenceTransformerEncoder


def chosen_model() -> str:
    """The model the user set in `WENBAO_MODEL` (a name or a path), else the bundled one."""
    return os.environ.get("WENBAO_MODEL", "").strip() or BUNDLED_MODEL


def load_encoder(model: str | None = None) -> Encoder:
    """Load the model `model`, or the one the settings name.

    Raises:
        ModelError: it cannot be found or loaded.
    """
    name = model or chosen_model()
    return OnnxEncoder() if name == BUNDLED_MODEL else SentenceTransformerEncoder(name)
