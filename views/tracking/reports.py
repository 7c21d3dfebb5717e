"""The boxes on the page 兑现 in which the place is chosen, its two reports, and what else is consulted."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answers.commitments.tracking.pairs import Series
from answers.understanding.scope import region_label
from indexer.index import ReportIndex
from indexer.report.described import Described
from indexer.text.characters import typed
from views.shared.address import bad_link
from views.shared.report_choice import MOST_OPTIONS, choose_reports
from views.shared.titles import few_names, titles
from views.tracking.chosen import ALSO, FROM, PLACE, REGION, TO, pair_chosen, place_chosen
from views.tracking.layout import pair_to_show
from views.tracking.wording import TrackingWording


def choose_pair(
    several: Sequence[Series], boxes: Sequence[DeltaGenerator], words: TrackingWording
) -> tuple[Series, Described, Described]:
    """The place and the two reports: those that are chosen or that the address names, else the latest two."""
    wanted = st.session_state.get(FROM), st.session_state.get(TO)
    place = st.session_state.get(REGION)
    region, pair = pair_to_show(several, place, *wanted)
    if wanted[1] and pair != wanted:
        bad_link(words.no_pair.format(names=few_names([name for name in wanted if name], words)))
    by_region = {one.region: one for one in several}
    left, middle, right = boxes
    with left:
        _place(list(by_region), region, words)
    series = by_region[region]
    known, reports = titles(series.reports), {report.name: report for report in series.reports}
    st.session_state["tracking_earlier"], st.session_state["tracking_later"] = pair
    middle.selectbox(
        words.earlier, list(reports)[:-1], format_func=known.__getitem__, key="tracking_earlier",
        on_change=pair_chosen, args=("tracking_earlier", ""),
    )  # fmt: skip
    after = [report.name for report in series.after(pair[0])]
    right.selectbox(
        words.later, after, format_func=known.__getitem__, key="tracking_later",
        on_change=pair_chosen, args=("tracking_earlier", "tracking_later"),
    )  # fmt: skip
    st.session_state[FROM], st.session_state[TO] = pair
    earlier, later = (reports[name] for name in pair)
    years = (later.year or 0) - (earlier.year or 0)
    if years > 1:
        st.caption(words.years_apart.format(years=years))
    return series, earlier, later


def choose_also(index: ReportIndex, series: Series, words: TrackingWording) -> list[str]:
    """The further documents of the place that are chosen, where there are any: those that follow no other."""
    following = {report.name for report in series.reports}
    offered = [
        one for one in index.reports if region_label(one) == series.region and one.name not in following
    ]
    if not offered:
        return []
    return choose_reports(offered, words.also, words, key=ALSO, help=words.also_help)


def _place(regions: Sequence[str], now: str, words: TrackingWording) -> None:
    """The box of the places whose reports are set beside each other; of many those are offered that are sought."""
    offered = list(regions)
    if len(offered) > MOST_OPTIONS:
        sought = st.text_input(
            words.find_place, key="tracking_find", placeholder=words.find_place_placeholder
        )
        offered = [region for region in offered if typed(sought).strip() in region][:MOST_OPTIONS]
        if now not in offered:
            offered = [now, *offered]
    st.session_state[PLACE] = now
    st.selectbox(words.place, offered, key=PLACE, on_change=place_chosen)
