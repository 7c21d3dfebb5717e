"""Tables of a printed page, by the lines that are drawn around their cells: rows and cells again, not stacks of words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.formats.lines import Line, joint
from indexer.formats.pdf_text import Glyph, PdfPage, glyph_rows, lines_of
from indexer.formats.pdf_worker import THICKEST
from indexer.formats.reading_order import by_rows
from indexer.formats.tables import Cell, header_length, table_lines

_SHORT = 4.0  # points: what is shorter is a dash or a mark
_NEAR = 3.0  # points between lines that meet, and between pieces of one
_MOST_RULES = 3_000  # lines of a page; a drawing has more, no table does
_MOST_FIELDS = 20_000  # rows times columns
_LONGEST_CELL = 300  # characters: a longer one is text that lines only frame
_SAME_COLUMNS = 4.0  # points by which those of a table may stand elsewhere on the next page
_MOST_TABLES = 20  # of a page
_RUNNING = 2  # written rows of a head or a foot


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line across (or upright): at which height (or how far to the right), from where to where."""

    at: float
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class _Grid:
    """The fields of one table.

    Attributes:
        xs: where columns begin, and where the last one ends.
        ys: where rows begin, and where the last one ends.
        cells: of shape (rows, columns), the number of the cell that each field belongs to.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: NDArray[np.int64]

    def cell_at(self, glyph: Glyph) -> int | None:
        """The number of the cell that a character stands in; None outside of the table."""
        column = bisect_right(self.xs, (glyph.left + glyph.right) / 2) - 1
        row = bisect_right(self.ys, (glyph.top + glyph.bottom) / 2) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return int(self.cells[row, column]) if inside else None


@dataclass(slots=True)
class _Table:
    """A table, and the characters of its cells, a row for each line that was written."""

    grid: _Grid
    written: dict[int, list[list[Glyph]]] = field(default_factory=dict)

    def rows(self) -> list[tuple[Cell, ...]]:
        """Its rows of cells; those without a word are none."""
        texts = {cell: _text(glyphs) for cell, glyphs in self.written.items()}
        seen: set[int] = set()
        rows: list[tuple[Cell, ...]] = []
        for numbers in self.grid.cells:
            row: list[Cell] = []
            for column, number in enumerate(numbers):
                if column and number == numbers[column - 1]:
                    continue
                width = int(np.count_nonzero(numbers == number))
                goes_on = int(number) in seen
                text = texts.get(int(number), "")
                row.append(Cell(column, width, (text,) if text and not goes_on else (), continues=goes_on))
            seen.update(map(int, numbers))
            if any(cell.text or cell.continues for cell in row):
                rows.append(tuple(row))
        return rows


@dataclass(slots=True)
class TableReader:
    """Reads the pages of a document one after the other: a table that goes on keeps the names of its columns.

    One goes on where it is the first thing on its page and the one before was the last on the page before, a head and
    a foot aside, and has the same columns.
    """

    _xs: tuple[float, ...] = ()  # of the table that the page before ended with
    _names: tuple[tuple[Cell, ...], ...] = ()

    def lines(self, page: PdfPage) -> list[Line]:
        """The lines of a page in the order they were written, each row of a table as one, «表头：值 | 表头：值»."""
        tables = [_Table(grid) for grid in _grids(page)]
        read: list[list[Glyph] | _Table] = []
        begun: set[int] = set()  # the tables among them, by identity: a page has thousands of rows
        for row in glyph_rows(page):
            for table, glyphs in _by_table(row, tables):
                if table is None:
                    read.append(glyphs)
                elif id(table) not in begun:
                    begun.add(id(table))
                    read.append(table)
        found: list[Line] = []
        plain: list[list[Glyph]] = []
        first = next((part for part in read if isinstance(part, _Table)), None)
        for place, part in enumerate(read):
            if not isinstance(part, _Table):
                plain.append(part)
                continue
            goes_on = place <= _RUNNING and part is first and self._goes_on(part.grid)
            rows = part.rows()
            if goes_on or _is_data(rows):
                found += [*lines_of(plain), *self._lines_of(part.grid, rows, goes_on)]
                plain = []
            else:
                plain += [row for glyphs in part.written.values() for row in glyphs]
        if len(plain) > _RUNNING or not tables:
            self._xs = ()
        return found + lines_of(plain)

    def _goes_on(self, grid: _Grid) -> bool:
        """Whether its columns are those of the table before it."""
        return len(grid.xs) == len(self._xs) and all(
            abs(one - other) <= _SAME_COLUMNS for one, other in zip(grid.xs, self._xs, strict=True)
        )

    def _lines_of(self, grid: _Grid, rows: list[tuple[Cell, ...]], goes_on: bool) -> Iterator[Line]:
        if not goes_on:
            self._names = tuple(rows[: header_length(rows)])
        elif _texts(rows[: len(self._names)]) != _texts(self._names):
            rows = [*self._names, *rows]
        self._xs = grid.xs
        written = [line for line in table_lines(rows) if line]
        height = (grid.ys[-1] - grid.ys[0]) / max(1, len(written))
        for number, text in enumerate(written):
            top = grid.ys[0] + number * height
            yield Line(text, grid.xs[0], top, grid.xs[-1], top + height, 0.0, is_whole=True)


def _texts(rows: Iterable[Sequence[Cell]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def _is_data(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether lines are drawn around data: short cells, side by side."""
    beside = sum(sum(bool(cell.text) for cell in row) >= 2 for row in rows)
    return beside >= 2 and all(len(cell.text) <= _LONGEST_CELL for row in rows for cell in row)


