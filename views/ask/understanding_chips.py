"""What was understood of a question, as controls that the user may change: regions, years, time, kind of answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from answers.engine import Answerer
from answers.understanding.among import among
from answers.understanding.nearness import nearness
from answers.understanding.period import Period
from answers.understanding.places_of_reports import STATE_COUNCIL, report_places
from answers.understanding.question import Understanding, corrected, shown_period, shown_regions
from answers.understanding.scope import Scope
from answers.understanding.wanted import Ask
from indexer.store.catalogue import ReportEntry
from views.ask.spelling import as_spelled
from views.ask.wording import AskWording
from views.shared.address import bad_link
from views.shared.markup import plain
from views.shared.report_choice import MOST_OPTIONS, choose_regions
from views.shared.report_sets import choose_set, sets_to_choose
from views.shared.titles import few_names

# What the user changed of it, None where nothing.
REGIONS, YEARS, PERIOD, KIND, ONLY = "ask_regions", "ask_years", "ask_period", "ask_kind", "ask_only"
SET = "ask_set"  # the title of the set of reports that is asked; it stays from question to question
_MOST_NAMED = 4  # places named in one line
_REGIONS_WIDE, _YEARS_WIDE = 270, 190  # pixels


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is to be put: what it asks, and the only reports that may answer, None for any."""

    question: Understanding
    documents: tuple[str, ...] | None


def understanding_chips(answerer: Answerer, directory: Path, question: str, words: AskWording) -> Asked:
    """Draw the controls for a question; what it was understood to ask, as the user left them.

    Raises:
        QuestionError: as `Answerer.ask`.
    """
    documents = answerer.index.reports
    _without_strangers(documents, words)
    sets_to_choose(directory, answerer.index, words, key=SET)
    understanding = as_spelled(answerer, question, words)
    scope = understanding.scope(documents)
    tell_missing(scope, words)
    told = _in_words(understanding, scope, documents, words)
    with st.expander(words.understood.format(told=told), key="ask_understood"):
        asked = _chips(understanding, scope, documents, question, words)
        chosen = choose_set(directory, answerer.index, words, key=SET)
    if chosen is None:
        return Asked(asked, None)
    return Asked(asked, among(asked.scope(documents), chosen.documents))


def _without_strangers(documents: Sequence[ReportEntry], words: AskWording) -> None:
    """Tell, and let go of, what a link or somebody's own words name that the library has none of."""
    library, state = report_places(documents), st.session_state
    for key, there, gone in (
        (REGIONS, library.labels, words.gone_regions),
        (YEARS, library.years, words.gone_years),
    ):
        chosen = state.get(key) or []
        strange = [one for one in chosen if one not in there]
        if strange:
            bad_link(gone.format(names=words.comma.join(map(str, strange))))
            state[key] = [one for one in chosen if one in there] or None


def _in_words(
    understanding: Understanding, scope: Scope, documents: Sequence[ReportEntry], words: AskWording
) -> str:
    """One line: 宁波 · 2023 · 计划目标 · 数字, as the user left it."""
    state = st.session_state
    chosen_regions: list[str] | None = state.get(REGIONS)
    chosen_years: list[int] | None = state.get(YEARS)
    regions = shown_regions(scope, documents) if chosen_regions is None else chosen_regions
    years = scope.report_years if chosen_years is None else chosen_years
    period = state.get(PERIOD) or shown_period(understanding, documents) or Period.BOTH
    return _line(regions, years, period, _kind(understanding, state.get(KIND), words), words)


def understood_in_words(
    understanding: Understanding, documents: Sequence[ReportEntry], words: AskWording
) -> str:
    """The same for a question of which nothing can be changed where it is shown."""
    scope = understanding.scope(documents)
    period = shown_period(understanding, documents) or Period.BOTH
    kind = _kind(understanding, None, words)
    return _line(shown_regions(scope, documents), scope.report_years, period, kind, words)


def _kind(understanding: Understanding, chosen: Ask | None, words: AskWording) -> str:
    """The kind of answer in words; a lone noun wants none unless the user chose one."""
    if chosen is None and understanding.names_only:
        return words.keyword_kind
    return words.asks[chosen or understanding.ask]


def _line(regions: Sequence[str], years: Sequence[int], period: Period, kind: str, words: AskWording) -> str:
    named = (
        few_names(regions, words)
        if len(regions) <= _MOST_NAMED
        else words.regions_counted.format(count=len(regions))
    )
    chosen: str | None = st.session_state.get(SET)
    parts = [
        *([chosen] if chosen else []),
        named or words.all_regions,
        words.comma.join(map(str, years)) or words.all_years,
        words.periods[period],
        kind,
    ]
    return plain(" · ".join(parts))


