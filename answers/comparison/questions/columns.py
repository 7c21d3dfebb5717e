"""The columns of a comparison: what was achieved and what is planned never share one."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from answers.knowledge.tables import cue, source
from answers.understanding.parts import aims_listed
from answers.understanding.period import MEASURED_AGAINST, Period, asked_period, period_cues
from answers.understanding.question import Understanding
from answers.understanding.years import Years, named_years

_DONE = cue("comparison", "done")
_PLANNED = cue("comparison", "planned")
_TARGET_MET = cue("comparison", "target_met")
_SET = cue("comparison", "set")
_TIME_AND_PURPOSE = cue("comparison", "time_and_purpose")
_BETWEEN_PARTS = cue("comparison", "between_parts")
_ASKS = cue("comparison", "asks")
_DANGLING = cue("comparison", "left_dangling")
_NOTHING_OF_ITS_OWN = cue("comparison", "nothing_of_its_own")
_CHANGE = cue("comparison", "change")
_TIME_TO_REPLACE = cue("comparison", "time_to_replace")


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that every report is asked.

    Attributes:
        period: whether the column holds results or targets; None where the question leaves it open.
        query: the question to each report.
        topic: what it is about, where other columns hold the same of other things: 经济增长; empty otherwise.
    """

    period: Period | None
    query: str
    topic: str = ""


def read_columns(
    question: Understanding, topic: str, report_years: Collection[int | None], told: Period | None = None
) -> tuple[Column, ...]:
    """The columns that a question asks for, the first named first.

    `topic` is the question without regions and years (`strip_scope`), `report_years` the years of the
    reports in question, `told` what these tell of the years that it names, where its words leave it open.
    """
    query = question.query
    if asks_both(query) or _names_both_years(question.years, report_years) or question.period is Period.BOTH:
        done, planned = _both(topic)
        columns = (Column(Period.RESULT, done), Column(Period.TARGET, planned))
        first_planned, first_done = _PLANNED.search(query), _DONE.search(query)
        if first_planned and first_done and first_planned.start() < first_done.start():
            return columns[::-1]
        return columns
    cues = period_cues(_SET.sub(r"\g<verb>", query))
    periods = {cues.of_report(year) for year in report_years}
    # 当年 of each of many years is 今年 in the topic only.
    by_report = periods.pop() if len(periods) == 1 else cues.of_report(None)
    period = by_report or asked_period(topic, None) or told
    if len(listed := aims_listed(topic)) > 1:
        return tuple(replace(with_period(one, period), topic=_bare_topic(one)) for one in listed)
    return (with_period(topic, period),)


def with_period(topic: str, period: Period | None) -> Column:
    """A column of that period; the search is told by 今年 or 去年 where the topic itself does not tell."""
    topic = _SET.sub(r"\g<verb>", topic)
    if period is None or asked_period(topic, None) is period or _names_its_year(topic):
        return Column(period, topic)
    if not re.search(r"[\u4e00-\u9fff]", topic):
        when = "last year" if period is Period.RESULT else "this year"
        return Column(period, f"{topic.rstrip('?？ ')} {when}?")
    bare = _TIME_TO_REPLACE.sub("", topic)
    return Column(period, ("去年" if period is Period.RESULT else "今年") + bare)


def asks_both(query: str) -> bool:
    """Whether a question wants the result and the target."""
    if _TARGET_MET.search(query):
        return False
    query = MEASURED_AGAINST.sub("", query)
    done = _DONE.search(query)
    planned = [
        m for m in _PLANNED.finditer(query) if not query[: m.start()].endswith(("去年", "去年的", "上年"))
    ]
    return bool(done and planned)


def _names_both_years(time: Years, report_years: Collection[int | None]) -> bool:
    """«2024年增速及2025年目标» of reports of 2025."""
    if len(set(report_years)) != 1:
        return False
    (year,) = set(report_years)
    return year is not None and {*time.named, *time.horizons, *time.reports} == {year - 1, year}


def _names_its_year(topic: str) -> bool:
    """2024年, 2024届; a bare 2024 may be anything."""
    return any(topic[m.end : m.end + 1] in ("年", "届") for m in named_years(topic).mentions)


def _both(topic: str) -> tuple[str, str]:
    """The question for the result and the one for the target."""
    parts = [part for part in _BETWEEN_PARTS.split(topic) if part.strip()]
    done = "".join(p for p in parts if _DONE.search(p))
    planned = "".join(p for p in parts if _PLANNED.search(p) and not _DONE.search(p))
    own_done, own_planned = _own(done), _own(planned)
    if own_done and own_planned and not _says_no_more(own_done, own_planned):
        return done, planned  # two different things: 去年的产量, 今年的投资目标
    fuller = done if len(own_done) >= len(own_planned) else planned
    core = _bare(fuller if fuller and _own(fuller) else topic)
    change = _CHANGE.search(topic)
    if change and change[0] not in core:
        core += change[0]  # 去年实际增长和今年GDP目标
    if not _ASKS.search(core):
        core += "是多少？"
    return "去年" + core, "今年" + core


def _bare(part: str) -> str:
    """`part` without its words of time and purpose, and without what they leave dangling."""
    return _DANGLING.sub("", _TIME_AND_PURPOSE.sub("", part)).strip(" 的，、和与及")


def _bare_topic(one: str) -> str:
    """经济增长 of 今年经济增长目标是多少？"""
    return re.sub(f"{source('dialog', 'value')}？$", "", _TIME_AND_PURPOSE.sub("", one)).strip(" 的？")


def _says_no_more(one: str, other: str) -> bool:
    """Whether one of two parts has nothing that the other has not: 新增人 beside 城镇新增就业人."""
    short, long = sorted(({*one}, {*other}), key=len)
    return short <= long


def _own(part: str) -> str:
    return _NOTHING_OF_ITS_OWN.sub("", _TIME_AND_PURPOSE.sub("", part)).strip()
