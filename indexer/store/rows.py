"""What goes into the store and comes out of it beside reports: packed vectors, and how records are written in rows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings import Vectors
from indexer.report.records import Document, DocumentKind, FieldOrigin, Metadata, Origin, Passage
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.store.packing import PackedPassage
from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class EmbeddedPassage:
    """What the store keeps of a passage's vectors.

    Attributes:
        number: the passage's number in its report.
        digest: what tells the text that was embedded from any other, 16 bytes.
    """

    number: int
    digest: bytes
    packed: PackedPassage


@dataclass(frozen=True, slots=True)
class EmbeddedReport:
    """A report with the vectors of those of its passages that say something.

    Attributes:
        embedded: what made the vectors, see `settings.embedded_by`.
    """

    report: Report
    embedded: str
    passages: tuple[EmbeddedPassage, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """The columns that say what a report is, whatever a hand has written into them; `id` is its number in the store."""

    id: int
    name: object
    metadata: object
    source: object
    source_digest: object
    text: object
    text_digest: object
    characters: object
    pages: object


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with what is needed to rank it without its report's text.

    Attributes:
        id: its number in the store.
        document: its report's number in the store.
    """

    id: int
    document: int
    passage: Passage
    role: Role
    packed: PackedPassage


@dataclass(frozen=True, slots=True)
class VectorTable:
    """Passage ids, int64 of shape (n,), and their vectors, float32 of shape (n, dimension)."""

    ids: NDArray[np.int64]
    vectors: Vectors


def seal_of(digest: bytes, packed: PackedPassage) -> bytes:
    """What proves that stored vectors are those of their text: 8 bytes."""
    return hashlib.sha256(digest + packed.whole + packed.bounds + packed.parts).digest()[:8]


def stored_passage(
    key: int, document: int, number: int, section: int, role: str, start: int, end: int, *vectors: bytes
) -> StoredPassage:
    """A passage from its columns: its own, its vector, the bounds and the vectors of its parts.

    Raises:
        ValueError: there is no such role.
    """
    passage = Passage(number, section, Span(start, end))
    return StoredPassage(key, document, passage, Role(role), PackedPassage(*vectors))


def document_from(name: str, metadata: str, text: object, pages: str, source: str, digest: str) -> Document:
    """A document from its columns.

    Raises:
        ValueError, TypeError, KeyError: it is none.
    """
    if not isinstance(text, str):
        raise TypeError(f"text of {name!r} is no text")
    return Document(name, text, metadata_from(metadata), source, digest, tuple(json.loads(pages)))


def metadata_json(metadata: Metadata) -> str:
    """What is known of a report, to be written in the store."""
    return json.dumps(asdict(metadata), ensure_ascii=False)


def metadata_from(written: str) -> Metadata:
    """What is known of a report, as it is written in the store.

    Raises:
        ValueError, TypeError, KeyError: it is none.
    """
    raw: dict[str, Any] = json.loads(written)
    if raw.get("kind") is not None:
        raw["kind"] = DocumentKind(raw["kind"])
    origins = tuple(map(_origin_from, raw.pop("origins")))
    return Metadata(**raw, origins=origins)


def _origin_from(raw: dict[str, Any]) -> FieldOrigin:
    against = raw.get("against_origin")
    return FieldOrigin(
        raw["field"], Origin(raw["origin"]), raw.get("against", ""), Origin(against) if against else None
    )
