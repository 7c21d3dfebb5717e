"""Bring the ledger's file up to date with the store: extract what is new or changed, take out what is gone."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from answers.commitments.search import Entry, searched_words
from answers.commitments.statements import statements_of
from answers.commitments.stored_file import (
    LOCK_NAME,
    changing,
    is_there,
    ledger_folder,
    locked,
    make_anew,
    reading,
    use_elsewhere,
)
from answers.commitments.stored_rows import describe, insert, pairs, read_entries, remove
from indexer.location import AnyPath, path_of
from indexer.reports import proven_report
from indexer.store.catalogue import ReportEntry
from indexer.store.database import open_store

_COMMIT_EVERY = 2.0  # seconds of work that a kill loses at most
_WAIT = 0.3  # seconds between two tries for the turn to write
_DEAD = 10_000  # statements that are gone and may stay in the full text whatever the size of the ledger


@dataclass(frozen=True, slots=True)
class LedgerProgress:
    """How many of the reports that are to be extracted are done, and the title of the one that is being read."""

    done: int
    total: int
    title: str


Progress = Callable[[LedgerProgress], object]


@dataclass(frozen=True, slots=True)
class _Behind:
    """What is to be done. `store` tells the state of the store that was compared with.

    Attributes:
        made_for: what tells this store from any other in whose place it came; the numbers of reports are its.
        anew: whether the ledger was made for another store.
    """

    made_for: str
    store: str
    anew: bool
    extract: tuple[ReportEntry, ...]
    describe: tuple[ReportEntry, ...]
    gone: tuple[int, ...]


def is_current(directory: AnyPath) -> bool:
    """Whether the ledger holds just the reports of the index, as they are now.

    Raises:
        IndexFault: there is no sound index.
        LedgerError: the ledger cannot be read.
    """
    directory = path_of(directory)
    with open_store(directory) as store:
        settings = store.settings()
    return is_there(directory) and _state(directory, "store") == f"{settings.words}:{settings.generation}"


def bring_up(
    directory: AnyPath,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    only: Collection[str] | None = None,
) -> None:
    """Bring the ledger of the index in `directory` up to date, `only` for the reports of some names where given.

    Reports are extracted one after the other and committed every few seconds: stopped or killed, it goes on from
    there. Where another process is at it this one waits, and then does what is left. An index that cannot be
    written has its ledger in a folder of this process.

    Raises:
        IndexFault: there is no sound index, or the text of a report is not what was indexed.
        LedgerError: the ledger cannot be read or written.
    """
    directory = path_of(directory)
    if is_current(directory):
        return
    if only is not None and not _any_work(_behind(directory, only)):
        return
    with _turn(directory, cancelled) as mine:
        if mine:
            _work(directory, _behind(directory, only), progress, cancelled, whole=only is None)


def _any_work(behind: _Behind) -> bool:
    return bool(behind.anew or behind.extract or behind.describe or behind.gone)


def _work(
    directory: Path, behind: _Behind, progress: Progress | None, cancelled: Callable[[], bool], *, whole: bool
) -> None:
    if _any_work(behind):
        with changing(directory) as connection:
            if behind.anew:
                make_anew(connection)
                _write_state(connection, "made_for", behind.made_for)
            for document in behind.gone:
                remove(connection, document)
            for entry in behind.describe:
                describe(connection, entry)
            _changed(connection)
    finished = _extract(directory, behind.extract, progress, cancelled)
    if finished and whole:
        with changing(directory) as connection:
            _tidy(connection)
            _write_state(connection, "store", behind.store)


def _extract(
    directory: Path, entries: Sequence[ReportEntry], progress: Progress | None, cancelled: Callable[[], bool]
) -> bool:
    """Extract reports; False where it was stopped on the way."""
    waiting: list[tuple[ReportEntry, tuple[Entry, ...]]] = []
    committed = time.monotonic()
    try:
        for number, entry in enumerate(entries):
            if cancelled():
                return False
            if progress is not None:
                progress(LedgerProgress(number, len(entries), entry.title))
            found = _statements(directory, entry)
            if found is not None:
                waiting.append((entry, found))
            if time.monotonic() - committed > _COMMIT_EVERY:
                _commit(directory, waiting)
                committed = time.monotonic()
    finally:
        # Also after an error: what was extracted before it counts.
        _commit(directory, waiting)
    return True


def _statements(directory: Path, entry: ReportEntry) -> tuple[Entry, ...] | None:
    """The statements of a report; None where it was removed or replaced meanwhile."""
    with open_store(directory) as store:
        report, now = proven_report(directory, store, entry.name), store.entry(entry.name)
    if report is None or now is None or now.id != entry.id:
        return None
    return statements_of(report)


def _commit(directory: Path, waiting: list[tuple[ReportEntry, tuple[Entry, ...]]]) -> None:
    if not waiting:
        return
    with changing(directory) as connection:
        for entry, found in waiting:
            insert(connection, entry, _depends_on(entry), found)
        _changed(connection)
    waiting.clear()


def _behind(directory: Path, only: Collection[str] | None) -> _Behind:
    with open_store(directory) as store:
        settings = store.settings()
        entries = tuple(store.entries() if only is None else filter(None, map(store.entry, only)))
    known: dict[int, tuple[object, ...]] = {}
    anew = not is_there(directory) or _state(directory, "made_for") != settings.words
    if not anew:
        with reading(directory) as connection:
            query = "SELECT id, extracted, title, region, year, source_digest FROM documents"
            known = {row[0]: row[1:] for row in connection.execute(query)}
    there = {entry.id for entry in entries}
    extract = tuple(e for e in entries if e.id not in known or known[e.id][0] != _depends_on(e))
    again = {entry.id for entry in extract}
    described = tuple(
        e
        for e in entries
        if e.id not in again and known[e.id][1:] != (e.title, e.region, e.year, e.source_digest)
    )
    gone = () if only is not None else tuple(key for key in known if key not in there)
    return _Behind(settings.words, f"{settings.words}:{settings.generation}", anew, extract, described, gone)


def _depends_on(entry: ReportEntry) -> str:
    """What the statements of a report depend on besides the program: its text, and the year by which 今年 is read."""
    return f"{entry.text_digest}:{entry.year}:{entry.metadata.sure_kind or ''}"


def _tidy(connection: sqlite3.Connection) -> None:
    """Write the full text anew where most of it is of statements that are gone."""
    (live,) = connection.execute("SELECT count(*) FROM statements").fetchone()
    (held,) = connection.execute("SELECT count(*) FROM words_docsize").fetchone()
    if held <= 2 * live + _DEAD:
        return
    connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
    keys = [key for (key,) in connection.execute("SELECT id FROM statements ORDER BY id")]
    forms = connection.execute("SELECT form FROM quoted ORDER BY id")
    rows = zip(keys, read_entries(connection, keys), forms, strict=True)
    connection.executemany(
        "INSERT INTO words (rowid, said, indicator) VALUES (?, ?, ?)",
        ((key, pairs(searched_words(entry)), pairs(form)) for key, entry, (form,) in rows),
    )


def _state(directory: Path, key: str) -> str | None:
    with reading(directory) as connection:
        row = connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def _changed(connection: sqlite3.Connection) -> None:
    row = connection.execute("SELECT value FROM state WHERE key = 'changes'").fetchone()
    _write_state(connection, "changes", str(int(row[0]) + 1 if row else 1))


def _write_state(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))


@contextmanager
def _turn(directory: Path, cancelled: Callable[[], bool]) -> Iterator[bool]:
    """Hold the turn to write the ledger; False where the wait for it was called off.

    The lock is SQLite's on a file of its own, so it works between processes on every system and ends with a kill.
    """
    if not os.access(ledger_folder(directory), os.W_OK):
        use_elsewhere(directory)
    while not cancelled():
        path = ledger_folder(directory) / LOCK_NAME
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                    time.sleep(_WAIT)
                elif ledger_folder(directory) == directory:
                    use_elsewhere(directory)
                else:
                    raise locked(path, error) from error
                continue
            yield True
            return
    yield False
