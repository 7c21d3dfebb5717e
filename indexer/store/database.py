"""The store of record: one SQLite file with documents, sections, passages, their vectors, and settings.

That of a shared index is on a server (`indexer.store.shared`), and is opened here as well.

Everything else in an index directory is derived from it. A new store is written under a temporary name
and renamed into place; a change of one is a single transaction. Killed at any moment, what is read
afterwards is the old store or the new one, never a part.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path, PurePath

from indexer.errors import IndexFault, build_beside_command, busy, damaged, held_open, unwritable
from indexer.store import upgrade
from indexer.store.connection import SqliteConnection
from indexer.store.lasting import keep_names, replace_held
from indexer.store.locking import changing_alone
from indexer.store.schema import SCHEMA
from indexer.store.servers import servers_of
from indexer.store.settings import StoreSettings
from indexer.store.shared import change_shared_store, found_shared_store, is_founded, open_shared_store
from indexer.store.store import Store

STORE_NAME = "wenbao.sqlite"
_APPLICATION = 0x57454E42  # "WENB": tells our files from other people's SQLite files
_SCHEMA_VERSION = 4
_PAGE = 32768  # bytes; the vectors of nine passages fit on one, and little of it is left empty
_PATIENCE = 30  # seconds to wait for another process that writes
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def has_store(directory: Path) -> bool:
    """Whether there is an index in `directory`, or on the servers it points at; a local one may be anybody's.

    Raises:
        IndexFault: the servers do not answer, or hold something that is not ours.
    """
    servers = servers_of(directory)
    return (directory / STORE_NAME).exists() if servers is None else is_founded(servers)


def found_store(directory: Path, settings: StoreSettings) -> None:
    """Make an empty store where there is none; one that another thread or process made meanwhile is left.

    Raises:
        IndexFault: the directory or the servers cannot be written.
    """
    servers = servers_of(directory)
    if servers is not None:
        found_shared_store(directory, servers, settings)
        return
    _make_folder(directory)
    with changing_alone(directory):
        if not (directory / STORE_NAME).exists():
            with create_store(directory) as store:
                store.write_settings(settings)


@contextmanager
def open_store(directory: Path) -> Iterator[Store]:
    """Open the store in `directory` for reading.

    Raises:
        IndexFault: there is none, or it is foreign, of another version or damaged.
    """
    servers = servers_of(directory)
    if servers is not None:
        with open_shared_store(directory, servers) as store:
            yield store
        return
    path = _existing(directory)
    try:
        with closing(_reader_of_today(path)) as connection:
            # One transaction for all reads: a change by another process comes before or after them.
            connection.execute("BEGIN")
            yield Store(SqliteConnection(connection), directory)
    except sqlite3.DatabaseError as error:
        raise _fault(directory, error) from error


def _fault(directory: Path, error: sqlite3.DatabaseError) -> IndexFault:
    """What an error of SQLite means while an index is read: that somebody holds it is no damage."""
    if _primary(error) in _BUSY:
        return busy(directory, "SQLite", _PATIENCE)
    return damaged(directory, str(error))


def _primary(error: sqlite3.DatabaseError) -> int:
    """SQLite's result code without what it adds to it; 0 where the error is Python's."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _reader(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing; what a killed writer left half done is rolled back first."""
    address = address_of(path.absolute())
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=_PATIENCE)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError:
        # A reader may not roll back, and without it there is nothing sound to read.
        connection.close()
        # Alone: the journal must be that of the file which is there, not of one that is just being replaced.
        with (
            changing_alone(path.parent),
            closing(sqlite3.connect(f"{address}?mode=rw", uri=True, timeout=_PATIENCE)) as writer,
        ):
            writer.execute("PRAGMA schema_version").fetchone()
        connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=_PATIENCE)
    return connection


def address_of(path: PurePath) -> str:
    """The URI by which SQLite opens the file at an absolute path.

    The server of a shared folder (`//server/share/…` on Windows) belongs to the path: SQLite knows no hosts.
    """
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file://", "file:////", 1)


@contextmanager
def create_store(directory: Path) -> Iterator[Store]:
    """Write a new store; it replaces the one in `directory` when the block ends without an error.

    Raises:
        IndexFault: the directory cannot be written.
    """
    _make_folder(directory)
    with changing_alone(directory):
        yield from _created(directory)


