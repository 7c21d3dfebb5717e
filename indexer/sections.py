"""Recognise the headings of a report by evidence in its text, and build the tree of sections.

Reports carry no styles. A numbered heading opens with its marker (一、 （一） 1. …). A topic heading
is the short sentence at the start of a paragraph that names it: «加快建设重大科技创新平台。大力推动…»;
one alone may be chance, so it counts only where most of its sibling paragraphs have one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.document import Section, SectionKind, Span
from indexer.paragraphs import MARKER, paragraphs
from indexer.sentences import sentences

_RANKS = {"chapter": 1, "first": 2, "second": 3, "third": 4, "fourth": 5}
_TOPIC_RANK = 9
_LONGEST_HEADING = 60
_LONGEST_TOPIC = 28
_SHARE_WITH_TOPIC = 0.6


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
    marked = [_numbered(text, span) for span in paragraphs(text)]
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
        kind = SectionKind.TOPIC if paragraph.rank == _TOPIC_RANK else SectionKind.NUMBERED
        start = paragraph.heading.start
        sections.append(
            Section(
                len(sections), parent, sections[parent].depth + 1, kind,
                paragraph.heading, Span(start, len(text)),
            )
        )  # fmt: skip
        ranks.append(paragraph.rank)
    return tuple(_closed(sections))


def own_text(sections: Sequence[Section], number: int) -> Span:
    """The section's heading and the text before its first child."""
    section = sections[number]
    children = (s.span.start for s in sections[number + 1 :] if s.parent == number)
    return Span(section.span.start, next(children, section.span.end))


def _numbered(text: str, span: Span) -> _Paragraph:
    marker = MARKER.match(text, span.start, span.end)
    if marker is None or marker.lastgroup is None:
        return _Paragraph(span, None, 0)
    first = sentences(text, span)[0]
    heading = first if len(first) <= _LONGEST_HEADING else None
    return _Paragraph(span, heading, _RANKS[marker.lastgroup] if heading else 0)


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
    plain = not re.search(r"\d", first) and len(re.findall("[，,]", first)) <= 1
    return parts[0] if short and plain else None


def _parent(section: Section) -> int:
    assert section.parent is not None, "the root ranks lowest, so the search stops there"
    return section.parent


def _closed(sections: Sequence[Section]) -> list[Section]:
    """End every section where the next one of its depth or above begins."""
    closed = []
    for section in sections:
        later = sections[section.number + 1 :]
        end = next((s.span.start for s in later if s.depth <= section.depth), section.span.end)
        closed.append(replace(section, span=Span(section.span.start, end)))
    return closed
