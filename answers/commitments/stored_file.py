"""The file of the ledger: every statement of every report of an index, derived from the store as the words are.

It may be deleted at any time and is made again from the store. A document stands in it under its number in the
store, so that what was extracted from a report that is gone names nothing. The narrow table `statements` is what is
filtered and sorted, `tallies` what is counted where nothing finer is asked for; `quoted` is read for the rows that
are shown. The full text is indexed by pairs of
neighbouring characters: a word of Chinese is a phrase of its pairs, found exactly as a search through all the text
would find it.
"""

from __future__ import annotations

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from answers.errors import LedgerError
from indexer.errors import what_to_do
from indexer.store.database import address_of

LEDGER_NAME = "ledger.sqlite"
LOCK_NAME = "ledger.lock"
VERSION = 11
"""One more with every change of the rules or tables by which statements are found or described.

All of them are then extracted again. A test holds the rows of the seed report against it.
"""

PATIENCE = 30  # seconds to wait for another process that writes
_APPLICATION = 0x57454E4C  # "WENL"
_TABLES = ("state", "documents", "headings", "statements", "tallies", "quoted", "seals", "words")
_SCHEMA = """
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL, title TEXT NOT NULL, region TEXT NOT NULL, year INTEGER, source_digest TEXT NOT NULL,
    extracted TEXT NOT NULL, edition INTEGER NOT NULL, statements INTEGER NOT NULL
);
CREATE INDEX documents_by_name ON documents (name);
CREATE TABLE headings (
    document INTEGER NOT NULL, section INTEGER NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (document, section)
) WITHOUT ROWID;
CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL, kind TEXT NOT NULL, topic TEXT NOT NULL, year INTEGER,
    unit TEXT, bound TEXT, low REAL, high REAL, start INTEGER NOT NULL
);
CREATE INDEX statements_by_amount ON statements (unit, low);
CREATE INDEX statements_by_year ON statements (year);
CREATE TABLE tallies (
    document INTEGER NOT NULL, topic TEXT NOT NULL, kind TEXT NOT NULL, numbered INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    PRIMARY KEY (document, topic, kind, numbered)
) WITHOUT ROWID;
CREATE TABLE quoted (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL, object TEXT NOT NULL, action TEXT NOT NULL, form TEXT NOT NULL,
    "end" INTEGER NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL,
    section INTEGER NOT NULL, paragraph INTEGER NOT NULL, page INTEGER, sentence TEXT NOT NULL
);
CREATE TABLE seals (document INTEGER PRIMARY KEY, seal BLOB NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (said, indicator, content='', tokenize='ascii');
"""
_ELSEWHERE: dict[
    Path, Path
] = {}  # where an index that cannot be written has its ledger, for this process alone


def ledger_folder(directory: Path) -> Path:
    """The folder of the ledger of the index in `directory`: itself, unless it cannot be written."""
    return _ELSEWHERE.get(directory.absolute(), directory)


def use_elsewhere(directory: Path) -> Path:
    """Keep the ledger of an index that cannot be written in a folder of this process, removed when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="wenbao-ledger-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _ELSEWHERE.setdefault(directory.absolute(), folder)


@contextmanager
def reading(directory: Path) -> Iterator[sqlite3.Connection]:
    """The ledger of the index in `directory`, as it was at one moment.

    Raises:
        LedgerError: it is missing, damaged or locked for too long; a damaged one is removed, to be made again.
    """
    path = ledger_folder(directory) / LEDGER_NAME
    with _told(path), closing(_connection(path, "rw")) as connection:
        connection.execute("BEGIN")
        yield connection


@contextmanager
def changing(directory: Path) -> Iterator[sqlite3.Connection]:
    """Change the ledger, made if there is none: all of the block or, after an error or a kill, nothing.

    Raises:
        LedgerError: it cannot be written.
    """
    path = ledger_folder(directory) / LEDGER_NAME
    with _told(path), closing(_connection(path, "rwc")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if not _is_sound(connection):
            make_anew(connection)
        yield connection
        connection.execute("COMMIT")


def make_anew(connection: sqlite3.Connection) -> None:
    """Empty the ledger, whatever tables it had."""
    for table in _TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def is_there(directory: Path) -> bool:
    """Whether there is a ledger of this version, in whatever state."""
    path = ledger_folder(directory) / LEDGER_NAME
    if not path.is_file():
        return False
    try:
        with closing(_connection(path, "rw")) as connection:
            return _is_sound(connection)
    except sqlite3.OperationalError as error:
        raise locked(path, error) from error
    except sqlite3.DatabaseError:
        _remove(path)
        return False


def _is_sound(connection: sqlite3.Connection) -> bool:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return bool((application, version) == (_APPLICATION, VERSION))


def _connection(path: Path, mode: str) -> sqlite3.Connection:
    # Also to read it is opened for writing: what a killed writer left half done is rolled back first.
    address = f"{address_of(path.absolute())}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise locked(path, error) from error
    except sqlite3.DatabaseError as error:
        _remove(path)
        raise LedgerError(
            f"台账文件 {path} 损坏（{error}），已经移除。报告不受影响，请再试一次，它会自动重新生成。",
            f"The ledger {path} was damaged ({error}) and is removed. Your reports are untouched; try again and it "
            "is made anew.",
        ) from error


def locked(path: Path, error: Exception) -> LedgerError:
    """The error for a file of the ledger that cannot be opened or written."""
    zh, en = what_to_do(error)
    return LedgerError(
        f"台账文件 {path} 打不开或写不进去（{error}）。{zh}这个文件可以删除，会自动重新生成。",
        f"The ledger {path} cannot be opened or written ({error}). {en} The file may be deleted, it is made anew.",
    )


def remove_ledger(directory: Path) -> None:
    """Remove the ledger, to be made anew."""
    _remove(ledger_folder(directory) / LEDGER_NAME)


def _remove(path: Path) -> None:
    for left in (path, path.with_name(path.name + "-journal")):
        with suppress(OSError):
            left.unlink(missing_ok=True)
