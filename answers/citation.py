"""A citation fit for print: the words, and where they stand."""

from __future__ import annotations

from typing import Protocol

from answers.place import Place
from embeddings.language import Language
from indexer.report.report import Report
from indexer.text.span import Span


class Quoted(Protocol):
    """What can be cited: an answer, a statement of the ledger."""

    @property
    def sentence(self) -> Span:
        """The whole sentence around the quotation."""
        ...

    @property
    def place(self) -> Place:
        """Where the quotation stands."""
        ...


def citation(quoted: Quoted, report: Report, language: Language = "zh") -> str:
    """The whole sentence quoted, then report, headings, page, paragraph, characters and file digest.

    With the digest (SHA-256, first 12 digits) and the half-open span of characters anybody who has
    the same file can check the quotation.
    """
    sentence = quoted.sentence.of(report.text)
    return cited(sentence, quoted.sentence, quoted.place, report.document.source_digest, language)


def cited(sentence: str, span: Span, place: Place, source_digest: str, language: Language = "zh") -> str:
    """As `citation`, of a sentence that is at hand: its words, its span and place, its file's digest."""
    where = stands(span, place, source_digest, language)
    return f"“{sentence.strip()}” ({where})" if language == "en" else f"“{sentence.strip()}”（{where}）"


def stands(span: Span, place: Place, source_digest: str, language: Language = "zh") -> str:
    """The same without the words: report, headings, page, paragraph, characters and file digest."""
    digest, above = source_digest[:12], " › ".join(place.headings)
    if language == "en":
        where = f"{position(place, 'en')}, characters {span.start}-{span.end}; SHA-256 {digest}"
        return f"{place.title}{', ' + above if above else ''}, {where}"
    where = f"{position(place)}，第 {span.start}—{span.end} 字；文件 SHA-256 {digest}"
    return f"《{place.title}》{above}，{where}"


def position(place: Place, language: Language = "zh", between: str | None = None) -> str:
    """第 3 页，第 5 段; the page only where the file has pages. `between` parts the two, a comma by default."""
    if language == "en":
        parts = [f"page {place.page}"] if place.page else []
        return (between or ", ").join((*parts, f"paragraph {place.paragraph}"))
    parts = [f"第 {place.page} 页"] if place.page else []
    return (between or "，").join((*parts, f"第 {place.paragraph} 段"))
