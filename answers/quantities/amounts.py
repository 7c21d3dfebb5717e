"""Amounts in normal form: 超5.3万件 is over 53000 件, so that reports can be sorted and compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answers.quantities.bounds import Bound, Surroundings, bound_of
from answers.quantities.figures import Figure, tally
from answers.quantities.units import conversion, unit_written
from indexer.text.numerals import numeral_value, numerals
from indexer.text.sentences import Clauses
from indexer.text.span import Span

__all__ = ["Amount", "Bound", "Quantity", "converted", "quantities", "read_amount", "shown"]

_AHEAD = 12  # characters after a number that may say what it is: 万亿元台阶
_LONGEST = 60  # characters of a number: what is longer is none that anybody means
_LARGEST = 10**30  # 一百万亿亿亿: what is larger is none either, and from 10**309 on no floating-point number
_TO = re.compile(r"[—\-–~～－至到]")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in normal form.

    Attributes:
        low, high: the number with 万 and 亿 multiplied out; they differ for a range (1—2个). The nearest
            floating-point number to what is written: exact up to 15 digits. At most 1e30.
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


def converted(amount: Amount, unit: str) -> Amount | None:
    """The amount in another unit of its kind (斤 → 吨, 亩 → 公顷); None where the kinds differ."""
    if amount.unit == unit:
        return amount
    factor = conversion(amount.unit, unit)
    if factor is None:
        return None
    return Amount(amount.low * factor, amount.high * factor, unit, amount.bound)


def shown(amount: Amount) -> str:
    """The numbers and the unit in digits: 53000件, 1—2个."""
    low, high = (f"{value:.15g}" if value < 1e15 else f"{value:.0f}" for value in (amount.low, amount.high))
    return f"{low}{'' if low == high else '—' + high}{amount.unit}"


def _amount(text: str, figure: Figure, clauses: Clauses) -> Amount | None:
    written = figure.bare.of(text)
    if len(written) > _LONGEST:
        return None
    bound = bound_of(_surroundings(text, figure, clauses))
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
    unit = unit_written(figure.unit)
    if unit is not None:
        values = [value * unit.times for value in values]
    if max(values) > _LARGEST:
        return None
    name = unit.name if unit is not None and unit.name else figure.unit
    return Amount(float(min(values)), float(max(values)), name, bound)


def _surroundings(text: str, figure: Figure, clauses: Clauses) -> Surroundings:
    clause = clauses.around(figure.span)
    return Surroundings(
        clause=text[clause.start : figure.span.start],
        before=text[figure.span.start : figure.bare.start],
        number=figure.bare.of(text),
        after=text[figure.bare.end : figure.span.end],
        rest=text[figure.span.end : figure.span.end + _AHEAD],
    )