def _chips(
    understanding: Understanding,
    scope: Scope,
    documents: Sequence[ReportEntry],
    question: str,
    words: AskWording,
) -> Understanding:
    row = st.container(horizontal=True, vertical_alignment="bottom", key="ask_understood_row")
    with row, st.container(width=_REGIONS_WIDE):
        regions = _regions(scope, documents, words, question)
    with row, st.container(width=_YEARS_WIDE):
        years = _years(scope, documents, words, question)
    with row:
        key = _set_to(PERIOD, shown_period(understanding, documents) or Period.BOTH, question)
        period = st.segmented_control(
            words.period,
            list(words.periods),
            format_func=words.periods.__getitem__,
            required=True,
            help=words.understood_help,
            key=key,
            on_change=_changed,
            args=(PERIOD, key),
        )
        key = _set_to(KIND, understanding.ask, question)
        ask = st.segmented_control(
            words.ask,
            list(words.asks),
            format_func=words.asks.__getitem__,
            required=True,
            key=key,
            on_change=_changed,
            args=(KIND, key),
        )
    only = _only(scope, documents, words, question)
    return corrected(
        understanding,
        documents,
        regions=regions,
        report_years=years,
        period=period or Period.BOTH,
        ask=ask or understanding.ask,
        only=only,
    )


def understand_anew() -> None:
    """Forget what was changed: the next question is understood by itself."""
    for key in (REGIONS, YEARS, PERIOD, KIND, ONLY):
        st.session_state[key] = None


def _set_to(name: str, understood: object, question: str) -> str:
    """Set a control to what the user chose for this question, else to what is understood now; the control's key.

    The library has no part in the key: what was chosen stays when somebody adds a report.
    """
    key = f"{name}:{question}"
    chosen = st.session_state.get(name)
    st.session_state[key] = understood if chosen is None else chosen
    return key


def _changed(name: str, key: str) -> None:
    st.session_state[name] = st.session_state[key]


def _only(scope: Scope, documents: Sequence[ReportEntry], words: AskWording, question: str) -> bool:
    """Whether nothing but the reports that were understood is to be searched; others come after them otherwise."""
    near = nearness(scope, documents)
    if near is None or not near.looks_further:
        return False
    regions = shown_regions(scope, documents)
    named = [*regions, *map(str, scope.report_years)] if len(regions) <= _MOST_NAMED else []
    label = (
        words.only_named.format(named=" ".join(named))
        if named
        else words.only_counted.format(count=len(near.preferred))
    )
    key = _set_to(ONLY, False, question)
    return st.checkbox(plain(label), help=words.only_help, key=key, on_change=_changed, args=(ONLY, key))


def tell_missing(scope: Scope, words: AskWording) -> None:
    """Say which places and years named the library has no report of."""
    if scope.missing:
        message = words.some_reports_of if scope.regions else words.no_report_of
        comma = words.comma
        told = message.format(regions=comma.join(scope.missing), present=comma.join(scope.regions))
        st.info(plain(told), icon=":material/info:")
    if scope.absent_years:
        told = words.no_report_year.format(years=words.comma.join(map(str, scope.absent_years)))
        st.info(plain(told), icon=":material/info:")


def _regions(scope: Scope, documents: Sequence[ReportEntry], words: AskWording, question: str) -> list[str]:
    labels = report_places(documents).labels
    names = {STATE_COUNCIL: words.state_council, "": words.unknown_region}
    understood = shown_regions(scope, documents)
    # Hundreds of places were chosen by their years, not by name: nobody reads or changes them one by one.
    many = len(understood) > MOST_OPTIONS
    key = _set_to(REGIONS, [] if many else list(understood), question)
    chosen = choose_regions(
        labels,
        words.regions,
        key=key,
        on_change=lambda: _changed(REGIONS, key),
        names=names,
        placeholder=words.type_region if len(labels) > MOST_OPTIONS else words.all_regions,
        help=words.understood_help,
    )
    return list(understood) if many and not chosen else chosen


def _years(scope: Scope, documents: Sequence[ReportEntry], words: AskWording, question: str) -> list[int]:
    years = report_places(documents).years
    key = _set_to(YEARS, list(scope.report_years), question)
    return st.multiselect(
        words.years,
        years,
        placeholder=words.all_years,
        disabled=len(years) <= 1,
        key=key,
        on_change=_changed,
        args=(YEARS, key),
    )
