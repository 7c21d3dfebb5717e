from __future__ import annotations

import os
import re
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from benchmarks.http_load import Load
from tests.wenbao.http.conftest import served
from wenbao.http.settings import Settings


def test_every_request_is_counted_with_what_came_of_it(
    index_directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(Settings(index_directory, rate=1)) as connection:
        load = Load(connection.port, psutil.Process(os.getpid()), ["新建多少个充电桩？", "？"])
        load.measure("3 clients", 3, 300.0, 0.1)
        told = capsys.readouterr().out
        counts = re.match(r"3 clients: 30 asked, \{200: (\d+), 422: (\d+), 429: 10\}; 200 p50 ", told)
        # Of thirty twenty may come at once; every other question is none.
        assert counts is not None and int(counts[1]) + int(counts[2]) == 20, told
    assert [one.status for one in load.asked_evenly(2, 100.0, 0.02)] == [0, 0]
