"""A comparison as a DOCX file: a table, and the quotations with their citations below it."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Pt

from answers.comparison.quoted import column_label, common_year, quoted
from answers.comparison.spreadsheet import inert
from answers.comparison.table import Comparison
from embeddings.errors import Language
from indexer.index import ReportIndex

_FONT = "宋体"


def docx_bytes(comparisons: Sequence[Comparison], index: ReportIndex, language: Language = "zh") -> bytes:
    """The DOCX file, a heading and a table for each question."""
    document = new_document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    for comparison in comparisons:
        _table(document, comparison, index, language)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _table(document: WordDocument, comparison: Comparison, index: ReportIndex, language: Language) -> None:
    document.add_heading(_clean(comparison.plan.question), level=1)
    year = common_year(comparison, index)
    heads = [
        "报告" if language == "zh" else "Report",
        *(column_label(c, year, language) for c in comparison.columns),
    ]
    rows = quoted(comparison, index, language)
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    notes: list[str] = []
    for row in rows:
        written = table.add_row().cells
        written[0].text = _clean(row.title)
        for target, cell in zip(written[1:], row.cells, strict=True):
            target.text = _clean(cell.text)
            if cell.mentioned:
                notes.append(cell.cited)
                target.paragraphs[0].add_run(f" [{len(notes)}]").font.superscript = True
    for number, note in enumerate(notes, 1):
        document.add_paragraph(f"[{number}] {_clean(note)}")


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", inert(text))
