"""The ledger of an index: searched, counted, sorted and read a page at a time, whatever the number of reports."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from answers.commitments.rows import StatementKind
from answers.commitments.search import Entry, Filter, Order
from answers.commitments.stored_file import reading
from answers.commitments.stored_query import Found, found_by, prepare, run, tallied_by
from answers.commitments.stored_rows import DOCUMENT_BITS, read_entries
from answers.commitments.topics import Topic
from indexer.location import AnyPath, path_of
from indexer.text.span import Span

_CHUNK = 2_000  # entries read at once where all are


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows, of these targets and results, and from how many reports."""

    rows: int
    targets: int
    results: int
    reports: int


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many targets and results a topic has."""

    topic: Topic
    targets: int
    results: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows say or are of something: a region, a year, a unit."""

    value: str | int
    rows: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by: the units and the years that statements have, the commonest unit first."""

    years: tuple[int, ...]
    units: tuple[str, ...]


def totals_of(found: Sequence[Entry]) -> Totals:
    """Counts over a few entries at hand."""
    targets = sum(entry.row.kind is StatementKind.TARGET for entry in found)
    reports = len({entry.row.place.document for entry in found})
    return Totals(len(found), targets, len(found) - targets, reports)


def topics_of(found: Sequence[Entry]) -> tuple[TopicCount, ...]:
    """The topics of a few entries at hand, the commonest first."""
    return _topics(Counter((entry.topic.value, entry.row.kind.value) for entry in found))


class StoredLedger:
    """The ledger of the index in `directory`, as `bring_up` made it. Safe to use from several threads.

    Every method raises LedgerError where there is no ledger or it cannot be read.
    """

    def __init__(self, directory: AnyPath) -> None:
        self.directory = path_of(directory)

    def state(self) -> str:
        """What tells one state of the ledger from any other."""
        with self.reading() as connection:
            rows = connection.execute(
                "SELECT value FROM state WHERE key IN ('store', 'changes') ORDER BY key"
            )
            return ":".join(value for (value,) in rows)

    def documents(self) -> int:
        """How many reports are in it."""
        with self.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def totals(self, wanted: Filter) -> Totals:
        """How many rows a filter finds."""
        with self.reading() as connection:
            found = tallied_by(wanted)
            counts = dict(
                run(connection, found.select(f"s.kind, {found.count}", "GROUP BY s.kind")).fetchall()
            )
            (reports,) = run(connection, found.select("count(DISTINCT s.document)")).fetchone()
        targets, results = (
            counts.get(kind.value, 0) for kind in (StatementKind.TARGET, StatementKind.ACHIEVED)
        )
        return Totals(targets + results, targets, results, reports)

    def by_topic(self, wanted: Filter) -> tuple[TopicCount, ...]:
        """The topics that occur, the commonest first."""
        with self.reading() as connection:
            found = tallied_by(wanted)
            query = found.select(f"s.topic, s.kind, {found.count}", "GROUP BY s.topic, s.kind")
            counts = {(topic, kind): count for topic, kind, count in run(connection, query)}
        return _topics(counts)

    def by_region(self, wanted: Filter) -> tuple[Counted, ...]:
        """The regions that occur, the one with most rows first."""
        with self.reading() as connection:
            found = tallied_by(wanted)
            query = found.select(f"s.document AS document, {found.count} AS n", "GROUP BY s.document")
            sql = (
                f"SELECT d.region, sum(n) FROM ({query.sql})"
                " JOIN documents AS d ON d.id = document GROUP BY d.region ORDER BY sum(n) DESC, min(d.id)"
            )
            return tuple(Counted(region, rows) for region, rows in connection.execute(sql, query.values))

    def by_year(self, wanted: Filter) -> tuple[Counted, ...]:
        """The years that statements are about, the latest first."""
        return self._by_column(wanted, "s.year", "s.year DESC")

    def by_unit(self, wanted: Filter) -> tuple[Counted, ...]:
        """The units that occur, the commonest first."""
        return self._by_column(wanted, "s.unit", "count(*) DESC, min(s.id)")

    def choices(self, wanted: Filter) -> Choices:
        """What there is to filter by further among what a filter finds."""
        years, units = self.by_year(wanted), self.by_unit(wanted)
        return Choices(
            tuple(int(one.value) for one in years), tuple(str(one.value) for one in units if one.value)
        )

    def page(
        self, wanted: Filter, order: Order = Order.PLACE, offset: int = 0, limit: int = 100
    ) -> tuple[Entry, ...]:
        """Some of the entries that a filter finds, sorted, from the one at `offset` on.

        By amount entries of one unit stand together, the commonest unit first; those without a number last.
        """
        with self.reading() as connection:
            keys = _keys(connection, wanted, order, offset, limit)
            return tuple(read_entries(connection, keys))

    def entries(self, wanted: Filter, order: Order = Order.PLACE) -> Iterator[Entry]:
        """All entries that a filter finds, sorted; read some thousand at a time, so that nobody waits for the end.

        Reports that are named come in the order of their names.
        """
        if order is Order.PLACE and len(wanted.documents) > 1:
            for name in dict.fromkeys(wanted.documents):
                yield from self.entries(replace(wanted, documents=(name,)))
            return
        with self.reading() as connection:
            keys = _keys(connection, wanted, order, 0, -1)
        for start in range(0, len(keys), _CHUNK):
            with self.reading() as connection:
                found = list(read_entries(connection, keys[start : start + _CHUNK]))
            yield from found

    def within(self, wanted: Filter, document: str, span: Span) -> tuple[Entry, ...]:
        """The entries of a report that a filter finds and that begin within a stretch of its text, in order."""
        with self.reading() as connection:
            row = connection.execute("SELECT id FROM documents WHERE name = ?", (document,)).fetchone()
            if row is None:
                return ()
            found = found_by(wanted)
            found = found.having(
                "s.id >= ? AND s.id < ?", row[0] << DOCUMENT_BITS, (row[0] + 1) << DOCUMENT_BITS
            )
            found = found.having("s.start >= ? AND s.start < ?", span.start, span.end)
            keys = [key for (key,) in run(connection, found.select("s.id", "ORDER BY s.id"))]
            return tuple(read_entries(connection, keys))

    def at(self, document: str, span: Span) -> Entry | None:
        """The entry of exactly these characters; None where there is none."""
        begun = self.within(Filter(), document, Span(span.start, span.start + 1))
        return next((entry for entry in begun if entry.row.span == span), None)

    def names(self, wanted: Filter) -> tuple[str, ...]:
        """The names of the reports with rows that a filter finds, as they were added."""
        with self.reading() as connection:
            query = tallied_by(wanted).select("DISTINCT s.document")
            sql = f"SELECT name FROM documents WHERE id IN ({query.sql}) ORDER BY id"
            return tuple(name for (name,) in connection.execute(sql, query.values))

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Its file as it is at one moment, for queries of `answers.commitments.stored_query`."""
        with reading(self.directory) as connection:
            prepare(connection)
            yield connection

    def _by_column(self, wanted: Filter, column: str, order: str) -> tuple[Counted, ...]:
        found = found_by(wanted).having(f"{column} IS NOT NULL")
        with self.reading() as connection:
            query = found.select(f"{column}, count(*)", f"GROUP BY {column} ORDER BY {order}")
            return tuple(Counted(value, rows) for value, rows in run(connection, query))


