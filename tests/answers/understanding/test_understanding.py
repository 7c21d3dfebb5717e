from __future__ import annotations

from pathlib import Path

from answers.engine import Answerer
from answers.understanding.period import Period
from answers.understanding.question import Understanding, corrected, shown_period, shown_regions, understand
from answers.understanding.wanted import Ask
from indexer.build import build_index
from indexer.index import open_index
from tests.answers.understanding.test_period import OneVector
from tests.answers.understanding.test_scope import LIBRARY
from tests.index_files import write_report


def change(reading: Understanding, **changes: object) -> Understanding:
    """What the controls give where only `changes` differ from what was understood."""
    shown = {
        "regions": shown_regions(reading.scope(LIBRARY), LIBRARY),
        "report_years": reading.scope(LIBRARY).report_years,
        "period": shown_period(reading, LIBRARY) or Period.BOTH,
        "ask": reading.ask,
    }
    return corrected(reading, LIBRARY, **{**shown, **changes})  # type: ignore[arg-type]


def test_what_is_left_as_understood_is_asked_as_understood() -> None:
    for text in ("江苏今年新建多少所学校？", "国务院2016年赤字率目标是多少", "怎样提高农民收入？"):
        reading = understand(text)
        assert change(reading) == reading


def test_every_part_can_be_changed() -> None:
    reading = understand("国务院2016年赤字率目标是多少")
    assert (reading.period, reading.scope(LIBRARY).documents) == (Period.TARGET, ("全国2016",))
    assert change(reading, regions=["江苏"]).scope(LIBRARY).documents == ("江苏省2025",)
    assert change(reading, report_years=[2017]).scope(LIBRARY).documents == ("全国2017",)
    assert change(reading, report_years=[]).scope(LIBRARY).documents == ("全国2016", "全国2017", "全国2018")
    assert change(reading, regions=[], report_years=[]).scope(LIBRARY).documents is None
    assert change(reading, period=Period.RESULT).chosen_period is Period.RESULT
    means = change(reading, ask=Ask.MEANS)
    assert (means.ask, means.measure, means.unit) == (Ask.MEANS, None, "")


def test_the_chosen_period_outranks_the_words(tmp_path: Path) -> None:
    text = (
        "甲市政府工作报告\n一、工作回顾\n城镇新增就业143万人，发展态势良好。\n"
        "二、工作安排\n城镇新增就业120万人，发展态势良好。"
    )
    encoder = OneVector()
    build_index([write_report(tmp_path, "甲", text)], tmp_path / "index", encoder)
    answerer = Answerer(open_index(tmp_path / "index", encoder.identity), encoder)
    documents = list(answerer.index.reports)
    reading = understand("今年城镇新增就业多少人？")
    for period, answer in ((Period.TARGET, "120万人"), (Period.RESULT, "143万人")):
        asked = corrected(reading, documents, regions=[], report_years=[], period=period, ask=reading.ask)
        reply = answerer.ask(asked)
        assert reply.candidates[0].text == answer
