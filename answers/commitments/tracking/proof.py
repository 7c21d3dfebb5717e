"""What the numbers of a target and a result prove, and what they leave open."""

from __future__ import annotations

import re
from enum import StrEnum

from answers.commitments.rows import Commitment
from answers.commitments.tracking.comparable import falls, grows
from answers.commitments.tracking.indicators import (
    exactly_named,
    indicator_name,
    same_name,
)
from answers.knowledge.tables import Row, alternatives, rows
from answers.quantities.amounts import Amount, Bound, spoken
from indexer.report.records import DocumentKind
from indexer.report.report import Report
from indexer.text.sentences import CLAUSE_MARK


class Status(StrEnum):
    """What became of a target, in the words that governments track their own promises with."""

    DONE = "已完成"
    EXCEEDED = "超额完成"
    MISSED = "未完成"
    UNDER_WAY = "进行中"
    NOT_MENTIONED = "未提及"
    UNVERIFIED = "待核实"


PROVED = (Status.DONE, Status.EXCEEDED, Status.MISSED)
"""The statuses that say what became of a target."""
SAID_MISSED = re.compile(alternatives(rows(Row, "indicators", "missed")))
"""The later report itself says that a target was missed."""
_CEILING = re.compile(alternatives(rows(Row, "indicators", "ceiling")))
_NO_GROWTH = re.compile(alternatives(rows(Row, "indicators", "no_growth")))
_KEPT = tuple((row.name, re.compile(alternatives([row]))) for row in rows(Row, "indicators", "kept"))
_PRICES = re.compile(alternatives(rows(Row, "indicators", "prices")), re.IGNORECASE)
_AROUND_DONE = 0.02  # how far below «左右» a result may stay and still be around it, as a share of the target
_AROUND_MISSED = 0.05  # … and how far below is plainly less: 10.5%左右, 9.9%
_AROUND_EXCEEDED = 0.1  # how far above it is more than around
_SHORTEST_NAME = 3  # characters of what falls short: 出栏 may be of anything
_NEARLY = 0.85  # of a promised count
_BARE = 0.8  # … where neither has a verb
_MOST = 0.65  # … where both say with one verb what was done
_JUST_OVER = 1.15  # times the number: 超过60万人 is not said of 75万人
_SUM = 1.5  # times a year's target: what several years brought together is more, and their growth too
_FAR_OVER = 3  # times the target: more likely a total
_FAR_UNDER = 0.5  # 涨幅2%左右 is kept by 1.6 %; prices that hardly rise are not what was meant


def first_open_year(later: Report) -> int:
    """The first year whose targets a document cannot settle: its own for a work report, which tells of the year behind,
    the next one for any other document, which may tell of its own; 0 where its year is not known."""
    year = later.year or 0
    return year if later.metadata.sure_kind in (None, DocumentKind.WORK_REPORT) or not year else year + 1


def clause_before(row: Commitment, text: str) -> str:
    """The words of its clause before a number; `text` is its report's."""
    return CLAUSE_MARK.split(text[row.sentence.start : row.span.start])[-1]


def said(target: Commitment, clause: str, sentence: str) -> tuple[Status, str]:
    """What a clause without a number, that names the indicator of a target, proves, and why."""
    if SAID_MISSED.search(clause) and "除" not in sentence:
        return Status.MISSED, "报告原文说没有完成目标"
    aim = target.amount
    if (
        aim is not None
        and aim.unit == "%"
        and grows(target)
        and not _is_ceiling(target)
        and _NO_GROWTH.search(clause)
    ):
        return Status.MISSED, f"目标增长 {spoken(aim)}，报告原文说没有增长"
    for kept, words in _KEPT:
        if words.search(clause) and not SAID_MISSED.search(sentence):
            status = Status.EXCEEDED if kept == "surpassed" else Status.DONE
            return status, "报告原文说完成了目标，没有给出数字"
    if SAID_MISSED.search(sentence):
        return Status.UNVERIFIED, "报告提到目标没有实现，没有数字可比"
    return Status.UNVERIFIED, "报告提到这一指标，没有数字可比"


def by_numbers(target: Commitment, outcome: Commitment, reached: Amount, region: str) -> Status | None:
    """What a target and a result of one indicator prove by their numbers: None where they prove nothing.

    `reached`: the number of the result in the unit of the target; `region`: the place whose reports they are in.
    """
    assert target.amount is not None, "only numbers are compared"
    return _by_bounds(target, target.amount, reached) or _fell_short(target, outcome, reached, region)


