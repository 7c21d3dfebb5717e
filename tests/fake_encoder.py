"""An encoder without a model: the same text gives the same vector, like texts give like vectors."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence

import numpy as np

from embeddings import EncoderIdentity, Vectors
from embeddings.encoder import Progress

_BATCH = 32


class FakeEncoder:
    """Unit vectors of hashed characters and character pairs; implements `embeddings.Encoder`.

    `fail_after` texts it raises `failure` instead, to play a model that dies in the middle.
    """

    def __init__(
        self,
        dimension: int = 64,
        model: str = "fake-bigrams",
        fingerprint: str = "fa4e000000000001",
        fail_after: int | None = None,
        failure: BaseException | None = None,
    ) -> None:
        self._identity = EncoderIdentity(model, dimension, fingerprint)
        self._fail_after = fail_after
        self._failure = failure or RuntimeError("the fake model died")
        self.queries: list[str] = []
        self.passages: list[str] = []

    @property
    def identity(self) -> EncoderIdentity:
        return self._identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.queries.extend(texts)
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        vectors = np.zeros((len(texts), self._identity.dimension), np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            if self._fail_after is not None and len(self.passages) >= self._fail_after:
                raise self._failure
            self.passages.extend(batch)
            vectors[start : start + len(batch)] = self._encode(batch)
            if progress is not None:
                progress(start + len(batch), len(texts))
        return vectors

    def _encode(self, texts: Sequence[str]) -> Vectors:
        dimension = self._identity.dimension
        vectors = np.zeros((len(texts), dimension), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[0] = 1e-3  # no text is the zero vector
            letters = re.sub(r"\s+", "", text)
            for feature in [*letters, *map("".join, itertools.pairwise(letters))]:
                code = zlib.crc32(feature.encode("utf-8", "surrogatepass"))
                row[code % dimension] += (1.0 if code & 0x10000 else -1.0) * len(feature)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors
