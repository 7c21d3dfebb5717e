"""The store of record: one SQLite file with documents, sections, passages, units, vectors, settings.

Everything else in an index directory is derived from it. A store is written under a temporary name
and renamed into place, so a reader sees the old one or the new one, never a part.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings import EncoderIdentity
from indexer.document import (
    Document,
    Metadata,
    ParsedDocument,
    Passage,
    Section,
    SectionKind,
    Span,
    Unit,
    UnitKind,
)
from indexer.errors import IndexFault

STORE_NAME = "wenbao.sqlite"
_APPLICATION = 0x57454E42  # "WENB": tells our files from other people's SQLite files
_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, region TEXT NOT NULL, level TEXT NOT NULL, year INTEGER,
    text TEXT NOT NULL, text_digest TEXT NOT NULL,
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
    vector BLOB NOT NULL
);
CREATE INDEX units_by_document ON units (document);
"""


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """What an index remembers of how it was made.

    Attributes:
        model, dimension, fingerprint: the embedding model's identity.
        passage_size: characters a passage aims at.
        unit_text: version of the text that is embedded for a unit.
        generation: one more with every change of the store.
        vector_digest: SHA-256 of the FAISS file that was derived from these vectors.
    """

    model: str
    dimension: int
    fingerprint: str
    passage_size: int
    unit_text: int
    generation: int
    vector_digest: str

    @property
    def encoder(self) -> EncoderIdentity:
        """The identity of the model whose vectors are in the store."""
        return EncoderIdentity(self.model, self.dimension, self.fingerprint)


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
    """An open store. Use `create` to write a new one and `open_store` to read."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def settings(self) -> StoreSettings:
        """The settings row by row.

        Raises:
            IndexFault: one is missing or of the wrong kind.
        """
        rows = dict(self._connection.execute("SELECT key, value FROM settings"))
        try:
            return StoreSettings(**{key: json.loads(value) for key, value in rows.items()})
        except (TypeError, ValueError) as error:
            raise damaged(self.path.parent, str(error)) from error

    def write_settings(self, settings: StoreSettings) -> None:
        """Replace the settings."""
        rows = [(key, json.dumps(value)) for key, value in asdict(settings).items()]
        self._connection.executemany("INSERT OR REPLACE INTO settings VALUES (?, ?)", rows)

    def add(self, parsed: ParsedDocument, vectors: NDArray[np.float32]) -> None:
        """Add a document whose units have these vectors, float32 of shape (units, dimension)."""
        if len(vectors) != len(parsed.units):
            raise ValueError(f"{len(vectors)} vectors for {len(parsed.units)} units")
        document, meta = parsed.document, parsed.document.metadata
        cursor = self._connection.execute(
            "INSERT INTO documents (name, title, region, level, year, text, text_digest, source,"
            " source_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.name, meta.title, meta.region, meta.level, meta.year, document.text,
                document.text_digest, document.source, document.source_digest,
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
                for s in parsed.sections
            ],
        )
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
            [(key, p.number, p.section, p.span.start, p.span.end) for p in parsed.passages],
        )
        self._connection.executemany(
            'INSERT INTO units (document, passage, kind, start, "end", vector) VALUES (?, ?, ?, ?, ?, ?)',
            [
                (key, u.passage, u.kind, u.span.start, u.span.end, vector.astype("<f4").tobytes())
                for u, vector in zip(parsed.units, vectors, strict=True)
            ],
        )

    def documents(self) -> Iterator[ParsedDocument]:
        """Every document with its sections, passages and units, in the order they were added."""
        query = "SELECT id, name, title, region, level, year, text, source, source_digest FROM documents ORDER BY id"
        for key, name, title, region, level, year, text, source, digest in self._connection.execute(query):
            document = Document(name, text, Metadata(title, region, level, year), source, digest)
            sections = tuple(
                Section(number, parent, depth, SectionKind(kind), Span(h_start, h_end), Span(start, end))
                for number, parent, depth, kind, h_start, h_end, start, end in self._rows(
                    'number, parent, depth, kind, heading_start, heading_end, start, "end"', "sections", key
                )
            )
            passages = tuple(
                Passage(number, section, Span(start, end))
                for number, section, start, end in self._rows(
                    'number, section, start, "end"', "passages", key
                )
            )
            units = tuple(
                Unit(passage, UnitKind(kind), Span(start, end))
                for passage, kind, start, end in self._rows('passage, kind, start, "end"', "units", key)
            )
            yield ParsedDocument(document, sections, passages, units)

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
        return tuple(
            StoredUnit(key, name, Unit(passage, UnitKind(kind), Span(start, end)))
            for key, name, passage, kind, start, end in self._connection.execute(query)
        )

    def vectors(self, dimension: int) -> VectorTable:
        """Every unit's vector, by id.

        Raises:
            IndexFault: a vector has another dimension.
        """
        rows = self._connection.execute("SELECT id, vector FROM units ORDER BY id").fetchall()
        wrong = [key for key, blob in rows if len(blob) != 4 * dimension]
        if wrong:
            raise damaged(self.path.parent, f"unit {wrong[0]}: vector is not of dimension {dimension}")
        ids = np.array([key for key, _ in rows], np.int64)
        vectors = np.frombuffer(b"".join(blob for _, blob in rows), "<f4").astype(np.float32)
        return VectorTable(ids, vectors.reshape(len(rows), dimension))

    def text_digests(self) -> dict[str, str]:
        """The SHA-256 recorded for each document's text, by name."""
        return dict(self._connection.execute("SELECT name, text_digest FROM documents"))

    def integrity(self) -> str:
        """SQLite's own word on the file: "ok" or what is wrong."""
        (word,) = self._connection.execute("PRAGMA integrity_check").fetchone()
        return str(word)


