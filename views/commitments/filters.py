"""The filters of the page 承诺."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from answers.commitments.rows import StatementKind
from answers.commitments.search import Filter, Order
from answers.commitments.stored import Choices
from answers.understanding.places_of_reports import report_places
from indexer.index import ReportIndex
from indexer.report_sets import report_sets
from indexer.twins import twins_among
from views.commitments.chosen import ALL_KINDS
from views.commitments.wording import CommitmentsWording
from views.shared.report_choice import MOST_OPTIONS, choose_regions, choose_reports
from views.shared.report_sets import choose_set


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asks of the ledger. With `by_meaning` the words order the rows instead of filtering them."""

    filter: Filter
    order: Order
    words: str
    by_meaning: bool


def report_filters(directory: Path, index: ReportIndex, words: CommitmentsWording) -> Filter:
    """Which reports: by name, set, region and year."""
    reports = index.reports
    library = report_places(reports)
    sets = bool(report_sets(directory)) or st.session_state.get("commitments_set") is not None
    first, left, middle, right = st.columns([1.6 if sets else 0.01, 3, 2, 1], vertical_alignment="bottom")
    with first:
        inside = choose_set(directory, index, words, key="commitments_set")
    with left:
        chosen = choose_reports(
            reports, words.reports, words, key="commitments_reports", placeholder=words.all_reports
        )
    with middle:
        regions = choose_regions(
            [place.region for place in library.places if place.region],
            words.regions,
            key="commitments_regions",
            placeholder=words.any_region if len(library.places) > MOST_OPTIONS else words.any_of,
        )
    known = list(dict.fromkeys([*library.years, *st.session_state["commitments_report_years"]]))
    years = right.multiselect(
        words.report_years, known, placeholder=words.any_of, key="commitments_report_years"
    )
    return Filter(
        documents=tuple(chosen) or (inside.documents if inside else ()),
        regions=tuple(regions),
        report_years=tuple(years),
        # Of a report that is there twice one copy is asked, but where somebody chose them.
        but=() if chosen or inside else tuple(sorted(twins_among(reports).silent)),
    )


def row_filters(reports: Filter, offered: Choices, words: CommitmentsWording) -> Wanted:
    """Which rows of these reports.

    Raises:
        LedgerError: the amounts make an empty range.
    """
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    text = left.text_input(
        words.search,
        key="commitments_words",
        placeholder=words.search_placeholder,
    )
    mode = right.segmented_control(
        words.mode,
        [False, True],
        format_func={False: words.by_words, True: words.by_meaning}.__getitem__,
        required=True,
        help=words.by_meaning_help,
        key="commitments_mode",
    )
    by_meaning = bool(mode) and bool(text.strip())
    one, two, three = st.columns([2, 3, 1.4], vertical_alignment="bottom")
    kinds = {kind or ALL_KINDS: name for kind, name in words.kinds.items()}
    kind = one.segmented_control(
        words.kind,
        list(kinds),
        format_func=kinds.__getitem__,
        required=True,
        key="commitments_kind",
    )
    topics = two.multiselect(
        words.topics,
        list(words.topic_names),
        format_func=words.topic_names.__getitem__,
        placeholder=words.any_of,
        key="commitments_topics",
    )
    order = three.selectbox(
        words.order,
        list(words.orders),
        format_func=words.orders.__getitem__,
        disabled=by_meaning,
        key="commitments_order",
    )
    wanted = replace(
        reports,
        kinds=(StatementKind(kind),) if kind else (),
        topics=tuple(topics),
        text="" if by_meaning else text,
    )
    with st.expander(words.more):
        wanted = _more(wanted, offered, words)
    unnumbered = st.toggle(words.unnumbered, help=words.unnumbered_help, key="commitments_unnumbered")
    return Wanted(replace(wanted, numbered=not unnumbered), order, text, by_meaning)


def _more(wanted: Filter, offered: Choices, words: CommitmentsWording) -> Filter:
    one, two, three, four, five = st.columns([2, 1.2, 2, 1.2, 1.2])
    state = st.session_state
    known = list(dict.fromkeys([*offered.years, *state["commitments_years"]]))
    years = one.multiselect(words.years, known, placeholder=words.any_of, key="commitments_years")
    units = list(dict.fromkeys(["", *offered.units[:MOST_OPTIONS], state["commitments_unit"]]))
    unit = two.selectbox(
        words.unit,
        units,
        format_func=lambda unit: unit or words.any_unit,
        key="commitments_unit",
    )
    bounds = three.multiselect(
        words.bound,
        list(words.bounds),
        format_func=words.bounds.__getitem__,
        placeholder=words.any_of,
        key="commitments_bounds",
    )
    low = four.number_input(words.at_least, value=None, format="%g", key="commitments_low")
    high = five.number_input(words.at_most, value=None, format="%g", key="commitments_high")
    return replace(wanted, years=tuple(years), unit=unit, bounds=tuple(bounds), low=low, high=high)
