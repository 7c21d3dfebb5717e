"""The page 兑现: the targets of one report beside what a later one of the same place says of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answers.commitments.export import tracking_sheet
from answers.commitments.tracking.doubts import doubts
from answers.commitments.tracking.finding import Finding, Told, all_told
from answers.commitments.tracking.judgements import Judged, judgements, target_key, with_judgements
from answers.commitments.tracking.pairs import Series, series_by_place
from answers.commitments.tracking.results import source_of, track_over
from answers.commitments.tracking.totals import totals
from answers.commitments.tracking.track import Tracked
from answers.sheets.naming import file_name
from answers.understanding.scope import region_label
from embeddings import WenbaoError
from embeddings.language import Language, Text
from indexer.index import ReportIndex
from indexer.report.described import Described
from indexer.report.report import Report
from indexer.report_sets import ReportSet, report_sets
from indexer.text.characters import typed
from views.shared.address import address, bad_link, link_here, page_address
from views.shared.done import tell_done
from views.shared.downloads import download_buttons
from views.shared.ledger import generation_key
from views.shared.markup import STYLE, plain
from views.shared.parameters import flag, names, optional, several_of, text
from views.shared.picture import draw_picture
from views.shared.preparation import ready_index, service
from views.shared.report_choice import MOST_OPTIONS, choose_reports
from views.shared.report_sets import choose_set
from views.shared.rows import choose_row
from views.shared.theme import ink
from views.shared.titles import few_names, titles
from views.tracking.judging import judging, side_by_side
from views.tracking.layout import STYLE as TRACKING_STYLE
from views.tracking.layout import (
    finding_labels,
    judged_count,
    kept,
    last_judgement,
    next_target,
    pair_to_show,
    topic_line,
    tracked_line,
    verdicts_html,
)
from views.tracking.over_years import INDICATOR, over_years_section
from views.tracking.overview import consecutive, overview_chart, overview_rows, pair_label
from views.tracking.wording import TrackingWording

_PLACE = "tracking_place"
_TARGET = "tracking_target"
_REGION = "tracking_region"
_SET = "tracking_set"  # the title of the set whose places are offered
_FROM, _TO = "tracking_from", "tracking_to"
_STATUSES = "tracking_statuses"  # the findings that are listed
_ALSO = "tracking_also"
_EVERY = "tracking_every_year"  # whether the overview has every pair of the place
_MOST_PAIRS = 20
_PARAMETERS = (
    optional("set", _SET),
    optional("from", _FROM),
    optional("to", _TO),
    several_of("status", _STATUSES, {finding.name.lower(): finding for finding in Finding}),
    text("words", "tracking_words"),
    flag("unnumbered", "tracking_unnumbered"),
    flag("every_year", _EVERY),
    optional("target", _TARGET),
    names("also", _ALSO),
    text("indicator", INDICATOR),
)


def tracking_page(language: Language) -> None:
    """Draw the page."""
    words = TrackingWording(language)
    st.html(STYLE)
    st.html(TRACKING_STYLE)
    with address("tracking", _PARAMETERS, words):
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
        inside = choose_set(prepared.directory, index, words, key=_SET, on_change=_set_chosen)
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
    series, first, second = _choose(several, boxes, words)
    earlier = index.report(first.name)
    further = (name for name in _also(index, series, words) if name not in (first.name, second.name))
    later = [index.report(name) for name in (second.name, *further)]
    if lonely:
        st.caption(plain(words.lonely.format(names=lonely)))
    try:
        _pair(prepared.directory, index, earlier, later, words)
        over_years_section(
            series, generation_key(prepared.directory, index), prepared.directory, index, words
        )
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")


def _choose(
    several: Sequence[Series], boxes: Sequence[DeltaGenerator], words: TrackingWording
) -> tuple[Series, Described, Described]:
    """The place and the two reports: those that are chosen or that the address names, else the latest two."""
    wanted = st.session_state.get(_FROM), st.session_state.get(_TO)
    place = st.session_state.get(_REGION)
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
        on_change=_pair_chosen, args=("tracking_earlier", ""),
    )  # fmt: skip
    after = [report.name for report in series.after(pair[0])]
    right.selectbox(
        words.later, after, format_func=known.__getitem__, key="tracking_later",
        on_change=_pair_chosen, args=("tracking_earlier", "tracking_later"),
    )  # fmt: skip
    st.session_state[_FROM], st.session_state[_TO] = pair
    earlier, later = (reports[name] for name in pair)
    years = (later.year or 0) - (earlier.year or 0)
    if years > 1:
        st.caption(words.years_apart.format(years=years))
    return series, earlier, later


def _also(index: ReportIndex, series: Series, words: TrackingWording) -> list[str]:
    """The further documents of the place that are chosen, where there are any: those that follow no other."""
    following = {report.name for report in series.reports}
    offered = [
        one for one in index.reports if region_label(one) == series.region and one.name not in following
    ]
    if not offered:
        return []
    return choose_reports(offered, words.also, words, key=_ALSO, help=words.also_help)


def _set_chosen() -> None:
    st.session_state[_REGION] = None
    st.session_state[_FROM] = st.session_state[_TO] = st.session_state[_TARGET] = None


def _pair_chosen(earlier: str, later: str) -> None:
    st.session_state[_FROM] = st.session_state[earlier]
    st.session_state[_TO] = st.session_state[later] if later else None
    st.session_state[_TARGET] = None


def _place_chosen() -> None:
    st.session_state[_REGION] = st.session_state[_PLACE]
    st.session_state[_FROM] = st.session_state[_TO] = st.session_state[_TARGET] = None


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
    st.session_state[_PLACE] = now
    st.selectbox(words.place, offered, key=_PLACE, on_change=_place_chosen)


@st.cache_resource(show_spinner=False, max_entries=16)
def _tracked(
    key: tuple[str, int, str], earlier: str, later: tuple[str, ...], unnumbered: bool, _index: ReportIndex
) -> tuple[Tracked, ...]:
    return track_over(_index.report(earlier), [_index.report(one) for one in later], unnumbered)


@st.cache_resource(show_spinner=False, max_entries=32)
def _told(
    key: tuple[str, int, str],
    earlier: str,
    later: tuple[str, ...],
    unnumbered: bool,
    last: str,
    _judged: Sequence[Judged],
    _index: ReportIndex,
) -> tuple[Told, ...]:
    """What is told of the targets of a pair, as long as the library and, by the `last`, the judgements stay as they are."""
    return all_told(_judged, [_index.report(one) for one in later])


@st.cache_resource(show_spinner=False, max_entries=16)
def _doubts(key: tuple[str, int, str], earlier: str, later: str, _index: ReportIndex) -> tuple[Text, ...]:
    return doubts(_index.report(earlier), _index.report(later))


def _pair(
    directory: Path, index: ReportIndex, earlier: Report, documents: Sequence[Report],
    words: TrackingWording,
) -> None:  # fmt: skip
    later = documents[0]
    line = st.container(horizontal=True, vertical_alignment="center")
    unnumbered = line.toggle(words.unnumbered, help=words.unnumbered_help, key="tracking_unnumbered")
    key = generation_key(directory, index)
    names = tuple(one.name for one in documents)
    with st.spinner(words.comparing):
        pairs = _tracked(key, earlier.name, names, unnumbered, index)
        doubtful = _doubts(key, earlier.name, later.name, index)
    for doubt in doubtful:
        st.error(plain(doubt.words(words.language)), icon=":material/warning:")
    if not pairs:
        st.info(words.no_targets, icon=":material/search_off:")
        return
    made = judgements(directory)
    judged = with_judgements(pairs, made, earlier, later)
    told = _told(key, earlier.name, names, unnumbered, last_judgement(made), judged, index)
    tell_done(words)
    line.markdown(words.totals.format(rows=len(told), judged=judged_count(told)), width="content")
    _overview(directory, index, told, earlier, documents, unnumbered, words)
    listed = _table(told, earlier, documents, words)
    # It stays open also where the filters no longer list it, as after a judgement that changed its status.
    wanted = st.session_state.get(_TARGET)
    chosen = next((one for one in told if target_key(one.judged.tracked, earlier) == wanted), None)
    _take_away(judged, earlier, documents, words)
    with st.expander(words.by_topic):
        st.dataframe([topic_line(one, words) for one in totals(told, earlier)], hide_index=True)
    if chosen is None:
        st.info(words.pick, icon=":material/left_click:")
        return
    st.html(verdicts_html(chosen, words, st.context.timezone))
    source = source_of(chosen.judged.tracked, documents)
    after = next_target(listed, str(wanted))
    both, form = st.columns([7, 3], gap="medium")
    with both:
        side_by_side(chosen.judged, earlier, source, directory, index, words)
    with form:
        judging(chosen.judged, made, earlier, later, directory, after, _choose_target, words)


def _table(
    told: Sequence[Told], earlier: Report, later: Sequence[Report], words: TrackingWording
) -> tuple[str, ...]:
    """Draw the targets that are filtered; what names each, in order."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    labels = finding_labels(told, words)
    # One that no target has any more is no filter.
    st.session_state[_STATUSES] = [one for one in st.session_state.get(_STATUSES) or () if one in labels]
    wanted = left.pills(
        words.status,
        list(labels),
        selection_mode="multi",
        format_func=labels.__getitem__,
        help=words.findings_help,
        key=_STATUSES,
    )
    sought = right.text_input(words.search, key="tracking_words", placeholder=words.search_placeholder)
    found = kept(told, earlier, later, wanted, sought)
    if not found:
        st.info(words.nothing, icon=":material/search_off:")
        return ()
    keys = tuple(target_key(one.judged.tracked, earlier) for one in found)
    choose_row(
        [tracked_line(one, earlier, later, words) for one in found],
        keys,
        st.session_state.get(_TARGET),
        _choose_target,
        key="tracking_table",
        height=460 if len(found) > 11 else "auto",
        column_config={
            words.target_sentence: st.column_config.TextColumn(width="medium"),
            words.outcome_sentence: st.column_config.TextColumn(width="medium"),
        },
    )
    return keys


