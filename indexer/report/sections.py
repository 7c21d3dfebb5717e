"""Recognise the headings of a report by evidence in its text, and build the tree of sections.

Reports carry no styles. A numbered heading opens with its marker (一、 （一） 1. …); a part without a
number is named in the words of the genre (2024年工作回顾, 名词解释). A topic heading is the short
sentence at the start of a paragraph that names it: «加快建设重大科技创新平台。大力推动…»; one alone
may be chance, so it counts only where most of its sibling paragraphs have one. Where the speaker
turns to the whole house (各位代表！), what follows belongs to no numbered point above it. The articles of a
rule (第三条 …) are sections under their numbers; the items in them are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.report.asides import Aside, aside_at
from indexer.report.bare_headings import bare_headings
from indexer.report.glued_headings import LONGEST, SEEN, glued_heading
from indexer.report.records import Section, SectionKind
from indexer.text.characters import simplified
from indexer.text.headings import ADDRESS, LONGEST_HEADING, MARKER, is_part_name
from indexer.text.numerals import numerals, whole_number
from indexer.text.paragraphs import paragraphs
from indexer.text.sentences import sentences, stripped
from indexer.text.span import Span

_RANKS = {"book": 1, "chapter": 2, "division": 3, "first": 5, "second": 7, "third": 8, "fourth": 9}
_PART_RANK = 4
_ADDRESS_RANK = 6
_TOPIC_RANK = 10
_ARTICLE_RANK = 11
_LEAF_RANK = 12
_FIGURE = 100  # from which on a number in characters is a figure
_LONGEST_TOPIC = 28
_SHARE_WITH_TOPIC = 0.6
# The numbers of what a rule lists inside an article.
_ITEMS = (_RANKS["second"], _RANKS["third"], _RANKS["fourth"])
_ARTICLE = re.compile(r"第(?P<number>[一二三四五六七八九十百千零〇]{1,9})条(?:之[一二三四五六七八九十])?")


_ENDED = re.compile("[。！？；：]")
_LONGEST_SENTENCE = 40  # characters of a sentence that is a heading rather than one and what follows it
_ALONE = 0.4  # of the headings of a rank may stand alone on their lines where others are glued to their text
_FEWEST_GLUED, _MOST_GLUED = 2, 0.5  # of the headings with text behind them are glued to it for sure
_CERTAIN, _SURE, _LIKELY = 0.9, 0.5, 0.3  # the chance that a heading ends somewhere


@dataclass(frozen=True, slots=True)
class _Number:
    """The number that a paragraph opens with: what sort it is, a group of `MARKER`, and where it ends."""

    group: str
    end: int


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph, its heading and that one's rank, and its number where it has one that is no article's."""

    span: Span
    heading: Span | None
    rank: int
    number: _Number | None = None


def parse_sections(text: str, asides: Sequence[Aside] = ()) -> tuple[Section, ...]:
    """The sections of `text`; the first is the root, and every other lies inside its parent. An aside opens none.

    Levels that are missing (a report's second half starts with (二)) leave no gap: a section's
    parent is the nearest open section whose marker ranks higher.
    """
    own = [span for span in paragraphs(text) if aside_at(asides, span.start) is None]
    marked = _with_bare_headings(text, [_marked(text, span) for span in own])
    opened = _with_topics(text, _with_articles(text, _with_glued_headings(text, marked)))
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
    _ARTICLE_RANK: SectionKind.ARTICLE,
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
    if marker is not None and marker.lastgroup == "article":
        return _Paragraph(span, stripped(text, Span(*marker.span())), _ARTICLE_RANK)
    if marker is not None and marker.lastgroup is not None:
        first = sentences(text, span)[0]
        number = _Number(marker.lastgroup, marker.end())
        if len(first) <= LONGEST_HEADING:
            return _Paragraph(span, first, _RANKS[marker.lastgroup], number)
        return _Paragraph(span, None, 0, number)
    words = span.of(text)
    if is_part_name(words):
        return _Paragraph(span, span, _PART_RANK)
    address = ADDRESS.match(text, span.start, span.end)
    if address is not None and len(words) > len(address[0]):
        return _Paragraph(span, Span(span.start, span.start), _ADDRESS_RANK)
    return _Paragraph(span, None, 0)


def _with_bare_headings(text: str, found: Sequence[_Paragraph]) -> list[_Paragraph]:
    """The paragraphs with those as headings that look like some.

    One is a part where the numbers of the first rank begin anew below it, or where there were none before it; else it
    is a topic below the number above it. What follows a part that has no number is a part too, unless the numbers go on.
    """
    result = list(found)
    numbers = [(n, value) for n, paragraph in enumerate(found) if (value := _first_number(text, paragraph))]
    parts = False
    for place in bare_headings([paragraph.span.of(text) for paragraph in found]):
        before = bisect_right(numbers, place, key=lambda number: number[0])
        after = numbers[before][1] if before < len(numbers) else None
        is_part = after == 1 or before == 0 or (parts and after is None)
        parts = parts or is_part
        span = found[place].span
        result[place] = _Paragraph(span, span, _PART_RANK if is_part else _TOPIC_RANK)
    return result


