"""Tables as lines of text that can be searched and quoted: «表头：值 | 表头：值»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_COLUMNS = 1_000  # that can have a name; Word makes 63


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at grid column `column` (from 0), `width` columns wide.

    `lines` is empty where the cell has no text, or only goes on from the row above.
    """

    column: int
    width: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its lines as one."""
        return re.sub(r"\s+", " ", " ".join(self.lines)).strip()


def table_lines(rows: Iterable[list[Cell]]) -> Iterator[str]:
    """The lines of a table. The first row of two cells or more names the columns.

    A row of one cell is a paragraph: a caption above the header, a table that only frames text.
    """
    named: dict[int, str] = {}
    waiting: list[str] = []
    for row in rows:
        filled = [cell for cell in row if cell.text]
        if len(row) <= 1:
            for cell in row:
                yield from cell.lines
        elif not named:
            # The header itself is printed only where no row below it can carry it.
            named = {c: cell.text for cell in filled for c in _columns_of(cell)}
            waiting = [" | ".join(cell.text for cell in filled)] if filled else []
        elif filled:
            waiting = []
            yield " | ".join(_named(cell, named) for cell in filled)
    yield from waiting


def _columns_of(cell: Cell) -> range:
    """The columns that a cell of the header names."""
    return range(cell.column, min(cell.column + cell.width, _COLUMNS))


def _named(cell: Cell, names: dict[int, str]) -> str:
    name = names.get(cell.column, "")
    return f"{name}：{cell.text}" if name and name != cell.text else cell.text
