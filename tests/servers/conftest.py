"""Real servers on loopback, one of each a session, from the environment that WENBAO_TEST_SERVERS names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.servers.server_process import ServerProcess


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