def _first_number(text: str, paragraph: _Paragraph) -> int | None:
    """The value of the number 一、 that a paragraph opens with; None where it opens with none."""
    if paragraph.number is None or paragraph.number.group != "first":
        return None
    # 五一、端午期间… opens with no number.
    return whole_number(re.sub(r"[、.．]", "", text[paragraph.span.start : paragraph.number.end]))


def _with_glued_headings(text: str, found: Sequence[_Paragraph]) -> list[_Paragraph]:
    """The paragraphs of a text in which headings of some rank lost the break behind them, as headings and bodies.

    A rank whose headings stand on lines of their own, or end with a full stop of their own, lost none.
    """
    by_rank: dict[int, list[int]] = {}
    for place, paragraph in enumerate(found):
        if paragraph.number is not None:
            by_rank.setdefault(_RANKS[paragraph.number.group], []).append(place)
    ends: dict[int, int] = {}
    for places in by_rank.values():
        with_body = [place for place in places if not _is_heading_alone(text, found[place])]
        if len(with_body) < (1 - _ALONE) * len(places):
            continue
        told = {place: end for place in with_body if (end := _end_of_glued(text, found[place])) is not None}
        sure = {place for place, (_, chance) in told.items() if chance >= _SURE}
        named = {
            place
            for place in with_body
            if _names_itself(found[place]) and (place not in told or told[place][1] < _CERTAIN)
        }
        if len(sure) < max(_FEWEST_GLUED, _MOST_GLUED * len(with_body)) or len(places) - len(with_body) + len(
            named
        ) > _ALONE * len(places):
            continue
        # Where headings are glued for certain, another is likelier to be.
        ends |= {
            place: end for place, (end, chance) in told.items() if chance >= _LIKELY and place not in named
        }
    return [
        piece
        for place, paragraph in enumerate(found)
        for piece in (_parted(paragraph, ends[place]) if place in ends else (paragraph,))
    ]


def _is_heading_alone(text: str, paragraph: _Paragraph) -> bool:
    """Whether the paragraph is a heading without end mark on a line of its own."""
    return len(paragraph.span) <= LONGEST_HEADING and not _ENDED.search(paragraph.span.of(text))


def _names_itself(paragraph: _Paragraph) -> bool:
    """Whether the first sentence of the paragraph is short enough to be its heading."""
    return paragraph.heading is not None and len(paragraph.heading) <= _LONGEST_SENTENCE


def _end_of_glued(text: str, paragraph: _Paragraph) -> tuple[int, float] | None:
    """Where in the text the heading of a numbered paragraph ends whose body follows without a break; with the chance."""
    if paragraph.number is None:
        return None
    begin = stripped(text, Span(paragraph.number.end, paragraph.span.end)).start
    heading = glued_heading(simplified(text[begin : min(paragraph.span.end, begin + LONGEST + SEEN)]))
    return None if heading is None else (begin + heading.length, heading.chance)


def _parted(paragraph: _Paragraph, end: int) -> tuple[_Paragraph, _Paragraph]:
    heading = Span(paragraph.span.start, end)
    rank = _RANKS[paragraph.number.group] if paragraph.number else 0
    return (
        _Paragraph(heading, heading, rank, paragraph.number),
        _Paragraph(Span(end, paragraph.span.end), None, 0),
    )


def _with_articles(text: str, found: Sequence[_Paragraph]) -> list[_Paragraph]:
    """The paragraphs of a rule with its articles as headings, also where no blank follows their numbers.

    An article without a blank counts where its number follows the one before: «第三条规定的» may open a sentence.
    What is numbered inside an article is an item of it.
    """
    result: list[_Paragraph] = []
    number = 0
    inside = False
    for paragraph in found:
        glued = None if paragraph.heading else _ARTICLE.match(text, paragraph.span.start, paragraph.span.end)
        if glued and whole_number(glued["number"]) == number + 1:
            heading = Span(paragraph.span.start, glued.end())
            paragraph = replace(paragraph, heading=heading, rank=_ARTICLE_RANK)
        if paragraph.rank == _ARTICLE_RANK and paragraph.heading is not None:
            named = _ARTICLE.match(text, paragraph.heading.start)
            number = (whole_number(named["number"]) if named else None) or number
            inside = True
        elif inside and paragraph.rank in _ITEMS:
            paragraph = replace(paragraph, heading=None, rank=0)
        elif paragraph.heading is not None:
            inside = False
        result.append(paragraph)
    return result


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
    if text.find("。", span.start, span.end - 1) < 0:
        return None  # one sentence
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
