"""The real PostgreSQL that other tests build on: it stores, goes away and comes back with what it had."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pg8000.dbapi
import pytest

from tests.servers.server_process import POSTGRES_PASSWORD, ServerProcess

pytestmark = pytest.mark.servers


def connect(server: ServerProcess, password: str = POSTGRES_PASSWORD) -> pg8000.dbapi.Connection:
    return pg8000.dbapi.connect("postgres", "127.0.0.1", port=server.port, password=password, timeout=2)


def rows(
    connection: pg8000.dbapi.Connection, statement: str, values: tuple[object, ...] = ()
) -> list[list[object]]:
    cursor = connection.cursor()
    cursor.execute(statement, values)
    return list(cursor.fetchall())


@pytest.fixture
def table(postgres_server: ServerProcess, new_name: str) -> Iterator[str]:
    """A table with one row."""
    connection = connect(postgres_server)
    connection.cursor().execute(f"CREATE TABLE {new_name} (id bigint PRIMARY KEY, text text, vectors bytea)")
    connection.cursor().execute(f"INSERT INTO {new_name} VALUES (%s, %s, %s)", (1, "第一段", b"\0\xff"))
    connection.commit()
    connection.close()
    yield new_name
    connection = connect(postgres_server)
    connection.cursor().execute(f"DROP TABLE {new_name}")
    connection.commit()
    connection.close()


def test_others_see_what_was_committed_and_only_that(postgres_server: ServerProcess, table: str) -> None:
    writer, reader = connect(postgres_server), connect(postgres_server)
    writer.cursor().execute(f"INSERT INTO {table} VALUES (2, '第二段', '')")
    assert rows(reader, f"SELECT * FROM {table}") == [[1, "第一段", b"\0\xff"]]
    reader.commit()
    writer.commit()
    assert rows(reader, f"SELECT text FROM {table} WHERE id = ANY(%s) ORDER BY id", ([1, 2],)) == [
        ["第一段"],
        ["第二段"],
    ]
    writer.close()
    reader.close()


def test_it_asks_for_the_password(postgres_server: ServerProcess) -> None:
    with pytest.raises(pg8000.dbapi.DatabaseError) as raised:
        connect(postgres_server, password="another")
    assert raised.value.args[0]["C"] == "28P01"


@pytest.mark.parametrize("ends", [ServerProcess.stop, ServerProcess.kill], ids=["stopped", "killed"])
def test_it_is_gone_at_once_and_comes_back_with_what_it_had(
    postgres_server: ServerProcess, table: str, ends: Callable[[ServerProcess], None]
) -> None:
    open_before = connect(postgres_server)
    ends(postgres_server)
    try:
        with pytest.raises(pg8000.dbapi.Error):
            rows(open_before, f"SELECT * FROM {table}")
        with pytest.raises(pg8000.dbapi.InterfaceError):
            connect(postgres_server)
    finally:
        postgres_server.start()
    again = connect(postgres_server)
    assert rows(again, f"SELECT id FROM {table}") == [[1]]
    again.close()


def test_a_server_that_hangs_is_given_up_after_the_timeout(
    postgres_server: ServerProcess, table: str
) -> None:
    connection = connect(postgres_server)
    with postgres_server.frozen():
        for attempt in (lambda: rows(connection, f"SELECT * FROM {table}"), lambda: connect(postgres_server)):
            began = time.monotonic()
            with pytest.raises((TimeoutError, pg8000.dbapi.Error)):
                attempt()
            assert time.monotonic() - began < 5
