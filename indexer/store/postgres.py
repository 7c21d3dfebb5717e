"""PostgreSQL in the shape that the store's queries need: transactions, one connection each, kept for the next.

Readers see one state of the database from beginning to end and are never held up. One change at a time is made to a
schema; a second waits. A connection that broke while nobody used it is opened again.
"""

from __future__ import annotations

import io
import struct
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from indexer.errors import IndexFault, ServerUnavailable, missing_extra
from indexer.store.connection import Rows
from indexer.store.servers import DatabaseAddress, database_address

ANSWER_WITHIN = 20.0  # seconds that a server may take for one statement
_PATIENCE = 30.0  # seconds to wait for another process that writes
_POLL = 0.05
_BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_BEGIN_WRITING = "BEGIN"  # each statement sees what was committed before the lock was given
_COPY_HEAD = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
_COPY_END = struct.pack(">h", -1)

_idle: dict[DatabaseAddress, list[Any]] = {}
_guard = threading.Lock()


class PostgresConnection:
    """A transaction of PostgreSQL as a StoreConnection. Tables are those of one schema."""

    def __init__(self, raw: Any, address: DatabaseAddress) -> None:
        self._raw = raw
        self._address = address

    def execute(self, statement: str, values: Sequence[object] = ()) -> Rows:
        """As StoreConnection."""
        with _talking(self._address):
            cursor = self._raw.cursor()
            cursor.execute(statement.replace("?", "%s"), tuple(values))
        rows: Rows = cursor  # all of them are here already
        return rows

    def insert(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """As StoreConnection: in the binary form of COPY, many times quicker than row by row."""
        if rows:
            stream = io.BytesIO(_COPY_HEAD + b"".join(map(_copied, rows)) + _COPY_END)
            with _talking(self._address):
                self._raw.cursor().execute(f"COPY {table} FROM STDIN (FORMAT binary)", stream=stream)

    def last_id(self, table: str) -> int:
        """As StoreConnection; also what others reserved and have not committed."""
        last, used = self.execute(f"SELECT last_value, is_called FROM {table}_id_seq").fetchone()
        return int(last) if used else 0

    def reserve(self, table: str, count: int) -> int:
        """As StoreConnection. They stay reserved whatever becomes of the transaction."""
        if count == 0:
            return self.last_id(table) + 1
        first = self.last_id(table) + 1
        self.execute(f"SELECT setval('{table}_id_seq', ?)", (first + count - 1,))
        return first

    def count_on(self, table: str, last: int) -> None:
        """As StoreConnection."""
        if self.last_id(table) < last:
            self.execute(f"SELECT setval('{table}_id_seq', ?)", (last,))

    def integrity(self) -> str:
        """As StoreConnection: PostgreSQL keeps its own promises, or refuses to answer."""
        return "ok"


def _copied(row: Sequence[object]) -> bytes:
    """A row in the binary form of COPY. Every whole number of our tables has eight bytes."""
    parts = [struct.pack(">h", len(row))]
    for value in row:
        if value is None:
            parts.append(struct.pack(">i", -1))
            continue
        if isinstance(value, int):
            data = struct.pack(">q", value)
        elif isinstance(value, str):
            data = value.encode("utf-8")
        elif isinstance(value, bytes):
            data = value
        else:
            raise TypeError(f"a column of a row is {value!r}")
        parts.append(struct.pack(">i", len(data)) + data)
    return b"".join(parts)


@contextmanager
def reading(schema: str) -> Iterator[PostgresConnection]:
    """A transaction that changes nothing.

    Raises:
        ServerUnavailable: the server is gone, hangs or refuses us.
        IndexFault: no address of it is set, or the client is not installed.
    """
    with _transaction(schema, _BEGIN_READING) as connection:
        yield connection


@contextmanager
def changing(schema: str) -> Iterator[PostgresConnection]:
    """A transaction that changes a schema, the only one at its time: all of the block or, after an error, nothing.

    Raises:
        ServerUnavailable, IndexFault: as `reading`, or another process kept on writing.
    """
    with _transaction(schema, _BEGIN_WRITING) as connection:
        _lock(connection, schema)
        yield connection


def _lock(connection: PostgresConnection, schema: str) -> None:
    until = time.monotonic() + _PATIENCE
    query = "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))"
    while not connection.execute(query, (schema,)).fetchone()[0]:
        if time.monotonic() > until:
            raise IndexFault(
                f"另一个程序正在写共用索引（{schema}），等了 {_PATIENCE:g} 秒。请等它写完后再试。",
                f"Another program is writing to the shared index ({schema}); waited {_PATIENCE:g} s. Try again when "
                "it has finished.",
            )
        time.sleep(_POLL)


@contextmanager
def _transaction(schema: str, begin: str) -> Iterator[PostgresConnection]:
    address = database_address()
    with _talking(address):
        raw = _begun(address, begin)
    connection = PostgresConnection(raw, address)
    try:
        connection.execute(f'SET LOCAL search_path TO "{schema}"')
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        _abandon(raw, address)
        raise
    _keep(raw, address)


@contextmanager
def _talking(address: DatabaseAddress) -> Iterator[None]:
    """Raises ServerUnavailable in place of what the client raises. Its words never hold the password."""
    errors = _client().exceptions
    began = time.monotonic()
    try:
        yield
    except (errors.Error, OSError, struct.error) as error:
        told = error.args[0] if error.args else ""
        detail = str(told.get("M", told)) if isinstance(told, dict) else str(error) or type(error).__name__
        raise ServerUnavailable("PostgreSQL", str(address), detail, time.monotonic() - began) from error


def _begun(address: DatabaseAddress, begin: str) -> Any:
    """A connection with an open transaction. One that was idle may have broken: then another is taken."""
    errors = _client().exceptions
    while True:
        with _guard:
            idle = _idle.get(address, [])
            raw = idle.pop() if idle else None
        if raw is None:
            break
        try:
            raw.cursor().execute(begin)
            return raw
        except TimeoutError:
            # It hangs: the others would, too.
            _close(raw)
            raise
        except (errors.Error, OSError, struct.error):
            _close(raw)
    raw = _client().dbapi.connect(
        address.user, address.host, port=address.port, password=address.password,
        database=address.database, timeout=ANSWER_WITHIN, application_name="wenbao", tcp_keepalive=True,
    )  # fmt: skip
    raw.autocommit = True  # transactions begin and end where we say
    raw.cursor().execute(begin)
    return raw


def _keep(raw: Any, address: DatabaseAddress) -> None:
    with _guard:
        _idle.setdefault(address, []).append(raw)


def _abandon(raw: Any, address: DatabaseAddress) -> None:
    """End a transaction that failed; the connection is kept where it still works."""
    try:
        raw.cursor().execute("ROLLBACK")
    except (_client().exceptions.Error, OSError, struct.error):
        _close(raw)
    else:
        _keep(raw, address)


def _close(raw: Any) -> None:
    with suppress(_client().exceptions.Error, OSError, struct.error):
        raw.close()


def _client() -> Any:
    """The client library.

    Raises:
        IndexFault: it is not installed.
    """
    try:
        import pg8000.dbapi
    except ImportError as error:
        raise missing_extra("pg8000") from error
    return pg8000
