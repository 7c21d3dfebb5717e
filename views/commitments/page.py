"""The page 承诺: every target and result of the reports, to search, to see in its place and to take away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from answers.commitments.export import LedgerRows, ledger_sheet
from answers.commitments.nearest import nearest
from answers.commitments.rows import Commitment
from answers.commitments.search import Entry, Filter
from answers.commitments.stored import StoredLedger, TopicCount, topics_of, totals_of
from answers.errors import LedgerError, QuestionError
from answers.service import Service
from embeddings import WenbaoError
from embeddings.language import Language
from indexer.index import ReportIndex
from views.commitments.chosen import (
    PARAMETERS,
    ROW,
    TOTALS,
    TOTALS_REGION,
    TOTALS_TOPIC,
    TOTALS_YEAR,
    VIEW,
    choose_commitment,
    follow_other_links,
    row_name,
    row_named,
)
from views.commitments.filters import STYLE as FILTER_STYLE
from views.commitments.filters import Wanted, report_filters, row_filters
from views.commitments.indicator import indicator_boxes, indicator_section
from views.commitments.layout import (
    MOST_EXPORTED,
    count_chart,
    entry_row,
    filled_columns,
    ledger_file,
    linked,
    published_at,
    region_counts,
    report_label,
    topic_chart,
    topic_rows,
    year_counts,
)
from views.commitments.wording import CommitmentsWording
from views.shared.address import address, bad_link, link_here, page_address
from views.shared.allowance import may_ask
from views.shared.beside import whole_report
from views.shared.downloads import download_buttons
from views.shared.either import either
from views.shared.ledger import kept, opened_ledger, row_in_place
from views.shared.markup import STYLE, plain
from views.shared.paging import choose_page
from views.shared.picture import draw_picture
from views.shared.preparation import ready_answerer, ready_index, service
from views.shared.rows import choose_row
from views.shared.theme import ink


def commitments_page(language: Language) -> None:
    """Draw the page."""
    words = CommitmentsWording(language)
    st.html(STYLE)
    st.html(FILTER_STYLE)
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
    with st.container(horizontal=True, vertical_alignment="center"):
        view = either(words.view, words.list_view, words.indicator_view, VIEW)
        st.caption(words.intro)
    try:
        if view:
            boxes = indicator_boxes(words)
            among = report_filters(boxes.reports, prepared.directory, index, words)
            left, right = st.columns([8, 5], gap="medium")
            with left:
                base = page_address("commitments")
                picked = indicator_section(ledger, boxes, among, index, offered, words, base)
            with right:
                _opened(picked, index, words)
        else:
            wanted = row_filters(prepared.directory, index, offered, words)
            _list(ledger, wanted, index, prepared, words)
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
            _take_away(rows, count.rows, index, ledger_file(wanted.filter, words), words)
    with right:
        _opened(picked, index, words, ledger)
        if topics:
            _totals(ledger, wanted, topics, words)


def _totals(
    ledger: StoredLedger, wanted: Wanted, topics: Sequence[TopicCount], words: CommitmentsWording
) -> None:
    """How many rows there are, as a picture: by topic, by region or by the year they speak of."""
    names = {TOTALS_TOPIC: words.totals_by["topic"]}
    if not wanted.by_meaning:  # what is found by meaning is no filter that the ledger could count by
        names |= {key: words.totals_by[key] for key in (TOTALS_REGION, TOTALS_YEAR)}
    if st.session_state.get(TOTALS) not in names:
        st.session_state[TOTALS] = TOTALS_TOPIC
    by = st.segmented_control(
        words.totals_of, list(names), format_func=names.__getitem__, required=True, key=TOTALS
    )
    letters = ink()
    if by == TOTALS_TOPIC:
        rows = topic_rows(topics, words)
        draw_picture("topics", (rows, letters), lambda: topic_chart(topics, words, letters))
        return
    counts = (
        region_counts(kept(ledger, ledger.by_region, wanted.filter))
        if by == TOTALS_REGION
        else year_counts(kept(ledger, ledger.by_year, wanted.filter))
    )
    draw_picture("counts", (counts, words.totals_of, letters), lambda: count_chart(counts, words, letters))


def _table(shown: Sequence[Entry], index: ReportIndex, words: CommitmentsWording) -> Commitment | None:
    # A report that was removed a moment ago may still be in the ledger.
    shown = [entry for entry in shown if index.catalogue.get(entry.row.place.document) is not None]
    if not shown:
        st.info(words.nothing, icon=":material/search_off:")
        return None
    rows = {row_name(entry.row): entry.row for entry in shown}
    lines = [entry_row(entry, report_label(index.entry(entry.row.place.document)), words) for entry in shown]
    choose_row(
        lines,
        [row_name(entry.row) for entry in shown],
        st.session_state.get(ROW),
        choose_commitment,
        key="commitments_table",
        height=560 if len(shown) > 14 else "auto",
        column_config={
            words.object: st.column_config.TextColumn(width=115),
            words.sentence: st.column_config.TextColumn(width=290),
            words.report: st.column_config.TextColumn(width=90),
            words.kind: st.column_config.TextColumn(width=50),
            words.written: st.column_config.TextColumn(width=95),
            words.bound: st.column_config.TextColumn(width=60),
            words.action: st.column_config.TextColumn(width=60),
            words.value: st.column_config.NumberColumn(format="localized"),
            words.year: st.column_config.NumberColumn(format="%d"),
        },
        column_order=filled_columns(lines, [
            words.object, words.sentence, words.report, words.kind, words.written, words.bound, words.year,
            words.topic, words.value, words.unit, words.action,
        ]),
    )  # fmt: skip
    return rows.get(st.session_state.get(ROW) or "")


def _take_away(
    rows: Sequence[Entry], count: int, index: ReportIndex, name: str, words: CommitmentsWording
) -> None:
    base = page_address("commitments")
    if count > MOST_EXPORTED:
        st.caption(plain(words.capped.format(count=MOST_EXPORTED)))
    with st.container(horizontal=True):
        download_buttons(
            lambda: ledger_sheet(rows, base, published_at(index)),
            "wenbao-commitments",
            name,
            words.export_ledger,
        )
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
        row_in_place(picked, index, words, "commitments", opened=True)
    elif there is not None:
        whole_report(index.report(there.document), words, name="commitments", mark=there.span, opened=True)
    elif name:
        bad_link(words.bad_link.format(report=row_named(name)["report"]))
        choose_commitment(None)
    else:
        st.info(words.pick, icon=":material/left_click:")
