"""Tables as lines of text that can be searched and quoted: «表头：值 | 表头：值»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

_COLUMNS = 1_000  # that can have a name; Word makes 63
_FIGURE = re.compile(r"\d")
_CUT_FIGURE = re.compile(r"[\d.]+$")
_SHORTEST_NAME = 2  # characters that the names of several columns must begin with to have one in common


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at grid column `column` (from 0), `width` columns wide.

    Attributes:
        lines: its text; empty where it has none.
        continues: whether it is the lower part of the cell above it.
    """

    column: int
    width: int
    lines: tuple[str, ...]
    continues: bool = False

    @property
    def text(self) -> str:
        """Its lines as one."""
        return re.sub(r"\s+", " ", " ".join(self.lines)).strip()


def table_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a table. The first row of two cells or more names the columns, and one below it their parts.

    A row of one cell is a paragraph: a caption above the header, a table that only frames text. What stands in a cell
    over several rows is said of each where it is what they are called by; an amount is said once. A cell over columns
    of different names has what these begin with for its own: nobody knows which of them it is of.
    """
    header, body = _Header(), _Body()
    for row in rows:
        if len(row) <= 1:
            for cell in row:
                yield from cell.lines
        elif header.takes(row):
            header.add(row)
            body.read(row)
        else:
            said = [_named(name, text) for name, text in body.read(row, header.names)]
            if said:
                header.is_printed = True
                yield " | ".join(said)
    # The header itself is printed only where no row below it can carry it.
    yield from () if header.is_printed else header.lines


def header_length(rows: Sequence[Sequence[Cell]]) -> int:
    """How many of the first rows, captions above them included, name the columns."""
    header = _Header()
    for number, row in enumerate(rows):
        if len(row) <= 1:
            continue
        if not header.takes(row):
            return number
        header.add(row)
    return len(rows)


@dataclass(slots=True)
class _Header:
    """The names of the columns, by their numbers."""

    names: dict[int, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    is_printed: bool = False
    _parted: frozenset[int] | None = None  # columns whose name is that of several

    def takes(self, row: Sequence[Cell]) -> bool:
        """Whether a row belongs to the header."""
        if self._parted is None:
            return True
        # Below a name over several columns stand theirs, and beside it nothing: 2023年 | 计划, 完成.
        under = [cell for cell in row if cell.column in self._parted]
        beside = [cell for cell in row if cell.column not in self._parted]
        named = any(cell.text for cell in under)
        return named and bool(beside) and all(cell.continues or not cell.text for cell in beside)

    def add(self, row: Sequence[Cell]) -> None:
        """Name the columns by the cells of a row, after what they are called already."""
        filled = [cell for cell in row if cell.text and not cell.continues]
        if not filled:
            return
        for cell in filled:
            for column in _columns_of(cell):
                self.names[column] = f"{self.names.get(column, '')}{cell.text}"
        self._parted = frozenset(c for cell in filled if cell.width > 1 for c in _columns_of(cell))
        self.lines.append(" | ".join(cell.text for cell in filled))


class _Body:
    """Reads the rows below the header, and remembers what stands above each cell."""

    def __init__(self) -> None:
        self._above: dict[int, str] = {}

    def read(self, row: Sequence[Cell], names: dict[int, str] | None = None) -> Iterator[tuple[str, str]]:
        """What a row says: name and text of each of its cells that has one."""
        told: list[tuple[str, str]] = []
        for place, cell in enumerate(row):
            text = cell.text
            if cell.continues:
                text = self._above.get(cell.column, "")
                repeated = place == 0 or not _FIGURE.search(text)
                text = text if repeated else ""
            else:
                self._above[cell.column] = text
            if text:
                told.append((_name_of(cell, names or {}), text))
        # What only goes on from above is no row of its own.
        return iter(told if any(cell.text and not cell.continues for cell in row) else ())


def _columns_of(cell: Cell) -> range:
    """The columns that a cell of the header names."""
    return range(cell.column, min(cell.column + cell.width, _COLUMNS))


def _name_of(cell: Cell, names: dict[int, str]) -> str:
    if cell.width == 1:
        return names.get(cell.column, "")
    over = [names.get(column, "") for column in _columns_of(cell)]
    if len(set(over)) == 1:
        return over[0]
    alike = takewhile(lambda characters: len(set(characters)) == 1, zip(*over, strict=False))
    common = _CUT_FIGURE.sub("", "".join(characters[0] for characters in alike))
    return common if len(common) >= _SHORTEST_NAME else ""


def _named(name: str, text: str) -> str:
    return f"{name}：{text}" if name and name != text else text
