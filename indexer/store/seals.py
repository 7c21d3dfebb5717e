"""What proves that the rows of a store are those that were written: a digest for each part of a report, and of the whole.

They are written in the transaction that writes the rows. Texts and vectors are not read for them: a text has a digest
and a passage's vectors have a seal of their own, and those are what is sealed here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from indexer.store.connection import StoreConnection

_BYTES = 16  # of a seal
_RING = 1 << (8 * _BYTES)


class Part(StrEnum):
    """What is sealed of a report by itself, so that each can be told and mended by itself. A column of `seals` each."""

    NAME = "name"
    METADATA = "metadata"
    SOURCE = "source"  # which file it came from, and the digest of that
    TEXT = "text"  # the digest of its text, and how long it is
    PAGES = "pages"  # where its pages begin
    PARSED = "parsed"  # sections and passages with all their bounds
    VECTORS = "vectors"  # what made them, and the seals of all


class Whole(StrEnum):
    """What is sealed of the index itself. A row of `index_seals` each."""

    SETTINGS = "settings"
    REPORTS = "reports"  # which reports there are, by their seals


def sealed(*columns: object) -> bytes:
    """The digest of columns and rows, whatever a hand has written into them."""
    written = json.dumps(columns, default=lambda value: ["bytes", bytes(value).hex()])
    return hashlib.sha256(written.encode()).digest()[:_BYTES]


def number_of(row: Sequence[object]) -> int:
    """What a row counts in the seal of all: a sum, so that no other is read where one comes or goes."""
    return int.from_bytes(sealed(*row), "big")


def seal_of_all(total: int) -> bytes:
    """The seal of rows that count so much together."""
    return (total % _RING).to_bytes(_BYTES, "big")


class Seals:
    """The seals of an open store."""

    def __init__(self, connection: StoreConnection) -> None:
        self._connection = connection

    def write(self, document: int) -> None:
        """Seal a report as it stands in the store now."""
        found = self.found(document)
        self._count(document, -1)
        self._connection.execute("DELETE FROM seals WHERE document = ?", (document,))
        self._connection.insert("seals", [(document, *(found[part] for part in Part))])
        self._count(document, 1)

    def renew(self, document: int, part: Part) -> None:
        """Seal one part of a report anew, after it was changed on purpose."""
        self._count(document, -1)
        self._connection.execute(
            f"UPDATE seals SET {part.value} = ? WHERE document = ?", (self.found(document)[part], document)
        )
        self._count(document, 1)

    def accept(self, document: int) -> None:
        """Seal what is known of a report as it stands now; its sections, passages and vectors stay as unproven as they are."""
        self._count(document, -1)
        found = self._described(document)
        columns = ", ".join(part.value for part in Part)
        row = self._one(f"SELECT {columns} FROM seals WHERE document = ?", document)
        written = dict(zip(Part, row, strict=True)) if row is not None else dict.fromkeys(Part, b"")
        self._connection.execute("DELETE FROM seals WHERE document = ?", (document,))
        self._connection.insert(
            "seals", [(document, *(found.get(part, bytes(written[part])) for part in Part))]
        )
        self._count(document, 1)

    def fits(self, document: int, part: Part, *columns: object) -> bool:
        """Whether these are the columns of a part of a report as they were written, after the report's number."""
        row = self._one(f"SELECT {part.value} FROM seals WHERE document = ?", document)
        return row is not None and row[0] == sealed(document, *columns)

    def has(self, document: int) -> bool:
        """Whether a report has seals at all."""
        return self._one("SELECT 1 FROM seals WHERE document = ?", document) is not None

    def forget(self, document: int) -> None:
        """A report is about to be removed; its row goes with it."""
        self._count(document, -1)

    def write_settings(self, settings: Mapping[str, object]) -> None:
        """Seal the settings; with the first ones, that there are no reports."""
        self._write(Whole.SETTINGS, sealed(sorted(settings.items())))
        none = (Whole.REPORTS.value, seal_of_all(0))
        self._connection.execute("INSERT INTO index_seals VALUES (?, ?) ON CONFLICT (kind) DO NOTHING", none)

    def write_reports(self) -> None:
        """Seal anew which reports there are."""
        self._write(Whole.REPORTS, seal_of_all(sum(map(number_of, self._rows()))))

    def missing(self) -> list[int]:
        """The reports that were never sealed, by their numbers in the store."""
        query = "SELECT id FROM documents WHERE id NOT IN (SELECT document FROM seals) ORDER BY id"
        return [int(key) for (key,) in self._connection.execute(query)]

    def broken(self, document: int) -> tuple[Part, ...]:
        """The parts of a report that are not as they were written."""
        return self._different(document, self.found(document))

    def broken_description(self, document: int) -> tuple[Part, ...]:
        """The same of what is known of a report, without looking at its sections, passages and vectors."""
        return self._different(document, self._described(document))

    def sound_settings(self, settings: Mapping[str, object]) -> bool:
        """Whether these are the settings that were written."""
        return self._read(Whole.SETTINGS) == sealed(sorted(settings.items()))

    def sound_reports(self) -> bool:
        """Whether the reports are those that were written, none more and none less, by their seals."""
        return self._read(Whole.REPORTS) == seal_of_all(sum(map(number_of, self._rows())))

    def found(self, document: int) -> dict[Part, bytes]:
        """The seals of a report's rows as they are now; none where there is no such report."""
        found = self._described(document)
        if not found:
            return {}
        first, count, embedded = self._one(
            "SELECT first_passage, passages, embedded FROM documents WHERE id = ?", document
        )
        sections = self._all(
            'SELECT number, parent, depth, kind, heading_start, heading_end, start, "end"'
            " FROM sections WHERE document = ? ORDER BY number",
            document,
        )
        passages = self._all(
            'SELECT id, number, section, role, start, "end" FROM passages WHERE document = ? ORDER BY number',
            document,
        )
        vectors = self._all(
            "SELECT passage, seal FROM passage_vectors JOIN passages ON id = passage"
            " WHERE document = ? ORDER BY passage",
            document,
        )
        return found | {
            Part.PARSED: sealed(first, count, sections, passages),
            Part.VECTORS: sealed(embedded, vectors),
        }

    def _described(self, document: int) -> dict[Part, bytes]:
        row = self._one(
            "SELECT name, metadata, source, source_digest, text_digest, characters, pages"
            " FROM documents WHERE id = ?",
            document,
        )
        if row is None:
            return {}
        name, metadata, source, source_digest, text_digest, characters, pages = row
        return {
            Part.NAME: sealed(document, name),
            Part.METADATA: sealed(document, metadata),
            Part.SOURCE: sealed(document, source, source_digest),
            Part.TEXT: sealed(document, text_digest, characters),
            Part.PAGES: sealed(document, pages),
        }

    def _different(self, document: int, found: Mapping[Part, bytes]) -> tuple[Part, ...]:
        columns = ", ".join(part.value for part in Part)
        row = self._one(f"SELECT {columns} FROM seals WHERE document = ?", document)
        written = {} if row is None else dict(zip(Part, row, strict=True))
        return tuple(part for part, seal in found.items() if written.get(part) != seal)

    def _count(self, document: int, sign: int) -> None:
        """Count a report into the seal of all, or out of it, where it has seals of its own."""
        for row in self._rows(" WHERE document = ?", document):
            total = int.from_bytes(self._read(Whole.REPORTS) or b"", "big") + sign * number_of(row)
            self._write(Whole.REPORTS, seal_of_all(total))

    def _rows(self, condition: str = "", *values: object) -> Iterator[tuple[Any, ...]]:
        columns = ", ".join(("document", *(part.value for part in Part)))
        for row in self._connection.execute(f"SELECT {columns} FROM seals{condition}", values).fetchall():
            yield tuple(row)

    def _read(self, whole: Whole) -> bytes | None:
        row = self._connection.execute(
            "SELECT seal FROM index_seals WHERE kind = ?", (whole.value,)
        ).fetchone()
        return row[0] if row is not None and isinstance(row[0], bytes) else None

    def _write(self, whole: Whole, seal: bytes) -> None:
        self._connection.execute(
            "INSERT INTO index_seals VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET seal = excluded.seal",
            (whole.value, seal),
        )

    def _one(self, query: str, document: int) -> Any:
        return self._connection.execute(query, (document,)).fetchone()

    def _all(self, query: str, document: int) -> list[list[Any]]:
        return [list(row) for row in self._connection.execute(query, (document,)).fetchall()]
