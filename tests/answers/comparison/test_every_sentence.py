"""Every sentence of a cell: all that have the words of its column, those of its time first, and the one that it shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from answers.answer import Answer
from answers.comparison.every_sentence import is_named, matching, named
from answers.comparison.questions.columns import Column
from answers.comparison.terms import Term, Terms
from answers.place import Place
from answers.understanding.period import Period
from indexer.build import build_index
from indexer.index import ReportIndex, open_index
from indexer.text.span import Span
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

NAME = "2025年甲省政府工作报告"
TEXT = (
    "一、2024年工作回顾\n去年低空经济规模达到100亿元。学校发展良好。\n"
    "二、2025年重点工作\n今年加快发展低空经济。建设低空经济园区3个。办好教育。\n"
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ReportIndex:
    folder: Path = tmp_path_factory.mktemp("every")
    write_report(folder, NAME, TEXT)
    build_index([folder], folder / "index", FakeEncoder())
    return open_index(folder / "index", FakeEncoder().identity)


def test_sentences_of_the_columns_time_come_first(index: ReportIndex) -> None:
    found = matching(Column(Period.TARGET, "今年怎么发展低空经济？"), NAME, index, None)
    assert [(one.found.text, one.fits) for one in found] == [
        ("今年加快发展低空经济。", True),
        ("建设低空经济园区3个。", True),
        ("去年低空经济规模达到100亿元。", False),
    ]
    text = index.report(NAME).text
    for one in found:
        assert one.found.span.of(text) == one.found.text
        assert [mark.of(text) for mark in one.marks] == ["低空经济"]


def test_the_sentence_that_the_cell_shows_is_among_them_whatever_its_words(index: ReportIndex) -> None:
    report = index.report(NAME)
    start = TEXT.index("办好教育")
    unit = next(
        unit for unit in report.units if unit.span.start <= start < unit.span.end and len(unit.span) < 8
    )
    passage = report.passages[unit.passage]
    span = Span(start, start + 4)
    shown = Answer(
        Place.of(report, passage.section, span),
        "办好教育",
        span,
        unit.span,
        passage.span,
        passage.section,
        1.0,
    )
    found = matching(Column(Period.TARGET, "今年怎么发展低空经济？"), NAME, index, shown)
    assert [one.found.text for one in found][:3] == [
        "今年加快发展低空经济。",
        "建设低空经济园区3个。",
        "办好教育。",
    ]
    assert matching(Column(None, "轨道交通网络？"), NAME, index, None) == ()


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("今年低空经济产值目标是多少？", True),  # what is asked of it is not written, the thing is
        ("今年低空经济总量是多少？", True),
        ("园区建设低空经济", True),  # in another order
        ("总量是多少？", False),
        ("轨道交通产值目标是多少？", False),
        ("元宇宙经济目标是多少？", False),  # 经济 alone is not what is asked for
    ],
)
def test_words_are_said_to_be_missing_only_where_they_are(
    index: ReportIndex, query: str, there: bool
) -> None:
    assert is_named(Column(Period.TARGET, query), NAME, index) is there
    assert bool(named(Column(Period.TARGET, query), NAME, index)) is there


def test_a_question_without_words_of_its_own_misses_none(index: ReportIndex) -> None:
    column = Column(Period.TARGET, "今年的目标是多少？")
    assert named(column, NAME, index) == () and is_named(column, NAME, index)


def test_words_that_touch_are_one_mark_and_places_do_not_move() -> None:
    terms = Terms((Term("低空", 1.0), Term("空经", 1.0), Term("gdp", 1.0)))
    text = "İ发展低空经济，GDP增长。"  # İ is two characters when it is written small
    assert [span.of(text) for span in terms.places(text, Span(0, len(text)))] == ["低空经", "GDP"]
    assert terms.places(text, Span(0, 3)) == ()
