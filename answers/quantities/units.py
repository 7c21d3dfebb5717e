"""What numbers count: the units, what they measure, and how they convert."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from answers.knowledge.tables import Row, alternatives, rows


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
        above: whether it is one only above a stroke: 分 of 3分/千瓦时 is money.
    """

    measure: str
    kind: str = ""
    factor: float = 1.0
    times: float = 1
    digits: str = "always"
    characters: str = "never"
    above: bool = False

    def written(self) -> tuple[str, ...]:
        """The units as a figure has them: 大 where the pattern says 大(?![型类])."""
        return (*self.words, *(pattern.partition("(?")[0] for pattern in self.patterns)) or (self.name,)

    @property
    def exact_times(self) -> Decimal:
        """`times` as it stands in the table."""
        return Decimal(str(self.times))


UNITS = rows(Unit, "units", "unit")
_BY_WORD = {word: unit for unit in reversed(UNITS) if not unit.above for word in (unit.name, *unit.written())}
_ABOVE = {word: unit for unit in UNITS if unit.above for word in unit.written()}
_PER = alternatives(rows(Row, "units", "per"))
_STROKE = r"[/／]"
_PARTS = re.compile(rf"(?:{_STROKE}|每|[·•・])")
_SCALE = re.compile(r"[十百千]?[万亿]+")
COUNTED = alternatives(unit for unit in UNITS if unit.measure in ("count", "people") and unit.words)
"""Units that are counted, as the inside of a regular expression: of 4.3万套(间) the one in brackets."""
CURRENCIES = alternatives(unit for unit in UNITS if unit.measure == "money" and not unit.above)
"""Currencies, as the inside of a regular expression."""
_MOST_BLANKS = 2  # between a number and its unit


@dataclass(frozen=True, slots=True)
class UnitPattern:
    """How units are found behind a number, in figures or in characters."""

    digits: re.Pattern[str]
    characters: re.Pattern[str]

    @classmethod
    def of(cls, readers: frozenset[str]) -> UnitPattern:
        """The units for readers whose column says so: always, tally."""
        return cls(
            _pattern(unit for unit in UNITS if unit.digits in readers),
            _pattern(unit for unit in UNITS if unit.characters in readers),
        )

    def behind(self, text: str, position: int, end: int, small: bool) -> str:
        """The unit that follows a number, as written; empty where none does. `small` are numbers in characters that
        have only some units: 四大行动, not 四门."""
        found = (self.characters if small else self.digits).match(text, position, end)
        return found["unit"] if found else ""


def _pattern(units: Iterable[Unit]) -> re.Pattern[str]:
    units = tuple(units)
    above = alternatives(unit for unit in units if unit.above)
    first = rf"(?:{above})(?={_STROKE})|" if above else ""
    plain = alternatives(unit for unit in units if not unit.above)
    per = rf"{_STROKE}(?:{_PER})|每(?:立方米|升|平方公里|平方米|公顷|小时|秒)"
    return re.compile(
        rf" {{0,{_MOST_BLANKS}}}(?P<unit>(?:{first}{plain})(?:(?:{per})(?:(?:[·•・]|{_STROKE})(?:{_PER}))?)?)"
    )


@lru_cache(maxsize=1024)
def unit_written(word: str) -> Unit | None:
    """The row of a unit as a report writes it, 元/千瓦时 made of two; None for none."""
    if not word:
        return None
    if (known := _BY_WORD.get(word)) is not None:
        return known
    first, *below = _PARTS.split(word)
    unit = _ABOVE.get(first) or _BY_WORD.get(first)
    if unit is None or not below:
        return None
    kind, factor, names = unit.kind or unit.name or first, unit.factor, []
    for part in below:
        scale = _SCALE.match(part)
        other = _BY_WORD.get(part[scale.end() :] if scale else part)
        scaled = 10 ** (4 * scale[0].count("万") + 8 * scale[0].count("亿")) if scale else 1
        names.append(
            (scale[0] if scale else "") + (other.name or part[scale.end() if scale else 0 :])
            if other
            else part
        )
        kind += "/" + (other.kind if other is not None and other.kind else names[-1])
        factor /= (other.factor if other is not None and other.kind else 1) * scaled
    measure = unit.measure if unit.measure in ("money", "people") else "count"
    return replace(
        unit, name="/".join([unit.name or first, *names]), words=(), measure=measure, kind=kind, factor=factor
    )


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
