"""Tables of texts: CSV, JSON, JSON lines and XLSX files whose rows hold documents, one in each."""

from __future__ import annotations

import csv
import io
import json
import re
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from indexer.formats.limits import XML_BYTES, check_size
from indexer.formats.plain_text import read_plain_text
from indexer.formats.result import Declared, Extracted, damaged, declared_in, refused, too_big, unpaged
from indexer.formats.spreadsheet import Sheet, read_sheets
from indexer.formats.tables import Cell, table_lines
from indexer.text.fields import PLACES, Field, field_called, said_in
from indexer.text.headings import MARKER

SHEET_SUFFIXES = (".csv", ".tsv", ".xlsx", ".jsonl")
"""Files that are tables; a .json may be one as well, and is the metadata file of a report where it stands beside that."""
MOST_ROWS = 10_000
_MOST_CELLS = 1_000_000
_MOST_DELIMITERS = 3 * _MOST_CELLS  # those inside of texts included
_MOST_OBJECTS = 100_000
_LONGEST_FIELD = 10_000_000  # characters
_LETTERS = string.ascii_letters + "-_"
_DELIMITERS = ",\t;|"
_LONG = 200  # characters of the texts of a column, on the average, that is called by no such name
_LEADS = 4  # times as long as those of any other column
_DOCUMENT = 300  # characters from which a text is a document whatever stands beside it
_REMARK = 0.05  # of the texts may stand on other sheets where each row is to be a document
_LONGEST_NAME = 40  # characters of the name of a column
_LENGTH = re.compile("字数|长度|length", re.I)  # of the text beside it, which says nothing more
_TITLES = {Field.TITLE, Field.NAME}
_OF_DOCUMENT = {*_TITLES, *PLACES, Field.YEAR}


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its text, and what the other columns say of it."""

    text: str
    declared: Declared

    @property
    def name(self) -> str:
        """What it is called by its title, else by year, place and kind; empty where neither is told."""
        return next(iter(self.declared.titles), self.declared.said.called)


@dataclass(frozen=True)
class Records:
    """A table in which one column holds texts.

    Attributes:
        header: the names of the columns.
        rows: the texts of each row that has one in the column `text`; as many as columns.
        text: the number of the column of texts, from 0.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text: int

    @property
    def column(self) -> str:
        """The name of the column of texts."""
        return self.header[self.text]

    @cached_property
    def are_documents(self) -> bool:
        """Whether each row is likely a document of its own: texts are long, or titles, places or years beside them differ."""
        return not self.is_one or median(len(row[self.text]) for row in self.rows) >= _DOCUMENT

    @cached_property
    def is_one(self) -> bool:
        """Whether the rows may be pieces of one document: what they say of title, place and year is the same."""
        return all(
            len(self._said(column)) <= 1
            for column, name in enumerate(self.header)
            if field_called(name) in _OF_DOCUMENT
        )

    @cached_property
    def title(self) -> str:
        """The title of the one document whose pieces the rows are; empty where they are of several, or have none."""
        columns = [n for n, name in enumerate(self.header) if field_called(name) in _TITLES]
        return " ".join(next(iter(self._said(columns[0])), "").split()) if columns and self.is_one else ""

    def _said(self, column: int) -> set[str]:
        return {row[column] for row in self.rows if row[column]}

    def record(self, number: int) -> Record:
        """A row, counted from 0."""
        row = self.rows[number]
        beside = (one for column, one in enumerate(zip(self.header, row, strict=True)) if column != self.text)
        return Record(row[self.text], declared_in(said_in(beside)))

    def as_file(self, number: int) -> bytes:
        """A file of this row alone, from which the same is read."""
        stream = io.StringIO()
        csv.writer(stream).writerows((self.header, self.rows[number]))
        return stream.getvalue().encode("utf-8")


