"""The years that a question names, in any of the ways people name them."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Plans of five years, by the characters between the quotation marks in reports.
_PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
_DIGITS = {**{c: str(n) for n, c in enumerate("零一二三四五六七八九")}, "〇": "0", "○": "0"}
_COUNT = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_ENGLISH_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}

_CHINESE_YEAR = re.compile(r"[一二][九〇零○][零〇○一二三四五六七八九]{2}(?=年|[—\-–~～至到])")
_RANGE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*年?\s*(?:[—\-–~～]+|至|到|\bto\b|\bthrough\b)\s*((?:19|20)\d\d)(?!\d)"
)
_SERIES = re.compile(r"(?<!\d)(?:(?:19|20)\d\d年?(?:[、,，和及与]|以及|\band\b|\s)+)+(?:19|20)\d\d(?!\d)")
# 24年 is a year, 20年来 and 近20年 are spans of time.
_SHORT_YEAR = re.compile(
    r"(?<![\d.．第近约逾超满续历最用长过去])([12]\d)年(?!来|间|内|以|期|后|前|多|历|的?时间|左右|规划|\d|制|限|义|免)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|\s*(?:多)?[万亿千百个家元人名户项所座件公亩吨])")
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
class Years:
    """What a question says of time.

    Attributes:
        named: the years named, ranges and five-year plans unrolled, in order.
        horizons: years by which something shall be (到2030年); they choose no report.
        reports: years of reports named as such (2016年政府工作报告).
        relative: years counted from the newest report's: 0 for 今年, -1 for 去年.
        last: how many years back from the newest report (近三年); 0 where none is said.
        lately: whether it asks of the years as they went by (近年来, 历年).
        plan: whether `named` came from a five-year plan alone.
    """

    named: tuple[int, ...] = ()
    horizons: tuple[int, ...] = ()
    reports: tuple[int, ...] = ()
    relative: tuple[int, ...] = ()
    last: int = 0
    lately: bool = False
    plan: bool = False


def named_years(query: str) -> Years:
    """Read the years of a question in Simplified characters."""
    text = with_arabic_years(query)
    named: set[int] = set()
    horizons: set[int] = set()
    reports: set[int] = set()
    for match in _RANGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        if 0 < last - first <= 30:
            of_reports = _REPORT.search(text[match.end() :])
            (reports if of_reports else named).update(range(first, last + 1))
    for match in _SERIES.finditer(text):
        if _REPORT.search(text[match.end() :]):
            reports.update(int(year) for year in re.findall(r"\d{4}", match[0]))
    for match in _YEAR.finditer(text):
        year = int(match[1])
        if year in named | reports:
            continue
        if _REPORT.search(text[match.end() :]):
            reports.add(year)
        elif _HORIZON.search(text[: match.start()]):
            horizons.add(year)
        else:
            named.add(year)
    plan = False
    if not named and not reports:
        for name, first in _PLANS.items():
            if re.search(rf"(?<![一二三四五六七八九十]){name}", text):
                named.update(range(first, first + 5))
                plan = True
    return Years(
        named=tuple(sorted(named)),
        horizons=tuple(sorted(horizons)),
        reports=tuple(sorted(reports)),
        relative=tuple(
            offset
            for offset, cue in ((-2, _TWO_YEARS_AGO), (-1, _LAST_YEAR), (0, _THIS_YEAR), (1, _NEXT_YEAR))
            if cue.search(text)
        ),
        last=_last(text),
        lately=bool(_LATELY.search(text)),
        plan=plan,
    )


def with_arabic_years(query: str) -> str:
    """The query with 二〇二四年 and 24年 written as 2024年."""
    query = _CHINESE_YEAR.sub(lambda m: "".join(_DIGITS[c] for c in m[0]), query)
    return _SHORT_YEAR.sub(r"20\1年", query)


def _last(text: str) -> int:
    match = _LAST_YEARS.search(text)
    if match is None:
        return 0
    count = match["n"] or match["n2"] or match["e"].lower()
    number = _COUNT.get(count) or _ENGLISH_COUNT.get(count) or int(count)
    return number if 2 <= number <= 20 else 0