def _topics(counts: Mapping[tuple[str, str], int]) -> tuple[TopicCount, ...]:
    kinds = StatementKind.TARGET.value, StatementKind.ACHIEVED.value
    rows = [TopicCount(topic, *(counts.get((topic.value, kind), 0) for kind in kinds)) for topic in Topic]
    return tuple(sorted((r for r in rows if r.targets + r.results), key=lambda r: -r.targets - r.results))


def _keys(
    connection: sqlite3.Connection, wanted: Filter, order: Order, offset: int, limit: int
) -> Sequence[int]:
    """The numbers of the entries found, sorted; a negative `limit` means all."""
    found = found_by(wanted)
    if order in (Order.LARGEST, Order.SMALLEST):
        return _by_amount(connection, found, bool(wanted.unit), order is Order.LARGEST, offset, limit)
    by = "s.id" if order is Order.PLACE else "s.year, s.id"
    query = found.select("s.id", f"ORDER BY {by} LIMIT ? OFFSET ?", limit, offset)
    return [key for (key,) in run(connection, query)]


def _by_amount(
    connection: sqlite3.Connection, found: Found, one_unit: bool, largest: bool, offset: int, limit: int
) -> Sequence[int]:
    direction = "DESC" if largest else "ASC"
    parts: list[tuple[Found, str, int]] = []
    if one_unit:
        # Only what converts to the unit was found, so all of it is sorted together.
        (count,) = run(connection, found.select("count(*)")).fetchone()
        parts.append((found, f"s.low * {found.factor} {direction}, s.id", count))
    else:
        # The index of units serves where all rows are asked for; else it would only scatter the reading.
        unit = "s.unit" if len(found.conditions) <= 1 else "+s.unit"
        query = found.having("s.unit IS NOT NULL").select("s.unit, count(*)", f"GROUP BY {unit}")
        units = sorted(run(connection, query).fetchall(), key=lambda row: (-row[1], row[0]))
        parts += [(found.having("s.unit = ?", unit), f"s.low {direction}, s.id", n) for unit, n in units]
        silent = found.having("s.unit IS NULL")
        (count,) = run(connection, silent.select("count(*)")).fetchone()
        parts.append((silent, "s.id", count))
    keys: list[int] = []
    for part, by, count in parts:
        left = -1 if limit < 0 else limit - len(keys)
        if left == 0:
            break
        if offset < count:
            query = part.select("s.id", f"ORDER BY {by} LIMIT ? OFFSET ?", left, offset)
            keys += [key for (key,) in run(connection, query)]
        offset = max(0, offset - count)
    return keys
