"""Figures in the row of a table, «项目：学校 | 2023年完成：6所 | 2024年目标：8所»: what each is of, and whether it is a target."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from answers.commitments.rows import StatementKind
from answers.knowledge.tables import Row, alternatives, rows
from indexer.text.cells import WrittenCell, cells_of
from indexer.text.span import Span

_columns = partial(rows, Row, "table_columns")
_TARGET, _RESULT, _NO_AMOUNT, _SAYS_NOTHING, _OWN_UNIT = (
    re.compile(alternatives(_columns(section)))
    for section in ("target", "result", "no_amount", "says_nothing", "own_unit")
)
_NAMED_UNIT = re.compile(r"[（(](?:单位 ?[:：] ?)?(?P<unit>[^（）()]{1,8})[）)]$")
_UNIT_COLUMN = re.compile("(?:计量)?单位")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PART_OF = re.compile(r"^(?:其中|一是|[一二三四五六七八九十\d]+[、.．])[:：]?\s*")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a row, and what the row says of an amount in it.

    Attributes:
        span: of its words, the column's name before them included.
        object: what an amount in it measures: what the row is called by, and the column where that says more.
        kind: whether the column holds targets or results; None where its name does not say.
        counts: whether an amount in it is one of what the row speaks of.
        unit: of a number in it that has none of its own, as its column, its row or its table says it; empty where none does.
    """

    span: Span
    object: str
    kind: StatementKind | None
    counts: bool
    unit: str = ""


def table_cells(text: str, sentence: Span, planned_year: int | None, unit: str = "") -> tuple[TableCell, ...]:
    """The cells of a row of a table; none where the sentence is no such row. `unit` is that of the whole table."""
    cells = cells_of(text, sentence)
    of_row = next((cell.value for cell in cells if _UNIT_COLUMN.fullmatch(cell.name)), unit)
    calling = next((cell for cell in cells if _calls(cell)), None)
    label = _PART_OF.sub("", calling.value) if calling is not None else ""
    return tuple(
        TableCell(
            cell.span,
            label if cell is calling else label + _SAYS_NOTHING.sub("", cell.name).strip(),
            _kind(cell.name, planned_year),
            not _NO_AMOUNT.search(cell.name),
            "" if cell is calling else _unit(cell, label, of_row, is_own=of_row != unit),
        )
        for cell in cells
    )


def _unit(cell: WrittenCell, label: str, of_row: str, is_own: bool) -> str:
    """The unit that the column says, else the row, else the table where numbers of this sort are in it."""
    if named := _NAMED_UNIT.search(cell.name):
        return named["unit"]
    if _OWN_UNIT.search(cell.name) or (_OWN_UNIT.search(label) and not is_own):
        return ""
    return of_row


def _calls(cell: WrittenCell) -> bool:
    """Whether a cell is what its row is called by: words, not a number."""
    words = re.search(r"[^\W\d_]", cell.value) and not re.match(r"[\d.,%]", cell.value)
    return bool(words) and not _NO_AMOUNT.search(cell.name)


def _kind(name: str, planned_year: int | None) -> StatementKind | None:
    if _TARGET.search(name):
        return StatementKind.TARGET
    if _RESULT.search(name):
        return StatementKind.ACHIEVED
    year = _YEAR.search(name)
    if year is None or planned_year is None:
        return None
    return StatementKind.ACHIEVED if int(year[0]) < planned_year else StatementKind.TARGET
