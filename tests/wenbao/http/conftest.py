"""The server inside the test, with the fake model."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Protocol

import pytest
import uvicorn
from starlette.testclient import TestClient

from tests.fake_encoder import FakeEncoder
from wenbao import Library
from wenbao.http.application import application
from wenbao.http.settings import Settings

LOCAL = "http://127.0.0.1:8700"
LINES = {"accept": "application/x-ndjson"}


class Serve(Protocol):
    def __call__(self, directory: Path, **settings: Any) -> TestClient: ...


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Servers with these settings, each as a client sees it."""
    with ExitStack() as stack:

        def made(directory: Path, **settings: Any) -> TestClient:
            chosen = replace(Settings(directory, rate=0), **settings)
            app = application(chosen, FakeEncoder())
            return stack.enter_context(TestClient(app, base_url=LOCAL, raise_server_exceptions=False))

        yield made


@pytest.fixture
def directory(built_index: Path, tmp_path: Path) -> Path:
    """An index of the example report of the test's own."""
    return Path(shutil.copytree(built_index, tmp_path / "my-index"))


@pytest.fixture
def client(serve: Serve, directory: Path) -> TestClient:
    return serve(directory)


@pytest.fixture
def library(directory: Path) -> Library:
    """The same library without a server."""
    return Library.open(directory, encoder=FakeEncoder())


@contextmanager
def served(settings: Settings) -> Iterator[HTTPConnection]:
    """A connection to a server that really listens."""
    server = uvicorn.Server(uvicorn.Config(application(settings, FakeEncoder()), port=0, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield HTTPConnection("127.0.0.1", port, timeout=30)
    finally:
        server.should_exit = True
        thread.join(30)