def _overview(
    directory: Path, index: ReportIndex, told: Sequence[Told], earlier: Report,
    later: Sequence[Report], unnumbered: bool, words: TrackingWording,
) -> None:  # fmt: skip
    """How the promises of the pair, or of every pair of the place, stand, as a picture."""
    place = next((one for one in series_by_place(index.reports) if one.region == region_label(earlier)), None)
    pairs = consecutive(place)[-_MOST_PAIRS:] if place is not None else ()
    every = len(pairs) > 1 and st.session_state.get(_EVERY, False)
    shown = {pair_label(earlier, later[0]): told}
    if every:
        with st.spinner(words.comparing):
            shown = {}
            for one, other in pairs:
                first, second = index.report(one), index.report(other)
                found = _tracked(generation_key(directory, index), one, (other,), unnumbered, index)
                said = judgements(directory)
                made = with_judgements(found, said, first, second)
                generation = generation_key(directory, index)
                shown[pair_label(first, second)] = _told(
                    generation, one, (other,), unnumbered, last_judgement(said), made, index
                )
    letters = ink()
    rows = overview_rows(shown, words)
    draw_picture("overview", (rows, letters), lambda: overview_chart(shown, words, letters))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(words.overview_help, width="content")
        if len(pairs) > 1:
            st.toggle(words.every_year, key=_EVERY)


def _choose_target(target: str | None) -> None:
    st.session_state[_TARGET] = target


def _take_away(
    judged: Sequence[Judged], earlier: Report, later: Sequence[Report], words: TrackingWording
) -> None:
    base = page_address("commitments")
    with st.container(horizontal=True):
        download_buttons(
            lambda: tracking_sheet(judged, earlier, *later, base=base),
            "wenbao-tracking",
            file_name(words.page_title, earlier.title, str(later[0].year or later[0].title)),
            words.export_ledger,
        )
        with st.popover(words.link, icon=":material/link:"):
            st.code(link_here("tracking", _PARAMETERS), language=None, wrap_lines=True)
