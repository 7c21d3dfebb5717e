"""Texts to vectors: the one interface of encoders, and what goes in and comes out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What an index has to remember of the model that made its vectors.

    `fingerprint` changes when the weights, the prompts or the pooling do, even under the same name. Before the
    first «-» it tells the weights, behind it how they are used.
    """

    model: str
    dimension: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PassageText:
    """A text that questions are to find, as a whole and by its parts.

    Attributes:
        head: what is said of its place before it (a title, a heading); may be empty.
        text: the text itself.
        parts: half-open (start, end), in characters of `text`; they may overlap.
    """

    head: str
    text: str
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The vectors of a `PassageText`, all of length 1.

    Attributes:
        whole: float32 of shape (dimension,).
        parts: float32 of shape (len(parts), dimension), in the order of the parts.
    """

    whole: Vectors
    parts: Vectors


class Encoder(Protocol):
    """Texts to unit vectors; a dot product of two is their cosine similarity."""

    @property
    def identity(self) -> EncoderIdentity:
        """Which model this is."""
        ...

    @property
    def parallel(self) -> int:
        """How many calls of `encode_passages` at once use the processor best; at least 1."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32 of shape (len(texts), dimension)."""
        ...

    def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        """Vectors of passages and of their parts, one for each passage in their order.

        Safe from several threads.
        """
        ...
