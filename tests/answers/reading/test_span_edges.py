from __future__ import annotations

import pytest

from answers.reading.span_edges import trimmed, unbroken, whole_clauses
from indexer.text.span import Span

SENTENCE = "实施老年助餐“双倍增”计划，落实《养老条例》（试行），新增床位4000张。"


def span(words: str) -> Span:
    start = SENTENCE.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("助餐“双倍", "助餐“双倍增”"),
        ("倍增”计划", "“双倍增”计划"),
        ("养老条例》（试", "《养老条例》（试行）"),
        ("老年助餐", "老年助餐"),
        ("“双倍增”计划，", "“双倍增”计划"),
    ],
)
def test_a_name_in_marks_is_not_cut_in_two(words: str, found: str) -> None:
    assert unbroken(SENTENCE, Span(0, len(SENTENCE)), span(words)).of(SENTENCE) == found


def test_a_mark_without_its_other_half_stays() -> None:
    text = "他说“好。"
    assert unbroken(text, Span(0, len(text)), Span(2, 4)).of(text) == "“好"
    assert trimmed("，。", Span(0, 2)) == Span(0, 2)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("宁波市的", "宁波市"),
        ("最大的", "最大"),
        ("改革的目的", "改革的目的"),
        ("的", "的"),
        ("宁波的，", "宁波"),
    ],
)
def test_a_quotation_does_not_end_with_a_particle(words: str, found: str) -> None:
    text = words + "工作"
    assert trimmed(text, Span(0, len(words))).of(text) == found


def test_clauses_are_whole() -> None:
    assert whole_clauses(SENTENCE, Span(0, len(SENTENCE)), span("床位")).of(SENTENCE) == "新增床位4000张"
