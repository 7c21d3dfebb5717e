"""One indicator in every report, on the page 承诺: a chart, a table, and the row in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answers.commitments.across_reports import Compared, Indicator, over_reports
from answers.commitments.export import indicator_sheet
from answers.commitments.rows import Commitment, StatementKind
from answers.commitments.scales import value_in
from answers.commitments.search import Filter
from answers.commitments.stored import Choices, StoredLedger
from answers.quantities.scales import scale
from answers.sheets.naming import file_name
from indexer.index import ReportIndex
from views.commitments.chosen import ROW, choose_commitment, row_name
from views.commitments.filters import Boxes
from views.commitments.layout import (
    MOST_BARS,
    entry_row,
    indicator_order,
    indicator_series,
    one_place,
    published_at,
    report_label,
    scaled_value,
)
from views.commitments.wording import CommitmentsWording
from views.shared.chart import draw_chart
from views.shared.downloads import download_buttons
from views.shared.markup import plain
from views.shared.paging import choose_page
from views.shared.report_choice import MOST_OPTIONS
from views.shared.rows import choose_row
from views.shared.titles import few_names

_NAME = "indicator"


@dataclass(frozen=True, slots=True)
class IndicatorBoxes:
    """Where the filters of an indicator are drawn, in one row."""

    name: DeltaGenerator
    kind: DeltaGenerator
    unit: DeltaGenerator
    reports: Boxes


def indicator_boxes(words: CommitmentsWording) -> IndicatorBoxes:
    """The row, empty yet."""
    name, kind, unit, region, year = st.columns([3, 1.5, 2, 2, 1.6], vertical_alignment="bottom")
    return IndicatorBoxes(name, kind, unit, Boxes(region, year, st.expander(words.which_reports)))


def indicator_section(
    ledger: StoredLedger,
    boxes: IndicatorBoxes,
    among: Filter,
    index: ReportIndex,
    offered: Choices,
    words: CommitmentsWording,
    base: str,
) -> Commitment | None:
    """Draw it and return the row that is selected. `among` chooses the reports; `base`: the page's address."""
    name = boxes.name.text_input(
        words.indicator,
        key=_NAME,
        placeholder=words.indicator_placeholder,
    )
    kinds = {StatementKind.TARGET: words.target, StatementKind.ACHIEVED: words.result}
    kind = boxes.kind.segmented_control(
        words.kind, list(kinds), format_func=kinds.__getitem__, required=True, key="indicator_kind"
    )
    unit = boxes.unit.selectbox(
        words.unit,
        list(dict.fromkeys(["", *offered.units[:MOST_OPTIONS], st.session_state["indicator_unit"]])),
        format_func=lambda unit: unit or words.usual_unit,
        key="indicator_unit",
    )
    with st.container(horizontal=True):
        for example in words.indicator_examples:
            st.button(example, key=f"indicator:{example}", on_click=_use, args=(example,), type="tertiary")
    if not name.strip():
        st.info(words.indicator_hint, icon=":material/stacked_bar_chart:")
        return None
    kind = kind or StatementKind.TARGET
    key = f"{ledger.state()}:{name.strip()}:{kind}:{unit}:{among}"
    found = _over_reports(
        str(ledger.directory), key, lambda: over_reports(ledger, name.strip(), kind, unit, among)
    )
    if not found.found:
        st.info(words.nobody, icon=":material/search_off:")
        return None
    counts = (len(found.found), len(found.silent))
    st.caption(
        plain(words.indicator_found.format(found=counts[0], silent=counts[1], unit=found.unit or "—"))
        + " · "
        + plain(words.indicator_check)
    )
    return _table(found, index, words, key, base, name.strip(), kind)


def _use(example: str) -> None:
    st.session_state[_NAME] = example


@st.cache_resource(show_spinner=False, max_entries=64)
def _over_reports(directory: str, key: str, _work: Callable[[], Indicator]) -> Indicator:
    return _work()


def _table(
    found: Indicator,
    index: ReportIndex,
    words: CommitmentsWording,
    key: str,
    base: str,
    name: str,
    kind: StatementKind,
) -> Commitment | None:
    orders = {False: words.by_value, True: words.by_place}
    by_place = st.segmented_control(
        words.order, list(orders), format_func=orders.__getitem__, required=True, key="indicator_order"
    )
    rows = indicator_order(found, not by_place)
    ends = [value_in(one.entry, found.unit) for one in rows if one.entry is not None]
    factor, prefix = scale([high for _, high in filter(None, ends)])
    scaled = words.scaled_value.format(unit=prefix + found.unit)
    page = choose_page(len(rows), f"indicator:{key}:{by_place}", words)
    entries = [one.entry for one in rows[page.slice] if one.entry is not None]
    named = {row_name(entry.row): entry.row for entry in entries}
    choose_row(
        [
            {
                **entry_row(entry, report_label(index.entry(entry.row.place.document)), words),
                scaled: scaled_value(entry, found.unit, factor),
            }
            for entry in entries
        ],
        [row_name(entry.row) for entry in entries],
        st.session_state.get(ROW),
        choose_commitment,
        key="indicator_table",
        height=460 if len(entries) > 11 else "auto",
        column_config={
            words.sentence: st.column_config.TextColumn(width="large"),
            scaled: st.column_config.NumberColumn(format="%.6g"),
        },
        column_order=[
            words.report, words.written, words.bound, scaled, words.object, words.sentence
        ],
    )  # fmt: skip
    if found.silent:
        st.caption(plain(words.no_value_in.format(names=_names(found.silent, index, words))))
    kinds = {StatementKind.TARGET: words.target, StatementKind.ACHIEVED: words.result}
    file = file_name(words.indicator_file, name, kinds[kind])
    with st.container(horizontal=True):
        download_buttons(
            lambda: indicator_sheet((*rows, *found.silent), kind, name, base, published_at(index)),
            "wenbao-indicator",
            file,
            words.export_ledger,
        )
    drawn = indicator_series(found, rows[:MOST_BARS])
    if drawn is not None:
        over_years = one_place([index.entry(one.document) for one in rows])
        draw_chart(drawn, index, over_years, sort=not by_place)
        if len(rows) > MOST_BARS:
            st.caption(words.charted.format(count=MOST_BARS))
    return named.get(st.session_state.get(ROW) or "")


def _names(silent: Sequence[Compared], index: ReportIndex, words: CommitmentsWording) -> str:
    return few_names([report_label(index.entry(one.document)) for one in silent], words)
