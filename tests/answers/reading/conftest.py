"""What the tests of readers share."""

from __future__ import annotations

import pytest

from indexer.build import build_index
from indexer.index import ReportIndex, open_index
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report


@pytest.fixture(scope="module")
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ReportIndex:
    """The report 甲, whose text is `REPORT` of the module."""
    folder = tmp_path_factory.mktemp("reader")
    build_index([write_report(folder, "甲", request.module.REPORT)], folder / "index", FakeEncoder())
    return open_index(folder / "index", FakeEncoder().identity)