def read_records(path: Path, data: bytes) -> Extracted:
    """The text of a table of any kind. One row with a text is that text, several are one after the other, and other sheets
    stand below them; else every row is told, a sheet after the other.

    Raises:
        SourceError: it cannot be read, or is too large.
    """
    sheets = _sheets(path, data)
    told = _records(sheets)
    if told is None:
        return unpaged(_lines(sheets))
    found, others = told
    beside = list(_lines(others, named=True))
    if len(found.rows) == 1:
        record = found.record(0)
        return Extracted(unpaged([*record.text.split("\n"), *beside]).pieces, record.declared)
    title = found.title
    return Extracted(unpaged([*_texts(found), *beside]).pieces, Declared((title,) if title else ()))


def records_in(path: Path, data: bytes) -> Records | None:
    """The texts in a table, None where it has no column of texts, only one of them, or more than a remark beside them.

    Raises:
        SourceError: it cannot be read, or has more rows than can be documents.
    """
    told = _records(_sheets(path, data))
    if told is None or len(told[0].rows) < 2:
        return None
    found, others = told
    beside = sum(len(line) for line in _lines(others))
    if beside > _REMARK * sum(len(row[found.text]) for row in found.rows):
        return None
    if len(found.rows) > MOST_ROWS:
        raise too_big(path, f"超过 {MOST_ROWS} 行", f"has more than {MOST_ROWS} rows")
    return found


def _sheets(path: Path, data: bytes) -> tuple[Sheet, ...]:
    suffix = path.suffix.lower()
    if data.startswith(b"PK"):
        return read_sheets(path, data)
    text = read_plain_text(path, data).text.removeprefix("\ufeff")
    rows = _of_json(path, text, suffix) if suffix in (".json", ".jsonl") else _of_csv(path, text, suffix)
    return (Sheet("", tuple(_cells(row) for row in rows)),)


