"""Which statements speak of the same indicator, so that a target meets its result and provinces compare.

Two reports name one thing in different words: 能源消耗强度 and 单位国内生产总值能耗, 解决农村人口的安全饮水问题
and 又解决农村人口饮水安全问题. Names are brought to one form and compared by their characters, rare ones
counting more than those that every statement has.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from answers.commitments.rows import Commitment
from answers.quantities.amounts import Amount, converted

# Other names of one indicator; the first stands for all.
_SAME = (
    ("国内生产总值", "GDP|地区生产总值|(?<!国内)生产总值|经济总量|^经济(?=增长|$)"),
    (
        "单位国内生产总值能耗",
        "(?:单位国内生产总值|万元国内生产总值|单位GDP)(?:能源消耗|能耗)|能源消耗强度|能耗强度",
    ),
    ("居民消费价格涨幅", "居民消费价格(?:总水平|指数|水平)?(?:涨幅|上涨)?|CPI(?:涨幅)?"),
    ("赤字率", "财政赤字率|财政赤字占国内生产总值的?(?:比重|比例)?|赤字占国内生产总值的?(?:比重|比例)?"),
    ("广义货币", "广义货币(?:供应量)?(?:[（(]?M2[）)]?)?"),
    ("进出口", "(?:货物)?进出口(?:贸易)?(?:总额|总值)?|外贸进出口(?:总额)?"),
    ("饮水安全", "安全饮水|饮用水安全"),
    ("新型农村合作医疗", "新农合"),
    ("新型农村社会养老保险", "新农保"),
    ("粮食产量", "粮食总产量?"),
    ("规模以上", "规上"),
    ("研发投入", "(?:全社会)?(?:研究与试验发展|研发|R&D)(?:经费)?(?:支出|投入)(?:强度)?"),
    ("保障性住房", "保障性安居工程(?:住房)?"),
    ("棚户区改造", "棚户区(?:住房改造|改造住房)"),
    ("城镇落户", "进城落户"),
    ("补助标准", "补助的?标准|政府补助"),
    ("城镇调查失业率", "(?<!城镇)调查失业率"),
    ("城镇登记失业率", "(?<!城镇)登记失业率"),
    ("一般公共预算收入", "财政收入|公共财政收入"),
    ("社会消费品零售总额", "社会消费品零售额|社零总额"),
    ("高标准农田", "高标准基本农田"),
    ("人均可支配收入", "人均(?:纯)?收入|收入"),
)
_ALIASES = tuple((re.compile(words), name) for name, words in _SAME)
_NOISE = re.compile(
    r"[、，的和与及等“”（）()\s]|预期|目标|拟定?|设定|增长(?=$|目标|预期)|年末|一直|继续|实际|全社会|全国|全省|全市|全年|年均|总体|每年|新的?|再|又"
)
# What may never differ between a target and its result: they are different indicators.
_OPPOSED = (
    ("城镇", "农村"), ("登记", "调查"), ("铁路", "公路"), ("二氧化硫", "化学需氧量"), ("出口", "进口"), ("钢铁", "煤炭"),
    ("高速", "普通"), ("中央", "地方"), ("固定资产", "民间"), ("企业", "居民"), ("小学", "大学"),
)  # fmt: skip
_LEAD = re.compile(r"^(?:去年|上年|过去[一五]年|我国|我省|我市|20\d\d年)+")
_SHORTEST_NAME = 4
_IN_CLAUSE = 0.85
_GROWS = re.compile(r"上涨|增长|增加|提高|提升|上升|增|涨|扩大")
_FALLS = re.compile(r"下降|降低|减少|压减|压缩|减|降|回落")
_STARTED = re.compile(r"开工|新开工")
_FINISHED = re.compile(r"建成|竣工|完工")


def indicator_name(row: Commitment) -> str:
    """The indicator in words: what is measured, then the verb (国内生产总值增长)."""
    return row.object + (row.action if row.action not in row.object else "")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much rarer characters count: in how many of `total` statements a pair of characters is."""

    total: int
    counts: Counter[str]

    @classmethod
    def among(cls, rows: Iterable[Commitment]) -> Likeness:
        """Weights from the statements that are compared."""
        names = [set(_pairs(_form(row.object))) for row in rows]
        return cls(len(names), Counter(pair for name in names for pair in name))

    def of(self, one: Commitment, other: Commitment, clause: str = "") -> float:
        """0..1, how likely two statements measure the same; 0 where their numbers cannot be compared.

        `clause`: the words around the other's number; what one measures may stand anywhere in them
        (进城落户1300万人: 近1400万农业转移人口在城镇落户), which counts a little less than a like name.
        """
        if not comparable(one, other):
            return 0.0
        named = self.of_names(one.object, other.object)
        left, right = _form(one.object), _form(clause)
        if len(left) < _SHORTEST_NAME or _opposed(left, right):
            return named
        mine = _pairs(left)
        held = sum(self._weight(pair) for pair in mine & _pairs(right)) / sum(map(self._weight, mine))
        return max(named, _IN_CLAUSE * held)

    def of_names(self, one: str, other: str) -> float:
        """0..1 for two names."""
        left, right = _form(one), _form(other)
        if not left or not right:
            return 0.0
        if left == right:
            return 1.0
        if _opposed(left, right):
            return 0.0
        mine, theirs = _pairs(left), _pairs(right)
        shared = sum(self._weight(pair) for pair in mine & theirs)
        total_mine, total_theirs = sum(map(self._weight, mine)), sum(map(self._weight, theirs))
        dice = 2 * shared / (total_mine + total_theirs)
        held = shared / min(total_mine, total_theirs)
        # One name inside the other is the same thing said shortly, unless it is a single word of it.
        return max(dice, 0.5 * dice + 0.5 * held) if min(len(left), len(right)) >= 3 else dice

    def _weight(self, pair: str) -> float:
        weight = math.log((self.total + 1) / (self.counts.get(pair, 0) + 0.5))
        return max(weight, 0.2) * (1.0 if len(pair) == 2 else 0.4)


