"""A comparison cell by cell in words, as every export has it."""

from __future__ import annotations

from dataclasses import dataclass

from answers.citation import citation
from answers.comparison.questions.columns import Column
from answers.comparison.table import Cell, Comparison, Row
from answers.comparison.values import bound_sign, cell_value
from answers.quantities.amounts import shown
from answers.understanding.period import Period
from embeddings.errors import Language
from indexer.index import ReportIndex
from indexer.report.report import Report

_SILENT: dict[Language, str] = {"zh": "未提及", "en": "not mentioned"}


@dataclass(frozen=True, slots=True)
class QuotedCell:
    """One cell in words.

    Attributes:
        value: the amount in normal form, with its bound; empty where the quotation is no amount.
        text: the quotation, or 未提及.
        cited: sentence and place, fit for print; empty where the report is silent.
        confidence: 0..1.
    """

    column: str
    value: str
    text: str
    cited: str
    confidence: float
    mentioned: bool


@dataclass(frozen=True, slots=True)
class QuotedRow:
    """One report in words, with a cell for each column."""

    document: str
    title: str
    region: str
    year: int | None
    cells: tuple[QuotedCell, ...]


def quoted(comparison: Comparison, index: ReportIndex, language: Language = "zh") -> tuple[QuotedRow, ...]:
    """The table in words. A quotation that is not what the report says is left out as not mentioned."""
    return tuple(_row(comparison, row, index.report(row.document), language) for row in comparison.rows)


def column_label(column: Column, year: int | None, language: Language = "zh") -> str:
    """目标 or 结果, with the year that it speaks of where all reports are of one year."""
    if column.period is None:
        return "原文" if language == "zh" else "Quotation"
    done = column.period is Period.RESULT
    about = "" if year is None else str(year - 1 if done else year)
    if language == "zh":
        return f"{about}{'年' if about else ''}{'结果' if done else '目标'}"
    return f"{about} {'result' if done else 'target'}".strip()


def common_year(comparison: Comparison, index: ReportIndex) -> int | None:
    """The year of the reports, if it is one."""
    years = {index.report(row.document).year for row in comparison.rows}
    return years.pop() if len(years) == 1 else None


def _row(comparison: Comparison, row: Row, report: Report, language: Language) -> QuotedRow:
    meta = report.metadata
    return QuotedRow(
        document=row.document,
        title=meta.title,
        region=meta.region,
        year=meta.year,
        cells=tuple(
            _cell(cell, column_label(column, meta.year, language), report, language)
            for column, cell in zip(comparison.columns, row.cells, strict=True)
        ),
    )


def _cell(cell: Cell, label: str, report: Report, language: Language) -> QuotedCell:
    answer = cell.answer
    if answer is None or not answer.is_verbatim(report):
        return QuotedCell(label, "", _SILENT[language], "", cell.confidence, False)
    value = cell_value(cell, report.text)
    amount = f"{bound_sign(value.amount.bound)}{shown(value.amount)}" if value else ""
    cited = citation(answer, report, language)
    return QuotedCell(label, amount, answer.text, cited, cell.confidence, True)
