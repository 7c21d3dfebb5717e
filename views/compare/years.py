"""The wording of a topic over the years on the page 对比: what is new, what is gone, and the sentences."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from answers.comparison.table import Comparison
from answers.comparison.wording import wording_over_years
from indexer.index import ReportIndex
from views.compare.layout import phrases_html, sentence_html, shown_evidence
from views.compare.wording import CompareWording
from views.shared.plain import plain
from views.shared.reply_layout import ShownPassage


def wording_section(
    comparison: Comparison,
    index: ReportIndex,
    words: CompareWording,
    open_passage: Callable[[ShownPassage], None],
) -> None:
    """Draw each year, the newest first; a click calls `open_passage`."""
    st.caption(words.wording_help)
    years = wording_over_years(comparison.plan.question, comparison.plan.documents, index)
    for year in reversed(years):
        report = index.report(year.document)
        with st.container(border=True):
            st.markdown(f"**{year.year}** · {plain(report.title)}")
            if not year.sentences:
                st.caption(words.not_named)
            if year.new:
                st.html(f"<span class='wb-small'>{words.new}</span><br>{phrases_html(year.new, 'new')}")
            if year.gone:
                st.html(f"<span class='wb-small'>{words.gone}</span><br>{phrases_html(year.gone, 'gone')}")
            if year.before and year.sentences and not (year.new or year.gone):
                st.caption(words.nothing_new)
            if year.sentences:
                with st.expander(f"{words.sentences}（{len(year.sentences)}）"):
                    for n, found in enumerate(year.sentences):
                        marks = [new.span for new in year.new]
                        st.html(sentence_html(report, found.sentence, marks))
                        st.button(
                            words.open,
                            key=f"wording:{year.document}:{n}",
                            on_click=open_passage,
                            args=(shown_evidence(found),),
                            type="tertiary",
                        )
