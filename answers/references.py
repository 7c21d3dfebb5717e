"""A quotation cited in the form that is wanted: short, in full, with a link, or as GB/T 7714 has it for a list of references."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from answers.citation import Quoted, citation, position
from embeddings.language import Language, Text
from indexer.report.report import Report
from indexer.text.sentences import clause_around, without_end_mark
from indexer.text.span import Span


class QuotedSpan(Quoted, Protocol):
    """What can be cited, and which of its words are meant."""

    @property
    def span(self) -> Span:
        """The words that answer."""
        ...


class CitationForm(StrEnum):
    """How a quotation is cited."""

    SHORT = "short"
    FULL = "full"
    LINKED = "linked"
    REFERENCE = "reference"


FORMS: dict[CitationForm, Text] = {
    CitationForm.SHORT: Text("简短", "Short"),
    CitationForm.FULL: Text("完整（可核对）", "In full, to be checked by"),
    CitationForm.LINKED: Text("带链接", "With a link"),
    CitationForm.REFERENCE: Text("参考文献（GB/T 7714）", "Reference (GB/T 7714)"),
}


def in_form(
    form: CitationForm, quoted: QuotedSpan, report: Report, link: str, language: Language = "zh"
) -> str:
    """A quotation in a form; `link` opens it.

    The short one quotes the clause, the others the sentence; a reference names the report alone, with page and address
    where they are known.
    """
    if form is CitationForm.REFERENCE:
        return reference(quoted, report)
    if form is CitationForm.FULL:
        return citation(quoted, report, language)
    if form is CitationForm.LINKED:
        return f"{_short(quoted.sentence.of(report.text).strip(), quoted, language)} {link}"
    text = report.text
    clause = without_end_mark(text, clause_around(text, quoted.sentence, quoted.span))
    return _short(clause.of(text), quoted, language)


def reference(quoted: Quoted, report: Report) -> str:
    """湖北省人民政府. 2026年湖北省政府工作报告[R]. 2026: 11. What is not known of the report is left out."""
    meta, page = report.metadata, quoted.place.page
    author = f"{meta.issuer}. " if meta.issuer else ""
    kind = "[R/OL]" if meta.address else "[R]"
    when = f"({meta.date})" if meta.date and meta.address else str(meta.year or meta.date or "")
    dated = f" {when}{f': {page}' if page and when else ''}." if when else ""
    address = f" {meta.address}." if meta.address else ""
    return f"{author}{meta.title}{kind}.{dated}{address}"


def _short(words: str, quoted: Quoted, language: Language) -> str:
    where = position(quoted.place, language)
    if language == "en":
        return f"“{words}” ({quoted.place.title}, {where})"
    return f"“{words}”（《{quoted.place.title}》{where}）"
