"""Put the lines of a page into reading order: columns one after the other, each from top to bottom."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from indexer.formats.lines import Line, Region

_JUMPS = 0.15  # of the lines may go up the page before the written order is doubted
_CROSSING = 0.6  # of the text's width: a wider line belongs to no column
_COLUMN_LINES = 6
_COLUMN_WIDTH = 8  # em; narrower stacks of lines are cells of a table
_GUTTER = 0.8  # em
_WORD_GAP = 0.9  # em
_CELL_GAP = 2.0  # em
_SAME_ROW = 0.5  # of the lower line's height must be shared


def regions_of(page: int, lines: Sequence[Line], written_order: bool = True) -> list[Region]:
    """The columns of a page, one region where it has a single one.

    With `written_order` the lines came in the order in which they were written. Word processors write
    pages as they are read, so it is kept unless it keeps jumping up the page.
    """
    if not lines:
        return [Region(page, 0, ())]
    gutters = _gutters(lines)
    if not gutters:
        ordered = _with_cells(lines) if written_order and not _disordered(lines) else by_rows(lines)
        return [Region(page, 0, tuple(ordered))]
    # Lines across the gutters (a title, a picture's caption) part the columns into bands.
    found: list[Region] = []
    band: dict[int, list[Line]] = {}
    across: list[Line] = []

    def close_band() -> None:
        found.extend(Region(page, column, tuple(by_rows(band[column]))) for column in sorted(band))
        band.clear()

    def close_across() -> None:
        if across:
            found.append(Region(page, -1, tuple(by_rows(across))))
            across.clear()

    for line in sorted(lines, key=lambda line: line.top):
        column = bisect_right(gutters, line.left)
        if column < len(gutters) and gutters[column] < line.right:
            close_band()
            across.append(line)
        else:
            close_across()
            band.setdefault(column, []).append(line)
    close_across()
    close_band()
    return found


def _gutters(lines: Sequence[Line]) -> list[float]:
    """The middle of each blank strip between columns of prose."""
    em = median(line.size for line in lines)
    width = max(line.right for line in lines) - min(line.left for line in lines)
    narrow = sorted(
        (line for line in lines if line.right - line.left < _CROSSING * width), key=lambda line: line.left
    )
    columns: list[list[Line]] = []
    end = 0.0
    for line in narrow:
        if not columns or line.left > end + _GUTTER * em:
            columns.append([])
            end = line.right
        columns[-1].append(line)
        end = max(end, line.right)
    prose = len(columns) > 1 and all(
        len(column) >= _COLUMN_LINES
        and median(line.right - line.left for line in column) >= _COLUMN_WIDTH * em
        for column in columns
    )
    if not prose or len(narrow) < _CROSSING * len(lines):
        return []
    edges = [(min(line.left for line in column), max(line.right for line in column)) for column in columns]
    return [(left[1] + right[0]) / 2 for left, right in itertools.pairwise(edges)]


def _disordered(lines: Sequence[Line]) -> bool:
    jumps = sum(below.top < above.top - 0.5 * above.size for above, below in itertools.pairwise(lines))
    return jumps > max(2, _JUMPS * len(lines))


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines from top to bottom, those at one height together, from left to right."""
    rows: list[_Row] = []
    for line in sorted(lines, key=lambda line: line.top):
        if rows and rows[-1].is_at_height_of(line):
            rows[-1].add(line)
        else:
            rows.append(_Row([line], line.top, line.bottom))
    return [sorted(row.lines, key=lambda line: line.left) for row in rows]


def by_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines from top to bottom, those at one height as one."""
    return [_merged(row) for row in rows_of(lines)]


def _with_cells(lines: Sequence[Line]) -> list[Line]:
    """The lines in their order; those that follow each other at one height become one."""
    rows: list[_Row] = []
    for line in lines:
        if rows and line.left >= rows[-1].lines[-1].right and rows[-1].is_at_height_of(line):
            rows[-1].add(line)
        else:
            rows.append(_Row([line], line.top, line.bottom))
    return [_merged(row.lines) for row in rows]


@dataclass(slots=True)
class _Row:
    """Lines at one height, and how far they reach together."""

    lines: list[Line]
    top: float
    bottom: float

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.top, self.bottom = min(self.top, line.top), max(self.bottom, line.bottom)

    def is_at_height_of(self, line: Line) -> bool:
        shared = min(self.bottom, line.bottom) - max(self.top, line.top)
        return shared > _SAME_ROW * min(self.bottom - self.top, line.bottom - line.top)


def _merged(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    words = [row[0].text]
    widest = 0.0
    for before, after in itertools.pairwise(row):
        gap = (after.left - before.right) / (before.size or 1)
        words.append((" " if gap > _WORD_GAP else "") + after.text)
        widest = max(widest, gap)
    return Line(
        "".join(words),
        row[0].left, min(line.top for line in row),
        max(line.right for line in row), max(line.bottom for line in row),
        max(line.em for line in row), widest > _CELL_GAP,
    )  # fmt: skip
