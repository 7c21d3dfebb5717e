"""A folder to work in, as a user of the library has one: `seeds/` with the example report, and no index."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.fake_encoder import FakeEncoder
from wenbao import Library


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """The working folder; outside tests marked `model` the fake encoder is the model."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    if request.node.get_closest_marker("model") is None:
        monkeypatch.setattr("wenbao.library.load_encoder", FakeEncoder)
    return tmp_path


@pytest.fixture
def library(folder: Path, built_index: Path) -> Library:
    """A library with the example report, indexed with the fake encoder."""
    shutil.copytree(built_index, folder / "my-index")
    return Library.open("my-index")
