"""The amounts of rows beside each other: in one unit, and with the prefix that keeps them short."""

from __future__ import annotations

from collections.abc import Sequence

from answers.commitments.search import Entry
from answers.quantities.amounts import converted

_PREFIXES = ((1e8, "亿"), (1e4, "万"))


def value_in(entry: Entry, unit: str) -> tuple[float, float] | None:
    """The amount of an entry in a unit, its lower and upper end; None where it cannot be said in it."""
    amount = entry.row.amount
    if amount is not None and unit:
        amount = converted(amount, unit)
    return (amount.low, amount.high) if amount is not None else None


def scale(values: Sequence[float]) -> tuple[float, str]:
    """The factor and the prefix, 万 or 亿, that keep numbers short."""
    largest = max((abs(value) for value in values), default=0.0)
    return next(((factor, prefix) for factor, prefix in _PREFIXES if largest >= factor), (1.0, ""))
