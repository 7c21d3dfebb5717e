"""Take a comparison away: every cell in words with its citation, as XLSX, CSV, DOCX or Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answers.citation import citation
from answers.comparison.table import Cell, Comparison, Row, column_label, common_year, silence
from answers.comparison.values import bound_sign, cell_value
from answers.quantities.amounts import Amount, shown
from answers.sheets.files import Format, written
from answers.sheets.sheet import Noted, Sheet
from embeddings.language import Language
from indexer.index import ReportIndex
from indexer.report.report import Report


@dataclass(frozen=True, slots=True)
class QuotedCell:
    """One cell in words.

    Attributes:
        amount: what the quotation says, in normal form; None where it is no amount.
        text: the quotation, or why there is none.
        cited: sentence and place, fit for print; empty where the report is silent.
        confidence: 0..1.
    """

    column: str
    amount: Amount | None
    text: str
    cited: str
    confidence: float
    mentioned: bool

    @property
    def value(self) -> str:
        """The amount with its bound, ≥ 1600亿斤; empty where there is none."""
        return f"{bound_sign(self.amount.bound)}{shown(self.amount)}" if self.amount else ""


@dataclass(frozen=True, slots=True)
class QuotedRow:
    """One report in words, with a cell for each column."""

    document: str
    title: str
    region: str
    year: int | None
    cells: tuple[QuotedCell, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One cell of one report of one question."""

    question: str
    row: QuotedRow
    cell: QuotedCell


@dataclass(frozen=True, slots=True)
class _Words:
    """The titles and headings of the files in one language."""

    report: str
    values: str
    value_headings: tuple[str, ...]
    quotations: str
    quotation_headings: tuple[str, ...]
    cell_headings: tuple[str, ...]


_WORDS: dict[Language, _Words] = {
    "zh": _Words(
        report="报告",
        values="数值",
        value_headings=("问题", "报告", "地区", "年份", "列", "值", "下限", "上限", "单位", "界限"),
        quotations="引文与出处",
        quotation_headings=("问题", "报告", "列", "引文", "出处", "把握"),
        cell_headings=("问题", "报告", "地区", "年份", "列", "引文", "数值", "出处", "把握"),
    ),
    "en": _Words(
        report="Report",
        values="Values",
        value_headings=(
            "Question", "Report", "Region", "Year", "Column", "Value", "Low", "High", "Unit", "Bound",
        ),
        quotations="Quotations",
        quotation_headings=("Question", "Report", "Column", "Quotation", "Citation", "Confidence"),
        cell_headings=(
            "Question", "Report", "Region", "Year", "Column", "Quotation", "Value", "Citation", "Confidence",
        ),
    ),
}  # fmt: skip


def exported(
    comparisons: Sequence[Comparison], index: ReportIndex, to: Format, language: Language = "zh"
) -> bytes:
    """The file that holds these comparisons.

    A workbook has a sheet of values and one of quotations with their citations, a CSV file a line for each
    cell, a document for each question the table as it is shown, its citations below it.
    """
    if to in (Format.DOCX, Format.MARKDOWN):
        return written([_table(comparison, index, language) for comparison in comparisons], to)
    lines = [
        _Line(comparison.plan.question, row, cell)
        for comparison in comparisons
        for row in quoted(comparison, index, language)
        for cell in row.cells
    ]
    words = _WORDS[language]
    if to is Format.CSV:
        return written([_cells(lines, words)], to)
    return written([_values(lines, words), _quotations(lines, words)], to)


def quoted(comparison: Comparison, index: ReportIndex, language: Language = "zh") -> tuple[QuotedRow, ...]:
    """The table in words. A quotation that is not what the report says is left out as not mentioned."""
    return tuple(_row(comparison, row, index.report(row.document), language) for row in comparison.rows)


def _row(comparison: Comparison, row: Row, report: Report, language: Language) -> QuotedRow:
    return QuotedRow(
        document=row.document,
        title=report.title,
        region=report.region,
        year=report.year,
        cells=tuple(
            _cell(cell, column_label(column, report.year, language), report, language)
            for column, cell in zip(comparison.columns, row.cells, strict=True)
        ),
    )


def _cell(cell: Cell, label: str, report: Report, language: Language) -> QuotedCell:
    answer = cell.answer
    if answer is None or not answer.is_verbatim(report):
        return QuotedCell(label, None, silence(cell, language), "", cell.confidence, False)
    value = cell_value(cell, report)
    cited = citation(answer, report, language)
    return QuotedCell(label, value.amount if value else None, answer.text, cited, cell.confidence, True)


def _values(lines: Sequence[_Line], words: _Words) -> Sheet:
    rows = tuple(
        (
            line.question, line.row.title, line.row.region, line.row.year, line.cell.column, line.cell.text,
            *_amount(line.cell.amount),
        )
        for line in lines
    )  # fmt: skip
    return Sheet(words.values, words.value_headings, rows, widths=(30, 26, 12, 8, 12, 30, 14, 14, 8, 10))


def _amount(amount: Amount | None) -> tuple[float | str | None, ...]:
    return (amount.low, amount.high, amount.unit, amount.bound.value) if amount else (None,) * 4


def _quotations(lines: Sequence[_Line], words: _Words) -> Sheet:
    rows = tuple(
        (
            line.question, line.row.title, line.cell.column, line.cell.text, line.cell.cited,
            round(line.cell.confidence, 2),
        )
        for line in lines
    )  # fmt: skip
    return Sheet(words.quotations, words.quotation_headings, rows, widths=(30, 26, 12, 40, 90, 8))


def _cells(lines: Sequence[_Line], words: _Words) -> Sheet:
    rows = tuple(
        (
            line.question, line.row.title, line.row.region, line.row.year, line.cell.column, line.cell.text,
            line.cell.value, line.cell.cited, f"{line.cell.confidence:.2f}",
        )
        for line in lines
    )  # fmt: skip
    return Sheet(words.quotations, words.cell_headings, rows)


def _table(comparison: Comparison, index: ReportIndex, language: Language) -> Sheet:
    year = common_year(comparison, index)
    columns = (column_label(column, year, language) for column in comparison.columns)
    rows = tuple(
        (row.title, *(Noted(cell.text, cell.cited) if cell.mentioned else cell.text for cell in row.cells))
        for row in quoted(comparison, index, language)
    )
    return Sheet(comparison.plan.question, (_WORDS[language].report, *columns), rows)