def _cells(row: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(Cell(column, 1, tuple(text.split("\n")) if text else ()) for column, text in enumerate(row))


def _of_csv(path: Path, text: str, suffix: str) -> Iterator[list[str]]:
    opening = text[:20_000]
    delimiter = "\t" if suffix == ".tsv" else max(_DELIMITERS, key=opening.split("\n", 1)[0].count)
    csv.field_size_limit(_LONGEST_FIELD)
    if text.count(delimiter) > _MOST_DELIMITERS:
        raise too_big(path, f"超过 {_MOST_CELLS} 格", f"has more than {_MOST_CELLS} cells")
    count = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            cells = [cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in row]
            count += len(cells)
            if count > _MOST_CELLS:
                raise too_big(path, f"超过 {_MOST_CELLS} 格", f"has more than {_MOST_CELLS} cells")
            if any(cells):
                yield cells
    except csv.Error as error:
        raise damaged(path, "CSV", str(error)) from error


def _of_json(path: Path, text: str, suffix: str) -> Iterator[list[str]]:
    """The objects of a file as rows below the names of their fields."""
    check_size(path, len(text), XML_BYTES)  # its objects need ten times that, as a tree does
    if text.count("{") > _MOST_OBJECTS:
        raise too_big(path, f"超过 {_MOST_OBJECTS} 个对象", f"has more than {_MOST_OBJECTS} objects")
    try:
        if suffix == ".jsonl":
            found = [json.loads(line) for line in text.split("\n") if line.strip()]
        else:
            found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise damaged(path, suffix.removeprefix(".").upper(), str(error)) from error
    listed = found if isinstance(found, list) else [found]
    objects = [one for one in listed if isinstance(one, dict)]
    rows = [{str(key): text for key, value in one.items() if (text := _text_of(value))} for one in objects]
    header = list(dict.fromkeys(key for row in rows for key in row))
    if len(rows) == 1 and header and all(map(field_called, header)) and not any(map(_is_text, header)):
        raise refused(
            path, "是一份报告的元数据，不是报告", "is what somebody says of a report, and no report",
            "请把它放在同名的报告旁边，用命令加入那份报告，或在文库里更正", "Put it beside the report of its name and add that by command, or correct the report in the library",
        )  # fmt: skip
    if not objects or len(header) * len(rows) > _MOST_CELLS:
        raise damaged(path, suffix.removeprefix(".").upper(), "[{…}, {…}]")
    if header:
        yield header
    for row in rows:
        yield [row.get(name, "") for name in header]


def _is_text(name: str) -> bool:
    return field_called(name) is Field.TEXT


def _text_of(value: Any) -> str:
    """A value as words; what is nested is for machines."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _records(sheets: Sequence[Sheet]) -> tuple[Records, tuple[Sheet, ...]] | None:
    """The texts of the only sheet that has a column of them, and the other sheets."""
    found = [(records, sheet) for sheet in sheets if (records := _records_of(sheet)) is not None]
    if len(found) != 1:
        return None
    ((records, own),) = found
    return records, tuple(sheet for sheet in sheets if sheet is not own)


def _records_of(sheet: Sheet) -> Records | None:
    """The texts of a sheet whose first row names its columns."""
    if len(sheet.rows) < 2:
        return None
    first, *below = sheet.rows
    header = tuple(cell.text for cell in first)
    plain = all(cell.width == 1 and not cell.continues for cell in first)
    if not plain or len(header) < 2 or not all(0 < len(name) <= _LONGEST_NAME for name in header):
        return None
    rows = [_by_column(row, len(header)) for row in below]
    text = _text_column(header, rows)
    if text is None:
        return None
    kept = tuple(row for row in rows if row[text])
    return Records(header, kept, text) if kept else None


def _by_column(row: Sequence[Cell], width: int) -> tuple[str, ...]:
    texts = {cell.column: "\n".join(cell.lines).strip() for cell in row}
    return tuple(texts.get(column, "") for column in range(width))


def _text_column(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """The column that holds texts: it is called so, or what stands in it is by far the longest."""
    lengths = [sum(len(row[column]) for row in rows) / max(1, len(rows)) for column in range(len(header))]
    named = [column for column, name in enumerate(header) if field_called(name) is Field.TEXT]
    if named:
        return max(named, key=lambda column: lengths[column])
    longest = max(range(len(header)), key=lambda column: lengths[column])
    others = max((length for column, length in enumerate(lengths) if column != longest), default=0.0)
    return longest if lengths[longest] >= max(_LONG, _LEADS * others) else None


def _texts(found: Records) -> Iterator[str]:
    """The rows of a table of texts as one document.

    What stands beside the texts is told before them. Of pieces of one document what is the same for several rows is told
    once, the chapter of an article; numbers that only count the rows are not told, nor is the title of all.
    """
    counting = {column for column in range(len(found.header)) if _counts(found, column)}
    before: dict[int, str] = {}
    is_first = True
    for row in found.rows:
        told: list[str] = []
        for column, (name, words) in enumerate(zip(found.header, row, strict=True)):
            words = " ".join(words.split())
            is_left_out = (
                column in counting
                or _LENGTH.fullmatch(name)
                or (field_called(name) in _TITLES and words == found.title)
            )
            if (
                column == found.text
                or not words
                or (found.is_one and (is_left_out or before.get(column) == words))
            ):
                continue
            told.append(words if MARKER.match(words) else f"{name}：{words}")
            before[column] = words
        if told:
            yield from (() if is_first else ("",))
            yield " | ".join(told)
        yield from row[found.text].split("\n")
        is_first = False


def _counts(found: Records, column: int) -> bool:
    """Whether a column only counts the rows."""
    # A001, A002, …
    numbers = [row[column].lstrip(_LETTERS) for row in found.rows]
    return all(number.isdigit() for number in numbers) and all(
        int(after) == int(number) + 1 for number, after in pairwise(numbers)
    )


def _lines(sheets: Sequence[Sheet], named: bool = False) -> Iterator[str]:
    """Every row of all sheets, below the names of several; of one where it is to be `named`."""
    for sheet in sheets:
        if (named or len(sheets) > 1) and sheet.name:
            yield sheet.name
        yield from table_lines(sheet.rows)
        yield ""
