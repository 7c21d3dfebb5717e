from __future__ import annotations

import os
import re
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from benchmarks.http_load import Load, table
from tests.wenbao.http.conftest import served
from wenbao.http.settings import Settings


def test_every_request_is_counted_with_what_came_of_it(index_directory: Path) -> None:
    with served(Settings(index_directory, rate=1)) as connection:
        load = Load(connection.port, psutil.Process(os.getpid()), ["新建多少个充电桩？", "？"])
        told = table([load.measured("3 clients", 3, 300.0, 0.1)]).splitlines()[-1]
        counts = re.match(r"\| 3 clients \| 30 \| (\d+) × 200, (\d+) × 422, 10 × 429 \| ", told)
        # Of thirty twenty may come at once; every other question is none.
        assert counts is not None and int(counts[1]) + int(counts[2]) == 20, told
        answers, refusals = re.findall(r"\| (\d+ / \d+ / \d+) ", told)
        assert all(
            int(late) >= int(middle) for middle, late, _ in (one.split(" / ") for one in (answers, refusals))
        )
    gone = table([load.measured("gone", 2, 100.0, 0.02)]).splitlines()[-1]
    assert gone.startswith("| gone | 2 | 2 × lost | — | — |")
