"""Split sections into passages, and the texts by which each is found and read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from embeddings import PassageText
from indexer.report.asides import Aside, asides_of
from indexer.report.records import Document, DocumentKind, Metadata, Passage, Section, UnitKind
from indexer.report.report import Report
from indexer.report.sections import own_text, parse_sections
from indexer.text.cells import TABLE_CELL
from indexer.text.characters import simplified
from indexer.text.paragraphs import paragraphs
from indexer.text.sentences import is_unmarked, sentences, stripped
from indexer.text.span import Span

if TYPE_CHECKING:
    from langchain_text_splitters import TextSplitter

PASSAGE_SIZE = 350
# Raised when `passage_text` or the division into passages and units changes: what was embedded otherwise is
# then embedded again.
TEXT_VERSION = 5
_SMALLEST_PASSAGE = 30
_UNMARKED_SIZE = 120
_SEPARATORS = ["\n\n", "\n", "。", "！", "？", "；", "，", ",", "、", " ", ""]
_LONGEST_HEADING = 30  # characters that a reader is told
_LINE = re.compile(r"[^\n]*+\n|[^\n]++")


def parse_report(document: Document) -> Report:
    """A document with its sections and passages."""
    asides = asides_of(document.text, paragraphs(document.text))
    sections = parse_sections(document.text, asides)
    return Report(document, sections, split_passages(document.text, sections, asides))


def split_passages(
    text: str, sections: Sequence[Section], asides: Sequence[Aside] = ()
) -> tuple[Passage, ...]:
    """Passages of about 350 characters that never cross a section or the edge of an aside and together are the text.

    An aside is a passage without units. A heading with no text of its own before its first subsection is a passage without units: it is
    part of the report, but nothing to find.
    """
    passages: list[Passage] = []
    for section in sections:
        own = own_text(sections, section.number)
        for piece, is_aside in _apart_from_asides(own, asides):
            parts = [piece] if is_aside else _apart_from_table_rows(text, piece)
            for part in parts:
                for span in _split(text, part):
                    passages.append(Passage(len(passages), section.number, span))
    return tuple(passages)


def passage_text(report: Report, passage: Passage) -> PassageText:
    """What is embedded of a passage: the report's place and year, the nearest heading, its words, its units' places.

    A sentence of a report seldom names the place, the year or the topic that a question names. The title says
    them too, but is what somebody called a file: with place and year in its stead the right passage comes first
    0.892 instead of 0.878 times, and the same under any name (docs/measurements.md).
    """
    words = passage.span.of(report.text)
    headings = report.headings(passage.section)
    heading = headings[-1].rstrip("。") if headings else ""
    if words.strip().startswith(heading):
        heading = ""
    start = passage.span.start
    parts = tuple(
        (unit.span.start - start, unit.span.end - start)
        for unit in report.units_of(passage)
        if unit.kind is not UnitKind.PASSAGE
    )
    # Simplified, as questions are: a report in Traditional characters is found all the same.
    head = simplified(" ".join(part for part in (place_and_year(report.metadata), heading) if part))
    return PassageText(head, simplified(words), parts)


def place_and_year(metadata: Metadata) -> str:
    """What is embedded of a report with each of its passages: 浙江省宁波市2023年; its title where neither is known."""
    year = f"{metadata.year}年" if metadata.year is not None else ""
    return metadata.region + year or metadata.title


def shaped_by(metadata: Metadata) -> tuple[object, ...]:
    """What of the metadata is in the stored passages: what is embedded with them, and what tells results from plans."""
    return place_and_year(metadata), metadata.planned_year, metadata.sure_kind is DocumentKind.COMMUNIQUE


def passage_head(report: Report, passage: Passage) -> str:
    """What a reader is told of a passage's place: the title, the part of the report, the nearest heading.

    The part («一、2024年工作回顾») tells last year's results from this year's targets.
    """
    headings = report.headings(passage.section)
    words = passage.span.of(report.text).strip()
    shown = [heading.rstrip("。") for heading in dict.fromkeys((*headings[:1], *headings[-1:]))]
    around = [heading[:_LONGEST_HEADING] for heading in shown if not words.startswith(heading)]
    return " ".join((report.title, *around))


def _apart_from_asides(span: Span, asides: Sequence[Aside]) -> Iterator[tuple[Span, bool]]:
    """The pieces of a span, and of each whether it is (of) an aside."""
    start = span.start
    for aside in asides:
        begin, end = max(aside.span.start, start), min(aside.span.end, span.end)
        if begin >= end:
            continue
        if begin > start:
            yield Span(start, begin), False
        yield Span(begin, end), True
        start = end
    if start < span.end:
        yield Span(start, span.end), False


def _apart_from_table_rows(text: str, span: Span) -> Iterator[Span]:
    """The span cut so that every row of a table (`表头：值 | 表头：值`) is a part of its own."""
    start = span.start
    for line in _LINE.finditer(text, span.start, span.end):
        if text.find(TABLE_CELL, line.start(), line.end()) < 0:
            continue
        if line.start() > start:
            yield Span(start, line.start())
        yield Span(*line.span())
        start = line.end()
    if start < span.end:
        yield Span(start, span.end)


def _split(text: str, span: Span) -> Iterator[Span]:
    if is_unmarked(text, stripped(text, span)):
        yield from _split_unmarked(text, span)
        return
    if len(span) < PASSAGE_SIZE:
        # One passage whatever its marks: most sections are short, and the splitter takes its time.
        if len(span):
            yield span
        return
    source = span.of(text)
    pieces = _splitter().split_text(source)
    # Its start_index is found by searching. Without overlap and stripping the pieces are the text,
    # one after another, so their lengths give the offsets; anything else must not pass.
    if "".join(pieces) != source:
        raise AssertionError(f"the splitter lost text in {span}")
    start, size = span.start, 0
    for piece in pieces:
        if size and len(piece) >= _SMALLEST_PASSAGE and size >= _SMALLEST_PASSAGE:
            yield Span(start, start + size)
            start, size = start + size, 0
        size += len(piece)
    yield Span(start, span.end)


def _split_unmarked(text: str, span: Span) -> Iterator[Span]:
    """Passages of few statements, where no mark parts those of one matter from those of the next."""
    start = span.start
    for sentence in sentences(text, span):
        if sentence.start > start and sentence.end - start > _UNMARKED_SIZE:
            yield Span(start, sentence.start)
            start = sentence.start
    yield Span(start, span.end)


@cache
def _splitter() -> TextSplitter:
    # It imports langsmith, which would phone home if the user's shell asks it to.
    os.environ["LANGSMITH_TRACING"] = "false"
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        keep_separator="end",
        is_separator_regex=False,
        chunk_size=PASSAGE_SIZE,
        chunk_overlap=0,
        length_function=len,
        strip_whitespace=False,
    )
