"""The years that a question names, in any of the ways people name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answers.knowledge.tables import Row, cue, rows, source
from answers.understanding.tokens import YEAR, Token, Tokens
from indexer.text.digit_words import arabic_year
from indexer.text.numerals import whole_number

_ENGLISH_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
# 二〇二四年, 24年, 2024. 24年来 and 近24年 are spans of time, 2024家 is a count.
_FIGURES = re.compile(
    r"(?P<chinese>(?:一九|二[〇零○])[零〇○一二三四五六七八九]{2})(?=年|[—\-–~～至到])"
    rf"|(?<!{source('years', 'span_precedes')})(?P<short>[12]\d)(?=年(?!{source('years', 'span_follows')}))"
    rf"|(?<!\d)(?P<full>(?:19|20)\d\d)(?!\d|{source('years', 'count_follows')})"
)
_RANGE = cue("years", "range")
_SERIES = cue("years", "series")
_SINCE = cue("years", "since")
_HORIZON = cue("years", "horizon")
_REPORT = cue("years", "of_a_report")
_LAST_YEARS = cue("years", "last_years")
_LATELY = cue("years", "lately")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan(Row):
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Relative(Row):
    offset: int


_PLANS = tuple((row.pattern, row.first) for row in rows(_Plan, "years", "five_year_plan"))
_RELATIVE = tuple((row.pattern, row.offset) for row in rows(_Relative, "years", "relative"))


@dataclass(frozen=True, slots=True)
class YearMention:
    """A year in figures and where a question writes it: from `start` to `end`, exclusive, without 年."""

    start: int
    end: int
    year: int


@dataclass(frozen=True, slots=True)
class Years:
    """What a question says of time.

    Attributes:
        named: the years named, ranges and five-year plans unrolled, in order.
        horizons: years by which something shall be (到2030年); they choose no report.
        reports: years of reports named as such (2016年政府工作报告).
        since: years from which on something is asked (2016年以来).
        relative: years counted from the newest report's: 0 for 今年, -1 for 去年.
        last: how many years back from the newest report (近三年); 0 where none is said.
        lately: whether it asks of the years as they went by (近年来, 历年).
        plan: whether `named` came from a five-year plan alone.
        mentions: the years in figures, in order.
    """

    named: tuple[int, ...] = ()
    horizons: tuple[int, ...] = ()
    reports: tuple[int, ...] = ()
    since: tuple[int, ...] = ()
    relative: tuple[int, ...] = ()
    last: int = 0
    lately: bool = False
    plan: bool = False
    mentions: tuple[YearMention, ...] = ()


def named_years(query: str) -> Years:
    """Read the years of a question in Simplified characters."""
    mentions = tuple(_mentions(query))
    tokens = Tokens.of(query).joined(year_token(m) for m in mentions)
    signs = tokens.signs
    named: set[int] = set()
    horizons: set[int] = set()
    reports: set[int] = set()
    for match in _RANGE.finditer(signs):
        first, *_, last = _of(tokens, match)
        if 0 < last - first <= 30:
            (reports if _REPORT.search(signs[match.end() :]) else named).update(range(first, last + 1))
    for match in _SERIES.finditer(signs):
        if _REPORT.search(signs[match.end() :]):
            reports.update(_of(tokens, match))
    for place, token in enumerate(tokens.tokens):
        if token.sign != YEAR or int(token.text) in named | reports:
            continue
        if _REPORT.search(signs[place + 1 :]):
            reports.add(int(token.text))
        elif _HORIZON.search(signs[:place]):
            horizons.add(int(token.text))
        else:
            named.add(int(token.text))
    plan = False
    if not named and not reports:
        for name, first in _PLANS:
            if name.search(signs):
                named.update(range(first, first + 5))
                plan = True
    return Years(
        named=tuple(sorted(named)),
        horizons=tuple(sorted(horizons)),
        reports=tuple(sorted(reports)),
        since=tuple(year for match in _SINCE.finditer(signs) for year in _of(tokens, match)),
        relative=tuple(sorted({offset for words, offset in _RELATIVE if words.search(signs)})),
        last=_last(signs),
        lately=bool(_LATELY.search(signs)),
        plan=plan,
        mentions=mentions,
    )


def year_token(mention: YearMention) -> Token:
    """A year in figures as one token of its question."""
    return Token(str(mention.year), YEAR, mention.start, mention.end)


def with_arabic_years(query: str) -> str:
    """The query with 二〇二四年 and 24年 written as 2024年."""
    for mention in reversed(tuple(_mentions(query))):
        query = query[: mention.start] + str(mention.year) + query[mention.end :]
    return query


def _mentions(query: str) -> Iterator[YearMention]:
    for match in _FIGURES.finditer(query):
        figures = f"20{match['short']}" if match["short"] else match[0]
        yield YearMention(*match.span(), arabic_year(figures))


def _of(tokens: Tokens, match: re.Match[str]) -> list[int]:
    """The years in a match of `tokens.signs`."""
    return [int(token.text) for token in tokens.within(match) if token.sign == YEAR]


def _last(text: str) -> int:
    match = _LAST_YEARS.search(text)
    if match is None:
        return 0
    count = match["chinese"] or match["alone"] or match["english"].lower()
    number = _ENGLISH_COUNT.get(count) or whole_number(count) or 0
    return number if 2 <= number <= 20 else 0
