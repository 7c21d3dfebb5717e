"""Give the passages of a report their vectors, reusing those whose text was embedded before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from embeddings import Encoder, PassageText
from indexer.report.passages import passage_text
from indexer.report.records import Unit
from indexer.report.report import Report
from indexer.store.packing import PackedPassage, pack
from indexer.store.rows import EmbeddedPassage

KnownVectors = Callable[[Sequence[bytes]], Mapping[bytes, PackedPassage]]


@dataclass(frozen=True, slots=True)
class PassageToEmbed:
    """A passage that says something, as it is embedded.

    Attributes:
        number: of the passage in its report.
        units: the passage itself first, then its sentences and clauses.
        digest: what tells this text, embedded by this model, from any other, 16 bytes.
    """

    number: int
    units: tuple[Unit, ...]
    text: PassageText
    digest: bytes


def passages_to_embed(report: Report, embedded: str) -> list[PassageToEmbed]:
    """The passages of a report that say something; `embedded` is what will make their vectors."""
    found = []
    for passage in report.passages:
        units = report.units_of(passage)
        if units:
            text = passage_text(report, passage)
            found.append(PassageToEmbed(passage.number, units, text, text_digest(text, embedded)))
    return found


def embed_passages(
    report: Report, passages: Sequence[PassageToEmbed], encoder: Encoder
) -> list[EmbeddedPassage]:
    """The vectors of these passages of a report.

    Raises:
        ModelError: the model failed.
    """
    vectors = encoder.encode_passages([passage.text for passage in passages])
    return [
        EmbeddedPassage(p.number, p.digest, pack(p.units, report.passages[p.number].span, found))
        for p, found in zip(passages, vectors, strict=True)
    ]


def text_digest(text: PassageText, embedded: str) -> bytes:
    """What tells one embedded text from another, 16 bytes."""
    written = f"{embedded}\0{text.head}\0{text.text}\0{text.parts}"
    return hashlib.sha256(written.encode()).digest()[:16]
