"""A row of the ledger in its place: the sentence, its citation, and the report around it."""

from __future__ import annotations

import html

import streamlit as st

from answers.citation import citation
from answers.commitments.rows import Commitment
from embeddings.language import Language
from indexer.index import ReportIndex
from indexer.report.report import Report
from indexer.text.span import Span
from views.shared.markup import passage_html, place_html, report_blocks, verdict_html
from views.shared.reading_pane import reading_pane
from views.shared.reply_layout import section_to_read
from views.shared.wording import wording


def row_in_place(row: Commitment, index: ReportIndex, language: Language, name: str, cite: str) -> None:
    """Draw it. `name` tells several panes of one page apart, `cite` is the label of the citation."""
    report = index.report(row.place.document)
    words = wording(language)
    st.html(sentence_html(row, report))
    st.html(verdict_html(row.is_verbatim(report), "", words))
    st.html(place_html(row.place, words))
    with st.popover(cite, icon=":material/format_quote:"):
        st.code(citation(row, report), language=None, wrap_lines=True)
    within = section_to_read(report, row.section)
    key = f"{name}:{row.place.document}:{row.span}"
    reading_pane(key, report_blocks(report, within, (row.sentence,)), "answer", name)


def text_in_place(report: Report, span: Span | None, name: str) -> None:
    """The whole report, scrolled to `span` where one is given."""
    whole = Span(0, len(report.text))
    marks = () if span is None else (span,)
    reading_pane(f"{name}:{report.name}:{span}", report_blocks(report, whole, marks), "answer", name)


def sentence_html(row: Commitment, report: Report) -> str:
    """The number in large type and its sentence, or a warning in place of what the report does not say."""
    if not row.is_verbatim(report):
        return ""
    number = (
        f"<blockquote class='wb-answer'>{html.escape(row.text)}</blockquote>"
        if row.amount is not None
        else ""
    )
    return number + passage_html(report.text, row.sentence, (row.span,))
