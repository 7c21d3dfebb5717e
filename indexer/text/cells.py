"""The row of a table as it is written in a text, «项目：学校 | 2023年完成：6所 | 2024年目标：8所», and its cells."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.text.span import Span

TABLE_CELL = " | "
_LONGEST_NAME = 30  # characters of the name of a column


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell: where it is, the name of its column (empty where none is written), and what stands in it."""

    span: Span
    name: str
    value: str


def is_row(words: str) -> bool:
    """Whether words are, or hold, the row of a table."""
    return TABLE_CELL in words


def cells_of(text: str, row: Span) -> tuple[WrittenCell, ...]:
    """The cells of a row, in order; none where these words are no row."""
    words = row.of(text)
    if not is_row(words):
        return ()
    found = []
    start = row.start
    for cell in words.split(TABLE_CELL):
        name, mark, value = cell.partition("：")
        if not mark or len(name) > _LONGEST_NAME:
            name, value = "", cell
        found.append(WrittenCell(Span(start, start + len(cell)), name.strip(), value.strip()))
        start += len(cell) + len(TABLE_CELL)
    return tuple(found)
