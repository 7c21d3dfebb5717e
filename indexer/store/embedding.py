"""Give the units of a report their vectors, reusing those whose text was embedded before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings import Encoder
from indexer.report.passages import UNIT_TEXT_VERSION, unit_text
from indexer.report.report import Report

KnownVectors = Callable[[Sequence[bytes]], Mapping[bytes, NDArray[np.float32]]]


@dataclass(frozen=True, slots=True)
class EmbeddedUnits:
    """For each unit of a report the digest of the text that was embedded, and its vector.

    Attributes:
        digests: 16 bytes each, in the order of the report's units.
        vectors: float32 of shape (units, dimension), in the same order.
    """

    digests: tuple[bytes, ...]
    vectors: NDArray[np.float32]


def embed_units(
    report: Report,
    encoder: Encoder,
    known: KnownVectors,
    progress: Callable[[int], None] | None = None,
) -> EmbeddedUnits:
    """The vectors of a report's units.

    `known` looks vectors up by digest: what this model embedded before is not embedded again.
    `progress` is told how many units are done.

    Raises:
        ModelError: the model failed.
    """
    texts = [unit_text(report, unit) for unit in report.units]
    digests = tuple(text_digest(text) for text in texts)
    vectors = np.zeros((len(texts), encoder.identity.dimension), np.float32)
    found = known(digests)
    missing = [i for i, digest in enumerate(digests) if digest not in found]
    for i, digest in enumerate(digests):
        if digest in found:
            vectors[i] = found[digest]
    done = len(texts) - len(missing)
    if progress is not None:
        progress(done)

    def told(embedded: int, _: int) -> None:
        if progress is not None:
            progress(done + embedded)

    if missing:
        vectors[missing] = encoder.encode_passages([texts[i] for i in missing], told)
    return EmbeddedUnits(digests, vectors)


def text_digest(text: str) -> bytes:
    """What tells one embedded text from another, 16 bytes."""
    return hashlib.sha256(f"{UNIT_TEXT_VERSION}\0{text}".encode()).digest()[:16]
