"""A comparison as an XLSX workbook: one sheet of values, one of quotations with their citations."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from answers.comparison.quoted import quoted
from answers.comparison.table import Comparison
from answers.comparison.values import column_values
from embeddings.errors import Language
from indexer.index import ReportIndex

# XML 1.0 forbids these; openpyxl refuses them with an error that names no cell.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LONGEST = 32_000  # characters that a cell of Excel holds, nearly

_HEADS: dict[Language, tuple[str, ...]] = {
    "zh": ("报告", "地区", "年份", "值", "下限", "上限", "单位", "界限", "列", "引文", "出处", "把握", "数值", "引文与出处", "问题"),
    "en": ("Report", "Region", "Year", "Value", "Low", "High", "Unit", "Bound", "Column", "Quotation", "Citation", "Confidence", "Values", "Quotations", "Question"),
}  # fmt: skip


def workbook_bytes(comparisons: Sequence[Comparison], index: ReportIndex, language: Language = "zh") -> bytes:
    """The XLSX file. Text from reports is written as text, so that no cell is a formula."""
    heads = _HEADS[language]
    report, region, year, value, low, high, unit, bound, column, quote, cite, sure, values, quotes, asked = (
        heads
    )
    book = Workbook()
    numbers = book.active
    numbers.title = values
    _fill(numbers, (asked, report, region, year, column, value, low, high, unit, bound))  # fmt: skip
    quotations = book.create_sheet(quotes)
    _fill(quotations, (asked, report, column, quote, cite, sure))
    for comparison in comparisons:
        question = comparison.plan.question
        shown_values = [column_values(comparison, n, index) for n in range(len(comparison.columns))]
        for number, row in enumerate(quoted(comparison, index, language)):
            for n, cell in enumerate(row.cells):
                known = shown_values[n][number]
                amount = known.amount if known and cell.mentioned else None
                _fill(numbers, (
                    question, row.title, row.region, row.year, cell.column, cell.text,
                    amount.low if amount else None, amount.high if amount else None,
                    amount.unit if amount else None, amount.bound.value if amount else None,
                ))  # fmt: skip
                _fill(quotations, (question, row.title, cell.column, cell.text, cell.cited, round(cell.confidence, 2)))  # fmt: skip
    for sheet, widths in (
        (numbers, (30, 26, 12, 8, 12, 30, 14, 14, 8, 10)),
        (quotations, (30, 26, 12, 40, 90, 8)),
    ):
        _dress(sheet, widths)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def inert(text: str) -> str:
    """`text` without the characters that XML forbids, short enough for a cell."""
    return _CONTROL.sub("", text)[:_LONGEST]


def _fill(sheet: Any, values: Sequence[str | int | float | None]) -> None:
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 1
    for number, value in enumerate(values, 1):
        cell = sheet.cell(row, number)
        if isinstance(value, str):
            cell.value = inert(value)
            # «=HYPERLINK(…)» in a report would be a formula otherwise.
            cell.data_type = "s"
        else:
            cell.value = value


def _dress(sheet: Any, widths: Sequence[int]) -> None:
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
