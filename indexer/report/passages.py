"""Split sections into passages, and passages into units; the text by which each is found and read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from indexer.report.records import Document, Passage, Section, SectionKind, Unit, UnitKind
from indexer.report.report import Report
from indexer.report.sections import own_text, parse_sections
from indexer.text.characters import simplified
from indexer.text.sentences import clauses, sentences, without_end_mark
from indexer.text.span import Span

PASSAGE_SIZE = 350
# Raised when `unit_text` changes, so that an index made with another one is not mixed with it.
UNIT_TEXT_VERSION = 2
_SMALLEST_PASSAGE = 30
_SEPARATORS = ["\n\n", "\n", "。", "！", "？", "；", "，", ",", "、", " ", ""]
_LONG_SENTENCE = 20
_SHORTEST_CLAUSE = 4
_LONGEST_HEADING = 30  # characters that a reader is told


def parse_report(document: Document) -> Report:
    """Sections, passages and units of a document."""
    sections = parse_sections(document.text)
    passages = split_passages(document.text, sections)
    units = tuple(
        unit for passage in passages for unit in _units(document.text, sections[passage.section], passage)
    )
    return Report(document, sections, passages, units)


def split_passages(text: str, sections: Sequence[Section]) -> tuple[Passage, ...]:
    """Passages of about 350 characters that never cross a section and together are the text.

    A heading with no text of its own before its first subsection is a passage without units: it is
    part of the report, but nothing to find.
    """
    passages: list[Passage] = []
    for section in sections:
        own = own_text(sections, section.number)
        for part in _apart_from_table_rows(text, own):
            for span in _split(text, part):
                passages.append(Passage(len(passages), section.number, span))
    return tuple(passages)


def unit_text(report: Report, unit: Unit) -> str:
    """The report's title, the nearest heading and the unit's own words.

    A sentence of a report seldom names the place, the year or the topic that a question names. With
    the title and the heading before each unit the right passage came first 0.70 instead of 0.60
    times on five provincial reports (docs/measurements.md).
    """
    words = unit.span.of(report.text).strip()
    headings = report.headings(report.passages[unit.passage].section)
    heading = headings[-1].rstrip("。") if headings else ""
    if words.startswith(heading):
        heading = ""
    # Simplified, as questions are: a report in Traditional characters is found all the same.
    return simplified(" ".join(part for part in (report.title, heading, words) if part))


def passage_head(report: Report, passage: Passage) -> str:
    """What a reader is told of a passage's place: the title, the part of the report, the nearest heading.

    The part («一、2024年工作回顾») tells last year's results from this year's targets.
    """
    headings = report.headings(passage.section)
    words = passage.span.of(report.text).strip()
    shown = [heading.rstrip("。") for heading in dict.fromkeys((*headings[:1], *headings[-1:]))]
    around = [heading[:_LONGEST_HEADING] for heading in shown if not words.startswith(heading)]
    return " ".join((report.title, *around))


def _apart_from_table_rows(text: str, span: Span) -> Iterator[Span]:
    """The span cut so that every row of a table (`表头：值 | 表头：值`) is a part of its own."""
    start = span.start
    for row in re.finditer(r"[^\n]* \| [^\n]*(?:\n|$)", span.of(text)):
        begin, end = span.start + row.start(), span.start + row.end()
        if begin > start:
            yield Span(start, begin)
        if end > begin:
            yield Span(begin, end)
        start = end
    if start < span.end:
        yield Span(start, span.end)


def _split(text: str, span: Span) -> Iterator[Span]:
    if not len(span):
        return
    # It imports langsmith, which would phone home if the user's shell asks it to.
    os.environ["LANGSMITH_TRACING"] = "false"
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        keep_separator="end",
        is_separator_regex=False,
        chunk_size=PASSAGE_SIZE,
        chunk_overlap=0,
        length_function=len,
        strip_whitespace=False,
    )
    source = span.of(text)
    pieces = splitter.split_text(source)
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


def _units(text: str, section: Section, passage: Passage) -> Iterator[Unit]:
    """The passage as a whole, its sentences, and the clauses of its long sentences.

    A numbered heading is no statement and gets no vector; a topic heading is a sentence like others.
    """
    # A topic heading is a sentence that says something; a numbered one only orders.
    heading_end = section.span.start if section.kind is SectionKind.TOPIC else section.heading.end
    body_start = max(passage.span.start, min(heading_end, passage.span.end))
    if not section.span.of(text)[section.heading.end - section.span.start :].strip():
        # Nothing stands under the heading: it is itself what the report says («3.新建公园10个。»).
        body_start = passage.span.start
    body = Span(body_start, passage.span.end)
    found = [s for s in sentences(text, body) if _says_something(text, s)]
    if not found:
        return
    yield Unit(passage.number, UnitKind.PASSAGE, passage.span)
    for sentence in found:
        yield Unit(passage.number, UnitKind.SENTENCE, sentence)
        parts = clauses(text, sentence)
        if len(sentence) > _LONG_SENTENCE and len(parts) > 1:
            for clause in parts:
                if len(clause) >= _SHORTEST_CLAUSE:
                    yield Unit(passage.number, UnitKind.CLAUSE, clause)


def _says_something(text: str, sentence: Span) -> bool:
    """Not a stray sign, nor a newspaper's note in brackets: 【上接第3版】."""
    words = without_end_mark(text, sentence).of(text)
    return len(words) >= _SHORTEST_CLAUSE and not re.fullmatch(r"【[^】]*】|[\W\d_]*", words)
