"""Whether a question asks for what was done or for what is planned, and which part of a report says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from answers.understanding.years import named_years
from indexer.report.roles import Role


class Period(StrEnum):
    """The time a question asks about, seen from the report."""

    RESULT = "result"  # the year behind the report: what was achieved
    TARGET = "target"  # the year ahead: what is planned
    BOTH = "both"  # the one beside the other: 目标是多少、完成得怎么样


# What is said not to be wanted: 我要完成数，不要目标.
_UNWANTED = re.compile(
    r"(?:不要|不是|而非|而不是|不问|别说|别给|不看|不含|\bnot (?:the )?)\s*(?:什么)?(?:计划|目标|任务|预期(?!寿命)|实际|完成数?|结果|targets?|plans?|results?)",
    re.I,
)
_BOTH = re.compile(
    r"(?:目标|计划|任务|指标)[^。？?]{0,14}(?:完成|实现|达成|兑现|落实|达到)(?:得)?(?:了|吗|没|如何|怎么?样|情况|多少|率|的?情况|程度)"
    r"|(?:完成|实现|达成|兑现)(?:了)?(?:没有)?[^，。？?]{0,6}(?:目标|计划|任务)(?:了)?(?:吗|没有|没)"
    r"|(?:目标|计划)(?:值|数)?(?:和|与|跟|、|及|以及|，)[^。？?]{0,10}(?:实际|完成|结果)"
    r"|(?:实际|完成|结果)[^。？?]{0,10}(?:和|与|跟|、|及|以及|，)[^。？?]{0,10}(?:目标|计划)"
    r"|\b(?:target|plan|goal)s?\b.*\b(?:and|versus|vs|against|compared)\b.*\b(?:actual|result|achieve|outcome)"
    r"|\b(?:met|meet|reach(?:ed)?|achieved?|hit)\b.*\btargets?\b",
    re.I,
)
# 今年预计比去年增长多少 asks for this year.
_MEASURED_AGAINST = re.compile(r"(?:比|较|比起|相比)(?:去年|上一?年)(?:同期)?")
# A year by name or by 去年 and 今年 outranks the rest of the words: 今年安排了多少 asks for a plan.
_YEAR_BEHIND = re.compile(
    r"去年|上年|上一年|前一年|过去[一1两二三四五\d]*年|前年|\blast year\b|\b(?:past|previous) (?:\w+ )?years?\b",
    re.I,
)
_YEAR_AHEAD = re.compile(
    r"(?:安排|提出|部署|确定|设定|定下|计划)了|今年|明年|未来|下一步|\bthis year\b|\bnext year\b|\bthe (?:coming|year ahead)\b",
    re.I,
)
_RESULT = re.compile(
    r"实际|已经?|完成数|完成了|实现了|达到了|[\u4e00-\u9fff]了(?=多|几|百分之|哪|什么|吗|没|[？?]|$)|[\u4e00-\u9fff]过(?=哪|什么|几|多)|累计|取得|成效|成绩"
    r"|目前|现有|现在|如今|眼下|迄今|至今|截至|成了|评上|评为|入选|获批|获得|捧回|拿下|夺得|首次|第一次|坦言|承认|面临|不足|短板"
    r"|\bactual|\bachieved\b|\bdid\b(?!.*\b(?:plan|target|aim|expect|intend|set|promise|propose))|\bhas been\b(?! set)|\bhave been\b|\b(?:was|were)\b(?! to\b| planned| targeted| expected| set\b)|\bnow\b|\bcurrently\b|\balready\b|\bso far\b",
    re.I,
)
_BEFORE_THAT = re.compile(
    r"原[来先本]|以前|此前|之前|过去|先前|调整前|[从由]多少|\bbefore\b|\bformerly\b|\bused to\b", re.I
)
_TARGET = re.compile(
    r"计划|目标|打算|准备|预期(?!寿命)|力争|安排|想|希望(?!小学)|任务|将|(?<![主重摘纪])要(?!求|素|是|么)|怎么|如何|怎样|办法|争取|(?<![虚模])拟|会(?=有|再|新|建|怎|如|做|把)|部署"
    r"|\bplan|\btarget|\bwill\b|\bexpect|\bpromise|\baim|\bgoal|\bgoing to\b|\bintend|\b(?:was|were) to\b|\bpropose",
    re.I,
)


@dataclass(frozen=True, slots=True)
class PeriodCues:
    """What the words of a question say of the time it means; which report is asked decides the rest.

    Attributes:
        both: whether it asks for a target together with what came of it.
        year: the one year that it names; None where it names none or several.
        both_years: whether it speaks of the year behind and of the year ahead, and names none.
        words: what the other words tell.
    """

    both: bool
    year: int | None
    both_years: bool
    words: Period | None

    def of_report(self, year: int | None) -> Period | None:
        """What is asked of a report of that year; None where the words do not tell.

        A year named outright decides: the report's own year is ahead, the one before it behind.
        """
        if self.both:
            return Period.BOTH
        if year is not None and self.year is not None and self.year in (year - 1, year):
            return Period.TARGET if self.year == year else Period.RESULT
        return Period.BOTH if self.both_years else self.words


def period_cues(query: str) -> PeriodCues:
    """Read what a question in Simplified characters says of time."""
    wanted = _UNWANTED.sub("", query)
    if _YEAR_AHEAD.search(wanted):
        wanted = _MEASURED_AGAINST.sub("", wanted)
    time = named_years(wanted)
    years = {*time.named, *time.horizons}
    return PeriodCues(
        both=_BOTH.search(wanted) is not None,
        year=years.pop() if len(years) == 1 else None,
        both_years=not (time.named or time.reports)
        and bool(_YEAR_BEHIND.search(wanted) and _YEAR_AHEAD.search(wanted)),
        words=by_words(wanted),
    )


def asked_period(query: str, report_year: int | None) -> Period | None:
    """What words asked of a report of `report_year` mean, as `PeriodCues.of_report`."""
    return period_cues(query).of_report(report_year)


def asks_for_the_former(query: str) -> bool:
    """Whether a question wants the value from before a change."""
    return _BEFORE_THAT.search(query) is not None


def by_words(query: str) -> Period | None:
    """What the words tell without any report in view."""
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
    if period is None or period is Period.BOTH or role in (Role.GLOSSARY, Role.OTHER):
        return 0
    behind = role is Role.REVIEW
    return 1 if behind == (period is Period.RESULT) else -1
