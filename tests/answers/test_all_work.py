"""All the work of a year is told by the headings of the part of the report that tells it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from answers.answer import Reply
from answers.engine import Answerer
from answers.understanding.question import understand
from indexer.build import build_index
from indexer.index import open_index
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

_TASK = "要推进建设，力争新增项目若干个，增长百分之五以上，抓好各项工作落实。" * 3
_DONE = "完成了建设任务，新增项目若干个，增长百分之五，各项工作取得成效。" * 3


def report_of(place: str, year: int) -> str:
    done = "\n".join(
        f"（{n}）{what}\n{_DONE}"
        for n, what in zip("一二三", ("工业提质增效", "农业稳产增收", "民生持续改善"), strict=True)
    )
    ahead = "\n".join(
        f"（{n}）{what}\n{_TASK}"
        for n, what in zip(
            "一二三四", ("壮大实体经济", "推进乡村振兴", "办好民生实事", "守牢安全底线"), strict=True
        )
    )
    return (
        f"{place}政府工作报告\n——{year}年1月10日在{place}第十六届人民代表大会第二次会议上\n{place}市长 张明\n"
        f"一、{year - 1}年工作回顾\n{_DONE}\n{done}\n二、{year}年工作安排\n{_TASK}\n{ahead}\n"
        f"三、加强政府自身建设\n依法行政，廉洁从政。{_TASK}\n"
    )  # fmt: skip


@pytest.fixture
def ask(tmp_path: Path) -> Answerer:
    for place, year in (("江北市", 2022), ("江北市", 2023), ("河东市", 2023)):
        write_report(tmp_path / "in", f"{place}{year}", report_of(place, year))
    build_index([tmp_path / "in"], tmp_path / "index", FakeEncoder())
    return Answerer(open_index(tmp_path / "index", FakeEncoder().identity), FakeEncoder())


def texts(reply: Reply) -> list[str]:
    return [point.text for point in reply.points]


def test_this_year_is_told_by_the_headings_of_the_plan(ask: Answerer) -> None:
    reply = ask.ask("今年要重点抓哪些工作？", ["江北市2023"])
    assert texts(reply) == [
        "（一）壮大实体经济",
        "（二）推进乡村振兴",
        "（三）办好民生实事",
        "（四）守牢安全底线",
    ]
    assert reply.together and reply.confidence > 0.9 and reply.others == ()
    report = ask.index.report("江北市2023")
    assert all(point.is_verbatim(report) and point.passage.holds(point.span) for point in reply.points)


def test_last_year_is_told_by_those_of_the_review(ask: Answerer) -> None:
    reply = ask.ask("去年做了哪些工作？", ["江北市2022"])
    assert texts(reply) == ["（一）工业提质增效", "（二）农业稳产增收", "（三）民生持续改善"]


def test_what_several_reports_are_asked_is_read_in_passages_as_ever(ask: Answerer) -> None:
    assert not ask.ask("今年要重点抓哪些工作？").together


def test_a_cell_of_a_comparison_does_not_give_one_heading_for_all(ask: Answerer) -> None:
    question = replace(understand("今年要重点抓哪些工作？"), brief=True)
    assert question.all_work
    assert not ask.ask_report(question, ask.encode(question), "江北市2023").together


def test_a_matter_is_read_in_passages_as_ever(ask: Answerer) -> None:
    assert not ask.ask("今年乡村振兴要重点抓哪些工作？", ["江北市2023"]).together
