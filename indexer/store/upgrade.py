"""Bring a store of a former format up to date, without a model: its vectors are kept and go on answering.

Version 3 had no seals; they are made of the rows as they are, and no vector is read for them.

Version 2 held a row and a single-precision vector for every unit, each embedded as a text of its own. The
vectors are packed as those of today are; what is embedded today is near enough to be searched beside them,
and `documents.embedded` tells which reports are still to be embedded anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import uuid
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import numpy as np

from embeddings import PassageVectors
from indexer.report.records import Document, Passage, Section, SectionKind, Unit, UnitKind
from indexer.report.report import Report
from indexer.store.connection import SqliteConnection, StoreConnection
from indexer.store.packing import pack
from indexer.store.rows import EmbeddedPassage, EmbeddedReport, metadata_from
from indexer.store.schema import SCHEMA, SEALS
from indexer.store.store import Store
from indexer.text.span import Span

_WITHOUT_SEALS = 3
FORMER_VERSIONS = (2, _WITHOUT_SEALS)
_FORMER = ("settings", "documents", "sections", "passages", "units")


def leaves_room(version: int) -> bool:
    """Whether the upgrade from this version removes large tables."""
    return version != _WITHOUT_SEALS


def upgrade(connection: sqlite3.Connection, version: int, directory: Path) -> None:
    """Make the tables of a former version those of today, inside the caller's transaction.

    Raises:
        ValueError, TypeError, KeyError: a row makes no sense.
        IndexFault: the settings make none.
        sqlite3.DatabaseError: the file is damaged.
    """
    if version == _WITHOUT_SEALS:
        seal_all(SqliteConnection(connection), directory)
    else:
        _rewrite(connection, directory)


def seal_all(connection: StoreConnection, directory: Path, statements: str = SEALS) -> None:
    """Seal every report that has no seals yet, and the settings.

    Raises:
        IndexFault: the settings make no sense.
    """
    for statement in statements.split(";"):
        if statement.strip():
            connection.execute(statement.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"))
    store = Store(connection, directory)
    for document in store.seals.missing():
        store.seals.write(document)
    store.write_settings(store.settings())


def _rewrite(connection: sqlite3.Connection, directory: Path) -> None:
    for table in _FORMER:
        connection.execute(f"ALTER TABLE {table} RENAME TO former_{table}")
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    store = Store(SqliteConnection(connection), directory)
    settings = {key: json.loads(value) for key, value in connection.execute("SELECT * FROM former_settings")}
    for key in ("passage_size", "unit_text"):
        made_by = settings.pop(key)
    settings |= {
        "generation": settings["generation"] + 1,
        "vector_digest": "",
        "vector_last": 0,
        "vector_gone": 0,
    }
    settings["words"] = f"words-{uuid.uuid4().hex[:12]}"
    connection.executemany(
        "INSERT INTO settings VALUES (?, ?)", [(key, json.dumps(value)) for key, value in settings.items()]
    )
    store.write_settings(store.settings())
    for report in _reports(connection, f"{settings['fingerprint']}/{made_by}", settings["dimension"]):
        store.add(report)
    connection.execute("DROP INDEX units_by_document")
    connection.execute("DROP INDEX units_by_text")
    for table in reversed(_FORMER):
        connection.execute(f"DROP TABLE former_{table}")


def _reports(connection: sqlite3.Connection, embedded: str, dimension: int) -> Iterator[EmbeddedReport]:
    query = "SELECT id, name, metadata, text, pages, source, source_digest FROM former_documents ORDER BY id"
    for key, name, metadata, text, pages, source, digest in connection.execute(query).fetchall():
        document = Document(name, text, metadata_from(metadata), source, digest, tuple(json.loads(pages)))
        report = Report(document, _sections(connection, key), _passages(connection, key))
        yield EmbeddedReport(report, embedded, tuple(_embedded(connection, key, report, dimension)))


def _sections(connection: sqlite3.Connection, document: int) -> tuple[Section, ...]:
    rows = connection.execute(
        'SELECT number, parent, depth, kind, heading_start, heading_end, start, "end"'
        " FROM former_sections WHERE document = ? ORDER BY number",
        (document,),
    )
    return tuple(
        Section(number, parent, depth, SectionKind(kind), Span(h_start, h_end), Span(start, end))
        for number, parent, depth, kind, h_start, h_end, start, end in rows
    )


def _passages(connection: sqlite3.Connection, document: int) -> tuple[Passage, ...]:
    rows = connection.execute(
        'SELECT number, section, start, "end" FROM former_passages WHERE document = ? ORDER BY number',
        (document,),
    )
    return tuple(Passage(number, section, Span(start, end)) for number, section, start, end in rows)


def _embedded(
    connection: sqlite3.Connection, document: int, report: Report, dimension: int
) -> Iterator[EmbeddedPassage]:
    rows = connection.execute(
        'SELECT passage, kind, start, "end", embedded, vector FROM former_units WHERE document = ? ORDER BY passage, id',
        (document,),
    )
    for number, found in groupby(rows, key=lambda row: int(row[0])):
        here = list(found)
        if not 0 <= number < len(report.passages):
            raise ValueError(f"units of passage {number} of {report.name!r}, which is not there")
        units = [Unit(number, UnitKind(kind), Span(start, end)) for _, kind, start, end, _, _ in here]
        vectors = np.frombuffer(b"".join(row[-1] for row in here), "<f4").reshape(len(here), dimension)
        digest = hashlib.sha256(b"".join(row[-2] for row in here)).digest()[:16]
        packed = pack(units, report.passages[number].span, PassageVectors(vectors[0], vectors[1:]))
        yield EmbeddedPassage(number, digest, packed)