@contextmanager
def open_store(directory: Path) -> Iterator[Store]:
    """Open the store in `directory` for reading.

    Raises:
        IndexFault: there is none, or it is foreign, of another version or damaged.
    """
    path = directory / STORE_NAME
    if not path.is_file():
        raise IndexFault(
            f"{directory} 里没有索引。请先建立索引：python -m indexer build 报告或文件夹 --index {directory}",
            f"There is no index in {directory}. Build one: python -m indexer build SOURCE --index {directory}",
        )
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if application != _APPLICATION:
                raise IndexFault(
                    f"{path} 不是问报的索引。请用 --index 指定另一个目录；这个文件没有改动。",
                    f"{path} is not an index of Wenbao. Name another directory with --index; "
                    "the file was left as it is.",
                    foreign=True,
                )
            if version != _SCHEMA_VERSION:
                raise IndexFault(
                    f"索引 {path} 是版本 {version}，本程序用版本 {_SCHEMA_VERSION}。请重新建立索引：{_rebuild(directory)}",
                    f"The index {path} is of version {version}, this program uses {_SCHEMA_VERSION}. "
                    f"Build it again: {_rebuild(directory)}",
                )
            yield Store(connection, path)
    except (sqlite3.DatabaseError, OSError) as error:
        raise damaged(directory, str(error)) from error


@contextmanager
def create_store(directory: Path) -> Iterator[Store]:
    """Write a new store; it replaces the one in `directory` when the block ends without an error.

    Raises:
        IndexFault: the directory cannot be written.
    """
    building = directory / f".{STORE_NAME}.{os.getpid()}"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        building.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(building)) as connection:
                connection.executescript(_SCHEMA)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
                yield Store(connection, directory / STORE_NAME)
                connection.commit()
            building.replace(directory / STORE_NAME)
        finally:
            building.unlink(missing_ok=True)
            building.with_name(building.name + "-journal").unlink(missing_ok=True)
    except (OSError, sqlite3.OperationalError) as error:
        raise IndexFault(
            f"索引目录 {directory} 写不进去（{error}）。请检查权限和剩余空间，或用 --index 指定另一个目录。",
            f"The index directory {directory} cannot be written ({error}). Check its permissions and "
            "the free space, or name another with --index.",
        ) from error


def damaged(directory: Path, detail: str) -> IndexFault:
    """The error for an index that cannot be trusted."""
    return IndexFault(
        f"索引 {directory} 损坏（{detail}）。报告原文不受影响，请重新建立索引：{_rebuild(directory)}",
        f"The index {directory} is damaged ({detail}). Your reports are untouched; build it again: "
        f"{_rebuild(directory)}",
    )


def _rebuild(directory: Path) -> str:
    return f"python -m indexer build SOURCE --index {directory}"
