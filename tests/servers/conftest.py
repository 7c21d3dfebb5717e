"""Real servers on loopback, one of each a session, from the environment that WENBAO_TEST_SERVERS names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest

from indexer.location import index_path
from tests.servers.server_process import POSTGRES_PASSWORD, ServerProcess


def servers_python() -> Path:
    """The Python of the servers' environment; without one the test is skipped, or fails where servers must be."""
    folder = os.environ.get("WENBAO_TEST_SERVERS", "").strip()
    if folder:
        return Path(folder).absolute() / "bin" / "python"
    reason = "WENBAO_TEST_SERVERS names no environment with tests/servers/requirements.txt in it"
    if os.environ.get("WENBAO_REQUIRE_SERVERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def running(python: Path, starter: str) -> Iterator[ServerProcess]:
    """A server that runs inside the block, its data in a folder that goes with it."""
    # Not in pytest's folder: that is closed to the user who runs PostgreSQL.
    with tempfile.TemporaryDirectory(prefix="wenbao-server-") as folder:
        server = ServerProcess(python, starter, Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def milvus_server() -> Iterator[ServerProcess]:
    """Milvus, standalone. Whoever stops it starts it again."""
    with running(servers_python(), "tests.servers.start_milvus") as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[ServerProcess]:
    """PostgreSQL, user postgres, password `POSTGRES_PASSWORD`. Whoever stops it starts it again."""
    with running(servers_python(), "tests.servers.start_postgres") as server:
        yield server


@pytest.fixture
def new_name() -> str:
    """A name for a collection or a table that no other test uses."""
    return f"test_{uuid4().hex}"


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch, postgres_server: ServerProcess) -> str:
    """The address of the database, which is set as users set it."""
    address = f"postgresql://postgres:{POSTGRES_PASSWORD}@127.0.0.1:{postgres_server.port}/postgres"
    monkeypatch.setenv("WENBAO_DATABASE", address)
    return address


@pytest.fixture
def new_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str) -> Callable[[], None]:
    """Makes this process one of another machine, which knows the servers and has no folder in common."""
    numbers = count()

    def move() -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / f"machine {next(numbers)}"))

    move()
    return move


@pytest.fixture
def address(new_machine: Callable[[], None], milvus_server: ServerProcess, new_name: str) -> str:
    """The address of a shared index that is still to be made."""
    return f"milvus://127.0.0.1:{milvus_server.port}/{new_name}"


@pytest.fixture
def shared(address: str) -> Path:
    """The folder that points at it."""
    return index_path(address)
