"""Tables whose rows are documents: each row becomes a file of its own beside the index, and is added like any other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.apart import Waiting
from indexer.errors import SourceError
from indexer.formats.limits import check_size
from indexer.formats.records import SHEET_SUFFIXES, Records, records_in
from indexer.originals import keep_upload
from indexer.reading import read_apart
from indexer.report.metadata_file import METADATA_SUFFIX
from indexer.sources import file_bytes
from indexer.text.file_names import readable

_NOBODY = Waiting()
_SUFFIX = ".csv"  # of the file of one row
_LONGEST_NAME = 60  # characters of the name of a row's file


@dataclass(frozen=True, slots=True)
class TableOfTexts:
    """What is known of a file with a column of texts.

    Attributes:
        column: the name of that column.
        rows: how many rows have a text in it; two or more.
        are_documents: whether each of them is likely a document of its own.
    """

    column: str
    rows: int
    are_documents: bool


@dataclass(frozen=True, slots=True)
class Divided:
    """Files of which some tables were divided into their rows.

    Attributes:
        files: those that are to be added, a file of its own for each row of a table that was divided.
        tables: every table of texts among the files that were given.
        rows: the files of the rows, by the tables that were divided; these are none of `files`.
        failed: why those could not be divided that are none of `files` either.
    """

    files: tuple[Path, ...]
    tables: Mapping[Path, TableOfTexts]
    rows: Mapping[Path, tuple[Path, ...]]
    failed: Mapping[Path, SourceError]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: what it is called, empty where no name is its own, and a file of it."""

    name: str
    data: bytes


def table_in(path: Path, waiting: Waiting = _NOBODY) -> TableOfTexts | None:
    """What is known of a table of texts; None where the file is none, or cannot be read: that is told when it is added."""
    if path.suffix.lower() not in (*SHEET_SUFFIXES, METADATA_SUFFIX):
        return None
    try:
        return read_apart(_table, path, waiting)
    except SourceError:
        return None


def divide(
    files: Sequence[Path],
    directory: Path,
    chosen: Collection[Path] | None,
    waiting: Waiting = _NOBODY,
) -> Divided:
    """Divide the `chosen` tables into their rows; where nobody chose, those whose rows look like documents.

    The files of the rows are written beside the index in `directory` as uploads are, named by their titles, else by
    year, place and kind, else by their numbers.

    Raises:
        IndexFault: the directory cannot be written.
        CalledOff: who is `waiting` has called it off.
    """
    kept: list[Path] = []
    rows: dict[Path, tuple[Path, ...]] = {}
    failed: dict[Path, SourceError] = {}
    taken: set[str] = set()
    tables = {path: table for path in files if (table := table_in(path, waiting)) is not None}
    for path in files:
        wanted = path in tables and (tables[path].are_documents if chosen is None else path in chosen)
        if not wanted:
            kept.append(path)
            continue
        try:
            named = _named(read_apart(_rows, path, waiting), Path(readable(path)).stem, taken)
            rows[path] = tuple(
                keep_upload(directory, f"{name}{_SUFFIX}", data) for name, data in named.items()
            )
            kept += rows[path]
        except SourceError as error:
            failed[path] = error
    return Divided(tuple(dict.fromkeys(kept)), tables, rows, failed)


def _records_of(path: Path) -> Records | None:
    data = file_bytes(path)
    check_size(path, len(data))
    return records_in(path, data)


def _table(path: str) -> TableOfTexts | None:
    found = _records_of(Path(path))
    return None if found is None else TableOfTexts(found.column, len(found.rows), found.are_documents)


def _rows(path: str) -> tuple[_Row, ...]:
    found = _records_of(Path(path))
    if found is None:
        return ()
    names = [found.record(number).name[:_LONGEST_NAME] for number in range(len(found.rows))]
    often = Counter(names)
    return tuple(
        _Row(name if often[name] == 1 else "", found.as_file(number)) for number, name in enumerate(names)
    )


def _named(rows: Sequence[_Row], table: str, taken: set[str]) -> dict[str, bytes]:
    """The files of a table's rows by their names, which are from now on among those `taken`."""
    named = {}
    for number, row in enumerate(rows, 1):
        own = f"{table} 第{number}行"
        name = next(
            one
            for one in (row.name, own, f"{row.name} {own}", f"{own} {len(taken)}")
            if one and one not in taken
        )
        taken.add(name)
        named[name] = row.data
    return named
