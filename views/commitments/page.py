"""The page 承诺: every target and result of the reports, to search, to see in its place and to take away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from answers.commitments.export import LedgerRows, ledger_sheet
from answers.commitments.nearest import nearest
from answers.commitments.rows import Commitment
from answers.commitments.search import Entry, Filter
from answers.commitments.stored import StoredLedger, topics_of, totals_of
from answers.errors import LedgerError, QuestionError
from answers.service import Service
from embeddings import WenbaoError
from embeddings.language import Language
from indexer.index import ReportIndex
from views.commitments.chosen import (
    PARAMETERS,
    ROW,
    VIEW,
    choose_commitment,
    follow_other_links,
    row_name,
    row_named,
)
from views.commitments.filters import Wanted, report_filters, row_filters
from views.commitments.indicator import indicator_section
from views.commitments.layout import MOST_EXPORTED, entry_row, ledger_file, linked, report_label, topic_chart
from views.commitments.wording import CommitmentsWording
from views.shared.address import address, bad_link, link_here, page_address
from views.shared.allowance import may_ask
from views.shared.downloads import download_buttons
from views.shared.either import either
from views.shared.ledger import kept, opened_ledger, row_in_place, text_in_place
from views.shared.markup import STYLE, plain
from views.shared.paging import choose_page
from views.shared.preparation import ready_answerer, ready_index, service
from views.shared.rows import choose_row
from views.shared.theme import ink


def commitments_page(language: Language) -> None:
    """Draw the page."""
    words = CommitmentsWording(language)
    st.html(STYLE)
    with address("commitments", PARAMETERS, words):
        _page(words)


def _page(words: CommitmentsWording) -> None:
    follow_other_links()
    prepared = service()
    index = ready_index(prepared, words)
    if index is None:
        return
    if not index.reports:
        st.info(words.empty, icon=":material/folder_open:")
        return
    try:
        ledger = opened_ledger(prepared.directory, index, words)
        if ledger is not None:
            _ledger(ledger, index, prepared, words)
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")


def _ledger(ledger: StoredLedger, index: ReportIndex, prepared: Service, words: CommitmentsWording) -> None:
    offered = kept(ledger, ledger.choices, Filter())
    st.caption(words.intro)
    reports = report_filters(prepared.directory, index, words)
    view = either(words.view, words.list_view, words.indicator_view, VIEW)
    if view:
        left, right = st.columns([8, 5], gap="medium")
        with left:
            try:
                picked = indicator_section(
                    ledger, reports, index, offered, words, page_address("commitments")
                )
            except LedgerError as error:
                st.warning(plain(error.message(words.language)), icon=":material/edit:")
                return
        with right:
            _opened(picked, index, words)
        return
    try:
        _list(ledger, row_filters(reports, offered, words), index, prepared, words)
    except (LedgerError, QuestionError) as error:
        st.warning(plain(error.message(words.language)), icon=":material/edit:")


def _list(
    ledger: StoredLedger, wanted: Wanted, index: ReportIndex, prepared: Service, words: CommitmentsWording
) -> None:
    found: Sequence[Entry] = ()
    if wanted.by_meaning:
        # Of all this page does, this alone needs the model.
        answerer = ready_answerer(prepared, words)
        if answerer is None or not may_ask(wanted, "commitments", words):
            return
        found = nearest(ledger, wanted.filter, wanted.words, answerer)
        count, topics = totals_of(found), topics_of(found)
    else:
        count = kept(ledger, ledger.totals, wanted.filter)
        topics = kept(ledger, ledger.by_topic, wanted.filter)
    st.markdown(
        words.totals.format(
            rows=count.rows, targets=count.targets, results=count.results, reports=count.reports
        )
    )
    left, right = st.columns([8, 5], gap="medium")
    with left:
        key = f"commitments:{ledger.state()}:{wanted}"
        page = choose_page(count.rows, key, words)
        if wanted.by_meaning:
            shown = found[page.slice]
        else:
            shown = ledger.page(wanted.filter, wanted.order, page.offset, page.limit)
        picked = _table(shown, index, words)
        if count.rows:
            rows = found or LedgerRows(ledger, wanted.filter, wanted.order, MOST_EXPORTED)
            _take_away(rows, count.rows, ledger_file(wanted.filter, words), words)
    with right:
        _opened(picked, index, words, ledger)
        if topics:
            st.markdown(f"**{words.by_topic}**")
            st.altair_chart(topic_chart(topics, words, ink()), width="stretch")


def _table(shown: Sequence[Entry], index: ReportIndex, words: CommitmentsWording) -> Commitment | None:
    # A report that was removed a moment ago may still be in the ledger.
    shown = [entry for entry in shown if index.catalogue.get(entry.row.place.document) is not None]
    if not shown:
        st.info(words.nothing, icon=":material/search_off:")
        return None
    rows = {row_name(entry.row): entry.row for entry in shown}
    choose_row(
        [entry_row(entry, report_label(index.entry(entry.row.place.document)), words) for entry in shown],
        [row_name(entry.row) for entry in shown],
        st.session_state.get(ROW),
        choose_commitment,
        key="commitments_table",
        height=620 if len(shown) > 15 else "auto",
        column_config={
            words.report: st.column_config.TextColumn(width=95),
            words.kind: st.column_config.TextColumn(width=60),
            words.object: st.column_config.TextColumn(width=150),
            words.action: st.column_config.TextColumn(width=60),
            words.bound: st.column_config.TextColumn(width=60),
            words.sentence: st.column_config.TextColumn(width="large"),
            words.value: st.column_config.NumberColumn(format="%.15g"),
            words.year: st.column_config.NumberColumn(format="%d"),
        },
        column_order=[
            words.report, words.kind, words.object, words.action, words.written, words.bound, words.sentence,
            words.value, words.unit, words.year, words.topic,
        ],
    )  # fmt: skip
    return rows.get(st.session_state.get(ROW) or "")


def _take_away(rows: Sequence[Entry], count: int, name: str, words: CommitmentsWording) -> None:
    base = page_address("commitments")
    if count > MOST_EXPORTED:
        st.caption(plain(words.capped.format(count=MOST_EXPORTED)))
    with st.container(horizontal=True):
        download_buttons(lambda: ledger_sheet(rows, base), "wenbao-commitments", name, words.export_ledger)
        with st.popover(words.link, icon=":material/link:"):
            st.code(link_here("commitments", PARAMETERS), language=None, wrap_lines=True)


def _opened(
    picked: Commitment | None,
    index: ReportIndex,
    words: CommitmentsWording,
    ledger: StoredLedger | None = None,
) -> None:
    """The row that is chosen, also one that the filters do not list, as a link may name it."""
    name = st.session_state.get(ROW) if picked is None else None
    there = linked(row_named(name), index) if name else None
    if there is not None and ledger is not None:
        entry = ledger.at(there.document, there.span)
        picked = entry.row if entry is not None else None
    if picked is not None:
        row_in_place(picked, index, words, "commitments")
    elif there is not None:
        text_in_place(index.report(there.document), there.span, "commitments")
    elif name:
        bad_link(words.bad_link.format(report=row_named(name)["report"]))
        choose_commitment(None)
    else:
        st.info(words.pick, icon=":material/left_click:")
