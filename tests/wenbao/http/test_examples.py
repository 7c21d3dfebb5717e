"""The commands of docs/http.md and of examples/curl.sh, run as they stand against a server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEED_NAME
from tests.project.documents import commands_of
from tests.wenbao.http.test_workers import Served, serving

LINES = [line for line in commands_of(ROOT / "docs" / "http.md") if line.startswith("curl ")]

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


@pytest.fixture(scope="module")
def served(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    directory = Path(shutil.copytree(built_index, tmp_path_factory.mktemp("served") / "my-index"))
    with serving(directory, 1) as server:
        server.workers(1)
        yield server


def test_the_page_has_examples() -> None:
    assert len(LINES) == 8


@pytest.mark.parametrize("line", LINES)
def test_a_command_of_the_page_is_answered(served: Served, line: str) -> None:
    there = line.replace("http://127.0.0.1:8700", f"http://127.0.0.1:{served.port}")
    done = subprocess.run(
        ["sh", "-c", f"{there} -fsS"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("{")


def test_the_client_in_ten_lines_of_curl_does_what_it_says(served: Served) -> None:
    script = ROOT / "examples" / "curl.sh"
    assert len(re.findall(r"^curl ", script.read_text(encoding="utf-8"), re.M)) == 10
    environment = {**os.environ, "WENBAO": f"http://127.0.0.1:{served.port}"}
    done = subprocess.run(
        ["sh", str(script)], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in done.stdout.splitlines()]
    health, added, listed, corrected, reply, text, passages, *compared, commitments = said
    assert health["read_only"] is False
    assert added["results"][0]["document"] == SEED_NAME
    assert listed["reports"][0]["document"] == SEED_NAME
    assert corrected["speaker"] == "市长 汤飞帆"
    assert reply["candidates"]
    assert (text["text"], commitments["commitments"][0]["text"]) == ("1500个", "1500个")
    assert passages["passages"]
    assert [next(iter(line)) for line in compared] == ["progress", "cell", "end"]
    assert served.ask("GET", f"/v1/reports/{SEED_NAME}").status == 404
