"""Of which year a report is: the one that it plans for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.report.closing import NO_CLOSING, Closing
from indexer.report.documents import fits
from indexer.report.head import Head
from indexer.report.head_lines import date_in, western_digits
from indexer.report.records import Origin
from indexer.report.roles import Role
from indexer.text.digit_words import DIGITS, arabic_year
from indexer.text.headings import ADDRESS, MARKER, is_part_name
from indexer.text.paragraphs import paragraphs
from indexer.text.part_names import dated_heading_of

_OF_TITLE = re.compile(
    r"(?<![\d—–\-至])(?P<year>(?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})年(?!\d{1,2}月|[一二三四五六七八九十]{1,3}月|远景|至|—)"
)
_SPAN = re.compile(r"(?P<year>(?:19|20)\d\d)(?:年)?[—–\-－至/](?:(?:19|20)\d\d|\d\d)(?:年度?|财政年度|学年)")
_PLAN = re.compile(
    r"第(?P<number>[一二三四五六七八九]|十[一二三四五六七八九]?)个五年(?:规划|计划)|“?(?P<short>[一二三四五六七八九]|十[一二三四五六七八九]?)五”?(?:规划|计划|时期)"
)
_OF_NAME = re.compile(r"(?<![0-9A-Za-z])(?:19|20)\d\d(?![0-9A-Za-z])")
_REVIEW = dated_heading_of(Role.REVIEW)
_TASKS = dated_heading_of(Role.TASKS)
_LONGEST_HEADING = 45
_PAGE = 600  # characters in which a page tells when it was published
_PUBLISHED = re.compile(
    r"(?:(?:发布|更新|发表|公布)?(?:日期|时间)[:： ]{1,3}|^[^\n，。]{0,60}?)(?P<year>20\d\d)[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ \u3000]*(?:\d{1,2}:\d{2}|来源|$)",
    re.M,
)
_IN_FORCE = re.compile(r"自(?P<year>(?:19|20)\d\d)年\d{1,2}月\d{1,2}日起(?:施行|实施|执行)")
_REPORT = re.compile("工作报告|施政|Report on the Work")
_LATE = 11  # the month from which a report is of the year to come
_FIRST_PLAN, _THIRD_PLAN = 1953, 1966


@dataclass(frozen=True, slots=True)
class Year:
    """A year, where it was found, and the year that the file's name says instead, if any."""

    value: int
    origin: Origin
    against: str = ""


def find_year(
    name: str, declared: Sequence[str], head: Head, text: str, closing: Closing = NO_CLOSING
) -> Year | None:
    """The year whose tasks a report sets; None where nothing tells.

    The year of the title counts before the date of the meeting, which may be in the December before; that before
    the document's number and the date below it with those who issued it; that before the headings, which name the
    year that was reviewed; and a name in front of none of them. What is no report to a house and tells no year is
    taken to be of the year in which a page published it, which is a guess.
    """
    title = head.title or next(iter(declared), "")
    plans = _plans_ahead(head, title)
    decided = closing.date or head.date if fits("of_its_day", title) else ""
    named = [int(year) for year in _OF_NAME.findall(name)]
    found = (
        _of_day(decided)
        or _of_words([head.title], Origin.TEXT)
        or _of_words(declared, Origin.DECLARED)
        # A short paper's last lines stand within what may be its head.
        or (
            _of_day(closing.date)
            if closing.bodies and closing.date == head.date
            else _of_date(head.date, Origin.TEXT, plans)
        )
        or _of_date(next(filter(None, map(date_in, declared)), ""), Origin.DECLARED, plans)
        or (Year(head.number, Origin.TEXT) if head.number else None)
        or (_of_day(closing.date) if closing.bodies else None)
        or _of_headings(text)
        or _of_day(closing.date)
        or _in_force(text)
    )
    if found is None and named:
        return Year(named[0], Origin.FILE_NAME)
    if found is None:
        published = _PUBLISHED.search(text[:_PAGE]) if not ADDRESS.search(text[:_PAGE]) else None
        return Year(int(published["year"]), Origin.GUESS) if published else None
    against = str(named[0]) if named and found.value not in named else ""
    return Year(found.value, found.origin, against)


def _plans_ahead(head: Head, title: str) -> bool:
    """Whether a document is a report to a house, which at the end of a year plans for the next one."""
    is_report = not title or head.meeting is not None or _REPORT.search(title) is not None
    return is_report and not fits("own_year", title)


def _of_words(titles: Sequence[str], origin: Origin) -> Year | None:
    for title in titles:
        plan = _PLAN.search(title)
        if plan:
            return Year(_first_year(plan["number"] or plan["short"]), origin)
        span = _SPAN.search(title)
        if span:
            return Year(int(span["year"]), origin)
        years = [arabic_year(found["year"]) for found in _OF_TITLE.finditer(title)]
        if years:
            # Of 2023年预算执行情况和2024年预算草案 the later.
            return Year(max(years), origin)
    return None


def _of_day(date: str) -> Year | None:
    """The year of a paper that was issued on a day: its own, also in December."""
    return Year(int(date[:4]), Origin.TEXT) if date else None


def _in_force(text: str) -> Year | None:
    """The year from which a rule holds: 本条例自2018年3月1日起施行."""
    found = _IN_FORCE.search(text, max(0, len(text) - _PAGE))
    return Year(int(found["year"]), Origin.TEXT) if found else None


def _of_date(date: str, origin: Origin, plans: bool) -> Year | None:
    """The year that a report of a day `plans` for; of any other paper its own."""
    if not date:
        return None
    year, month = int(date[:4]), int(date[5:7])
    return Year(year + (plans and month >= _LATE), origin)


def _of_headings(text: str) -> Year | None:
    headings = [
        line
        for span in paragraphs(text)
        if len(line := western_digits(span.of(text)).replace(" ", "")) <= _LONGEST_HEADING
        and (MARKER.match(line) or is_part_name(line) or _REVIEW.search(line))
    ]
    for line in headings:
        tasks = _TASKS.search(line)
        review = _REVIEW.search(line)
        if review:
            return Year(int(review["year"]) + 1, Origin.TEXT)
        if tasks:
            return Year(int(tasks["year"]), Origin.TEXT)
    return None


def _first_year(number: str) -> int:
    """The first year of a five-year plan: 十四 → 2021."""
    _, _, ones = number.rpartition("十")
    plan = (10 if "十" in number else 0) + DIGITS.get(ones, 0)
    return _FIRST_PLAN + 5 * (plan - 1) if plan < 3 else _THIRD_PLAN + 5 * (plan - 3)