def _opposed(left: str, right: str) -> bool:
    """Whether one name holds one of two words that exclude each other, and the other only the other."""
    return any(
        (first in left and second in right and first not in right)
        or (second in left and first in right and second not in right)
        for first, second in _OPPOSED
    )


def same_name(one: Commitment, other: Commitment) -> bool:
    """Whether two statements name their indicator alike to the word, other names of it included."""
    return _form(one.object) == _form(other.object)


def mentions(name: str, clause: str) -> int:
    """2 where a clause opens with an indicator's name, 1 where it holds a long one, else 0."""
    form, words = _form(name), _form(_LEAD.sub("", clause))
    if len(form) >= _SHORTEST_NAME - 1 and words.startswith(form):
        return 2
    return int(len(form) > _SHORTEST_NAME and form in words)


def comparable(one: Commitment, other: Commitment) -> bool:
    """Whether the numbers of two statements are of one kind: unit, and growth with growth."""
    if one.amount is None or other.amount is None or in_unit_of(one.amount, other.amount) is None:
        return False
    if one.amount.unit != "%" and _change(one) != _change(other):
        return False  # 增加110万套 is no part of 改造601万套
    if one.amount.unit == "%" and _trend(one) * _trend(other) < 0:
        return False
    if one.amount.unit == "%" and (_trend(one) == 0) != (_trend(other) == 0):
        return not (_plainly_a_rate(one) and _plainly_a_rate(other))
    if bool(_STARTED.search(indicator_name(one))) and bool(_FINISHED.search(indicator_name(other))):
        return False
    return not (_FINISHED.search(indicator_name(one)) and _STARTED.search(indicator_name(other)))


def in_unit_of(amount: Amount, other: Amount) -> Amount | None:
    """`amount` in the unit of `other`; a number without a unit (减少农村贫困人口1000万) fits any count."""
    if not amount.unit or not other.unit:
        unit = amount.unit or other.unit
        return (
            None
            if unit in ("%", "元", "个百分点")
            else Amount(amount.low, amount.high, other.unit, amount.bound)
        )
    return converted(amount, other.unit)


def falls(row: Commitment) -> bool:
    """Whether the number says by how much something fell."""
    return _trend(row) < 0


def _trend(row: Commitment) -> int:
    """1 for a growth, -1 for a fall, 0 for a level: 提高到4% and 占比4% are levels."""
    if re.search(r"[到至]$|占|达", row.action):
        return 0
    if _FALLS.search(row.action):
        return -1
    return 1 if _GROWS.search(row.action) or re.search(r"增长(?:预期)?目标", row.object) else 0


def _change(row: Commitment) -> int:
    """1 and -1 where a count is only the difference to before, 0 where it is the count itself."""
    if re.fullmatch(r"[再又]?(?:增加|多增|增长|扩大|增)了?", row.action):
        return 1
    return -1 if re.fullmatch(r"[再又]?(?:减少|降低|压减|下降|少增)了?", row.action) else 0


def _plainly_a_rate(row: Commitment) -> bool:
    """A rate names itself so or says where it stands: 失业率, 涨幅, 占比."""
    return not re.search(r"[率幅重比]$", row.object) or bool(row.action)


def _form(name: str) -> str:
    for words, one in _ALIASES:
        name = words.sub(one, name)
    return _NOISE.sub("", name)


def _pairs(name: str) -> set[str]:
    """The characters and the pairs of neighbouring characters of a name."""
    return set(name) | {name[at : at + 2] for at in range(len(name) - 1)}