def _by_table(row: Sequence[Glyph], tables: Sequence[_Table]) -> Iterator[tuple[_Table | None, list[Glyph]]]:
    """The characters of a written row, those of each cell put into their table."""
    before: tuple[_Table | None, int | None] = (None, None)
    glyphs: list[Glyph] = []
    for glyph in row:
        held: tuple[_Table | None, int | None] = (None, None)
        for one in tables:
            inside = one.grid.cell_at(glyph)
            if inside is not None:
                held = (one, inside)
                break
        if not glyphs or held != before:
            glyphs = []
            table, number = held
            if table is not None and number is not None:
                table.written.setdefault(number, []).append(glyphs)
            yield table, glyphs
        glyphs.append(glyph)
        before = held


def _text(rows: Iterable[list[Glyph]]) -> str:
    """The words of a cell, its lines as one."""
    lines = by_rows(lines_of(rows))
    words = ""
    for line in lines:
        words += (joint(words, line.text) if words else "") + line.text
    return words


def _grids(page: PdfPage) -> list[_Grid]:
    """The tables of a page, by the lines that meet each other."""
    across, upright = _rules(page)
    if not across or len(upright) < 2 or len(across) + len(upright) > _MOST_RULES:
        return []
    found = (_grid(*lines) for lines in _meeting(across, upright))
    return [grid for grid in found if grid is not None][:_MOST_TABLES]


def _rules(page: PdfPage) -> tuple[list[_Rule], list[_Rule]]:
    """The lines across and the upright ones, each whole where it was drawn in pieces."""
    across: list[_Rule] = []
    upright: list[_Rule] = []
    for place in range(0, len(page.rules), 4):
        left, top, right, bottom = page.upright(*page.rules[place : place + 4])
        if bottom - top <= THICKEST and right - left >= _SHORT:
            across.append(_Rule((top + bottom) / 2, left, right))
        elif right - left <= THICKEST and bottom - top >= _SHORT:
            upright.append(_Rule((left + right) / 2, top, bottom))
    return _joined(across), _joined(upright)


