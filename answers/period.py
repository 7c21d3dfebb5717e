"""Whether a question asks for what was done or for what is planned, and which part of a report says it."""

from __future__ import annotations

import re
from enum import StrEnum

from indexer.roles import Role


class Period(StrEnum):
    """The time a question asks about, seen from the report."""

    RESULT = "result"  # the year behind the report: what was achieved
    TARGET = "target"  # the year ahead: what is planned


# A year by name or by 去年 and 今年 outranks the rest of the words: 今年安排了多少 asks for a plan.
_YEAR_BEHIND = re.compile(r"去年|上年|上一年|过去一年|\blast year\b", re.I)
_YEAR_AHEAD = re.compile(r"今年|明年|\bthis year\b", re.I)
_RESULT = re.compile(
    r"实际|已经|完成数|完成了|实现了|达到了|[\u4e00-\u9fff]了(?=多|几|百分之)|目前|现有|\bactual|\bachieved\b|\bdid\b",
    re.I,
)
_TARGET = re.compile(
    r"计划|目标|打算|准备|预期|力争|安排|想|希望|任务|将|要(?!求)|怎么|如何|怎样|办法"
    r"|\bplan|\btarget|\bwill\b|\bexpect|\bpromise",
    re.I,
)


def asked_period(query: str, report_year: int | None) -> Period | None:
    """What a question asks of a report of `report_year`; None where its words do not tell.

    A year named outright decides: the report's own year is ahead, the one before it behind.
    """
    years = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", query)}
    if report_year is not None and len(years) == 1:
        (year,) = years
        if year == report_year - 1:
            return Period.RESULT
        if year == report_year:
            return Period.TARGET
    for period, cue in (
        (Period.RESULT, _YEAR_BEHIND),
        (Period.TARGET, _YEAR_AHEAD),
        (Period.RESULT, _RESULT),
        (Period.TARGET, _TARGET),
    ):
        if cue.search(query):
            return period
    return None


def agreement(period: Period | None, role: Role) -> int:
    """1 where a part of this role says what was asked for, -1 where it says the other, else 0."""
    if period is None or role in (Role.GLOSSARY, Role.OTHER):
        return 0
    behind = role is Role.REVIEW
    return 1 if behind == (period is Period.RESULT) else -1
