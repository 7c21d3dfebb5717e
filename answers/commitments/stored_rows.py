"""Rows of the ledger's file: from the statements of a report, and back."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from answers.commitments.rows import Commitment, StatementKind
from answers.commitments.search import Entry, entries, searched_words
from answers.commitments.topics import Topic
from answers.commitments.tracking.indicators import Name
from answers.place import Place
from answers.quantities.amounts import Amount, Bound
from indexer.report.report import Report
from indexer.store.catalogue import ReportEntry
from indexer.store.seals import sealed
from indexer.text.span import Span

# A statement's number in the file: that of its document, which time it was extracted, its place in the report. So the
# order of the numbers is that of the reports and their text, and no number ever means another statement: what the
# full text still has of a statement that is gone finds nothing.
DOCUMENT_BITS, EDITION_BITS = 32, 20
_EDITIONS = 1 << (DOCUMENT_BITS - EDITION_BITS)
_END = "\0"  # after the last character of a text, so that each is the first of some pair
_SOME = 400  # keys in one query

COLUMNS = (
    "d.name, d.title, d.region, d.year, d.source_digest, h.path, s.topic, s.kind, s.year, s.unit, s.bound, s.low,"
    ' s.high, s.start, q."end", q.text, q.object, q.action, q.sentence_start, q.sentence_end, q.section, q.paragraph,'
    " q.page, q.sentence"
)
TABLES = (
    "statements AS s JOIN quoted AS q ON q.id = s.id JOIN documents AS d ON d.id = s.document"
    " JOIN headings AS h ON h.document = s.document AND h.section = q.section"
)


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry that a row of `COLUMNS` holds."""
    (
        name, title, region, report_year, digest, path, topic, kind, year, unit, bound, low, high, start, end, text, what,
        action, sentence_start, sentence_end, section, paragraph, page, sentence,
    ) = row  # fmt: skip
    place = Place(name, title, tuple(json.loads(path)), paragraph, page)
    amount = None if unit is None else Amount(low, high, unit, Bound(bound))
    return Entry(
        Commitment(
            place, Span(start, end), text, amount, what, action, StatementKind(kind), year,
            Span(sentence_start, sentence_end), section,
        ),
        region, report_year, digest, Topic(topic), sentence,
    )  # fmt: skip


def read_entries(connection: sqlite3.Connection, keys: Sequence[int]) -> Iterator[Entry]:
    """The entries with these numbers, in their order."""
    for start in range(0, len(keys), _SOME):
        some = keys[start : start + _SOME]
        marks = ",".join("?" * len(some))
        query = f"SELECT s.id, {COLUMNS} FROM {TABLES} WHERE s.id IN ({marks})"
        found = {row[0]: row[1:] for row in connection.execute(query, some)}
        yield from (entry_of(found[key]) for key in some if key in found)


def statements_of(report: Report) -> tuple[Entry, ...]:
    """Every statement of a report that it makes to the letter, those without a number included."""
    return tuple(entry for entry in entries(report, unnumbered=True) if entry.row.is_verbatim(report))


def insert(
    connection: sqlite3.Connection, entry: ReportEntry, extracted: str, found: Sequence[Entry]
) -> None:
    """Put a report's statements in the place of those that it had; `extracted` tells what they depend on."""
    former = connection.execute("SELECT edition FROM documents WHERE id = ?", (entry.id,)).fetchone()
    edition = (former[0] + 1) % _EDITIONS if former is not None else 0
    remove(connection, entry.id)
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.id, entry.name, entry.title, entry.region, entry.year, entry.source_digest,
            extracted, edition, len(found),
        ),
    )  # fmt: skip
    first = (entry.id << DOCUMENT_BITS) + (edition << EDITION_BITS)
    numbered = list(enumerate(found, first))
    headings = {one.row.section: one.row.place.headings for one in found}
    connection.executemany(
        "INSERT INTO headings VALUES (?, ?, ?)",
        [(entry.id, section, json.dumps(path, ensure_ascii=False)) for section, path in headings.items()],
    )
    connection.executemany(
        "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(key, entry.id, *_narrow(one)) for key, one in numbered],
    )
    tallies = Counter((one.topic.value, one.row.kind.value, one.row.amount is not None) for one in found)
    connection.executemany(
        "INSERT INTO tallies VALUES (?, ?, ?, ?, ?)",
        [(entry.id, *group, count) for group, count in tallies.items()],
    )
    connection.executemany(
        "INSERT INTO quoted VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(key, *_quoted(one)) for key, one in numbered],
    )
    connection.executemany(
        "INSERT INTO words (rowid, said, indicator) VALUES (?, ?, ?)",
        [(key, pairs(searched_words(one)), pairs(_form(one))) for key, one in numbered],
    )
    seal(connection, entry.id)


