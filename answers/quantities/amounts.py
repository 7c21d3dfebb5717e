"""Amounts in normal form: 超5.3万件 is over 53000 件, so that reports can be sorted and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from answers.quantities.figures import Figure, tally
from indexer.text.numerals import numeral_value, numerals
from indexer.text.sentences import clause_around
from indexer.text.span import Span


class Bound(StrEnum):
    """How an amount binds: 7%, 7%以上, 5.5%以内, 超过50%, 6%左右, 力争8%."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    OVER = "over"
    AROUND = "around"
    STRIVE = "strive"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in normal form.

    Attributes:
        low, high: the number with 万 and 亿 multiplied out; they differ for a range (1—2个). The nearest
            floating-point number to what is written: exact up to 15 digits.
        unit: 件, %, 元, 亿 and 万 never; empty where the report writes none. 百分之五 and 两成 are in %.
    """

    low: float
    high: float
    unit: str
    bound: Bound


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount and the figure in the text that says it."""

    figure: Figure
    amount: Amount


_OVER = re.compile(r"超过|突破|超|逾|高于|多于|大于|跨[过越]|越过|冲破")
_AROUND = re.compile(r"近|约|大约|接近|左右|上下")
_AT_LEAST = re.compile(r"不低于|不少于|不小于|至少|以上|最低")
_AT_MOST = re.compile(r"不高于|不超过|低于|少于|小于|以下|以内|之内|至多|最多")
# Bounds that stand apart from their number, in the same clause.
_FAR_AT_LEAST = re.compile(r"至少|不低于|不少于|不小于|不得低于|不得少于")
_FAR_AT_MOST = re.compile(r"不高于|不超过|不得高于|不得超过|至多")
_FAR_OVER = re.compile(r"(?:超过|突破|高于|跨过|跨越|越过)了?$")
_FAR_AT_MOST_END = re.compile(r"(?<!不)(?:低于|少于)$")
_FAR_AROUND = re.compile(r"(?:近|约|大约|接近)$")
_STEP = re.compile(r"[百千]?[万亿]+元?(?:级)?台阶")
_STRIVE = re.compile(r"力争|争取|奋力(?:实现|达到|突破)|努力(?:实现|达到)")
_TO = re.compile(r"[—\-–~～－至到]")
# Units of one kind and how many of the smallest one each is.
_KINDS = (
    {"吨": 1e6, "公斤": 1e3, "千克": 1e3, "斤": 500.0, "克": 1.0},
    {"平方公里": 1e6, "平方千米": 1e6, "公顷": 1e4, "亩": 1e4 / 15, "平方米": 1.0},
    {"公里": 1e3, "千米": 1e3, "米": 1.0},
    {"兆瓦": 1e3, "千瓦": 1.0},
    {"%": 1.0, "％": 1.0},
    {"标准箱": 1.0, "标箱": 1.0},
    {"立方米": 1.0, "方": 1.0},
    {"个百分点": 1.0, "百分点": 1.0},
    {"元": 1.0, "人民币": 1.0},
    {"人": 1.0, "名": 1.0, "位": 1.0},
    {"家": 1.0, "个": 1.0, "户": 1.0, "所": 1.0, "座": 1.0},
)


def quantities(text: str, within: Span) -> Iterator[Quantity]:
    """Every figure inside `within` with its amount, in order; names and years are none."""
    for figure in tally(text, within):
        amount = _amount(text, figure, within)
        if amount is not None:
            yield Quantity(figure, amount)


def read_amount(text: str) -> Amount | None:
    """The first amount that `text` says: «力争超5.3万件» → over 53000 件. None where there is none."""
    return next((quantity.amount for quantity in quantities(text, Span(0, len(text)))), None)


def converted(amount: Amount, unit: str) -> Amount | None:
    """The amount in another unit of its kind (斤 → 吨, 亩 → 公顷); None where the kinds differ."""
    if amount.unit == unit:
        return amount
    for kind in _KINDS:
        if amount.unit in kind and unit in kind:
            factor = kind[amount.unit] / kind[unit]
            return Amount(amount.low * factor, amount.high * factor, unit, amount.bound)
    return None


def shown(amount: Amount) -> str:
    """The numbers and the unit in digits: 53000件, 1—2个."""
    low, high = (f"{value:.15g}" if value < 1e15 else f"{value:.0f}" for value in (amount.low, amount.high))
    return f"{low}{'' if low == high else '—' + high}{amount.unit}"


def _amount(text: str, figure: Figure, within: Span) -> Amount | None:
    written = figure.bare.of(text)
    bound = _bound(text, figure, within)
    if "分之" in written:
        share = float(100 * numeral_value(written))
        return Amount(share, share, "%", bound)
    numbers = list(numerals(written))[:2]
    if not numbers:
        return None
    if len(numbers) == 2 and not _TO.search(written, numbers[0].end, numbers[1].start):
        numbers = numbers[:1]
    values = [number.value for number in numbers]
    if numbers[0].scale == 1:
        values[0] *= numbers[-1].scale  # 2—3万家
    unit = {"％": "%", "百分点": "个百分点"}.get(figure.unit, figure.unit)
    if unit == "成":
        values, unit = [value * 10 for value in values], "%"
    return Amount(float(min(values)), float(max(values)), unit, bound)


def _bound(text: str, figure: Figure, within: Span) -> Bound:
    """The bound at the number, else the nearest in the clause before it, else what is striven for."""
    before = text[figure.span.start : figure.bare.start]
    after = text[figure.bare.end : figure.span.end]
    if _STEP.match(text, figure.span.end):
        return Bound.EXACT  # what is passed is the step: 跨过一个万亿台阶
    inside = figure.bare.of(text)
    for words in (after, before):
        for bound, cue in (
            (Bound.AT_LEAST, _AT_LEAST), (Bound.AT_MOST, _AT_MOST), (Bound.OVER, _OVER), (Bound.AROUND, _AROUND),
        ):  # fmt: skip
            if cue.search(words):
                return bound
    clause = text[clause_around(text, within, figure.span).start : figure.span.start]
    near = clause.rstrip("要将再")
    # A bound in the clause binds its nearest number: in «不低于5%、增长3家» the second one is free.
    tail = re.split(r"\d[^、]*、|[、和及]", near)[-1]
    for bound, cue in (
        (Bound.AT_LEAST, _FAR_AT_LEAST), (Bound.AT_MOST, _FAR_AT_MOST), (Bound.OVER, _FAR_OVER),
        (Bound.AT_MOST, _FAR_AT_MOST_END), (Bound.AROUND, _FAR_AROUND),
    ):  # fmt: skip
        if cue.search(tail):
            return bound
    if after.endswith("多") or re.search(r"[多余]", inside):
        return Bound.OVER
    return Bound.STRIVE if _STRIVE.search(clause) else Bound.EXACT
