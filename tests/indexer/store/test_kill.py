"""Killed at any moment, the index is the old one or the new one."""

from __future__ import annotations

import multiprocessing
import random
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from indexer import intake
from indexer.apart import Waiting
from indexer.index import open_index
from indexer.library import add_reports, remove_reports
from indexer.location import AnyPath
from indexer.proof.verify import verify_index
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.sources import read_document
from indexer.store.database import open_store
from tests.fake_encoder import FakeEncoder

KILLS = 200


def _work(directory: Path, reports: list[Path], begun: Event) -> None:
    """Adds, replaces and removes reports until it is killed."""
    encoder = FakeEncoder()
    # Read here, not in a process that takes longer to start than this one lives.
    intake.read_report = _read_here  # type: ignore[assignment,attr-defined]
    begun.set()
    while True:
        add_reports(reports, directory, encoder, replacing=True)
        remove_reports([reports[0].stem], directory)
        reports[1].write_text(_report(random.random()), encoding="utf-8")


def _read_here(source: AnyPath, waiting: Waiting) -> Report:
    return parse_report(read_document(source))


def _report(number: float) -> str:
    body = "".join(f"第{i}项任务完成{number:.6f}亿元。加快推进项目建设，新增{i}家企业。" for i in range(40))
    return f"(一)做好工作。{body}"


@pytest.mark.slow
def test_200_kills_during_add_and_remove_leave_no_bad_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = multiprocessing.get_context("forkserver")
    # The splitter takes longest to load: else most kills would hit before there is anything to damage.
    context.set_forkserver_preload(["indexer.library", "langchain_text_splitters", "tests.fake_encoder"])
    monkeypatch.setenv("LANGSMITH_TRACING", "false")
    reports = [tmp_path / f"报告{n}.txt" for n in range(3)]
    for n, path in enumerate(reports):
        path.write_text(_report(n), encoding="utf-8")
    directory = tmp_path / "index"
    add_reports(reports[2:], directory, FakeEncoder())
    seen, luck = set(), random.Random(7)
    for _ in range(KILLS):
        begun = context.Event()
        child = context.Process(target=_work, args=(directory, reports, begun))
        child.start()
        begun.wait(60)
        time.sleep(luck.uniform(0.05, 0.4))
        child.kill()
        child.join()
        # Words that a kill left behind those of the store are derived anew when it is opened.
        assert [p for p in verify_index(directory) if "lexical" not in p.en] == []
        with open_store(directory) as store:
            names = set(store.names())
        assert reports[2].stem in names
        index = open_index(directory, FakeEncoder().identity)
        assert {p.name for p in index.reports} == names
        query = FakeEncoder().encode_queries(["做好工作"])[0]
        hits = index.scored(query, index.nearest(query, 5))
        assert hits and {hit.report.name for hit in hits} <= names
        worded = index.scored(query, index.worded("做好工作", 50))
        assert {hit.report.name for hit in worded} == names
        assert verify_index(directory) == ()
        seen.add(frozenset(names))
    assert len(seen) > 1, "the kills never hit in between"