def _by_bounds(target: Commitment, aim: Amount, reached: Amount) -> Status | None:
    """What the numbers prove: None where they prove nothing."""
    low, high = _certain(reached)
    if aim.bound is Bound.AT_MOST or _is_ceiling(target):
        if aim.bound is Bound.AROUND and reached.bound is Bound.AROUND and reached.high <= aim.high:
            high = reached.high  # 1.5%左右 keeps 1.5%左右
        return None if is_far_under(target, reached) else _under(aim, low, high)
    # Less than promised is proven only where it is exact, of the very same thing, and plainly less.
    exact = reached.bound in (Bound.EXACT, Bound.AROUND) and aim.unit == "%"
    if reached.bound is Bound.AROUND and aim.bound in (Bound.AROUND, Bound.EXACT) and reached.low == aim.low:
        return Status.DONE  # 8%左右 was to be reached, and was
    if reached.bound is Bound.AROUND and aim.low < aim.high and aim.low < reached.low <= aim.high:
        return Status.DONE  # 8—8.5%: 8.2%左右
    if aim.bound is Bound.AROUND:
        if low > aim.high * (1 + _AROUND_EXCEEDED):
            return Status.EXCEEDED
        if low >= aim.low * (1 - _AROUND_DONE):
            return Status.DONE
        return Status.MISSED if exact and high < aim.low * (1 - _AROUND_MISSED) else None
    if low > aim.high:
        return Status.EXCEEDED
    if aim.bound is Bound.OVER and reached.bound is Bound.EXACT and low == aim.high:
        return None  # 超过60% is not quite 60%
    if low >= aim.low:
        return Status.DONE
    return Status.MISSED if exact and high < aim.low and aim.bound in (Bound.AT_LEAST, Bound.EXACT) else None


def is_of_one_year(target: Commitment, reached: Amount) -> bool:
    """Whether a number in a passage on several years can only be one year's: their sum, or their growth, would be a
    multiple of what one year was to bring."""
    aim = target.amount
    assert aim is not None, "only numbers are compared"
    return aim.low > 0 and reached.bound is not Bound.AT_MOST and reached.high <= _SUM * aim.low


def _fell_short(target: Commitment, outcome: Commitment, reached: Amount, region: str) -> Status | None:
    """Whether a count stayed under what was promised: only where it is of the very same thing and not far under it.
    Half of it may be of a part, of half a year, or what was added of a total."""
    aim = target.amount
    assert aim is not None, "only numbers are compared"
    if aim.unit == "%" or aim.bound not in (Bound.AT_LEAST, Bound.EXACT, Bound.STRIVE):
        return None
    if reached.bound not in (Bound.EXACT, Bound.OVER):
        return None
    one_verb = bool(target.action) and target.action == outcome.action
    share = _NEARLY
    if one_verb or "新增" in target.object:
        share = _MOST
    elif not target.action and not outcome.action:
        share = _BARE
    most = reached.high * (_JUST_OVER if reached.bound is Bound.OVER else 1.0)
    near = share * aim.low <= reached.high and most < aim.low
    named = len(target.object) >= _SHORTEST_NAME and (
        exactly_named(target, outcome) or (one_verb and same_name(target, outcome, region))
    )
    return Status.MISSED if near and named and not _is_ceiling(target) else None


def is_far_over(target: Commitment, outcome: Commitment, reached: Amount) -> bool:
    """Whether a count is a multiple of the target and not told with its verb: 10 to be added, 达到55家."""
    aim = target.amount
    if aim is None or aim.unit == "%" or target.has_verb_of(outcome):
        return False
    return reached.low > _FAR_OVER * aim.high


def is_less_better(target: Commitment) -> bool:
    """Whether less is better, so that a fall where some growth was allowed keeps the promise: 物价涨幅."""
    aim = target.amount
    return _is_ceiling(target) or (aim is not None and aim.bound is Bound.AT_MOST)


def _is_ceiling(target: Commitment) -> bool:
    if falls(target):
        return False
    return _CEILING.search(target.object) is not None or "控制" in target.action


def is_far_under(target: Commitment, reached: Amount) -> bool:
    """Whether a result is so far under an «around» that it is not what the target meant: 涨幅2%左右, 0.1 %."""
    if "控制" in indicator_name(target) or _PRICES.search(target.object) is None:
        return False  # 涨幅控制在3%左右 says itself that it is a ceiling
    return is_far_below_ceiling(target, reached)


def is_far_below_ceiling(target: Commitment, reached: Amount) -> bool:
    """Whether a result is less than half of an «around» that is a ceiling."""
    aim = target.amount
    around = aim is not None and aim.bound is Bound.AROUND and aim.unit == "%" and _is_ceiling(target)
    return around and aim is not None and reached.high < aim.low * _FAR_UNDER


def _under(aim: Amount, low: float, high: float) -> Status | None:
    """For what must stay below: 涨幅控制在3%左右."""
    if aim.bound is Bound.AT_LEAST or aim.bound is Bound.OVER:
        return None
    if high <= aim.high * (1 + _AROUND_DONE * (aim.bound is Bound.AROUND)):
        return Status.DONE
    most = aim.high * (1 + _AROUND_EXCEEDED * (aim.bound is Bound.AROUND))
    return Status.MISSED if aim.bound in (Bound.AT_MOST, Bound.AROUND) and low > most else None


def _certain(amount: Amount) -> tuple[float, float]:
    """The least and the most that an amount may stand for; «左右» is taken as up to 3 % either way."""
    if amount.bound is Bound.AROUND:
        return amount.low * 0.97, amount.high * 1.03
    if amount.bound in (Bound.OVER, Bound.AT_LEAST):
        return amount.low, float("inf")
    if amount.bound is Bound.AT_MOST:
        return 0.0, amount.high
    return amount.low, amount.high
