"""The pane beside the answer: a section or the whole report, scrolled to the highlight, with what a reader of it needs.

Its outline, a search with next and previous, where the marks lie along it, the way back to the place that was opened
and its print are made in the browser: none of them runs the page again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import streamlit as st

from indexer.report.records import SectionKind
from indexer.report.report import Report
from indexer.text.span import Span
from views.shared.markup import Block
from views.shared.reading_pane_script import CSS, HTML, JS
from views.shared.wording import SharedWording

Look = Literal["answer", "many", "near"]
_LONGEST_HEADING = 40  # characters in the outline
_OUTLINED = (SectionKind.PART, SectionKind.NUMBERED, SectionKind.ARTICLE)


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage on the page, which may be opened in the pane, with what to highlight in it, in order of place."""

    passage: Span
    document: str
    section: int
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the outline: how deep, from 0, its words, and the number of the paragraph in which it stands."""

    depth: int
    text: str
    paragraph: int


def section_to_read(report: Report, section: int) -> Span:
    """The section to open around a hit: under a topic sentence that is the numbered section above."""
    found = report.sections[section]
    if found.kind is SectionKind.TOPIC and found.parent:
        found = report.sections[found.parent]
    return found.span


def outline(report: Report, within: Span) -> tuple[Heading, ...]:
    """The headings that stand in a stretch of the report, without the topic sentences that begin its paragraphs."""
    found = [
        section
        for section in report.sections
        if section.kind in _OUTLINED and len(section.heading) and within.holds(section.heading)
    ]
    top = min((section.depth for section in found), default=0)
    return tuple(
        Heading(
            section.depth - top,
            section.heading.of(report.text).strip()[:_LONGEST_HEADING],
            report.paragraph_of(section.heading.start),
        )
        for section in found
    )


def reading_pane(
    key: str,
    blocks: Sequence[Block],
    look: Look,
    words: SharedWording,
    *,
    title: str,
    name: str = "reading_pane",
    headings: Sequence[Heading] = (),
    hits: Sequence[int] = (),
    opened: int = 0,
    fits: bool = False,
) -> None:
    """Draw the pane. `key` names what is shown: with another key it scrolls to its highlight anew.

    `name` tells several panes of one page apart; `title` is the report's; `hits` are the paragraphs in which further
    passages of the answer stand. With `opened`, somebody opened it by hand, so that the page goes there where it is out of
    sight, and again when it is another number. With `fits` the pane ends where the window does, however far the page is scrolled.

    `look` is "answer" for one highlight, "many" for numbered ones, and "near" for a passage that is
    near the question but no answer: it is set off in grey, since yellow means the report says so.
    """
    # Registered on every run: Streamlit forgets components that a script run did not define.
    pane = st.components.v2.component("wenbao_reading_pane", html=HTML, css=CSS, js=JS, isolate_styles=False)
    said = {
        "find": words.find_in_report,
        "next": words.find_next,
        "former": words.find_former,
        "none": words.find_none,
        "outline": words.outline,
        "back": words.back_to_place,
        "print": words.print_report,
        "pane": words.report_named.format(title=title),
        "place": words.opened_place,
        "hit": words.further_hit,
        "found": words.found_here,
    }
    data = {
        "key": key,
        "look": look,
        "title": title,
        "blocks": [asdict(block) for block in blocks],
        "headings": [asdict(heading) for heading in headings],
        "hits": list(hits),
        "opened": int(opened),
        "fits": fits,
        "words": said,
    }
    pane(key=name, data=data)
