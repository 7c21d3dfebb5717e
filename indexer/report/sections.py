"""Recognise the headings of a report by evidence in its text, and build the tree of sections.

Reports carry no styles. A numbered heading opens with its marker (一、 （一） 1. …); a part without a
number is named in the words of the genre (2024年工作回顾, 名词解释). A topic heading is the short
sentence at the start of a paragraph that names it: «加快建设重大科技创新平台。大力推动…»; one alone
may be chance, so it counts only where most of its sibling paragraphs have one. Where the speaker
turns to the whole house (各位代表！), what follows belongs to no numbered point above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.report.records import Section, SectionKind
from indexer.text.lines import LONGEST_HEADING, MARKER, is_part_name
from indexer.text.numerals import numerals
from indexer.text.paragraphs import paragraphs
from indexer.text.sentences import sentences
from indexer.text.span import Span

_RANKS = {"chapter": 1, "first": 3, "second": 5, "third": 6, "fourth": 7}
_PART_RANK = 2
_ADDRESS_RANK = 4
_TOPIC_RANK = 9
_LEAF_RANK = 10
_FIGURE = 100  # from which on a number in characters is a figure
_LONGEST_TOPIC = 28
_SHARE_WITH_TOPIC = 0.6
_ADDRESS = re.compile(r"各位代表[!！,，:：]?")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    span: Span
    heading: Span | None
    rank: int


def parse_sections(text: str) -> tuple[Section, ...]:
    """The sections of `text`; the first is the root, and every other lies inside its parent.

    Levels that are missing (a report's second half starts with (二)) leave no gap: a section's
    parent is the nearest open section whose marker ranks higher.
    """
    marked = [_marked(text, span) for span in paragraphs(text)]
    opened = _with_topics(text, marked)
    root = Section(0, None, 0, SectionKind.ROOT, Span(0, 0), Span(0, len(text)))
    sections = [root]
    ranks = [0]
    for paragraph in opened:
        if paragraph.heading is None:
            continue
        parent = len(sections) - 1
        while ranks[parent] >= paragraph.rank:
            parent = _parent(sections[parent])
        if paragraph.rank == _ADDRESS_RANK and ranks[parent] == 0:
            # The greeting that opens a report is part of its head.
            continue
        start = paragraph.heading.start
        sections.append(
            Section(
                len(sections), parent, sections[parent].depth + 1, _KINDS.get(paragraph.rank, SectionKind.NUMBERED),
                paragraph.heading, Span(start, len(text)),
            )
        )  # fmt: skip
        # An address closes the points before it, and whatever comes next closes the address.
        ranks.append(_LEAF_RANK if paragraph.rank == _ADDRESS_RANK else paragraph.rank)
    return tuple(_closed(sections))


_KINDS = {
    _TOPIC_RANK: SectionKind.TOPIC,
    _PART_RANK: SectionKind.PART,
    _ADDRESS_RANK: SectionKind.ADDRESS,
}


def own_text(sections: Sequence[Section], number: int) -> Span:
    """The section's heading and the text before its first child."""
    section = sections[number]
    # Sections stand in the order of the text, so the first child is the very next one.
    child = sections[number + 1] if number + 1 < len(sections) else None
    has_child = child is not None and child.parent == number
    return Span(section.span.start, child.span.start if child is not None and has_child else section.span.end)


def _marked(text: str, span: Span) -> _Paragraph:
    """The paragraph with its heading, if it opens with a marker, names a part or addresses the house."""
    marker = MARKER.match(text, span.start, span.end)
    if marker is not None and marker.lastgroup is not None:
        first = sentences(text, span)[0]
        if len(first) <= LONGEST_HEADING:
            return _Paragraph(span, first, _RANKS[marker.lastgroup])
        return _Paragraph(span, None, 0)
    words = span.of(text)
    if is_part_name(words):
        return _Paragraph(span, span, _PART_RANK)
    address = _ADDRESS.match(text, span.start, span.end)
    if address is not None and len(words) > len(address[0]):
        return _Paragraph(span, Span(span.start, span.start), _ADDRESS_RANK)
    return _Paragraph(span, None, 0)


def _with_topics(text: str, found: Sequence[_Paragraph]) -> list[_Paragraph]:
    """Give the paragraphs between two numbered headings their topic, where most have one."""
    result: list[_Paragraph] = []
    run: list[_Paragraph] = []
    for paragraph in [*found, None]:
        if paragraph is not None and paragraph.heading is None:
            run.append(paragraph)
            continue
        topics = [_topic(text, member.span) for member in run]
        named = sum(topic is not None for topic in topics)
        enough = named >= 2 and named >= _SHARE_WITH_TOPIC * len(run)
        for member, topic in zip(run, topics, strict=True):
            result.append(replace(member, heading=topic, rank=_TOPIC_RANK) if enough and topic else member)
        run = []
        if paragraph is not None:
            result.append(paragraph)
    return result


def _topic(text: str, span: Span) -> Span | None:
    parts = sentences(text, span)
    if len(parts) < 2:
        return None
    first = parts[0].of(text)
    short = 5 <= len(first) <= _LONGEST_TOPIC and first.endswith("。")
    # A figure makes it a statement, not a name.
    plain = not _has_figure(first) and len(re.findall("[，,]", first)) <= 1
    return parts[0] if short and plain else None


def _has_figure(words: str) -> bool:
    """Whether words have a figure, also one in characters: 总人口一百九十万; not 千方百计, 四个全面."""
    return re.search(r"\d", words) is not None or any(
        number.below > 1 or (number.high >= _FIGURE and not (number.is_round or number.by_digit))
        for number in numerals(words)
    )


def _parent(section: Section) -> int:
    assert section.parent is not None, "the root ranks lowest, so the search stops there"
    return section.parent


def _closed(sections: Sequence[Section]) -> list[Section]:
    """End every section where the next one of its depth or above begins."""
    closed = list(sections)
    open_ones: list[Section] = []
    for section in sections:
        while open_ones and open_ones[-1].depth >= section.depth:
            ended = open_ones.pop()
            closed[ended.number] = replace(ended, span=Span(ended.span.start, section.span.start))
        open_ones.append(section)
    return closed
