"""A comparison as CSV and as Markdown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from answers.comparison.quoted import column_label, common_year, quoted
from answers.comparison.table import Comparison
from embeddings.errors import Language
from indexer.index import ReportIndex

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = re.compile(r"^[\s]*[=+\-@\t\r]")
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~$])")

_CSV_HEADS: dict[Language, tuple[str, ...]] = {
    "zh": ("问题", "报告", "地区", "年份", "列", "引文", "数值", "出处", "把握"),
    "en": ("Question", "Report", "Region", "Year", "Column", "Quotation", "Value", "Citation", "Confidence"),
}


def csv_text(comparisons: Sequence[Comparison], index: ReportIndex, language: Language = "zh") -> str:
    """A line for each cell, with a byte-order mark, without which Excel reads Chinese as garbage."""
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(_CSV_HEADS[language])
    for comparison in comparisons:
        for row in quoted(comparison, index, language):
            for cell in row.cells:
                fields = (
                    comparison.plan.question, row.title, row.region, "" if row.year is None else str(row.year),
                    cell.column, cell.text, cell.value, cell.cited,
                )  # fmt: skip
                rows.writerow((*map(_inert, fields), f"{cell.confidence:.2f}"))
    return "\ufeff" + written.getvalue()


def markdown_text(comparisons: Sequence[Comparison], index: ReportIndex, language: Language = "zh") -> str:
    """A table for each question, and below it the quotations with their citations, numbered."""
    return "\n".join(_markdown(comparison, index, language) for comparison in comparisons)


def _markdown(comparison: Comparison, index: ReportIndex, language: Language) -> str:
    rows = quoted(comparison, index, language)
    year = common_year(comparison, index)
    labels = [column_label(column, year, language) for column in comparison.columns]
    lines = [f"## {_escaped(comparison.plan.question)}", ""]
    lines.append(f"| {'报告' if language == 'zh' else 'Report'} | {' | '.join(labels)} |")
    lines.append(f"| --- |{' --- |' * len(labels)}")
    notes: list[str] = []
    for row in rows:
        cells = []
        for cell in row.cells:
            if cell.mentioned:
                notes.append(cell.cited)
                cells.append(f"{_escaped(cell.text)} [{len(notes)}]")
            else:
                cells.append(_escaped(cell.text))
        lines.append(f"| {_escaped(row.title)} | {' | '.join(cells)} |")
    lines.append("")
    lines.extend(f"{number}. {_escaped(note)}" for number, note in enumerate(notes, 1))
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))


def _inert(text: str) -> str:
    """With an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if _FORMULA.match(text) else text
