"""The page 兑现: the targets of one report beside what a later one of the same place says of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from answers.commitments.export import tracking_sheet
from answers.commitments.tracking.judgements import Judged, judgements, target_key, with_judgements
from answers.commitments.tracking.pairs import Series, series_by_place, usual_pair
from answers.commitments.tracking.track import Tracked, track
from embeddings import WenbaoError
from embeddings.language import Language
from indexer.index import ReportIndex
from indexer.report.described import Described
from indexer.report.report import Report
from indexer.text.characters import typed
from views.shared.done import tell_done
from views.shared.downloads import download_buttons
from views.shared.ledger import generation_key, ledger_address
from views.shared.markup import STYLE, plain
from views.shared.preparation import ready_answerer, service
from views.shared.report_choice import MOST_OPTIONS
from views.shared.rows import choose_row
from views.shared.titles import few_names, titles
from views.tracking.judging import judging, side_by_side
from views.tracking.layout import STYLE as TRACKING_STYLE
from views.tracking.layout import chosen_pair, judged_count, kept, status_labels, tracked_line, verdicts_html
from views.tracking.wording import TrackingWording

_PLACE = "tracking_place"
_TARGET = "tracking_target"


def tracking_page(language: Language) -> None:
    """Draw the page."""
    words = TrackingWording(language)
    st.html(STYLE)
    st.html(TRACKING_STYLE)
    prepared = service()
    answerer = ready_answerer(prepared, words)
    if answerer is None:
        return
    index = answerer.index
    if not index.reports:
        st.info(words.empty, icon=":material/folder_open:")
        return
    known = series_by_place(index.reports)
    several = [one for one in known if len(one.reports) > 1]
    lonely = few_names([one.region for one in known if len(one.reports) == 1], words)
    if not several:
        names = lonely or few_names([report.title for report in index.reports], words)
        st.info(plain(words.one_report.format(names=names)), icon=":material/library_add:")
        return
    st.caption(words.intro)
    first, second = _choose(several, words)
    earlier, later = index.report(first.name), index.report(second.name)
    if lonely:
        st.caption(plain(words.lonely.format(names=lonely)))
    try:
        _pair(prepared.directory, index, earlier, later, words)
    except WenbaoError as error:
        st.error(plain(error.message(language)), icon=":material/error:")


def _choose(several: Sequence[Series], words: TrackingWording) -> tuple[Described, Described]:
    """The two reports: those that the address names, else the latest two; the choice is kept in the address."""
    query = st.query_params
    linked = chosen_pair(several, query.get("from", ""), query.get("to", ""))
    left, middle, right = st.columns([1, 2, 2], vertical_alignment="bottom")
    with left:
        series = _place(several, several[linked[0]] if linked else several[0], words)
    pair = linked[1:] if linked and several[linked[0]] is series else usual_pair(series)
    reports = {report.name: report for report in series.reports}
    known = titles(series.reports)
    names = list(reports)[:-1]
    earlier = middle.selectbox(
        words.earlier,
        names,
        names.index(pair[0]),
        format_func=known.__getitem__,
        key=f"from:{series.region}",
    )
    after = [report.name for report in series.after(earlier)]
    later = right.selectbox(
        words.later,
        after,
        after.index(pair[1]) if pair[0] == earlier and pair[1] in after else 0,
        format_func=known.__getitem__,
        key=f"to:{earlier}",
    )
    query["from"], query["to"] = earlier, later
    years = (reports[later].year or 0) - (reports[earlier].year or 0)
    if years > 1:
        st.caption(words.years_apart.format(years=years))
    return reports[earlier], reports[later]


def _place(several: Sequence[Series], first: Series, words: TrackingWording) -> Series:
    """The place whose reports are set beside each other; of many those are offered that are sought."""
    by_region = {one.region: one for one in several}
    offered = list(by_region)
    now = st.session_state.get(_PLACE, first.region)
    if len(several) > MOST_OPTIONS:
        text = st.text_input(words.find_place, key="tracking_find", placeholder=words.find_place_placeholder)
        offered = [region for region in offered if typed(text).strip() in region][:MOST_OPTIONS]
        if now in by_region and now not in offered:
            offered = [now, *offered]
    chosen = st.selectbox(words.place, offered, offered.index(now) if now in offered else 0, key=_PLACE)
    return by_region.get(chosen or "", first)


@st.cache_resource(show_spinner=False, max_entries=16)
def _tracked(key: tuple[str, int, str], earlier: str, later: str, _index: ReportIndex) -> tuple[Tracked, ...]:
    return track(_index.report(earlier), _index.report(later))


def _pair(
    directory: Path, index: ReportIndex, earlier: Report, later: Report,
    words: TrackingWording,
) -> None:  # fmt: skip
    with st.spinner(words.comparing):
        pairs = _tracked(generation_key(directory, index), earlier.name, later.name, index)
    if not pairs:
        st.info(words.no_targets, icon=":material/search_off:")
        return
    made = judgements(directory)
    judged = with_judgements(pairs, made, earlier, later)
    tell_done(words)
    st.markdown(words.totals.format(rows=len(judged), judged=judged_count(judged)))
    _table(judged, earlier, later, words)
    # It stays open also where the filters no longer list it, as after a judgement that changed its status.
    wanted = st.session_state.get(_TARGET)
    chosen = next((one for one in judged if target_key(one.tracked, earlier) == wanted), None)
    _take_away(judged, earlier, later, words)
    if chosen is None:
        st.info(words.pick, icon=":material/left_click:")
        return
    st.html(verdicts_html(chosen, words, st.context.timezone))
    side_by_side(chosen, earlier, later, index, words)
    judging(chosen, made, earlier, later, directory, words)


def _table(judged: Sequence[Judged], earlier: Report, later: Report, words: TrackingWording) -> None:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    labels = status_labels(judged, words)
    statuses = left.pills(words.status, list(labels.values()), selection_mode="multi", format_func={
        status: label for label, status in labels.items()}.__getitem__, key="tracking_statuses")  # fmt: skip
    text = right.text_input(words.search, key="tracking_words", placeholder=words.search_placeholder)
    found = kept(judged, earlier, later, statuses, text)
    if not found:
        st.info(words.nothing, icon=":material/search_off:")
        return
    choose_row(
        [tracked_line(one, earlier, later, words) for one in found],
        [target_key(one.tracked, earlier) for one in found],
        st.session_state.get(_TARGET),
        _choose_target,
        key="tracking_table",
        height=460 if len(found) > 11 else "auto",
        column_config={
            words.target_sentence: st.column_config.TextColumn(width="medium"),
            words.outcome_sentence: st.column_config.TextColumn(width="medium"),
        },
    )


def _choose_target(target: str | None) -> None:
    st.session_state[_TARGET] = target


def _take_away(judged: Sequence[Judged], earlier: Report, later: Report, words: TrackingWording) -> None:
    base = ledger_address()
    with st.container(horizontal=True):
        download_buttons(
            lambda: tracking_sheet(judged, earlier, later, base), "wenbao-tracking", words.export_ledger
        )
        with st.popover(words.link, icon=":material/link:"):
            st.code(st.context.url or "", language=None, wrap_lines=True)
