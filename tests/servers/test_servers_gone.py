"""Servers that go, hang and come back: one clear error without a password, and answers again without a restart."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import ServerUnavailable
from indexer.library import add_reports
from indexer.store import milvus, postgres
from indexer.store.database import open_store
from tests.fake_encoder import FakeEncoder
from tests.servers.server_process import POSTGRES_PASSWORD, ServerProcess
from tests.servers.shared_index import found, opened, settled, small_reports

pytestmark = pytest.mark.servers

QUESTION = "投资多少亿元？"
_PATIENCE_S = 90.0


@pytest.fixture
def asked(shared: Path, encoder: FakeEncoder, tmp_path: Path) -> Callable[[], list[tuple[str, int]]]:
    """Asks an index of three reports that is searched in Milvus and read from PostgreSQL."""
    add_reports(small_reports(tmp_path / "in", 3), shared, encoder)
    settled(shared)
    index = opened(shared)
    expected = found(index, QUESTION, 5)

    def ask() -> list[tuple[str, int]]:
        answer = found(index, QUESTION, 5)
        assert answer == expected
        return answer

    return ask


def fault(action: Callable[[], object]) -> ServerUnavailable:
    with pytest.raises(ServerUnavailable) as raised:
        action()
    assert POSTGRES_PASSWORD not in raised.value.message("zh") + raised.value.message("en")
    return raised.value


def test_milvus_that_is_gone_is_named_and_answers_when_it_is_back(
    milvus_server: ServerProcess, shared: Path, encoder: FakeEncoder, tmp_path: Path,
    asked: Callable[[], object], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(milvus, "ANSWER_WITHIN", 3.0)
    more = small_reports(tmp_path / "in", 4)
    milvus_server.kill()
    try:
        assert f"Milvus at milvus://127.0.0.1:{milvus_server.port}/" in fault(asked).message("en")
        # A report that is added meanwhile is not half there afterwards.
        fault(lambda: add_reports(more, shared, encoder))
        with open_store(shared) as store:
            assert len(store.names()) == 3
    finally:
        milvus_server.start()
    monkeypatch.undo()
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
    postgres_server: ServerProcess, asked: Callable[[], object]
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
    postgres_server: ServerProcess, asked: Callable[[], object]
) -> None:
    asked()
    postgres_server.stop()
    postgres_server.start()
    asked()


def test_servers_that_hang_are_given_up(
    milvus_server: ServerProcess, postgres_server: ServerProcess, asked: Callable[[], object],
    shared: Path, monkeypatch: pytest.MonkeyPatch,
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
    postgres_server: ServerProcess, shared: Path, encoder: FakeEncoder, tmp_path: Path,
    asked: Callable[[], object],
) -> None:  # fmt: skip
    def cut() -> None:
        with postgres.changing("wenbao_nothing") as connection:
            connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    fault(cut)
    asked()


def test_a_wrong_password_is_told_without_showing_any(
    new_machine: Callable[[], None],
    postgres_server: ServerProcess,
    shared: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(
        "WENBAO_DATABASE", f"postgresql://postgres:wrong-one@127.0.0.1:{postgres_server.port}/postgres"
    )
    error = fault(lambda: opened(shared))
    assert "wrong-one" not in error.message("en") and "password authentication failed" in error.message("en")
