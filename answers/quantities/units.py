"""What numbers count: the units, what they measure, and how they convert."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from answers.knowledge.tables import Row, rows


class Measure(StrEnum):
    """What kind of quantity a unit counts."""

    SHARE = "share"
    MONEY = "money"
    AREA = "area"
    LENGTH = "length"
    WEIGHT = "weight"
    TIME = "time"
    PEOPLE = "people"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Row):
    """Units that are alike.

    Attributes:
        measure: what they count, a `Measure`.
        kind: units of one kind convert into each other; empty where none does.
        factor: how many of the smallest unit of its kind one is.
        times: how many of `name` one is: 成 is 10 %.
        digits, characters: after which numbers they are units, and for whom: always, tally or never.
    """

    measure: str
    kind: str = ""
    factor: float = 1.0
    times: int = 1
    digits: str = "always"
    characters: str = "never"

    def written(self) -> tuple[str, ...]:
        """The units as a figure has them: 大 where the pattern says 大(?![型类])."""
        return self.words or (self.name,)


UNITS = rows(Unit, "units", "unit")
_BY_WORD = {word: unit for unit in reversed(UNITS) for word in (unit.name, *unit.written())}


def unit_written(word: str) -> Unit | None:
    """The row of a unit as a report writes it; None for none."""
    return _BY_WORD.get(word) if word else None


def conversion(unit: str, other: str) -> float | None:
    """How many of `other` one of `unit` is: 10000 for 公顷 and 平方米; None where the kinds differ."""
    one, another = unit_written(unit), unit_written(other)
    if one is None or another is None or not one.kind or one.kind != another.kind:
        return None
    return one.factor / another.factor


def conversions(unit: str) -> dict[str, float]:
    """Every unit that converts to this one, itself included, and how many of this one it is."""
    found = {word: factor for word in _BY_WORD if (factor := conversion(word, unit)) is not None}
    return {**found, unit: 1.0}
