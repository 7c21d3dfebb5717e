"""Amounts in normal form: 超5.3万件 is over 53000 件, so that reports can be sorted and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from answers.quantities.bounds import Bound, Surroundings, bound_of
from answers.quantities.figures import Figure, tally
from answers.quantities.units import conversion, unit_written
from indexer.text.sentences import Clauses
from indexer.text.span import Span

__all__ = ["Amount", "Bound", "Quantity", "converted", "quantities", "read_amount", "shown", "spoken"]

_BEFORE = 200  # characters before a number in its clause that may bind it
_AHEAD = 12  # characters after a number that may say what it is: 万亿元台阶
_ONE_TO, _SEVERAL_PARTS = "1∶", "∶"  # ratios: 1∶3.2, 25∶26∶47
_SCALES = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
_BARE_UNITS = frozenset({"%", "‰", "个百分点", _ONE_TO, "∶1", "年"})
_SPOKEN = {
    Bound.EXACT: ("", ""), Bound.AT_LEAST: ("", "以上"), Bound.AT_MOST: ("", "以内"), Bound.OVER: ("超过", ""),
    Bound.AROUND: ("", "左右"), Bound.STRIVE: ("力争", ""),
}  # fmt: skip
_LARGEST = 10**30  # 一百万亿亿亿: what is larger is none either, and from 10**309 on no floating-point number


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in normal form.

    Attributes:
        low, high: the number with 万 and 亿 multiplied out; they differ for a range (1—2个). The nearest
            floating-point number to what is written: exact up to 15 digits. At most 1e30.
        unit: 件, %, 元, 亿 and 万 never; empty where the report writes none. 百分之五, 两成 and 八折 are in %, 3分/千瓦时
            in 元/千瓦时; a ratio is of ∶1 (2.9∶1 → 2.9) or of 1∶ (1∶3.2 → 3.2).
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


def quantities(text: str, within: Span) -> Iterator[Quantity]:
    """Every figure inside `within` with its amount, in order; names and years are none."""
    clauses: Clauses | None = None
    for figure in tally(text, within):
        clauses = clauses or Clauses.of(text, within)
        amount = _amount(text, figure, clauses)
        if amount is not None:
            yield Quantity(figure, amount)


def read_amount(text: str) -> Amount | None:
    """The first amount that `text` says: «力争超5.3万件» → over 53000 件. None where there is none."""
    return next((quantity.amount for quantity in quantities(text, Span(0, len(text)))), None)


def in_unit(quantity: Quantity, unit: str) -> Quantity:
    """A number without a unit in one that stands elsewhere, above its column or its table; as it is where that is no unit.

    Where the number is in the text stays what it is: 672300 under 万元 is 6723000000 元, and quoted as 672300.
    """
    if quantity.figure.unit or quantity.figure.is_large or not unit:
        return quantity
    whole = f"1{unit}"
    one = next((found for found in quantities(whole, Span(0, len(whole)))), None)
    if one is None or not one.amount.unit or one.figure.span != Span(0, len(whole)):
        return quantity
    figure, times = quantity.figure, one.figure.low
    return Quantity(
        replace(
            figure,
            unit=one.figure.unit,
            measure=one.figure.measure,
            low=figure.low * times,
            high=figure.high * times,
        ),
        replace(
            quantity.amount,
            low=float(figure.low * Decimal(one.amount.low)),
            high=float(figure.high * Decimal(one.amount.low)),
            unit=one.amount.unit,
        ),
    )


def converted(amount: Amount, unit: str) -> Amount | None:
    """The amount in another unit of its kind (斤 → 吨, 亩 → 公顷); None where the kinds differ."""
    if amount.unit == unit:
        return amount
    factor = conversion(amount.unit, unit)
    if factor is None:
        return None
    return Amount(amount.low * factor, amount.high * factor, unit, amount.bound)


def shown(amount: Amount) -> str:
    """The numbers and the unit in digits: 53000件, 1—2个, 1∶3.2."""
    low, high = (f"{value:.15g}" if value < 1e15 else f"{value:.0f}" for value in (amount.low, amount.high))
    number = f"{low}{'' if low == high else '—' + high}"
    return f"{amount.unit}{number}" if amount.unit == _ONE_TO else f"{number}{amount.unit}"


def spoken(amount: Amount) -> str:
    """The amount as a person says it, with its bound: 1.3万亿斤以上, 3%左右, 超过5.3万件."""
    factor, prefix = 1.0, ""
    if amount.unit not in _BARE_UNITS:
        largest = max(abs(amount.low), abs(amount.high))
        factor, prefix = next((one for one in _SCALES if largest >= one[0]), (1.0, ""))
    low, high = (f"{round(value / factor, 4):.10g}" for value in (amount.low, amount.high))
    number = f"{low}{'' if low == high else '—' + high}"
    written = f"{amount.unit}{number}" if amount.unit == _ONE_TO else f"{number}{prefix}{amount.unit}"
    before, after = _SPOKEN[amount.bound]
    return f"{before}{written}{after}"


def _amount(text: str, figure: Figure, clauses: Clauses) -> Amount | None:
    unit = unit_written(figure.unit)
    times = unit.exact_times if unit is not None else 1
    low, high = figure.low * times, figure.high * times
    if figure.unit == _SEVERAL_PARTS or max(abs(low), abs(high)) > _LARGEST:
        return None
    name = unit.name if unit is not None and unit.name else figure.unit
    return Amount(float(low), float(high), name, bound_of(_surroundings(text, figure, clauses)))


def _surroundings(text: str, figure: Figure, clauses: Clauses) -> Surroundings:
    clause = clauses.around(figure.span)
    return Surroundings(
        clause=text[max(clause.start, figure.span.start - _BEFORE) : figure.span.start],
        before=text[figure.span.start : figure.bare.start],
        more=figure.more,
        after=text[figure.bare.end : figure.span.end],
        rest=text[figure.span.end : figure.span.end + _AHEAD],
    )
