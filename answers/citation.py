"""A citation fit for print: the words, and where they stand."""

from __future__ import annotations

from answers.answer import Answer
from embeddings.errors import Language
from indexer.document import ParsedDocument


def citation(answer: Answer, parsed: ParsedDocument, language: Language = "zh") -> str:
    """The whole sentence quoted, then report, headings, paragraph, characters and file digest.

    With the digest (SHA-256, first 12 digits) and the half-open span of characters anybody who has
    the same file can check the quotation.
    """
    sentence = answer.sentence.of(parsed.document.text).strip()
    digest = parsed.document.source_digest[:12]
    start, end = answer.sentence.start, answer.sentence.end
    above = " › ".join(answer.place.headings)
    if language == "en":
        page = f"page {answer.place.page}, " if answer.place.page else ""
        where = f"{page}paragraph {answer.place.paragraph}, characters {start}-{end}; SHA-256 {digest}"
        return f"“{sentence}” ({answer.place.title}{', ' + above if above else ''}, {where})"
    page = f"第 {answer.place.page} 页，" if answer.place.page else ""
    where = f"{page}第 {answer.place.paragraph} 段，第 {start}—{end} 字；文件 SHA-256 {digest}"
    return f"“{sentence}”（《{answer.place.title}》{above}，{where}）"
