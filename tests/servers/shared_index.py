"""What the tests of shared indexes have in common: small reports, other processes, a look behind the program's back."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from indexer.index import ReportIndex, open_index
from indexer.store.database import open_store
from indexer.store.milvus import MilvusCollection
from indexer.store.postgres import changing
from indexer.store.servers import servers_of
from indexer.store.writing import refresh_vectors
from tests.conftest import ROOT
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

TOPICS = ("充电桩", "养老服务", "水库", "高速公路", "小学", "医院", "污水处理", "粮食")


def small_reports(folder: Path, count: int, mark: str = "县") -> list[Path]:
    """Reports that each speak of one thing, each with a number of its own."""
    return [
        write_report(
            folder, f"2024年{mark}{number}政府工作报告",
            f"(一)做好{TOPICS[number % len(TOPICS)]}工作。今年新建{TOPICS[number % len(TOPICS)]}{number + 3}个，"
            f"投资{number + 7}亿元。\n(二)保障{mark}民生。发放补贴{number + 11}万元。\n",
        )
        for number in range(count)
    ]  # fmt: skip


def settled(directory: Path) -> None:
    """Let Milvus find all passages, so that none is compared from the store."""
    refresh_vectors(directory, always=True)
    with open_store(directory) as store:
        assert store.settings().vector_last == store.last_vector() > 0


def opened(directory: Path) -> ReportIndex:
    """The index, as the fake model opens it."""
    return open_index(directory, FakeEncoder().identity)


def found(index: ReportIndex, question: str, k: int, *documents: str) -> list[tuple[str, int]]:
    """The passages nearest to a question: their reports' names and their numbers there."""
    query = FakeEncoder().encode_queries([question])[0]
    ids = index.nearest(query, k, documents or None)
    by_id = {hit.id: (hit.report.name, hit.passage.number) for hit in index.scored(query, ids)}
    return [by_id[key] for key in ids if key in by_id]


def collection_of(directory: Path) -> MilvusCollection:
    """The collection of the index as it now is."""
    servers = servers_of(directory)
    assert servers is not None
    with open_store(directory) as store:
        return MilvusCollection(servers, store.settings())


def alter(directory: Path, statement: str, *values: object) -> None:
    """Run a statement on the store behind the program's back."""
    servers = servers_of(directory)
    assert servers is not None
    with changing(servers.schema) as connection:
        connection.execute(statement, values)


def begun(program: str, *arguments: object, cache: Path) -> subprocess.Popen[str]:
    """A Python program in a process of its own, as on another machine."""
    command = [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(cache),
        "OMP_NUM_THREADS": "1",
    }
    return subprocess.Popen(
        command,
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def ended(process: subprocess.Popen[str], status: int = 0) -> str:
    """What a program printed, once it has ended as it should."""
    output, _ = process.communicate(timeout=120)
    assert process.returncode == status, output
    return output
