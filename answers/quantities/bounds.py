"""How a number binds, from the words at it and in its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from answers.knowledge.tables import Row, alternatives, rows


class Bound(StrEnum):
    """How an amount binds: 7%, 7%以上, 5.5%以内, 超过50%, 6%左右, 力争8%."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    OVER = "over"
    AROUND = "around"
    STRIVE = "strive"


@dataclass(frozen=True, slots=True, kw_only=True)
class _BoundWords(Row):
    """Words that give the bound `name`; `stands`: before or after the number, apart from it, or an aim."""

    stands: str


_ROWS = rows(_BoundWords, "bounds", "bound")
_TOUCHING = {
    side: {word: Bound(row.name) for row in _ROWS if row.stands == side for word in row.words}
    for side in ("before", "after")
}
BEFORE, AFTER = (alternatives(row for row in _ROWS if row.stands == side) for side in ("before", "after"))
"""The bounds that touch a number, as the inside of a regular expression: 超, 以上."""
_APART = tuple((row.pattern, Bound(row.name)) for row in _ROWS if row.stands == "apart")
_AIM = re.compile(alternatives(row for row in _ROWS if row.stands == "aim"))
_STEP = re.compile(r"[百千]?[万亿]+元?(?:级)?台阶")
_MORE = re.compile(r"[多余]")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A number in its clause.

    Attributes:
        clause: the clause up to the number and the bound at it.
        before, after: the bound that touches it; empty where none does.
        number: as written, with its unit.
        rest: what follows.
    """

    clause: str
    before: str
    number: str
    after: str
    rest: str


def bound_of(found: Surroundings) -> Bound:
    """The bound at the number, else the nearest in the clause before it, else what is striven for."""
    if _STEP.match(found.rest):
        return Bound.EXACT  # what is passed is the step: 跨过一个万亿台阶
    if touching := _TOUCHING["after"].get(found.after) or _TOUCHING["before"].get(found.before):
        return touching
    # A bound in the clause binds its nearest number: in «不低于5%、增长3家» the second one is free.
    clause = found.clause.rstrip("要将再")
    tail = clause[max(map(clause.rfind, "、和及")) + 1 :]
    apart = next((bound for pattern, bound in _APART if pattern.search(tail)), None)
    if apart is not None:
        return apart
    if found.after == "多" or _MORE.search(found.number):
        return Bound.OVER
    return Bound.STRIVE if _AIM.search(found.clause) else Bound.EXACT
