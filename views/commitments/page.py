"""The page 承诺: every target and result of the reports, to search, to see in its place and to take away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from answers.commitments.export import ledger_sheet
from answers.commitments.nearest import nearest
from answers.commitments.rows import Commitment
from answers.commitments.search import Entry, Filter, LedgerProgress, search
from answers.commitments.summary import by_topic, totals
from answers.engine import Answerer
from answers.errors import LedgerError, QuestionError
from embeddings import WenbaoError
from embeddings.language import Language
from indexer.index import ReportIndex
from views.commitments.filters import Wanted, report_filters, row_filters
from views.commitments.indicator import indicator_section
from views.commitments.layout import (
    MOST_ROWS,
    choices,
    entry_row,
    linked,
    linked_row,
    report_label,
    topic_chart,
)
from views.commitments.wording import CommitmentsWording
from views.shared.downloads import download_buttons
from views.shared.ledger import generation_key, ledger_address, ledger_job, row_in_place, text_in_place
from views.shared.markup import STYLE, plain
from views.shared.preparation import ready_answerer, service
from views.shared.progress import Bar, show_progress


def commitments_page(language: Language) -> None:
    """Draw the page."""
    words = CommitmentsWording(language)
    st.html(STYLE)
    prepared = service()
    answerer = ready_answerer(prepared, words)
    if answerer is None:
        return
    index = answerer.index
    if not index.reports:
        st.info(words.empty, icon=":material/folder_open:")
        return
    job = ledger_job(prepared.directory, index)
    if not job.done:
        show_progress(job, lambda progress: _bar(progress, words))
        return
    ledger = job.result()
    if isinstance(ledger, WenbaoError):
        st.error(plain(ledger.message(language)), icon=":material/error:")
        return
    offered = choices(ledger)
    st.caption(words.intro)
    reports = report_filters(index, offered, words)
    views = [words.list_view, words.indicator_view]
    view = st.segmented_control(
        words.view,
        views,
        default=views["indicator" in st.query_params],
        required=True,
        label_visibility="collapsed",
    )
    if view == words.indicator_view:
        among = [entry for entry in search(ledger, reports) if entry.row.amount is not None]
        left, right = st.columns([8, 5], gap="medium")
        with left:
            key = (*generation_key(prepared.directory, index), *_key(reports))
            picked = indicator_section(among, key, index, offered, words, ledger_address())
        with right:
            _opened(picked, index, words)
        return
    try:
        _list(ledger, row_filters(reports, offered, words), answerer, words)
    except (LedgerError, QuestionError) as error:
        st.warning(plain(error.message(language)), icon=":material/edit:")


def _bar(read: LedgerProgress, words: CommitmentsWording) -> Bar:
    text = words.reading.format(title=read.title, done=read.done, total=read.total)
    return Bar(read.done / max(1, read.total), text)


def _key(wanted: Filter) -> tuple[str, ...]:
    return tuple(
        "|".join(map(str, field)) for field in (wanted.documents, wanted.regions, wanted.report_years)
    )


def _list(ledger: Sequence[Entry], wanted: Wanted, answerer: Answerer, words: CommitmentsWording) -> None:
    index = answerer.index
    offered = ledger if wanted.unnumbered else [entry for entry in ledger if entry.row.amount is not None]
    found = search(offered, wanted.filter, wanted.order)
    if wanted.by_meaning:
        found = nearest(found, wanted.words, answerer)
    count = totals(found)
    st.markdown(
        words.totals.format(
            rows=count.rows, targets=count.targets, results=count.results, reports=count.reports
        )
    )
    left, right = st.columns([8, 5], gap="medium")
    with left:
        picked = _table(found, index, wanted, words)
        if found:
            _take_away(found, index, words)
    with right:
        _opened(picked, index, words, ledger)
        if found:
            st.markdown(f"**{words.by_topic}**")
            st.altair_chart(topic_chart(by_topic(found), words), width="stretch")


def _table(
    found: Sequence[Entry], index: ReportIndex, wanted: Wanted, words: CommitmentsWording
) -> Commitment | None:
    if not found:
        st.info(words.nothing, icon=":material/search_off:")
        return None
    shown = found[:MOST_ROWS]
    labels = {report.name: report_label(report) for report in index.reports}
    picked = st.dataframe(
        [entry_row(entry, labels[entry.row.place.document], words) for entry in shown],
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        height=620 if len(shown) > 15 else "auto",
        # Another choice of rows is another table, in which nothing is selected.
        key=f"commitments_table:{index.settings.generation}:{wanted}",
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
    if len(found) > MOST_ROWS:
        st.caption(words.capped.format(count=MOST_ROWS, rows=len(found)))
    selected = picked["selection"]["rows"]
    return shown[selected[0]].row if selected and selected[0] < len(shown) else None


def _take_away(found: Sequence[Entry], index: ReportIndex, words: CommitmentsWording) -> None:
    base = ledger_address()
    with st.container(horizontal=True):
        download_buttons(
            lambda: ledger_sheet(found, index.report, base), "wenbao-commitments", words.export_ledger
        )
        with st.popover(words.link, icon=":material/link:"):
            st.code(st.context.url or "", language=None, wrap_lines=True)


def _opened(
    picked: Commitment | None,
    index: ReportIndex,
    words: CommitmentsWording,
    ledger: Sequence[Entry] = (),
) -> None:
    """The selected row, else the one that the address names."""
    query = st.query_params.to_dict()
    there = linked(query, index) if picked is None and "start" in query else None
    if there is not None:
        picked = linked_row(there, ledger)
    if picked is not None:
        row_in_place(picked, index, words, "commitments")
    elif there is not None:
        text_in_place(index.report(there.document), there.span, "commitments")
    elif "start" in query:
        st.warning(plain(words.bad_link.format(report=query.get("report", ""))), icon=":material/link_off:")
    else:
        st.info(words.pick, icon=":material/left_click:")
