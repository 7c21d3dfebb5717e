"""An open store: reports, their catalogue and their vectors, into its tables and out of them (`queries`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, fields
from pathlib import Path
from typing import Any

import numpy as np

from indexer.errors import damaged
from indexer.report.records import Document, Metadata, Passage, Section, SectionKind
from indexer.report.report import Report
from indexer.store import queries
from indexer.store.catalogue import ReportEntry
from indexer.store.connection import StoreConnection
from indexer.store.packing import PackedPassage, unpack_wholes
from indexer.store.rows import (
    Described,
    EmbeddedPassage,
    EmbeddedReport,
    StoredPassage,
    VectorTable,
    document_from,
    metadata_from,
    metadata_json,
    seal_of,
    stored_passage,
)
from indexer.store.seals import Part, Seals
from indexer.store.settings import StoreSettings
from indexer.text.span import Span

_LOOK_UP = 500  # keys in one query
_ROWS = 20_000  # rows read at once where all are
_NUMBERED = ("documents", "passages")  # the tables whose ids are never used again
_LARGEST = 2**63 - 1  # SQLite's


class Store:
    """An open store; `indexer.store.database` opens, creates and changes them.

    Every method raises IndexFault where a row makes no sense.

    Attributes:
        seals: what proves that its rows are those that were written.
    """

    def __init__(self, connection: StoreConnection, directory: Path = Path()) -> None:
        self._connection = connection
        self._directory = directory
        self.seals = Seals(connection)

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
        for row in rows:
            self._connection.execute(queries.WRITE_SETTING, row)
        self.seals.write_settings(asdict(settings))

    def forget_settings(self) -> None:
        """Remove all settings, whatever they say."""
        self._connection.execute("DELETE FROM settings")

    def embedded_by(self) -> tuple[str, ...]:
        """What made the vectors of the reports, each once."""
        return tuple(
            str(one) for (one,) in self._connection.execute("SELECT DISTINCT embedded FROM documents")
        )

    def add(self, embedded: EmbeddedReport) -> ReportEntry:
        """Add a report with its vectors; the entry it has from now on."""
        report = embedded.report
        document = report.document
        # Ids are never used again: what a derived index still holds of a removed report names nothing.
        key = self._connection.reserve("documents", 1)
        first = self._connection.reserve("passages", len(report.passages))
        row = (
            key, document.name, metadata_json(document.metadata), document.text_digest,
            document.source, document.source_digest,
            first, len(report.passages), len(report.text), embedded.embedded,
            json.dumps(document.pages), document.text,
        )  # fmt: skip
        self._connection.insert("documents", [row])
        sections = [
            (
                key, s.number, s.parent, s.depth, s.kind.value,
                s.heading.start, s.heading.end, s.span.start, s.span.end,
            )
            for s in report.sections
        ]  # fmt: skip
        self._connection.insert("sections", sections)
        passages = [
            (first + p.number, key, p.number, p.section, report.role_of(p).value, p.span.start, p.span.end)
            for p in report.passages
        ]
        self._connection.insert("passages", passages)
        self._add_vectors(first, embedded.passages)
        self.seals.write(key)
        return self._entry(self._connection.execute(f"{queries.ENTRIES} WHERE id = ?", (key,)).fetchone())

    def _add_vectors(self, first: int, passages: Sequence[EmbeddedPassage]) -> None:
        vectors = [
            (first + p.number, p.digest, p.packed.whole, seal_of(p.digest, p.packed)) for p in passages
        ]
        self._connection.insert("passage_vectors", vectors)
        parts = [(first + p.number, p.packed.bounds, p.packed.parts) for p in passages]
        self._connection.insert("part_vectors", parts)

    def remove(self, name: str) -> ReportEntry | None:
        """Remove a report and all that belongs to it; the entry it had, None where there is none of that name."""
        entry = self.entry(name)
        if entry is not None:
            self.seals.forget(entry.id)
            self._connection.execute("DELETE FROM documents WHERE id = ?", (entry.id,))
        return entry

    def write_metadata(self, name: str, metadata: Metadata) -> None:
        """Replace what is known of a report."""
        self._rewrite(name, Part.METADATA, "metadata = ?", metadata_json(metadata))

    def write_source(self, name: str, source: str, digest: str) -> None:
        """Say which file a report came from."""
        self._rewrite(name, Part.SOURCE, "source = ?, source_digest = ?", source, digest)

    def _rewrite(self, name: str, part: Part, columns: str, *values: str) -> None:
        for (key,) in self._connection.execute("SELECT id FROM documents WHERE name = ?", (name,)).fetchall():
            if part in self.seals.broken_description(key):
                # What is made of an altered value would else count as true from now on.
                raise damaged(self._directory, f"{name}: its {part.value} was altered")
            self._connection.execute(f"UPDATE documents SET {columns} WHERE id = ?", (*values, key))
            self.seals.renew(key, part)

    def entries(self) -> Iterator[ReportEntry]:
        """What is known of every report without its text, in the order they were added."""
        with self._sound():
            for row in self._connection.execute(f"{queries.ENTRIES} ORDER BY id").fetchall():
                yield self._entry(row)

    def entry(self, name: str) -> ReportEntry | None:
        """What is known of the report with this name; None where there is none."""
        with self._sound():
            row = self._connection.execute(f"{queries.ENTRIES} WHERE name = ?", (name,)).fetchone()
            return None if row is None else self._entry(row)

    def names_of_text(self, text_digest: str) -> list[str]:
        """The names of the reports with this very text."""
        rows = self._connection.execute(
            "SELECT name FROM documents WHERE text_digest = ? ORDER BY id", (text_digest,)
        )
        return [str(name) for (name,) in rows]

    def names(self) -> list[str]:
        """The names of all reports, in the order they were added."""
        return [str(name) for (name,) in self._connection.execute("SELECT name FROM documents ORDER BY id")]

    def sources(self) -> dict[str, str]:
        """The file that each report came from, by the report's name."""
        return dict(self._connection.execute("SELECT name, source FROM documents ORDER BY id"))

    def reports(self) -> Iterator[Report]:
        """Every report with its text, in the order they were added, each read when it is asked for."""
        for (name,) in self._connection.execute("SELECT name FROM documents ORDER BY id").fetchall():
            report = self.report(name)
            if report is not None:
                yield report

    def document(self, name: str) -> Document | None:
        """The report with this name without what is derived from its text; None where there is none."""
        with self._sound():
            row = self._connection.execute(f"{queries.DOCUMENTS} WHERE name = ?", (name,)).fetchone()
            return None if row is None else document_from(*row[1:])

    def report(self, name: str) -> Report | None:
        """The report with this name; None where there is none."""
        with self._sound():
            row = self._connection.execute(f"{queries.DOCUMENTS} WHERE name = ?", (name,)).fetchone()
            if row is None:
                return None
            key, *columns = row
            return self._report(key, document_from(*columns))

    def _report(self, key: int, document: Document) -> Report:
        sections = tuple(
            Section(number, parent, depth, SectionKind(kind), Span(h_start, h_end), Span(start, end))
            for number, parent, depth, kind, h_start, h_end, start, end in self._connection.execute(
                queries.SECTIONS, (key,)
            )
        )
        passages = tuple(
            Passage(number, section, Span(start, end))
            for number, section, start, end in self._connection.execute(queries.PASSAGE_BOUNDS, (key,))
        )
        return Report(document, sections, passages)

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """The passages with these ids and their vectors, by id; those that are gone, or say nothing, are left out."""
        found: list[StoredPassage] = []
        with self._sound():
            for start in range(0, len(ids), _LOOK_UP):
                some = ids[start : start + _LOOK_UP]
                marks = ",".join("?" * len(some))
                rows = self._connection.execute(f"{queries.PASSAGES} WHERE id IN ({marks}) ORDER BY id", some)
                found.extend(stored_passage(*row) for row in rows)
        return found

    def passages_of(self, document: int) -> list[StoredPassage]:
        """All passages of a report that say something, with their vectors, in order."""
        with self._sound():
            rows = self._connection.execute(
                f"{queries.PASSAGES} WHERE document = ? ORDER BY number", (document,)
            )
            return [stored_passage(*row) for row in rows]

    def vectors(self, dimension: int, after: int = 0, last: int = _LARGEST) -> Iterator[VectorTable]:
        """The vectors of the passages with ids beyond `after` up to `last`, by id, in tables of some thousand rows.

        Each must be of this dimension.
        """
        with self._sound():
            while True:
                rows = self._connection.execute(queries.SOME_VECTORS, (after, last, _ROWS)).fetchall()
                if not rows:
                    return
                after = rows[-1][0]
                ids = np.array([key for key, _ in rows], np.int64)
                yield VectorTable(ids, unpack_wholes([vector for _, vector in rows], dimension))

    def last_passage(self) -> int:
        """The largest id of a passage that was ever given; 0 before the first."""
        return self._connection.last_id("passages")

    def counts_on(self) -> bool:
        """Whether every id that comes next is beyond all that there are."""
        return all(self._connection.last_id(table) >= self._largest(table) for table in _NUMBERED)

    def count_on(self) -> None:
        """Let ids go on beyond all that there are."""
        for table in _NUMBERED:
            self._connection.count_on(table, self._largest(table))

    def _largest(self, table: str) -> int:
        return int(self._connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])

    def last_vector(self, but: int = 0) -> int:
        """The largest id of a passage with a vector, `but` so many that come after it; 0 where there are no more."""
        row = self._connection.execute(queries.LAST_VECTOR, (but,)).fetchone()
        return 0 if row is None else int(row[0])

    def count_vectors(self, after: int = 0) -> int:
        """How many passages with ids beyond `after` have a vector."""
        (count,) = self._connection.execute(
            "SELECT count(*) FROM passage_vectors WHERE passage > ?", (after,)
        ).fetchone()
        return int(count)

    def known_vectors(self, digests: Sequence[bytes]) -> dict[bytes, PackedPassage]:
        """The vectors of those embedded texts (see `embedding`) that are in the store already."""
        found: dict[bytes, PackedPassage] = {}
        for start in range(0, len(digests), _LOOK_UP):
            some = digests[start : start + _LOOK_UP]
            marks = ",".join("?" * len(some))
            query = f"{queries.SEALED} WHERE embedded IN ({marks})"
            for digest, vector, seal, bounds, parts in self._connection.execute(query, some):
                packed = PackedPassage(vector, bounds, parts)
                # A vector that was altered is not used again: this is how a repair mends it.
                if seal == seal_of(digest, packed):
                    found[digest] = packed
        return found

    def embedded_report(self, name: str) -> EmbeddedReport | None:
        """A report as it was added, with its vectors, to be added elsewhere; None where there is none.

        Raises:
            IndexFault: vectors are not those that were stored.
        """
        report, entry = self.report(name), self.entry(name)
        if report is None or entry is None:
            return None
        found = []
        rows = self._connection.execute(queries.EMBEDDED, (entry.id,))
        for number, digest, vector, seal, bounds, parts in rows:
            packed = PackedPassage(vector, bounds, parts)
            if seal != seal_of(digest, packed):
                raise damaged(self._directory, f"{name}: the vectors of passage {number} were altered")
            found.append(EmbeddedPassage(number, digest, packed))
        return EmbeddedReport(report, entry.embedded, tuple(found))

    def broken_seals(self, document: int) -> int:
        """How many passages of a report have vectors that are not the ones that were stored."""
        with self._sound():
            rows = self._connection.execute(
                f"{queries.SEALED} JOIN passages ON id = passage WHERE document = ?", (document,)
            )
            return sum(
                seal != seal_of(digest, PackedPassage(vector, bounds, parts))
                for digest, vector, seal, bounds, parts in rows
            )

    def ids(self) -> list[int]:
        """The numbers of all reports in the store, in the order they were added."""
        return [int(key) for (key,) in self._connection.execute("SELECT id FROM documents ORDER BY id")]

    def described(self, key: int) -> Described | None:
        """What is known of a report, whatever stands in its columns; None where there is none."""
        row = self._connection.execute(f"{queries.DESCRIBED} WHERE id = ?", (key,)).fetchone()
        return None if row is None else Described(*row)

    def describe(self, described: Described) -> None:
        """Write what is known of a report, and seal it as it then stands."""
        key, *values = astuple(described)
        first, count = self._connection.execute(
            "SELECT min(id), count(*) FROM passages WHERE document = ?", (key,)
        ).fetchone()
        self._connection.execute(queries.DESCRIBE, (*values, first or 0, count, key))
        self.seals.accept(key)

    def text_digests(self) -> dict[str, str]:
        """The SHA-256 recorded for each document's text, by name."""
        return dict(self._connection.execute("SELECT name, text_digest FROM documents"))

    def integrity(self) -> str:
        """The database's own word on its files: "ok" or what is wrong."""
        return self._connection.integrity()

    def _entry(self, row: Sequence[Any]) -> ReportEntry:
        key, name, metadata, *others = row
        entry = ReportEntry(key, name, metadata_from(metadata), *others)
        for number in (entry.first, entry.passages, entry.characters):
            if not isinstance(number, int):
                raise TypeError(f"a number of {name!r} in the catalogue: {number!r}")
        return entry

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Rows that no record can be made of are damage, not a crash."""
        try:
            yield
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise damaged(self._directory, str(error)) from error
