"""One indicator year after year, on the page 兑现: a chart of targets and results, a table, and the row in its place."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from answers.commitments.over_years import OverYears, over_years
from answers.commitments.rows import Commitment
from answers.commitments.tracking.pairs import Series
from indexer.index import ReportIndex
from views.shared.ledger import row_in_place
from views.shared.markup import plain
from views.shared.picture import draw_picture
from views.shared.rows import choose_row
from views.shared.theme import ink
from views.tracking.layout import chain_points, chain_row
from views.tracking.over_years_chart import chain_chart
from views.tracking.wording import TrackingWording

INDICATOR = "tracking_indicator"
_YEAR = "tracking_year"


def over_years_section(
    series: Series, key: tuple[str, int, str], index: ReportIndex, words: TrackingWording
) -> None:
    """Draw it for the reports of a place."""
    st.subheader(words.over_years, anchor=False)
    name = st.text_input(words.over_years_indicator, key=INDICATOR, placeholder=words.over_years_placeholder)
    with st.container(horizontal=True):
        for example in words.over_years_examples:
            st.button(example, key=f"over_years:{example}", on_click=_use, args=(example,), type="tertiary")
    if not name.strip():
        return
    names = tuple(report.name for report in series.reports)
    with st.spinner(words.comparing):
        found = _found(
            (*key, series.region, name.strip()),
            lambda: over_years([index.report(one) for one in names], name.strip()),
        )
    if not found.years:
        st.info(plain(words.over_years_nothing.format(name=name.strip())), icon=":material/search_off:")
        return
    points = chain_points(found, words)
    letters = ink()
    draw_picture("chain", (points, found.unit, letters), lambda: chain_chart(points, found.unit, letters))
    years = [str(one.year) for one in found.years]
    choose_row(
        [chain_row(one, words) for one in found.years],
        years,
        st.session_state.get(_YEAR),
        _choose_year,
        key="tracking_years_table",
        height=460 if len(years) > 11 else "auto",
    )
    wanted = next((one for one in found.years if str(one.year) == st.session_state.get(_YEAR)), None)
    if wanted is not None:
        for column, row, side in zip(
            st.columns(2, gap="large"), (wanted.target, wanted.outcome), ("target", "outcome"), strict=True
        ):
            with column:
                _quoted(row, index, words, side)


def _quoted(row: Commitment | None, index: ReportIndex, words: TrackingWording, side: str) -> None:
    if row is None:
        st.info(words.over_years_silent, icon=":material/search_off:")
        return
    st.markdown(f"**{plain(index.report(row.place.document).title)}**")
    row_in_place(row, index, words, f"over_years_{side}")


@st.cache_resource(show_spinner=False, max_entries=16)
def _found(key: tuple[str, int, str, str, str], _work: Callable[[], OverYears]) -> OverYears:
    return _work()


def _use(example: str) -> None:
    st.session_state[INDICATOR] = example


def _choose_year(year: str | None) -> None:
    st.session_state[_YEAR] = year
