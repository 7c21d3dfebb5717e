"""The years that a question names, in any of the ways people name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answers.understanding.tokens import YEAR, Token, Tokens

# Plans of five years, by the characters between the quotation marks in reports.
_PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
_DIGITS = {**{c: str(n) for n, c in enumerate("零一二三四五六七八九")}, "〇": "0", "○": "0"}
_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_ENGLISH_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}

# 二〇二四年, 24年, 2024. 20年来 and 近20年 are spans of time, 2024家 is a count.
_NUMERAL = re.compile(
    r"(?P<chinese>(?:一九|二[〇零○])[零〇○一二三四五六七八九]{2})(?=年|[—\-–~～至到])"
    r"|(?<![\d.．第近约逾超满续历最用长过去])(?P<short>[12]\d)(?=年(?!来|间|内|以|期|后|前|多|历|的?时间|左右|规划|\d|制|限|义|免))"
    r"|(?<!\d)(?P<full>(?:19|20)\d\d)(?!\d|\s*多?[万亿千百个家元人名户项所座件公亩吨套])"
)
_RANGE = re.compile(rf"{YEAR}\s*年?\s*(?:[—\-–~～]+|至|到|\bto\b|\bthrough\b)\s*{YEAR}")
_SERIES = re.compile(rf"(?:{YEAR}年?(?:[、,，和及与]|以及|\band\b|\s)+)+{YEAR}")
_SINCE = re.compile(rf"{YEAR}年?(?:以[来后]|往后|之后|起|开始|至今|到现在)|\bsince {YEAR}", re.I)
# 到2030年 is a horizon: the report that says so may be of any year before.
_HORIZON = re.compile(r"(?:[到至]|\bby\b|\buntil\b)\s*$", re.I)
_REPORT = re.compile(
    r"^年?\s*[）)]?[，,]?(?:的|度)?(?:国务院|中央|全国|国家|总理)?(?:的)?(?:《)?(?:政府)?(?:工作)?报告|^\s*(?:government )?(?:work )?report",
    re.I,
)
_LAST_YEARS = re.compile(
    r"(?:近|最近|过去|这|前|上|头|以往)(?P<n>[两二三四五六七八九十]|\d{1,2})(?:个)?年(?!级|期)|(?<![\d第])(?P<n2>[两二三四五六七八九十])年(?:来|间)"
    r"|\b(?:last|past|recent|previous) (?P<e>two|three|four|five|six|seven|eight|ten|\d+) years",
    re.I,
)
_LATELY = re.compile(
    r"近年来?|近些年|历年|不同的?年[份度]|各年度?(?![级龄])|逐年|历次|每年|这些年|\brecent years\b|\bover the years\b",
    re.I,
)
_TWO_YEARS_AGO = re.compile(r"前年|\byear before last\b", re.I)
_LAST_YEAR = re.compile(r"去年|上一?年(?!级)|\blast year\b|\bprevious year\b", re.I)
_THIS_YEAR = re.compile(r"今年|本年|今明|\bthis year\b", re.I)
_NEXT_YEAR = re.compile(r"明年|\bnext year\b", re.I)


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
        for name, first in _PLANS.items():
            if re.search(rf"(?<![一二三四五六七八九十]){name}", signs):
                named.update(range(first, first + 5))
                plan = True
    return Years(
        named=tuple(sorted(named)),
        horizons=tuple(sorted(horizons)),
        reports=tuple(sorted(reports)),
        since=tuple(year for match in _SINCE.finditer(signs) for year in _of(tokens, match)),
        relative=tuple(
            offset
            for offset, cue in ((-2, _TWO_YEARS_AGO), (-1, _LAST_YEAR), (0, _THIS_YEAR), (1, _NEXT_YEAR))
            if cue.search(signs)
        ),
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
    for match in _NUMERAL.finditer(query):
        digits = "".join(_DIGITS.get(c, c) for c in match[0])
        yield YearMention(*match.span(), int(f"20{digits}" if match["short"] else digits))


def _of(tokens: Tokens, match: re.Match[str]) -> list[int]:
    """The years in a match of `tokens.signs`."""
    return [int(token.text) for token in tokens.within(match) if token.sign == YEAR]


def _last(text: str) -> int:
    match = _LAST_YEARS.search(text)
    if match is None:
        return 0
    count = match["n"] or match["n2"] or match["e"].lower()
    number = _COUNT.get(count) or _ENGLISH_COUNT.get(count) or int(count)
    return number if 2 <= number <= 20 else 0
