"""Which of two values of one matter is the former: 1484元 of 从1484元提高到1536元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answers.quantities.figures import Figure
from indexer.text.numerals import WRITTEN_YEAR
from indexer.text.span import Span

_DATE = rf"(?:(?:(?:{WRITTEN_YEAR}) ?年[末底初]?|去年|上年)的?)"
# 从1484元提高到1536元, 由2010年的120所增加至2015年的200所
_FROM = re.compile(rf"[从由自](?!主){_DATE}?[^，,；;。！？：:、\n]{{0,9}}$")
_THEN = re.compile(
    rf"[^，,；;。！？：:、\n\d]{{0,8}}(?:到|至|为|成)了?(?:{_DATE}|[^，,；;。！？：:、\n\d]{{0,4}})"
)
# 每人每月620元提高到650元: told without 从.
_RAISED = re.compile(
    rf"(?:提高|提升|增加|增长|扩大|降低|下降|减少|缩短|压缩|压减|缩小|上升|增|升|降|涨|减)(?:到|至|为)了?{_DATE}?"
)
# 比一九五二年的六百一十五万人增长百分之六十六
_COMPARED = re.compile(rf"[比较]{_DATE}$")
_GREW = re.compile(r"(?:实际|净)?(?:增长|增加|提高|上升|下降|减少|降低|多|少|增|降)了?(?:近|约|超)?")
_LISTED = re.compile(r" ?[、和与及] ?")
_NEAR = 16  # characters before a figure in which 从 may stand


@dataclass(frozen=True, slots=True)
class Former:
    """A value from which another was reached; `said` begins with the 从 or 由 before it, where there is one."""

    figure: Figure
    said: Span


def is_former(text: str, figure: Figure, following: Figure) -> bool:
    """Whether a figure is the value from which the following one was reached."""
    before = text[max(0, figure.span.start - _NEAR) : figure.span.start]
    return _FROM.search(before) is not None and _leads(text, figure, following)


def formers(text: str, figures: Sequence[Figure]) -> tuple[Former, ...]:
    """The former values among the figures of a sentence, in their order: 202元 and 270元 of 分别从202元、270元提高到
    209元、280元 too."""
    found: list[Former] = []
    place = 0
    while place + 1 < len(figures):
        first = figures[place]
        told = _FROM.search(text, max(0, first.span.start - _NEAR), first.span.start)
        last = place
        if told is not None:
            while last + 1 < len(figures) and _LISTED.fullmatch(
                text, figures[last].span.end, figures[last + 1].span.start
            ):
                last += 1
        following = figures[last + 1] if last + 1 < len(figures) else None
        if following is not None and told is not None and _leads(text, figures[last], following):
            start = told.start()
            for figure in figures[place : last + 1]:
                found.append(Former(figure, Span(start, figure.span.end)))
                start = figure.span.end
            place = last + 1
            continue
        compared = _COMPARED.search(text, max(0, first.span.start - _NEAR), first.span.start)
        if compared and _GREW.fullmatch(text, first.span.end, figures[place + 1].span.start):
            found.append(Former(first, Span(compared.start(), first.span.end)))
        elif _RAISED.fullmatch(text, first.span.end, figures[place + 1].span.start):
            found.append(Former(first, first.span))
        place += 1
    return tuple(found)


def _leads(text: str, figure: Figure, following: Figure) -> bool:
    return _THEN.fullmatch(text, figure.span.end, following.span.start) is not None
