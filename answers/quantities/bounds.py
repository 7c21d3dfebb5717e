"""How a number binds, from the words at it and in its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from answers.knowledge.tables import Row, alternatives, rows
from embeddings.language import Language, Text


class Bound(StrEnum):
    """How an amount binds: 7%, 7%以上, 5.5%以内, 超过50%, 6%左右, 力争8%."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    OVER = "over"
    AROUND = "around"
    STRIVE = "strive"


_NAMES = {
    Bound.EXACT: Text("", ""),
    Bound.AT_LEAST: Text("以上", "at least"),
    Bound.AT_MOST: Text("以内", "at most"),
    Bound.OVER: Text("超过", "over"),
    Bound.AROUND: Text("左右", "around"),
    Bound.STRIVE: Text("力争", "striven for"),
}


def bound_name(bound: Bound, language: Language = "zh") -> str:
    """A bound in a table, in a word; empty for an exact number."""
    return _NAMES[bound].words(language)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundWords(Row):
    """Words that give the bound `name`.

    Attributes:
        stands: before or after the number, apart from it, or an aim.
        not_after: characters with which a word before a number makes another one: 附近3公里, 节约30亿元.
        scale_only: only before a scale without a digit: 上百家.
    """

    stands: str
    not_after: str = ""
    scale_only: bool = False


_ROWS = rows(BoundWords, "bounds", "bound")
_BEFORE = {word: row for row in _ROWS if row.stands == "before" for word in row.words}
_LONGEST_BEFORE = max(map(len, _BEFORE))
_AFTER = {word: Bound(row.name) for row in _ROWS if row.stands == "after" for word in row.words}
_AFTER_NUMBER = re.compile(
    f" ?(?P<bound>{alternatives(row for row in _ROWS if row.stands == 'after')}|多(?![少于]))"
)
_APART = tuple((row.pattern, Bound(row.name)) for row in _ROWS if row.stands == "apart")
_AIM = re.compile(alternatives(row for row in _ROWS if row.stands == "aim"))
_STEP = re.compile(r"[百千]?[万亿]+元?(?:级)?台阶")
_ABOUT = "来"  # 十来个


def bound_before(text: str, position: int, start: int, is_round: bool) -> int:
    """How many characters before a number at `position` bound it: 2 of «超过5%»; none before `start` count."""
    for length in range(min(_LONGEST_BEFORE, position - start), 0, -1):
        row = _BEFORE.get(text[position - length : position])
        if row is None or (row.scale_only and not is_round):
            continue
        before = text[max(start, position - length - 1) : position - length]
        if not before or before not in row.not_after:
            return length
    return 0


def bound_after(text: str, position: int, end: int) -> int:
    """Where the bound ends that follows a number which ends at `position`; `position` where none does."""
    found = _AFTER_NUMBER.match(text, position, end)
    return found.end() if found else position


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A number in its clause.

    Attributes:
        clause: the clause up to the number and the bound at it.
        before, after: the bound that touches it; empty where none does.
        more: 多, 余 or 来 inside the number; empty where there is none.
        rest: what follows.
    """

    clause: str
    before: str
    more: str
    after: str
    rest: str


def bound_of(found: Surroundings) -> Bound:
    """The bound at the number, else the nearest in the clause before it, else what is striven for."""
    if _STEP.match(found.rest):
        return Bound.EXACT  # what is passed is the step: 跨过一个万亿台阶
    if (bound := _AFTER.get(found.after.strip())) is not None:
        return bound
    if (row := _BEFORE.get(found.before)) is not None:
        return Bound(row.name)
    # A bound in the clause binds its nearest number: in «不低于5%、增长3家» the second one is free.
    clause = found.clause.rstrip("要将再")
    tail = clause[max(map(clause.rfind, "、和及")) + 1 :]
    apart = next((bound for pattern, bound in _APART if pattern.search(tail)), None)
    if apart is not None:
        return apart
    if found.more:
        return Bound.AROUND if found.more == _ABOUT else Bound.OVER
    return Bound.STRIVE if _AIM.search(found.clause) else Bound.EXACT
