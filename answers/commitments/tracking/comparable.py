"""Whether the numbers of two statements are of one kind, and what each says: a growth, a fall, a level."""

from __future__ import annotations

import re
from functools import partial

from answers.commitments.rows import Commitment
from answers.commitments.tracking.indicators import form_of, indicator_name
from answers.knowledge.tables import Row, alternatives, rows
from answers.quantities.amounts import Amount, converted

_words = partial(rows, Row, "indicators")
_LEVEL, _GROWS, _FALLS, _MORE, _LESS, _STARTED, _FINISHED, _FEWER = (
    re.compile(alternatives(_words(section)))
    for section in ("level", "grows", "falls", "more", "less", "started", "finished", "fewer")
)
_RATE_OF_CHANGE = re.compile(f"(?:{alternatives(_words('rate_of_change'))})$")
_LIKE_AN_INDEX = 50.0  # percent: 价格指数103%, not a growth of 103 %
_COUNTERS = frozenset(word for row in _words("counter") for word in row.words)


def comparable(one: Commitment, other: Commitment) -> bool:
    """Whether the numbers of two statements are of one kind: unit, and growth with growth."""
    if one.amount is None or other.amount is None or number_reached(one, other) is None:
        return False
    if one.amount.unit != "%" and _change(one) != _change(other):
        return False  # 增加110万套 is no part of 改造601万套
    if one.amount.unit == "%" and _tells_change(one) and _tells_change(other):
        return (one.amount.low < _LIKE_AN_INDEX) == (other.amount.low < _LIKE_AN_INDEX)
    if one.amount.unit == "%" and is_turned(one, other):
        return True  # 增长6%: 下降4%
    if one.amount.unit == "%" and (_trend(one) == 0) != (_trend(other) == 0):
        return not (_plainly_a_rate(one) and _plainly_a_rate(other))
    if bool(_STARTED.search(indicator_name(one))) and bool(_FINISHED.search(indicator_name(other))):
        return False
    return not (_FINISHED.search(indicator_name(one)) and _STARTED.search(indicator_name(other)))


def number_reached(outcome: Commitment, target: Commitment) -> Amount | None:
    """The number of an outcome in the unit of a target; None where they count different things."""
    if outcome.amount is None or target.amount is None:
        return None
    amount = in_unit_of(outcome.amount, target.amount)
    jobs = all(
        "就业" in row.object and row.amount and row.amount.unit in ("个", "人") for row in (outcome, target)
    )
    if amount is None and jobs:  # 城镇新增就业岗位51万个: 51.4万人
        return Amount(outcome.amount.low, outcome.amount.high, target.amount.unit, outcome.amount.bound)
    return amount


def in_unit_of(amount: Amount, other: Amount) -> Amount | None:
    """`amount` in the unit of `other`; a number without a unit (减少农村贫困人口1000万) fits any count."""
    if not amount.unit or not other.unit:
        unit = amount.unit or other.unit
        return (
            None
            if unit in ("%", "元", "个百分点")
            else Amount(amount.low, amount.high, other.unit, amount.bound)
        )
    if "个" in (amount.unit, other.unit) and {amount.unit, other.unit} <= _COUNTERS:
        return Amount(amount.low, amount.high, other.unit, amount.bound)  # 100个健身路径: 140套
    return converted(amount, other.unit)


def is_turned(target: Commitment, outcome: Commitment) -> bool:
    """Whether what was to grow fell, or what was to fall grew."""
    return _trend(target) * _trend(outcome) < 0


def grows(row: Commitment) -> bool:
    """Whether the number says by how much something grew."""
    return _trend(row) > 0


def falls(row: Commitment) -> bool:
    """Whether the number says by how much something fell."""
    return _trend(row) < 0


def _trend(row: Commitment) -> int:
    """1 for a growth, -1 for a fall, 0 for a level: 提高到4% and 占比4% are levels, 涨幅控制在4% is none."""
    if _tells_change(row):
        return -1 if _FALLS.search(row.action) and not _LEVEL.search(row.action) else 1
    if _LEVEL.search(row.action):
        return 0
    if _FALLS.search(row.action):
        return -1
    return 1 if _GROWS.search(row.action) or re.search(r"增长(?:预期)?目标", row.object) else 0


def _tells_change(row: Commitment) -> bool:
    """Whether a share says of its name alone by how much something grew: 居民消费价格涨幅控制在3%, 投资增速达到9%."""
    return (
        row.amount is not None
        and row.amount.unit == "%"
        and row.amount.low < _LIKE_AN_INDEX
        and _RATE_OF_CHANGE.search(form_of(row.object)) is not None
    )


def _change(row: Commitment) -> int:
    """1 and -1 where a count is only the difference to before, 0 where it is the count itself."""
    if _MORE.fullmatch(row.action):
        return 1
    if _FEWER.search(row.object):
        return -1  # 完成1000万以上农村贫困人口脱贫任务
    return -1 if _LESS.fullmatch(row.action) else 0


def _plainly_a_rate(row: Commitment) -> bool:
    """A rate names itself so or says where it stands: 失业率, 涨幅, 占比."""
    return not re.search(r"[率幅重比]$", row.object) or bool(row.action)
