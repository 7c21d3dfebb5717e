"""An encoder without a model: the same text gives the same vector, like texts give like vectors."""

from __future__ import annotations

import itertools
import re
import threading
import zlib
from collections.abc import Sequence

import numpy as np

from embeddings import EncoderIdentity, PassageText, PassageVectors, Vectors


class FakeEncoder:
    """Unit vectors of hashed characters and character pairs; implements `embeddings.Encoder`.

    `fail_after` passages it raises `failure` instead, to play a model that dies in the middle.
    """

    def __init__(
        self,
        dimension: int = 64,
        model: str = "fake-bigrams",
        fingerprint: str = "fa4e000000000001",
        fail_after: int | None = None,
        failure: BaseException | None = None,
        parallel: int = 1,
    ) -> None:
        self._identity = EncoderIdentity(model, dimension, fingerprint)
        self._fail_after = fail_after
        self._failure = failure or RuntimeError("the fake model died")
        self._parallel = parallel
        self._lock = threading.Lock()
        self.queries: list[str] = []
        self.passages: list[PassageText] = []

    @property
    def identity(self) -> EncoderIdentity:
        return self._identity

    @property
    def parallel(self) -> int:
        return self._parallel

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.queries.extend(texts)
        return self._encode(texts)

    def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        return [self._passage(passage) for passage in passages]

    def _passage(self, passage: PassageText) -> PassageVectors:
        with self._lock:
            if self._fail_after is not None and len(self.passages) >= self._fail_after:
                raise self._failure
            self.passages.append(passage)
        texts = [passage.text, *(passage.text[start:end] for start, end in passage.parts)]
        vectors = self._encode([f"{passage.head} {text}" for text in texts])
        return PassageVectors(vectors[0], vectors[1:])

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
