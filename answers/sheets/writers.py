"""Write tables as XLSX, CSV, DOCX and Markdown; every text goes through `answers.sheets.guard`."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from itertools import chain
from typing import IO, TYPE_CHECKING, Any

from answers.errors import ExportError
from answers.sheets.guard import clean, escaped, escaped_line, inert, is_formula, one_line
from answers.sheets.sheet import Cell, Linked, Noted, Sheet
from answers.sheets.word import new_document

if TYPE_CHECKING:  # python-docx costs 0.3 s
    from docx.document import Document as WordDocument

_WIDEST = 48  # characters of a column that is as wide as its cells
_MEASURED = 200  # rows that are looked at for that
_NO_TAB_NAME = re.compile(r"[\\/*?:\[\]]")
_LONGEST_TAB_NAME = 31
_MOST_ROWS = 1_048_575  # of a sheet, below the headings
_MOST_LINKS = 65_530  # of a sheet; Excel calls a file with more of them damaged
_LONGEST_LINK = 2_079  # characters, that Excel takes
_LINK = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_LINK_COLOUR = "0563C1"  # as Excel's own
_EXACT = 2**53  # up to it every whole number is one in floating point, too
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # without it Excel reads Chinese as garbage


def xlsx(sheets: Sequence[Sheet], stream: IO[bytes]) -> None:
    """A workbook: bold headings that stay in sight, numbers as numbers, every text a text and no formula.

    Raises:
        ExportError: a table has more rows than a sheet of a workbook can have.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        if len(sheet.rows) > _MOST_ROWS:
            raise ExportError(
                f"表格有 {len(sheet.rows)} 行，xlsx 一张表最多 {_MOST_ROWS} 行。请写成 .csv，或减少条件范围。",
                f"The table has {len(sheet.rows)} rows, a sheet of an xlsx file at most {_MOST_ROWS}. Write a .csv, "
                "or ask for fewer.",
            )
        _fill(book.create_sheet(_tab_name(sheet.title)), sheet)
    book.save(stream)


def comma_separated(sheets: Sequence[Sheet], stream: IO[bytes]) -> None:
    """CSV in UTF-8 with a byte-order mark; a blank line parts two tables. Rows are written as they come.

    CSV has no types, so a text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    stream.write(_BYTE_ORDER_MARK)
    text = io.TextIOWrapper(stream, "utf-8", newline="")
    writer = csv.writer(text)
    for number, sheet in enumerate(sheets):
        if number:
            writer.writerow(())
        for row in chain((sheet.headings,), sheet.rows):
            writer.writerow([inert(v) if isinstance(v, str) else v for v in map(_in_one_cell, row)])
    text.flush()
    text.detach()


def docx(sheets: Sequence[Sheet], stream: IO[bytes]) -> None:
    """A Word document: for each table a heading, the table, and its notes below it, numbered."""
    document = new_document()
    for sheet in sheets:
        _add_table(document, sheet)
    document.save(stream)


def markdown(sheets: Sequence[Sheet], stream: IO[bytes]) -> None:
    """Markdown in UTF-8: for each table a heading, the table, and its notes below it, numbered."""
    stream.write("\n".join(map(_markdown, sheets)).encode("utf-8"))


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    linked = Font(color=_LINK_COLOUR, underline="single")
    page.freeze_panes = f"{get_column_letter(sheet.fixed_columns + 1)}2"
    if sheet.filtered:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headings))}{len(sheet.rows) + 1}"
    for column, width in enumerate(sheet.widths or _widths(sheet), 1):
        page.column_dimensions[get_column_letter(column)].width = width
    links = 0
    for number, row in enumerate(chain((sheet.headings,), sheet.rows)):
        cells = []
        for told in row:
            address = _address(told) if links < _MOST_LINKS else ""
            value = told.text if isinstance(told, Linked) and address else _in_one_cell(told)
            cell = WriteOnlyCell(page, value=None)
            if isinstance(value, str):
                cell.value = clean(value)
                # openpyxl takes what begins with = for a formula: a text is a text, whatever it begins with;
                # and it stays one when somebody edits the cell.
                cell.data_type = "s"
                cell.quotePrefix = is_formula(value)
            else:
                cell.value = value
            if address:
                cell.hyperlink = address
                cell.font = linked
                links += 1
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        page.append(cells)


def _address(cell: Cell) -> str:
    """Where a cell of a workbook leads; empty where that is no address, or none that Excel takes."""
    if not isinstance(cell, Linked) or len(cell.address) > _LONGEST_LINK:
        return ""
    return cell.address if cell.address.isprintable() and _LINK.fullmatch(cell.address) else ""


def _seen(cell: Cell) -> str:
    """What a workbook shows of a cell."""
    value = cell.text if isinstance(cell, Linked) and _address(cell) else _in_one_cell(cell)
    return "" if value is None else str(value)


def _widths(sheet: Sheet) -> list[int]:
    """Widths in characters; a Chinese one takes two. Long sentences are wrapped."""
    columns = zip(*(sheet.headings, *sheet.rows[:_MEASURED]), strict=True)
    return [min(_WIDEST, 2 + max(2 * len(_seen(cell)) for cell in column)) for column in columns]


def _tab_name(title: str) -> str:
    """The title as Excel allows it: at most 31 characters, none of them \\ / * ? : [ ]."""
    return _NO_TAB_NAME.sub(" ", one_line(title))[:_LONGEST_TAB_NAME].strip(" '") or "1"


def _add_table(document: WordDocument, sheet: Sheet) -> None:
    document.add_heading(one_line(sheet.title), level=1)
    table = document.add_table(rows=1, cols=len(sheet.headings), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, sheet.headings, strict=True):
        cell.paragraphs[0].add_run(one_line(heading)).bold = True
    notes: list[str] = []
    for row in sheet.rows:
        for target, value in zip(table.add_row().cells, row, strict=True):
            target.text = one_line(_in_words(value))
            if isinstance(value, Noted):
                notes.append(value.note)
                target.paragraphs[0].add_run(f" [{len(notes)}]").font.superscript = True
    for number, note in enumerate(notes, 1):
        document.add_paragraph(f"[{number}] {one_line(note)}")


def _markdown(sheet: Sheet) -> str:
    lines = [f"## {escaped(sheet.title)}", ""]
    lines.append(f"| {' | '.join(map(escaped, sheet.headings))} |")
    lines.append(f"|{' --- |' * len(sheet.headings)}")
    notes: list[str] = []
    for row in sheet.rows:
        cells = []
        for value in row:
            words = escaped(_in_words(value))
            if isinstance(value, Noted):
                notes.append(value.note)
                words += f" [{len(notes)}]"
            cells.append(words)
        lines.append(f"| {' | '.join(cells)} |")
    lines.append("")
    lines.extend(f"{number}. {escaped_line(note)}" for number, note in enumerate(notes, 1))
    return "\n".join(lines) + "\n"


def _in_one_cell(value: Cell) -> str | int | float | None:
    """A cell of a spreadsheet: 53000 for 53000.0, in every format alike.

    What is no number («nan») is a text: as a number it would damage the file.
    """
    if isinstance(value, Noted):
        return f"{value.text} [{value.note}]"
    if isinstance(value, Linked):
        return value.address
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        return int(value)
    return value


def _in_words(value: Cell) -> str:
    """A cell of a document: 53000 for 53000.0, nothing for None."""
    if isinstance(value, Noted):
        return value.text
    told = _in_one_cell(value)
    return "" if told is None else str(told)
