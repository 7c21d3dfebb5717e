"""Servers that go, hang and come back: one clear error without a password, and answers again without a restart."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import ServerUnavailable
from indexer.library import add_reports
from indexer.location import index_path
from indexer.store import milvus, postgres
from indexer.store.database import change_store, open_store
from tests.fake_encoder import FakeEncoder
from tests.servers.server_process import POSTGRES_PASSWORD, ServerProcess
from tests.servers.shared_index import found, opened, settled, small_reports

pytestmark = pytest.mark.servers

QUESTION = "投资多少亿元？"
_PATIENCE_S = 90.0


@pytest.fixture(scope="module")
def settled_index(
    milvus_server: ServerProcess, postgres_server: ServerProcess, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An index of three reports that is searched in Milvus and read from PostgreSQL."""
    folder = tmp_path_factory.mktemp("settled")
    address = f"postgresql://postgres:{POSTGRES_PASSWORD}@127.0.0.1:{postgres_server.port}/postgres"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WENBAO_DATABASE", address)
        patch.setenv("XDG_CACHE_HOME", str(folder))
        directory = index_path(f"milvus://127.0.0.1:{milvus_server.port}/settled")
        add_reports(small_reports(folder / "in", 3), directory, FakeEncoder())
        settled(directory)
    return directory


@pytest.fixture
def asked(settled_index: Path, database: str) -> Callable[[], None]:
    """Asks that index, and makes sure that it answers as at first."""
    index = opened(settled_index)
    expected = found(index, QUESTION, 5)

    def ask() -> None:
        assert found(index, QUESTION, 5) == expected

    return ask


def fault(action: Callable[[], object]) -> ServerUnavailable:
    with pytest.raises(ServerUnavailable) as raised:
        action()
    assert POSTGRES_PASSWORD not in raised.value.message("zh") + raised.value.message("en")
    return raised.value


def test_milvus_that_is_gone_is_named_and_answers_when_it_is_back(
    milvus_server: ServerProcess, settled_index: Path, encoder: FakeEncoder, tmp_path: Path,
    asked: Callable[[], None], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    more = small_reports(tmp_path, 4, "市")
    milvus_server.kill()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(milvus, "ANSWER_WITHIN", 3.0)
            assert f"Milvus at milvus://127.0.0.1:{milvus_server.port}/" in fault(asked).message("en")
            # A report that is added meanwhile is not half there afterwards.
            fault(lambda: add_reports(more, settled_index, encoder))
        with open_store(settled_index) as store:
            assert len(store.names()) == 3
    finally:
        milvus_server.start()
    # While it loads, a question waits; before it takes connections, it is an error.
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            asked()
            break
        except ServerUnavailable:
            assert time.monotonic() < until
            time.sleep(0.5)


def test_postgresql_that_is_gone_is_named_and_answers_when_it_is_back(
    postgres_server: ServerProcess, asked: Callable[[], None]
) -> None:
    asked()
    postgres_server.kill()
    try:
        message = fault(asked).message("en")
        assert f"PostgreSQL at postgresql://postgres@127.0.0.1:{postgres_server.port}/postgres" in message
    finally:
        postgres_server.start()
    asked()


def test_a_connection_that_broke_while_it_was_idle_is_opened_again(
    postgres_server: ServerProcess, asked: Callable[[], None]
) -> None:
    asked()
    postgres_server.stop()
    postgres_server.start()
    asked()


def test_servers_that_hang_are_given_up(
    milvus_server: ServerProcess, postgres_server: ServerProcess, asked: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(milvus, "ANSWER_WITHIN", 1.0)
    monkeypatch.setattr(postgres, "ANSWER_WITHIN", 1.0)
    monkeypatch.setattr(postgres, "_idle", {})
    asked()
    for server, name in ((milvus_server, "Milvus"), (postgres_server, "PostgreSQL")):
        with server.frozen():
            began = time.monotonic()
            assert name in fault(asked).message("en")
            assert time.monotonic() - began < 10
        asked()


def test_a_connection_that_breaks_in_the_middle_of_a_change_changes_nothing(
    settled_index: Path, asked: Callable[[], None]
) -> None:
    def cut() -> None:
        with change_store(settled_index) as store:
            store.remove(store.names()[0])
            with postgres.reading("public") as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE state = 'idle in transaction' AND pid <> pg_backend_pid()"
                )
            store.names()

    fault(cut)
    asked()


def test_a_wrong_password_is_told_without_showing_any(
    settled_index: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENBAO_DATABASE", database.replace(POSTGRES_PASSWORD, "wrong-one"))
    error = fault(lambda: opened(settled_index))
    assert "wrong-one" not in error.message("en") and "password authentication failed" in error.message("en")
