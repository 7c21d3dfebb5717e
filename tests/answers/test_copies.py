"""A report that is in the library twice, from two sources, answers once."""

from __future__ import annotations

from pathlib import Path

import pytest

from answers.commitments.search import Filter
from answers.commitments.stored import StoredLedger
from answers.commitments.stored_update import bring_up
from answers.comparison.compare import Comparer
from answers.engine import Answerer
from indexer.build import build_index
from indexer.index import ReportIndex, open_index
from indexer.library import add_reports, correct_metadata, remove_reports
from indexer.twins import silent_reports, twins_among
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

SITE, PAPER, OTHER = "官网", "日报", "温州"


def report_of(place: str, year: int = 2024) -> str:
    filling = "".join(f"完善第{number}项制度，办好{number * 7}件实事。\n" for number in range(60))
    return (
        f"{year}年{place}政府工作报告\n各位代表：\n一、{year - 1}年工作回顾\n新增就业{len(place)}万人。\n"
        f"二、{year}年工作安排\n新建充电桩{year - 1000}个。\n{filling}"
    )


@pytest.fixture
def index(tmp_path: Path) -> ReportIndex:
    folder = tmp_path / "in"
    write_report(folder, SITE, report_of("宁波市"))
    write_report(folder, PAPER, f"来源：某日报\n{report_of('宁波市')}\n责任编辑：某")
    write_report(folder, OTHER, report_of("温州市"))
    build_index(folder, tmp_path / "index", FakeEncoder())
    return opened(tmp_path)


def opened(folder: Path) -> ReportIndex:
    return open_index(folder / "index", FakeEncoder().identity)


def answering(index: ReportIndex, documents: list[str] | None = None) -> set[str]:
    """The reports that anything is quoted of."""
    reply = Answerer(index, FakeEncoder()).ask("宁波新建多少个充电桩？", documents)
    places = [answer.place for answer in reply.candidates] + [passage.place for passage in reply.passages]
    return {place.document for place in places}


def test_one_copy_answers_and_the_other_is_known(index: ReportIndex) -> None:
    assert SITE in answering(index) and PAPER not in answering(index)
    assert twins_among(index.reports).beside(SITE) == (PAPER,)


def test_the_other_answers_where_it_alone_is_asked(index: ReportIndex) -> None:
    assert answering(index, [PAPER]) == {PAPER}
    assert answering(index, [PAPER, SITE]) == {SITE}


def test_a_comparison_has_one_row_for_both_unless_both_are_chosen(index: ReportIndex) -> None:
    comparer = Comparer(Answerer(index, FakeEncoder()))
    plan = comparer.plan("宁波、温州今年新建多少个充电桩？")
    assert plan is not None and set(plan.documents) == {SITE, OTHER}
    chosen = comparer.plan("新建多少个充电桩？", [SITE, PAPER])
    assert chosen is not None and set(chosen.documents) == {SITE, PAPER}
    assert comparer.plan("宁波近三年新建多少个充电桩？") is None


def test_the_ledger_leaves_the_copy_out(index: ReportIndex, tmp_path: Path) -> None:
    bring_up(index.directory)
    ledger = StoredLedger(index.directory)
    but = silent_reports(index.directory)
    for wanted in (Filter(), Filter(text="充电桩"), Filter(regions=("浙江省",)), Filter(numbered=True)):
        own = Filter(**{**{n: getattr(wanted, n) for n in ("text", "regions", "numbered")}, "but": but})
        every, kept = ledger.totals(wanted), ledger.totals(own)
        assert (every.reports, kept.reports) == (3, 2) and kept.rows < every.rows
        assert {entry.row.place.document for entry in ledger.page(own)} == {SITE, OTHER}
    assert ledger.names(Filter(but=but)) == (SITE, OTHER)


def test_what_changes_in_the_library_changes_who_answers(index: ReportIndex, tmp_path: Path) -> None:
    correct_metadata(PAPER, tmp_path / "index", FakeEncoder(), {"year": 2023})
    assert twins_among(opened(tmp_path).reports).groups == ()
    correct_metadata(PAPER, tmp_path / "index", FakeEncoder(), {"year": 2024})
    assert silent_reports(tmp_path / "index") == (PAPER,)
    remove_reports(SITE, tmp_path / "index")
    assert silent_reports(tmp_path / "index") == ()
    assert PAPER in answering(opened(tmp_path))
    # The first that was added of the whole copies answers; an excerpt does not answer for the whole.
    excerpt = report_of("温州市")[: int(0.75 * len(report_of("温州市")))]
    write_report(tmp_path / "later", "节选", excerpt)
    remove_reports(OTHER, tmp_path / "index")
    add_reports(tmp_path / "later", tmp_path / "index", FakeEncoder())
    add_reports(tmp_path / "in" / f"{OTHER}.txt", tmp_path / "index", FakeEncoder())
    assert twins_among(opened(tmp_path).reports).groups == ((OTHER, "节选"),)
