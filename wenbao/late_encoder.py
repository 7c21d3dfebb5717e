"""An embedding model that is loaded when it is first needed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from embeddings import Encoder, EncoderIdentity, PassageText, PassageVectors, Vectors


class LateEncoder:
    """Stands in for the encoder that `load` gives and calls it once, from whichever thread is first.

    Every method raises what `load` raises: `ModelError` where the model cannot be found or loaded.
    """

    def __init__(self, load: Callable[[], Encoder]) -> None:
        self._load = load
        self._loaded: Encoder | None = None
        self._lock = threading.Lock()

    @property
    def identity(self) -> EncoderIdentity:
        """As `Encoder.identity`."""
        return self._encoder().identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As `Encoder.encode_queries`."""
        return self._encoder().encode_queries(texts)

    @property
    def parallel(self) -> int:
        """As `Encoder.parallel`."""
        return self._encoder().parallel

    def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        """As `Encoder.encode_passages`."""
        return self._encoder().encode_passages(passages)

    def _encoder(self) -> Encoder:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded
