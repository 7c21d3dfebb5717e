"""A table that is ready to be written to a file: what every export is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Noted:
    """A text and where it comes from: «5.3万件», and the citation of its sentence.

    A document numbers the notes and sets them below the table; a spreadsheet has no foot, and puts the
    note into the cell.
    """

    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Linked:
    """An address, and the words that stand for it where a file can hold a link; elsewhere the address itself stands.

    It is one of the app, or one that a report's metadata tells; what is no address of http or https is text alone.
    """

    text: str
    address: str


Cell = str | int | float | Noted | Linked | None
"""Numbers stay numbers; None is an empty cell."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: `rows` have as many cells as there are `headings`.

    Attributes:
        title: of the sheet in a workbook, and the heading above the table in a document.
        widths: of a workbook's columns in characters, one a column; empty where the cells decide.
        fixed_columns: columns on the left that stay in sight in a workbook.
        filtered: whether a workbook offers to filter the rows.
    """

    title: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    widths: tuple[int, ...] = ()
    fixed_columns: int = 0
    filtered: bool = False
