"""The shipped weights, on plain sentences."""

from __future__ import annotations

import pytest

from answers.reading.decoding import best_span
from embeddings.cross_encoder import LONGEST, ReadingText, load_cross_encoder

pytestmark = pytest.mark.model

HEAD = "某市政府工作报告 二、今年任务"
TEXT = "新建公园12座，改造老旧小区300个，新增学位1.5万个。推动轨道交通建设，开工4号线。"


@pytest.mark.parametrize(
    ("question", "answer"),
    [("今年要新建多少座公园？", "12座"), ("新增多少个学位？", "1.5万个"), ("改造多少个老旧小区？", "300个")],
)
def test_the_right_one_of_several_figures_is_found(question: str, answer: str) -> None:
    (reading,) = load_cross_encoder().read(question, [ReadingText(HEAD, TEXT)])
    found = best_span(reading)
    assert found is not None
    assert answer in found.span.of(TEXT) or found.span.of(TEXT) in answer
    assert found.score > reading.null


def test_a_text_on_another_matter_is_less_relevant() -> None:
    other = ReadingText(HEAD, "深化国资国企改革，盘活存量资产50亿元以上。")
    right, wrong = load_cross_encoder().read("今年要新建多少座公园？", [ReadingText(HEAD, TEXT), other])
    assert right.relevance > wrong.relevance
    assert right.relevance > 0 > wrong.relevance


def test_a_question_and_a_text_longer_than_the_window_are_read_as_far_as_it_goes() -> None:
    (reading,) = load_cross_encoder().read("问" * 500, [ReadingText("", TEXT * 40)])
    assert len(reading.offsets) <= LONGEST
    assert reading.offsets.max() <= len(TEXT * 40)


def test_offsets_count_characters_of_the_text_and_not_of_its_head() -> None:
    (reading,) = load_cross_encoder().read("多少座公园？", [ReadingText(HEAD, TEXT)])
    assert reading.offsets.min() == 0
    assert reading.offsets.max() == len(TEXT)
    assert len(reading.offsets) == len(reading.start) == len(reading.end) == len(reading.inside)