def _make_folder(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(directory, error) from error


def _created(directory: Path) -> Iterator[Store]:
    building = directory / f".{STORE_NAME}.{uuid.uuid4().hex[:12]}"
    try:
        try:
            settle_journal(directory)
            _sweep(directory)
        except OSError as error:
            raise unwritable(directory, error) from error
        try:
            with closing(sqlite3.connect(building)) as connection:
                connection.execute(f"PRAGMA page_size = {_PAGE}")
                connection.executescript(SCHEMA)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
                yield Store(SqliteConnection(connection), directory)
                connection.commit()
            try:
                replace_held(building, directory / STORE_NAME)
                keep_names(directory)
            except PermissionError as error:
                raise held_open(directory / STORE_NAME, error) from error
            except OSError as error:
                raise unwritable(directory, error) from error
        finally:
            building.unlink(missing_ok=True)
            building.with_name(building.name + "-journal").unlink(missing_ok=True)
    except sqlite3.OperationalError as error:
        raise unwritable(directory, error) from error


@contextmanager
def change_store(directory: Path) -> Iterator[Store]:
    """Change the store in `directory`: all of the block or, after an error, nothing.

    Other processes go on reading the old state until the block ends; a second writer waits.

    Raises:
        IndexFault: as `open_store`, or the file cannot be written.
    """
    servers = servers_of(directory)
    if servers is not None:
        with change_shared_store(directory, servers) as store:
            yield store
        return
    _existing(directory)
    with changing_alone(directory):
        yield from _changed(directory, _existing(directory))


def _changed(directory: Path, path: Path) -> Iterator[Store]:
    try:
        _reader_of_today(path).close()
        with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("BEGIN IMMEDIATE")
            yield Store(SqliteConnection(connection), directory)
            connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise (
            _fault(directory, error) if _primary(error) in _BUSY else unwritable(directory, error)
        ) from error
    except sqlite3.DatabaseError as error:
        raise damaged(directory, str(error)) from error


def _reader_of_today(path: Path) -> sqlite3.Connection:
    """As `_reader`, of a store that is ours; one of a former format is brought up to date first."""
    connection = _reader(path)
    try:
        if _is_former(*_marks(connection)):
            connection.close()
            _upgrade(path)
            connection = _reader(path)
        _check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _upgrade(path: Path) -> None:
    """Bring a store of a former format up to date, in one transaction; it answers as before."""
    with (
        changing_alone(path.parent),
        closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as connection,
    ):
        try:
            connection.execute("BEGIN IMMEDIATE")
            # Another process may have done it while this one waited.
            application, version = _marks(connection)
            former = _is_former(application, version)
            if former:
                upgrade.upgrade(connection, version, path.parent)
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            connection.execute("COMMIT")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise damaged(path.parent, str(error)) from error
        except sqlite3.OperationalError as error:
            # A table that is not there is damage; a disk that is full or may not be written is none.
            if "no such" in str(error):
                raise
            raise unwritable(path.parent, error) from error
        if not (former and upgrade.leaves_room(version)):
            return
        # What the old tables took is given back; where a reader is at work it waits for another time.
        with suppress(sqlite3.OperationalError):
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute("VACUUM")


def _is_former(application: int, version: int) -> bool:
    return application == _APPLICATION and version in upgrade.FORMER_VERSIONS


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """Whose file it is, and of which version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(application), int(version)


def settle_journal(directory: Path) -> None:
    """Let what a killed writer left half done be rolled back before another file takes the store's place.

    SQLite knows a journal by its name alone, and would roll that of the old store back into the new one. Only for
    who changes the index alone.

    Raises:
        OSError: the journal cannot be removed.
    """
    path = directory / STORE_NAME
    journal = path.with_name(f"{STORE_NAME}-journal")
    if not journal.exists():
        return
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(path, timeout=_PATIENCE)) as connection:
        connection.execute("PRAGMA schema_version").fetchone()
    # One that cannot be rolled back belongs to a store that nobody can read, and that is replaced.
    journal.unlink(missing_ok=True)


def _sweep(directory: Path) -> None:
    """Remove what killed processes left behind; who writes alone leaves nothing that is in use."""
    for left in directory.glob(f".{STORE_NAME}.*"):
        # Windows removes no file that is open.
        with suppress(PermissionError):
            left.unlink(missing_ok=True)


def _existing(directory: Path) -> Path:
    path = directory / STORE_NAME
    try:
        there = path.is_file()
    except OSError as error:
        raise damaged(directory, str(error)) from error
    if not there:
        raise IndexFault(
            f"{directory} 里没有索引。请先建立索引：python -m indexer build 报告或文件夹 --index {directory}",
            f"There is no index in {directory}. Build one: python -m indexer build SOURCE --index {directory}",
        )
    return path


def _check(connection: sqlite3.Connection, path: Path) -> None:
    application, version = _marks(connection)
    if application != _APPLICATION:
        raise IndexFault(
            f"{path} 不是问报的索引。请用 --index 指定另一个目录；这个文件没有改动。",
            f"{path} is not an index of Wenbao. Name another directory with --index; "
            "the file was left as it is.",
            foreign=True,
        )
    if version != _SCHEMA_VERSION:
        command = build_beside_command(path.parent)
        raise IndexFault(
            f"索引 {path} 是版本 {version}，本程序用版本 {_SCHEMA_VERSION}；它没有改动。请用写它的那个版本的程序打开，"
            f"或在另一个目录里从报告文件重新建立：{command}",
            f"The index {path} is of version {version}, this program uses {_SCHEMA_VERSION}; it was left as it is. Open it "
            f"with the version that wrote it, or make one from the reports' files in another directory: {command}",
        )
