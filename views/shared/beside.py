"""The report beside a quotation, on every page that has one: its section or all of it, or the page as it was printed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from answers.place import Place
from indexer.index import ReportIndex
from indexer.report.report import Report
from indexer.text.span import Span
from views.shared.either import either
from views.shared.markup import place_html, report_blocks
from views.shared.printed import draw_printed_page, printed_file
from views.shared.reading_pane import Look, ShownPassage, outline, reading_pane, section_to_read
from views.shared.wording import SharedWording


def place_shown(report: Report, shown: ShownPassage) -> Place:
    """Where what is marked of a passage stands, as the answer says it; without marks the passage."""
    return Place.of(report, shown.section, (shown.marks or (shown.passage,))[0])


def report_beside(
    index: ReportIndex,
    shown: ShownPassage,
    words: SharedWording,
    *,
    name: str,
    look: Look = "answer",
    others: Sequence[ShownPassage] = (),
    opened: int = 0,
    fits: bool = False,
    placed: bool = True,
    extent: str | None = None,
    printed: str | None = None,
) -> None:
    """Draw a passage in its report.

    Args:
        name: tells several panes of one page apart.
        look: as `reading_pane`, and `opened` and `fits` too.
        others: further passages of the answer; where they stand in this report is marked along the pane.
        placed: whether the place is written above.
        extent: where the session has whether the whole report is shown.
        printed: where it has whether the page as it was printed is.
    """
    report = index.report(shown.document)
    # Without an answer the whole passage is what was found, so it is what is marked.
    marks = shown.marks or (shown.passage,)
    number = report.document.page_of(marks[0].start)
    file = printed_file(index.entry(report.name)) if number is not None else None
    with st.container(horizontal=True, vertical_alignment="center"):
        whole = either(words.original, words.whole_section, words.whole_report, extent or f"{name}:extent")
        if file is not None and not st.toggle(
            words.printed.format(number=number), key=printed or f"{name}:printed"
        ):
            file = None
    if placed:
        st.html(place_html(place_shown(report, shown), words))
    if file is not None:
        draw_printed_page(file, report, marks[0], words)
        return
    within = Span(0, len(report.text)) if whole else section_to_read(report, shown.section)
    reading_pane(
        f"{name}:{shown.document}:{within}:{marks}",
        report_blocks(report, within, marks),
        look,
        words,
        title=report.title,
        name=name,
        headings=outline(report, within),
        hits=_paragraphs(report, others),
        opened=opened,
        fits=fits,
    )


def whole_report(
    report: Report, words: SharedWording, *, name: str, mark: Span | None = None, opened: bool = False
) -> None:
    """Draw all of a report, scrolled to `mark` where one is given."""
    whole = Span(0, len(report.text))
    marks = () if mark is None else (mark,)
    reading_pane(
        f"{name}:{report.name}:{mark}",
        report_blocks(report, whole, marks),
        "answer",
        words,
        title=report.title,
        name=name,
        headings=outline(report, whole),
        opened=opened,
    )


def _paragraphs(report: Report, others: Sequence[ShownPassage]) -> tuple[int, ...]:
    """The numbers of the paragraphs in which these passages begin, of those that are of this report."""
    return tuple(
        report.paragraph_of((one.marks or (one.passage,))[0].start)
        for one in others
        if one.document == report.name
    )
