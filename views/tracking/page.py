"""The page 兑现: the targets of one report beside what a later one of the same place says of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from answers.commitments.export import tracking_sheet
from answers.commitments.tracking.finding import Told
from answers.commitments.tracking.judgements import judgements, target_key
from answers.commitments.tracking.pairs import Series, series_by_place
from answers.commitments.tracking.results import source_of
from answers.commitments.tracking.totals import totals
from answers.sheets.naming import file_name
from embeddings import WenbaoError
from embeddings.language import Language
from indexer.index import ReportIndex
from indexer.people.report_sets import ReportSet, report_sets
from indexer.report.report import Report
from views.shared.address import address, link_here, page_address
from views.shared.done import tell_done
from views.shared.downloads import download_buttons
from views.shared.ledger import generation_key
from views.shared.markup import STYLE, plain
from views.shared.preparation import ready_index, service
from views.shared.report_sets import choose_set
from views.shared.rows import choose_row
from views.shared.titles import few_names
from views.tracking.chosen import PARAMETERS, SET, STATUSES, TARGET, choose_target, set_chosen
from views.tracking.judging import judging, opened_pair
from views.tracking.layout import STYLE as TRACKING_STYLE
from views.tracking.layout import (
    empty_columns,
    finding_labels,
    history_line,
    judged_count,
    kept,
    next_target,
    topic_line,
    tracked_line,
    verdicts_html,
)
from views.tracking.over_years import over_years_section
from views.tracking.overview import overview
from views.tracking.reports import choose_also, choose_pair
from views.tracking.told import Key, told_of_pair, tracked_reports
from views.tracking.wording import TrackingWording


def tracking_page(language: Language) -> None:
    """Draw the page."""
    words = TrackingWording(language)
    st.html(STYLE)
    st.html(TRACKING_STYLE)
    with address("tracking", PARAMETERS, words):
        _page(words)


def _page(words: TrackingWording) -> None:
    prepared = service()
    index = ready_index(prepared, words)
    if index is None:
        return
    if not index.reports:
        st.info(words.empty, icon=":material/folder_open:")
        return
    st.caption(words.intro)
    where = st.columns([1, 1, 2, 2], vertical_alignment="bottom") if report_sets(prepared.directory) else None
    inside: ReportSet | None = None
    with where[0] if where else st.container():
        inside = choose_set(prepared.directory, index, words, key=SET, on_change=set_chosen)
    known = series_by_place(
        index.reports if inside is None else index.catalogue.of(frozenset(inside.documents))
    )
    several = [one for one in known if len(one.reports) > 1]
    lonely = few_names([one.region for one in known if len(one.reports) == 1], words)
    if not several:
        names = lonely or few_names([report.title for report in index.reports], words)
        told = words.one_report if inside is None else words.one_report_of_set
        st.info(plain(told.format(names=names)), icon=":material/library_add:")
        return
    boxes = where[1:] if where else st.columns([1, 2, 2], vertical_alignment="bottom")
    series, first, second = choose_pair(several, boxes, words)
    earlier = index.report(first.name)
    further = (name for name in choose_also(index, series, words) if name not in (first.name, second.name))
    later = [index.report(name) for name in (second.name, *further)]
    if lonely:
        st.caption(plain(words.lonely.format(names=lonely)))
    try:
        key = generation_key(prepared.directory, index)
        _pair(key, prepared.directory, index, series, earlier, later, words)
        over_years_section(series, key, index, words)
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")


def _pair(
    key: Key, directory: Path, index: ReportIndex, series: Series, earlier: Report,
    documents: Sequence[Report], words: TrackingWording,
) -> None:  # fmt: skip
    later = documents[0]
    line = st.container(horizontal=True, vertical_alignment="center")
    unnumbered = line.toggle(words.unnumbered, help=words.unnumbered_help, key="tracking_unnumbered")
    made = judgements(directory)
    tell = partial(told_of_pair, key, index, made, unnumbered)
    with st.spinner(words.comparing):
        names = tuple(one.name for one in documents)
        told = tell(earlier.name, names)
        tracked = tracked_reports(key, earlier.name, names, unnumbered, index)
        detached = tracked.detached(made)
    doubts = tracked.doubts
    for doubt in doubts:
        st.error(plain(doubt.words(words.language)), icon=":material/warning:")
    if detached:
        with st.expander(words.detached.format(count=len(detached)), icon=":material/link_off:"):
            zone = st.context.timezone
            st.dataframe([history_line(one, words, zone) for one in detached], hide_index=True)
    if not told:
        st.info(words.no_targets, icon=":material/search_off:")
        return
    tell_done(words)
    line.markdown(words.totals.format(rows=len(told), judged=judged_count(told)), width="content")
    overview(series, told, earlier, later, tell, words)
    listed = _table(told, earlier, documents, words)
    # It stays open also where the filters no longer list it, as after a judgement that changed its status.
    wanted = st.session_state.get(TARGET)
    chosen = next((one for one in told if target_key(one.judged.tracked, earlier) == wanted), None)
    _take_away(told, earlier, documents, words)
    with st.expander(words.by_topic):
        st.dataframe([topic_line(one, words) for one in totals(told, earlier)], hide_index=True)
    if chosen is None:
        st.info(words.pick, icon=":material/left_click:")
        return
    st.html(verdicts_html(chosen, words, st.context.timezone))
    source = source_of(chosen.judged.tracked, documents)
    after = next_target(listed, str(wanted))
    opened_pair(
        chosen.judged, earlier, source, index, words,
        lambda: judging(chosen.judged, made, earlier, later, directory, after, choose_target, words),
    )  # fmt: skip


def _table(
    told: Sequence[Told], earlier: Report, later: Sequence[Report], words: TrackingWording
) -> tuple[str, ...]:
    """Draw the targets that are filtered; what names each, in order."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    labels = finding_labels(told, words)
    # One that no target has any more is no filter.
    st.session_state[STATUSES] = [one for one in st.session_state.get(STATUSES) or () if one in labels]
    wanted = left.pills(
        words.status,
        list(labels),
        selection_mode="multi",
        format_func=labels.__getitem__,
        help=words.findings_help,
        key=STATUSES,
    )
    sought = right.text_input(words.search, key="tracking_words", placeholder=words.search_placeholder)
    found = kept(told, earlier, later, wanted, sought)
    if not found:
        st.info(words.nothing, icon=":material/search_off:")
        return ()
    keys = tuple(target_key(one.judged.tracked, earlier) for one in found)
    lines = [tracked_line(one, earlier, later, words) for one in found]
    choose_row(
        lines,
        keys,
        st.session_state.get(TARGET),
        choose_target,
        key="tracking_table",
        height=460 if len(found) > 11 else "auto",
        column_config={
            words.indicator: st.column_config.TextColumn(width=150),
            words.target_said: st.column_config.TextColumn(width=260),
            words.outcome_said: st.column_config.TextColumn(width=260),
            words.reason: st.column_config.TextColumn(width="medium"),
            **empty_columns(lines, (words.person, words.judged_by)),
        },
    )
    return keys


def _take_away(
    told: Sequence[Told], earlier: Report, later: Sequence[Report], words: TrackingWording
) -> None:
    base = page_address("commitments")
    with st.container(horizontal=True):
        download_buttons(
            lambda: tracking_sheet(told, earlier, *later, base=base),
            "wenbao-tracking",
            file_name(words.page_title, earlier.title, str(later[0].year or later[0].title)),
            words.export_ledger,
        )
        with st.popover(words.link, icon=":material/link:"):
            st.code(link_here("tracking", PARAMETERS), language=None, wrap_lines=True)
