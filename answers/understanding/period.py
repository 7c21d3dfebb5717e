"""Whether a question asks for what was done or for what is planned, and which part of a report says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from answers.knowledge.tables import Row, cue, in_order, rows
from answers.understanding.years import named_years
from indexer.report.roles import Role


class Period(StrEnum):
    """The time a question asks about, seen from the report."""

    RESULT = "result"  # the year behind the report: what was achieved
    TARGET = "target"  # the year ahead: what is planned
    BOTH = "both"  # the one beside the other: 目标是多少、完成得怎么样


@dataclass(frozen=True, slots=True, kw_only=True)
class _PeriodWords(Row):
    """Words that ask for a result, or for a target. `outright`: of whatever year they are said."""

    outright: bool = False


def _outright(section: str) -> re.Pattern[str]:
    return re.compile(in_order(row for row in rows(_PeriodWords, "period", section) if row.outright))


_UNWANTED = cue("period", "unwanted")
_BOTH = cue("period", "both")
MEASURED_AGAINST = cue(
    "period", "measured_against"
)  # 比去年: what a number is measured against is not asked for
_YEAR_BEHIND = cue("period", "year_behind")
_YEAR_AHEAD = cue("period", "year_ahead")
_RESULT = cue("period", "result")
_TARGET = cue("period", "target")
_FORMER = cue("period", "former")
_CHANGE = cue("period", "change")
_OUTRIGHT = {Period.RESULT: _outright("result"), Period.TARGET: _outright("target")}


@dataclass(frozen=True, slots=True)
class PeriodCues:
    """What the words of a question say of the time it means; which report is asked decides the rest.

    Attributes:
        both: whether it asks for a target together with what came of it.
        year: the one year that it names; None where it names none or several.
        both_years: whether it speaks of the year behind and of the year ahead, and names none.
        words: what the other words tell.
        outright: whether they say so outright, as 目标 and 实际 do, so that no year says otherwise to who reads it.
    """

    both: bool
    year: int | None
    both_years: bool
    words: Period | None
    outright: bool = False

    def of_report(self, year: int | None) -> Period | None:
        """What is asked of a report of that year; None where the words do not tell.

        A year named outright decides: the report's own year is ahead, the one before it behind.
        """
        if self.both:
            return Period.BOTH
        if year is not None and self.year is not None and self.year in (year - 1, year):
            return Period.TARGET if self.year == year else Period.RESULT
        return Period.BOTH if self.both_years else self.words

    def shown(self, year: int | None) -> Period | None:
        """What is told to who asked, where reports up to that year are asked: never the other of what he said."""
        return self.words if self.outright and not self.both else self.of_report(year)


def period_cues(query: str) -> PeriodCues:
    """Read what a question in Simplified characters says of time."""
    wanted = _UNWANTED.sub("", query)
    if _YEAR_AHEAD.search(wanted):
        wanted = MEASURED_AGAINST.sub("", wanted)
    time = named_years(wanted)
    years = {*time.named, *time.horizons}
    words = by_words(wanted)
    return PeriodCues(
        both=_BOTH.search(wanted) is not None,
        year=years.pop() if len(years) == 1 else None,
        both_years=not (time.named or time.reports)
        and bool(_YEAR_BEHIND.search(wanted) and _YEAR_AHEAD.search(wanted)),
        words=words,
        outright=words in _OUTRIGHT and _OUTRIGHT[words].search(wanted) is not None,
    )


def asked_period(query: str, report_year: int | None) -> Period | None:
    """What words asked of a report of `report_year` mean, as `PeriodCues.of_report`."""
    return period_cues(query).of_report(report_year)


def asks_for_the_former(query: str) -> bool:
    """Whether a question wants the value from before a change."""
    return _FORMER.search(query) is not None


def asks_for_a_change(query: str) -> bool:
    """Whether a question wants the value from before a change and that after it."""
    return _CHANGE.search(query) is not None


def by_words(query: str) -> Period | None:
    """What the words tell without any report in view."""
    for period, words in (
        (Period.RESULT, _YEAR_BEHIND),
        (Period.TARGET, _YEAR_AHEAD),
        (Period.RESULT, _RESULT),
        (Period.TARGET, _TARGET),
    ):
        if words.search(query):
            return period
    return None


def agreement(period: Period | None, role: Role) -> int:
    """1 where a part of this role says what was asked for, -1 where it says the other, else 0."""
    if period is None or period is Period.BOTH or role in (Role.GLOSSARY, Role.OTHER):
        return 0
    behind = role is Role.REVIEW
    return 1 if behind == (period is Period.RESULT) else -1
