"""The server inside the test, with the fake model."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest
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
