"""How the promises of a pair of reports, or of every pair of its place, stand, as a picture on the page 兑现."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence

import streamlit as st

from answers.commitments.tracking.finding import Told
from answers.commitments.tracking.pairs import Series
from indexer.report.report import Report
from views.shared.picture import draw_picture
from views.shared.theme import ink
from views.tracking.chosen import EVERY
from views.tracking.overview_chart import consecutive, legend_html, overview_chart, overview_rows, pair_label
from views.tracking.wording import TrackingWording

_MOST_PAIRS = 20
_STYLE = """<style>
.wb-legend { display: inline-block; margin-right: 1rem; font-size: .9rem; white-space: nowrap; }
.wb-legend i { display: inline-block; width: .8rem; height: .8rem; margin-right: .35rem; vertical-align: -.05rem;
  border: 1px solid color-mix(in srgb, currentColor 35%, transparent); }
</style>"""


def overview(
    series: Series,
    told: Sequence[Told],
    earlier: Report,
    later: Report,
    tell: Callable[[str, tuple[str, ...]], tuple[Told, ...]],
    words: TrackingWording,
) -> None:
    """Draw it: what is `told` of the pair that is open, or what `tell` says of each pair of its `series`, by their names."""
    pairs = consecutive(series)[-_MOST_PAIRS:]
    shown: dict[str, Sequence[Told]] = {pair_label(earlier, later): told}
    if len(pairs) > 1 and st.session_state.get(EVERY, False):
        with st.spinner(words.comparing):
            shown = {pair_label(one, other): tell(one.name, (other.name,)) for one, other in pairs}
    letters = ink()
    rows = overview_rows(shown, words)
    draw_picture("overview", (rows, letters), lambda: overview_chart(shown, words, letters))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            f"{_STYLE}<div>{legend_html(shown, words)}</div>"
            f"<div class='wb-place'>{html.escape(words.overview_help)}</div>"
        )
        if len(pairs) > 1:
            st.toggle(words.every_year, key=EVERY)
