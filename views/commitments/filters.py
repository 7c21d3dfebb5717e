"""The filters of the page 承诺."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answers.commitments.rows import StatementKind
from answers.commitments.search import Filter, Order
from answers.commitments.stored import Choices
from answers.understanding.places_of_reports import report_places
from indexer.index import ReportIndex
from indexer.twins import twins_among
from views.commitments.chosen import ALL_KINDS, FOLDED
from views.commitments.wording import CommitmentsWording
from views.shared.parameters import query_of
from views.shared.report_choice import MOST_OPTIONS, choose_regions, choose_reports
from views.shared.report_sets import choose_set

# On a phone two boxes stand side by side: one below the other they filled the screen, and the table was out of sight.
STYLE = """
<style>
@media (max-width: 640px) {
  .st-key-commitments_filters [data-testid="stHorizontalBlock"] { gap: .3rem .8rem; }
  .st-key-commitments_filters [data-testid="stColumn"] { min-width: calc(50% - .8rem); flex: 1 1 calc(50% - .8rem); }
  .st-key-commitments_filters [data-testid="stColumn"]:nth-child(-n+2) { min-width: 100%; }
}
</style>
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asks of the ledger. With `by_meaning` the words order the rows instead of filtering them."""

    filter: Filter
    order: Order
    words: str
    by_meaning: bool


@dataclass(frozen=True, slots=True)
class Boxes:
    """Where the filters are drawn: what everybody uses in one row, the others folded up."""

    region: DeltaGenerator
    year: DeltaGenerator
    further: DeltaGenerator


def report_filters(boxes: Boxes, directory: Path, index: ReportIndex, words: CommitmentsWording) -> Filter:
    """Which reports: by region and year, and folded up by set and by name."""
    reports = index.reports
    library = report_places(reports)
    with boxes.region:
        regions = choose_regions(
            [place.region for place in library.places if place.region],
            words.regions,
            key="commitments_regions",
            placeholder=words.any_region if len(library.places) > MOST_OPTIONS else words.any_of,
        )
    known = list(dict.fromkeys([*library.years, *st.session_state["commitments_report_years"]]))
    years = boxes.year.multiselect(
        words.report_years, known, placeholder=words.any_of, key="commitments_report_years"
    )
    with boxes.further:
        inside = choose_set(directory, index, words, key="commitments_set")
        chosen = choose_reports(
            reports, words.reports, words, key="commitments_reports", placeholder=words.all_reports
        )
    return Filter(
        documents=tuple(chosen) or (inside.documents if inside else ()),
        regions=tuple(regions),
        report_years=tuple(years),
        # Of a report that is there twice one copy is asked, but where somebody chose them.
        but=() if chosen or inside else tuple(sorted(twins_among(reports).silent)),
    )


def row_filters(directory: Path, index: ReportIndex, offered: Choices, words: CommitmentsWording) -> Wanted:
    """Draw every filter of the rows; what they choose.

    Raises:
        LedgerError: the amounts make an empty range.
    """
    with st.container(key="commitments_filters"):
        text_box, kind_box, topic_box, region_box, year_box, order_box = st.columns(
            [2.4, 1.9, 1.8, 1.7, 1.4, 1.7], vertical_alignment="bottom"
        )
    further = st.expander(further_label(words), key="commitments_further")
    reports = report_filters(Boxes(region_box, year_box, further), directory, index, words)
    text = text_box.text_input(
        words.search,
        key="commitments_words",
        placeholder=words.search_placeholder,
    )
    kinds = {kind or ALL_KINDS: name for kind, name in words.kinds.items()}
    kind = kind_box.segmented_control(
        words.kind,
        list(kinds),
        format_func=kinds.__getitem__,
        required=True,
        key="commitments_kind",
    )
    topics = topic_box.multiselect(
        words.topics,
        list(words.topic_names),
        format_func=words.topic_names.__getitem__,
        placeholder=words.any_of,
        key="commitments_topics",
    )
    with further:
        mode = st.segmented_control(
            words.mode,
            [False, True],
            format_func={False: words.by_words, True: words.by_meaning}.__getitem__,
            required=True,
            help=words.by_meaning_help,
            key="commitments_mode",
        )
        by_meaning = bool(mode) and bool(text.strip())
        wanted = replace(
            reports,
            kinds=(StatementKind(kind),) if kind else (),
            topics=tuple(topics),
            text="" if by_meaning else text,
        )
        wanted = _more(wanted, offered, words)
        unnumbered = st.toggle(words.unnumbered, help=words.unnumbered_help, key="commitments_unnumbered")
    order = order_box.selectbox(
        words.order,
        list(words.orders),
        format_func=words.orders.__getitem__,
        disabled=by_meaning,
        key="commitments_order",
    )
    return Wanted(replace(wanted, numbered=not unnumbered), order, text, by_meaning)


def further_label(words: CommitmentsWording) -> str:
    """更多条件, with how many of them are used: what is folded up may not filter unseen."""
    used = len(query_of({one.key: st.session_state.get(one.key) for one in FOLDED}, FOLDED))
    return words.more_used.format(count=used) if used else words.more


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