def _joined(rules: Iterable[_Rule]) -> list[_Rule]:
    """Pieces of one line as one."""
    levels: list[list[_Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if levels and rule.at - levels[-1][-1].at <= _NEAR / 2:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    whole: list[_Rule] = []
    for level in levels:
        at = sum(rule.at for rule in level) / len(level)
        begun: _Rule | None = None
        for rule in sorted(level, key=lambda rule: rule.begin):
            if begun is not None and rule.begin <= begun.end + _NEAR:
                begun = _Rule(at, begun.begin, max(begun.end, rule.end))
                continue
            if begun is not None:
                whole.append(begun)
            begun = _Rule(at, rule.begin, rule.end)
        if begun is not None:
            whole.append(begun)
    return whole


def _meeting(across: Sequence[_Rule], upright: Sequence[_Rule]) -> Iterator[tuple[list[_Rule], list[_Rule]]]:
    """The lines that meet each other, over others too, together."""
    h = np.array([(rule.at, rule.begin, rule.end) for rule in across])
    v = np.array([(rule.at, rule.begin, rule.end) for rule in upright])
    meet = (
        (h[:, None, 1] - _NEAR <= v[None, :, 0]) & (v[None, :, 0] <= h[:, None, 2] + _NEAR)
        & (v[None, :, 1] - _NEAR <= h[:, None, 0]) & (h[:, None, 0] <= v[None, :, 2] + _NEAR)
    )  # fmt: skip
    left = np.ones(len(across), bool)
    while left.any():
        rows = np.zeros(len(across), bool)
        rows[int(left.argmax())] = True
        columns = meet[rows].any(axis=0)
        while (more := meet[:, columns].any(axis=1) & ~rows).any():
            rows |= more
            columns |= meet[more].any(axis=0)
        left &= ~rows
        yield (
            [across[i] for i in map(int, np.flatnonzero(rows))],
            [upright[i] for i in map(int, np.flatnonzero(columns))],
        )


def _grid(across: Sequence[_Rule], upright: Sequence[_Rule]) -> _Grid | None:
    """The fields between lines; None where no two lie side by side."""
    if not upright:
        return None
    # Many a table has no line at its left and right.
    xs = _places([*(rule.at for rule in upright), min(r.begin for r in across), max(r.end for r in across)])
    ys = _places([*(rule.at for rule in across), min(r.begin for r in upright), max(r.end for r in upright)])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2 or rows * columns > _MOST_FIELDS:
        return None
    beside = _parted(upright, xs, ys)  # (columns - 1, rows)
    below = _parted(across, ys, xs)  # (rows - 1, columns)
    cells = np.arange(rows * columns).reshape(rows, columns)
    # A cell over several fields has the number of its first one, which spreads to the right and downwards.
    for row in range(rows):
        for column in range(columns):
            if row and not below[row - 1, column]:
                cells[row, column] = cells[row - 1, column]
            elif column and not beside[column - 1, row]:
                cells[row, column] = cells[row, column - 1]
    return _Grid(xs, ys, cells)


def _places(values: Iterable[float]) -> tuple[float, ...]:
    """Values without those that are nearly the same as one before."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return tuple(places)


def _parted(rules: Sequence[_Rule], at: Sequence[float], along: Sequence[float]) -> NDArray[np.bool_]:
    """Of shape (len(at) - 2, len(along) - 1): whether a line is drawn at each inner place, beside each field."""
    middles = [(one + other) / 2 for one, other in pairwise(along)]
    found = np.zeros((len(at) - 2, len(middles)), bool)
    for rule in rules:
        place = _nearest(at, rule.at) - 1
        if 0 <= place < len(found):
            found[place] |= [rule.begin - _NEAR <= middle <= rule.end + _NEAR for middle in middles]
    return found


def _nearest(places: Sequence[float], value: float) -> int:
    """The number of the place that a value is nearest to; `places` ascend."""
    after = bisect_right(places, value)
    return min(range(max(0, after - 1), min(len(places), after + 1)), key=lambda n: abs(places[n] - value))
