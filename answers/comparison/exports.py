"""The formats in which a comparison can be taken away."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from answers.comparison.table import Comparison
from answers.comparison.text_tables import csv_text, markdown_text
from answers.errors import QuestionError
from embeddings.errors import Language
from indexer.index import ReportIndex


class Format(StrEnum):
    """A file format, by its suffix."""

    XLSX = "xlsx"
    CSV = "csv"
    DOCX = "docx"
    MARKDOWN = "md"


MEDIA_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.MARKDOWN: "text/markdown",
}


def exported(
    comparisons: Sequence[Comparison], index: ReportIndex, to: Format, language: Language = "zh"
) -> bytes:
    """The file that holds these comparisons."""
    if to is Format.CSV:
        return csv_text(comparisons, index, language).encode("utf-8")
    if to is Format.MARKDOWN:
        return markdown_text(comparisons, index, language).encode("utf-8")
    # These two libraries are wanted only by who saves such a file.
    if to is Format.XLSX:
        from answers.comparison.spreadsheet import workbook_bytes

        return workbook_bytes(comparisons, index, language)
    from answers.comparison.word import docx_bytes

    return docx_bytes(comparisons, index, language)


def format_of(name: str) -> Format:
    """The format that a file name ends in.

    Raises:
        QuestionError: it is none of these.
    """
    suffix = name.rpartition(".")[2].lower()
    if suffix not in set(Format):
        known = "、".join(f".{f.value}" for f in Format)
        raise QuestionError(
            f"不会写这种文件：{name}。文件名请以 {known} 结尾。",
            f"Cannot write such a file: {name}. Its name must end in {known}.",
        )
    return Format(suffix)
