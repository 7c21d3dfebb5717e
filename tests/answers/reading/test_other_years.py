"""One year asked for and several told of, and the other way round."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answers.reading.other_years import OtherYears, other_years
from answers.understanding.question import understand
from indexer.report.passages import parse_report
from indexer.text.span import Span
from tests.conftest import make_document


def seen(
    question: str, *review: str, answer: str = "1.1万户", heading: str = "一、过去五年工作回顾"
) -> OtherYears:
    """What is seen of an answer in a report of 2021; its sentence is its paragraph."""
    text = "\n".join([heading, *review, "二、2021年重点工作", "改造农村危房9万户。"])
    document = make_document(text, name="甲市2021")
    report = parse_report(replace(document, metadata=replace(document.metadata, year=2021, region="甲市")))
    start = report.text.index(answer)
    (paragraph,) = (p for p in report.paragraphs if p.start <= start < p.end)
    (passage,) = (p for p in report.passages if p.span.start <= start < p.span.end)
    return other_years(
        understand(question),
        report,
        report.roles[passage.section],
        paragraph,
        Span(start, start + len(answer)),
    )


FIVE, YEAR, DONE = "五年来，我们牢记嘱托。", "刚刚过去的2020年，极不平凡。", "改造农村危房1.1万户。"


@pytest.mark.parametrize(
    ("question", "review", "found"),
    [
        ("甲市2020年改造了多少户农村危房？", (FIVE, "累计改造农村危房1.1万户。"), OtherYears.SUMMED_UP),
        ("甲市去年改造农村危房多少户", (FIVE, "五年共改造农村危房1.1万户。"), OtherYears.SUMMED_UP),
        # Among several years it may be the last one's.
        ("甲市2020年改造了多少户农村危房？", (FIVE, DONE), OtherYears.NOT),
        ("甲市五年累计改造农村危房多少户？", (YEAR, DONE), OtherYears.OF_ONE),
        ("甲市“十三五”期间改造农村危房多少户？", (YEAR, DONE), OtherYears.OF_ONE),
        # What is asked for is what is told.
        ("甲市2020年改造了多少户农村危房？", (FIVE, "民生改善。", YEAR, DONE), OtherYears.NOT),
        ("甲市五年累计改造农村危房多少户？", (FIVE, DONE), OtherYears.NOT),
        # Nothing tells how many years are meant.
        ("甲市改造了多少户农村危房？", (FIVE, DONE), OtherYears.NOT),
    ],
)
def test_years_that_are_told_and_years_that_are_asked_for(
    question: str, review: tuple[str, ...], found: OtherYears
) -> None:
    assert seen(question, *review) is found


def test_a_plan_is_of_no_years_behind() -> None:
    assert seen("甲市2021年改造农村危房多少户？", FIVE, DONE, answer="9万户") is OtherYears.NOT
