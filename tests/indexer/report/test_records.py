from __future__ import annotations

import pytest

from indexer.report.report import Report
from indexer.text.span import Span


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_that_is_none_cannot_be_made(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(start, end)


def test_a_span_beyond_the_text_raises_instead_of_quoting_less() -> None:
    assert Span(1, 3).of("甲乙丙") == "乙丙"
    with pytest.raises(ValueError, match="3 characters"):
        Span(1, 4).of("甲乙丙")


def test_a_span_holds_itself_and_what_is_inside() -> None:
    assert Span(2, 5).holds(Span(2, 5))
    assert Span(2, 5).holds(Span(3, 4))
    assert not Span(2, 5).holds(Span(1, 4))
    assert not Span(2, 5).holds(Span(4, 6))


def test_a_shifted_span_covers_the_same_characters_of_a_longer_text() -> None:
    assert Span(1, 2).shifted(3).of("前言：" + "甲乙") == Span(1, 2).of("甲乙")


def test_headings_are_listed_outermost_first(seed_parsed: Report) -> None:
    text = seed_parsed.text
    topic = next(s for s in seed_parsed.sections if s.heading.of(text) == "加强住房保障。")
    assert seed_parsed.headings(topic.number) == (
        "(十)加大高质量公共服务供给,着力打造共富民生样板",
        "加强住房保障。",
    )
    assert seed_parsed.headings(0) == ()
