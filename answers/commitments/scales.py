"""The amounts of rows beside each other, in one unit."""

from __future__ import annotations

from answers.commitments.search import Entry
from answers.quantities.amounts import converted


def value_in(entry: Entry, unit: str) -> tuple[float, float] | None:
    """The amount of an entry in a unit, its lower and upper end; None where it cannot be said in it."""
    amount = entry.row.amount
    if amount is not None and unit:
        amount = converted(amount, unit)
    return (amount.low, amount.high) if amount is not None else None
