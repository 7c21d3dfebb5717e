"""The command line addresses nobody outside this machine, with the real models."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.outgoing import Watched, can_trace

pytestmark = pytest.mark.model
REPORTS = {
    "浙江省宁波市政府工作报告2024": "（一）发展低空经济。今年计划新建充电桩1500个。",
    "浙江省温州市政府工作报告2024": "（一）扩大消费。今年计划新建充电桩2600个。",
}
COMMANDS = (
    ("indexer", "build", "reports"),
    ("answers", "ask", "宁波今年新建多少个充电桩？"),
    ("answers", "compare", "宁波、温州今年新建多少个充电桩？", "--output", "table.xlsx"),
    ("answers", "commitments", "--export", "ledger.xlsx"),
    ("indexer", "repair"),
    ("indexer", "verify"),
)


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path / "watched")


def run(watched: Watched, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the folder beside the watched one's; the project is on its path."""
    environment = {**watched.environment, **more}
    environment["PYTHONPATH"] += f":{ROOT}"
    return subprocess.run(
        [*watched.prefix, sys.executable, *command], cwd=watched.home.parent, env=environment,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_commands_address_nobody_and_leave_no_id_of_the_device(watched: Watched, tmp_path: Path) -> None:
    reports = watched.home.parent / "reports"
    reports.mkdir()
    for name, text in REPORTS.items():
        (reports / f"{name}.txt").write_text(text, encoding="utf-8")
    for module, *words in COMMANDS:
        # A shell that wants everything traced, as developers of other programs have it.
        done = run(
            watched, "-m", module, *words, "--index", str(tmp_path / "index"),
            LANGSMITH_TRACING="true", LANGCHAIN_TRACING_V2="true", LANGSMITH_API_KEY="none",
            WENBAO_CACHE=str(tmp_path / "cache"),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert watched.outside() == []
    assert [path for path in watched.home.rglob("*") if path.is_file()] == []


DOORS = {
    "an assistant": """
import asyncio
from mcp import Client
from wenbao import Library
from wenbao.mcp.server import server
async def ask():
    async with Client(server(Library.open("index"))) as client:
        print((await client.call_tool("ask", {"question": "今年新建多少个充电桩？"})).structured_content)
asyncio.run(ask())
""",
    "LangChain": """
from wenbao import Library
from wenbao.langchain import WenbaoRetriever
print(WenbaoRetriever(library=Library.open("index")).batch(["今年新建多少个充电桩？"]))
""",
}


@pytest.mark.parametrize("door", DOORS)
def test_other_programs_that_use_the_library_address_nobody(watched: Watched, door: str) -> None:
    here = watched.home.parent
    (here / "浙江省宁波市政府工作报告2024.txt").write_text("今年计划新建充电桩1500个。", encoding="utf-8")
    cache = {"WENBAO_CACHE": str(here / "cache")}
    built = run(
        watched, "-m", "indexer", "build", "浙江省宁波市政府工作报告2024.txt", "--index", "index", **cache
    )
    assert built.returncode == 0, built.stderr
    traced = {"LANGSMITH_TRACING": "true", "LANGCHAIN_TRACING_V2": "true", "LANGSMITH_API_KEY": "none"}
    done = run(watched, "-c", DOORS[door], **cache, **traced)
    assert done.returncode == 0 and "1500个" in done.stdout, done.stderr
    assert watched.outside() == []


@pytest.mark.parametrize(
    "program",
    [
        "import embeddings, onnxruntime, time; time.sleep(3)",
        "import indexer.formats.ocr as ocr, onnxruntime, time; ocr.has_ocr() and ocr._engine(); time.sleep(3)",
        "import training.smoothing, time; time.sleep(3)",
    ],
)
def test_whoever_imports_onnxruntime_finds_its_telemetry_off(watched: Watched, program: str) -> None:
    done = run(watched, "-c", program)
    assert done.returncode == 0, done.stderr
    assert watched.outside() == []
    assert [path for path in watched.home.rglob("*") if path.is_file()] == []


def test_the_watch_sees_who_is_addressed(watched: Watched) -> None:
    looking_up = "import socket\ntry: socket.create_connection(('192.0.2.1', 9), 0.1)\nexcept OSError: pass"
    assert run(watched, "-c", looking_up).returncode == 0
    assert watched.outside() == ["192.0.2.1"] * (2 + can_trace())
