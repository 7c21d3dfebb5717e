"""The tables of the store, and records in and out of them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import damaged
from indexer.report.records import (
    Document,
    FieldOrigin,
    Metadata,
    Origin,
    Passage,
    Section,
    SectionKind,
    Unit,
    UnitKind,
)
from indexer.report.report import Report
from indexer.store.embedding import EmbeddedUnits
from indexer.store.settings import StoreSettings
from indexer.text.span import Span

SCHEMA = """
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    metadata TEXT NOT NULL,
    text TEXT NOT NULL, text_digest TEXT NOT NULL,
    pages TEXT NOT NULL,
    source TEXT NOT NULL, source_digest TEXT NOT NULL
);
CREATE TABLE sections (
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, parent INTEGER, depth INTEGER NOT NULL, kind TEXT NOT NULL,
    heading_start INTEGER NOT NULL, heading_end INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE passages (
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, section INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    passage INTEGER NOT NULL, kind TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    embedded BLOB NOT NULL,
    vector BLOB NOT NULL,
    seal BLOB NOT NULL
);
CREATE INDEX units_by_document ON units (document);
CREATE INDEX units_by_text ON units (embedded);
"""
_LOOK_UP = 500  # digests in one query


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A unit with the ids that the store gave it and its document."""

    id: int
    document: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class VectorTable:
    """Unit ids, int64 of shape (n,), and their vectors, float32 of shape (n, dimension)."""

    ids: NDArray[np.int64]
    vectors: NDArray[np.float32]


class Store:
    """An open store; `indexer.store.database` opens, creates and changes them.

    Every method raises IndexFault where a row makes no sense.
    """

    def __init__(self, connection: sqlite3.Connection, directory: Path) -> None:
        self._connection = connection
        self._directory = directory

    def settings(self) -> StoreSettings:
        """How the index was made."""
        with self._sound():
            rows = dict(self._connection.execute("SELECT key, value FROM settings"))
            settings = StoreSettings(**{key: json.loads(value) for key, value in rows.items()})
            for field in fields(settings):
                if type(getattr(settings, field.name)).__name__ != field.type:
                    raise ValueError(f"setting {field.name}: {getattr(settings, field.name)!r}")
            return settings

    def write_settings(self, settings: StoreSettings) -> None:
        """Replace the settings."""
        rows = [(key, json.dumps(value)) for key, value in asdict(settings).items()]
        self._connection.executemany("INSERT OR REPLACE INTO settings VALUES (?, ?)", rows)

    def add(self, report: Report, embedded: EmbeddedUnits) -> None:
        """Add a document with the vectors of its units."""
        if len(embedded.vectors) != len(report.units):
            raise ValueError(f"{len(embedded.vectors)} vectors for {len(report.units)} units")
        document = report.document
        cursor = self._connection.execute(
            "INSERT INTO documents (name, metadata, text, text_digest, pages, source, source_digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                document.name, _metadata_json(document.metadata), document.text, document.text_digest,
                json.dumps(document.pages), document.source, document.source_digest,
            ),
        )  # fmt: skip
        key = cursor.lastrowid
        self._connection.executemany(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    key,
                    s.number,
                    s.parent,
                    s.depth,
                    s.kind,
                    s.heading.start,
                    s.heading.end,
                    s.span.start,
                    s.span.end,
                )
                for s in report.sections
            ],
        )
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
            [(key, p.number, p.section, p.span.start, p.span.end) for p in report.passages],
        )
        self._connection.executemany(
            'INSERT INTO units (document, passage, kind, start, "end", embedded, vector, seal)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (key, u.passage, u.kind, u.span.start, u.span.end, digest, blob, seal_of(digest, blob))
                for u, digest, blob in zip(
                    report.units, embedded.digests, map(_blob, embedded.vectors), strict=True
                )
            ],
        )

    def remove(self, name: str) -> bool:
        """Remove a document and all that belongs to it; False where there is none of that name."""
        return self._connection.execute("DELETE FROM documents WHERE name = ?", (name,)).rowcount > 0

    def write_metadata(self, name: str, metadata: Metadata) -> None:
        """Replace what is known of a document."""
        self._connection.execute(
            "UPDATE documents SET metadata = ? WHERE name = ?", (_metadata_json(metadata), name)
        )

    def reports(self) -> Iterator[Report]:
        """Every document with its sections, passages and units, in the order they were added."""
        with self._sound():
            for key, document in self._documents():
                yield self._report(key, document)

    def stored_documents(self) -> Iterator[Document]:
        """Every document without what is derived from its text."""
        with self._sound():
            for _, document in self._documents():
                yield document

    def _documents(self) -> Iterator[tuple[int, Document]]:
        query = "SELECT id, name, metadata, text, pages, source, source_digest FROM documents ORDER BY id"
        for key, name, metadata, text, pages, source, digest in self._connection.execute(query).fetchall():
            if not isinstance(text, str):
                raise TypeError(f"text of {name!r} is no text")
            yield (
                key,
                Document(name, text, _metadata_from(metadata), source, digest, tuple(json.loads(pages))),
            )

    def _report(self, key: int, document: Document) -> Report:
        sections = tuple(
            Section(number, parent, depth, SectionKind(kind), Span(h_start, h_end), Span(start, end))
            for number, parent, depth, kind, h_start, h_end, start, end in self._rows(
                'number, parent, depth, kind, heading_start, heading_end, start, "end"', "sections", key
            )
        )
        passages = tuple(
            Passage(number, section, Span(start, end))
            for number, section, start, end in self._rows('number, section, start, "end"', "passages", key)
        )
        units = tuple(
            Unit(passage, UnitKind(kind), Span(start, end))
            for passage, kind, start, end in self._rows('passage, kind, start, "end"', "units", key)
        )
        return Report(document, sections, passages, units)

    def _rows(self, columns: str, table: str, document: int) -> sqlite3.Cursor:
        order = "id" if table == "units" else "number"
        return self._connection.execute(
            f"SELECT {columns} FROM {table} WHERE document = ? ORDER BY {order}", (document,)
        )

    def units(self) -> tuple[StoredUnit, ...]:
        """Every unit, by id."""
        query = (
            'SELECT units.id, name, passage, kind, start, "end" FROM units'
            " JOIN documents ON documents.id = units.document ORDER BY units.id"
        )
        with self._sound():
            return tuple(
                StoredUnit(key, name, Unit(passage, UnitKind(kind), Span(start, end)))
                for key, name, passage, kind, start, end in self._connection.execute(query)
            )

    def vectors(self, dimension: int) -> VectorTable:
        """Every unit's vector, by id; each must be of this dimension."""
        with self._sound():
            rows = self._connection.execute("SELECT id, vector FROM units ORDER BY id").fetchall()
            wrong = [key for key, blob in rows if len(blob) != 4 * dimension]
            if wrong:
                raise ValueError(f"unit {wrong[0]}: vector is not of dimension {dimension}")
            ids = np.array([key for key, _ in rows], np.int64)
            vectors = np.frombuffer(b"".join(blob for _, blob in rows), "<f4").astype(np.float32)
            return VectorTable(ids, vectors.reshape(len(rows), dimension))

    def known_vectors(self, digests: Sequence[bytes], dimension: int) -> dict[bytes, NDArray[np.float32]]:
        """The vectors of those embedded texts (see `embed_units`) that are in the store already."""
        found: dict[bytes, NDArray[np.float32]] = {}
        for start in range(0, len(digests), _LOOK_UP):
            some = digests[start : start + _LOOK_UP]
            marks = ",".join("?" * len(some))
            query = f"SELECT embedded, vector, seal FROM units WHERE embedded IN ({marks})"
            for digest, blob, seal in self._connection.execute(query, some):
                # A vector that was altered is not reused: this is how a rebuild mends it.
                if len(blob) == 4 * dimension and seal == seal_of(digest, blob):
                    found[digest] = np.frombuffer(blob, "<f4").astype(np.float32)
        return found

    def broken_seals(self) -> int:
        """How many vectors are not the ones that were stored."""
        query = "SELECT embedded, vector, seal FROM units"
        return sum(seal != seal_of(digest, blob) for digest, blob, seal in self._connection.execute(query))

    def text_digests(self) -> dict[str, str]:
        """The SHA-256 recorded for each document's text, by name."""
        return dict(self._connection.execute("SELECT name, text_digest FROM documents"))

    def integrity(self) -> str:
        """SQLite's own word on the file: "ok" or what is wrong."""
        (word,) = self._connection.execute("PRAGMA integrity_check").fetchone()
        orphans = self._connection.execute("PRAGMA foreign_key_check").fetchall()
        return (
            str(word)
            if word != "ok" or not orphans
            else f"{len(orphans)} rows of {orphans[0][0]} without document"
        )

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Rows that no record can be made of are damage, not a crash."""
        try:
            yield
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise damaged(self._directory, str(error)) from error


def seal_of(digest: bytes, blob: bytes) -> bytes:
    """What proves that a stored vector is the one of its text: 8 bytes."""
    return hashlib.sha256(digest + blob).digest()[:8]


def _blob(vector: NDArray[np.float32]) -> bytes:
    return vector.astype("<f4").tobytes()


def _metadata_json(metadata: Metadata) -> str:
    return json.dumps(asdict(metadata), ensure_ascii=False)


def _metadata_from(written: str) -> Metadata:
    raw: dict[str, Any] = json.loads(written)
    origins = tuple(FieldOrigin(o["field"], Origin(o["origin"])) for o in raw.pop("origins"))
    return Metadata(**raw, origins=origins)
