"""A citation fit for print: the words, and where they stand."""

from __future__ import annotations

from answers.answer import Answer
from answers.place import Place
from embeddings.errors import Language
from indexer.report.report import Report
from indexer.text.span import Span


def citation(answer: Answer, report: Report, language: Language = "zh") -> str:
    """The whole sentence quoted, then report, headings, paragraph, characters and file digest.

    With the digest (SHA-256, first 12 digits) and the half-open span of characters anybody who has
    the same file can check the quotation.
    """
    return quotation(answer.sentence, answer.place, report, language)


def quotation(span: Span, place: Place, report: Report, language: Language = "zh") -> str:
    """The same for any sentence of a report."""
    sentence = span.of(report.text).strip()
    digest = report.document.source_digest[:12]
    start, end = span.start, span.end
    above = " › ".join(place.headings)
    if language == "en":
        page = f"page {place.page}, " if place.page else ""
        where = f"{page}paragraph {place.paragraph}, characters {start}-{end}; SHA-256 {digest}"
        return f"“{sentence}” ({place.title}{', ' + above if above else ''}, {where})"
    page = f"第 {place.page} 页，" if place.page else ""
    where = f"{page}第 {place.paragraph} 段，第 {start}—{end} 字；文件 SHA-256 {digest}"
    return f"“{sentence}”（《{place.title}》{above}，{where}）"