def remove(connection: sqlite3.Connection, document: int) -> None:
    """Take a document's statements out."""
    span = document << DOCUMENT_BITS, (document + 1) << DOCUMENT_BITS
    for table in ("statements", "quoted"):
        connection.execute(f"DELETE FROM {table} WHERE id >= ? AND id < ?", span)
    for table in ("headings", "tallies", "seals"):
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
    connection.execute("DELETE FROM documents WHERE id = ?", (document,))


def describe(connection: sqlite3.Connection, entry: ReportEntry) -> None:
    """Write down anew what is known of a report."""
    connection.execute(
        "UPDATE documents SET title = ?, region = ?, year = ?, source_digest = ? WHERE id = ?",
        (entry.title, entry.region, entry.year, entry.source_digest, entry.id),
    )
    seal(connection, entry.id)


def seal(connection: sqlite3.Connection, document: int) -> None:
    """Seal the rows of a document as they are now."""
    connection.execute(
        "INSERT OR REPLACE INTO seals VALUES (?, ?)", (document, seal_found(connection, document))
    )


def seal_found(connection: sqlite3.Connection, document: int) -> bytes:
    """The seal of the rows of a document as they are now."""
    span = document << DOCUMENT_BITS, (document + 1) << DOCUMENT_BITS
    numbered = [
        f"SELECT * FROM {table} WHERE id >= ? AND id < ? ORDER BY id" for table in ("statements", "quoted")
    ]
    of_document = (
        "SELECT * FROM headings WHERE document = ? ORDER BY section",
        "SELECT * FROM tallies WHERE document = ? ORDER BY topic, kind, numbered",
        "SELECT * FROM documents WHERE id = ?",
    )
    rows = [connection.execute(query, span).fetchall() for query in numbered]
    rows += [connection.execute(query, (document,)).fetchall() for query in of_document]
    return sealed(*rows)


def pairs(text: str) -> str:
    """Every pair of neighbouring characters of a text as a token for the full text."""
    return " ".join(itertools.starmap(_pair, itertools.pairwise((*text, _END)))) if text else ""


def phrase(word: str) -> str:
    """The query of the full text that finds exactly the texts in which a word stands."""
    if len(word) == 1:
        return f'"{_character(word)}" *'
    return f'"{" ".join(itertools.starmap(_pair, itertools.pairwise(word)))}"'


def any_pair(text: str) -> str:
    """The query that finds the texts with any pair of neighbouring characters of this one."""
    if len(text) == 1:
        return phrase(text)
    return " OR ".join(f'"{one}{other}"' for one, other in itertools.pairwise(map(_character, text)))


def every(phrases: Iterable[str]) -> str:
    """The query that finds what all of these find."""
    return " AND ".join(f"({one})" for one in phrases)


def _pair(one: str, other: str) -> str:
    return _character(one) + _character(other)


def _character(character: str) -> str:
    return f"{ord(character):06x}"


def _narrow(entry: Entry) -> tuple[object, ...]:
    row, amount = entry.row, entry.row.amount
    said = (None,) * 4 if amount is None else (amount.unit, amount.bound.value, amount.low, amount.high)
    return (row.kind.value, entry.topic.value, row.year, *said, row.span.start)


def _quoted(entry: Entry) -> tuple[object, ...]:
    row = entry.row
    return (
        row.text, row.object, row.action, _form(entry), row.span.end, row.sentence.start, row.sentence.end,
        row.section, row.place.paragraph, row.place.page, entry.sentence,
    )  # fmt: skip


def _form(entry: Entry) -> str:
    """The name of what is measured as indicators are compared; empty without a number."""
    return Name.of(entry.row.object).form if entry.row.amount is not None else ""
