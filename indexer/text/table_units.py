"""The unit that stands above or below a table and is that of its numbers: 单位：万元."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.text.cells import cells_of, is_row
from indexer.text.span import Span

_LONGEST = 60  # characters of a line that says the unit, the name of the table before it included
_SAYS = re.compile(
    r"(?:^|[\s（(|])(?:计量|金额|货币)?单位 ?[:：] ?(?:人民币)?(?P<unit>[^\s（）()|。；;]{1,12})[）)]?\s*$"
)
_SEVERAL = re.compile("[、,，和及]")
_ABOVE = 2  # lines above a table among which its unit stands
_LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class TableUnit:
    """The rows of one table, and the unit of its numbers as it is written, 万元."""

    rows: Span
    unit: str


def table_units(text: str) -> tuple[TableUnit, ...]:
    """The tables of a text that have one unit for all their numbers, in order; of several units nobody knows whose each is.

    A table that a line of one cell parts goes on below it where its columns have the same names.
    """
    lines = [Span(found.start(), found.end()) for found in _LINE.finditer(text)]
    found: list[TableUnit] = []
    before: tuple[str, tuple[str, ...]] = ("", ())
    for first, last in _tables(text, lines):
        above = lines[max(0, first - _ABOVE) : first]
        unit = next((said for line in reversed(above) if (said := _said(text, line)) is not None), None)
        after_next = lines[last + 2] if last + 2 < len(lines) else None
        if unit is None and last + 1 < len(lines) and not (after_next and is_row(after_next.of(text))):
            unit = _said(text, lines[last + 1])
        names = _names(text, lines[first])
        if unit is None and any(names) and names == before[1]:
            unit = before[0]
        before = (unit or "", _names(text, lines[last]))
        if unit:
            found.append(TableUnit(Span(lines[first].start, lines[last].end), unit))
    return tuple(found)


def unit_at(units: Sequence[TableUnit], position: int) -> str:
    """The unit of the table that holds a position; empty where none is said."""
    place = bisect_right(units, position, key=lambda one: one.rows.start) - 1
    return units[place].unit if place >= 0 and position < units[place].rows.end else ""


def _tables(text: str, lines: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The first and the last line of each table."""
    first: int | None = None
    for number, line in enumerate(lines):
        if is_row(line.of(text)):
            first = number if first is None else first
        elif first is not None:
            yield first, number - 1
            first = None
    if first is not None:
        yield first, len(lines) - 1


def _names(text: str, row: Span) -> tuple[str, ...]:
    return tuple(cell.name for cell in cells_of(text, row))


def _said(text: str, line: Span) -> str | None:
    """The unit that a line says, empty where it says several; None where it is no such line."""
    found = _SAYS.search(line.of(text)) if len(line) <= _LONGEST else None
    if found is None:
        return None
    return "" if _SEVERAL.search(found["unit"]) else found["unit"]
