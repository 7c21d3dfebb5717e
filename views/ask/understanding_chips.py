"""What was understood of a question, as controls that the user may change: regions, years, time, kind of answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from answers.engine import Answerer
from answers.understanding.nearness import nearness
from answers.understanding.period import Period
from answers.understanding.places_of_reports import STATE_COUNCIL, report_places
from answers.understanding.question import Understanding, corrected, shown_period, shown_regions
from answers.understanding.scope import Scope
from indexer.store.catalogue import ReportEntry
from views.ask.spelling import as_spelled
from views.ask.wording import AskWording
from views.shared.markup import plain
from views.shared.report_choice import MOST_OPTIONS, choose_regions

_MOST_NAMED = 4  # places named in one line


def understanding_chips(answerer: Answerer, question: str, words: AskWording) -> Understanding:
    """Draw the controls for a question; what it was understood to ask, as the user left them.

    Raises:
        QuestionError: as `Answerer.ask`.
    """
    documents = answerer.index.reports
    understanding = as_spelled(answerer, question, words)
    scope = understanding.scope(documents)
    _told(scope, words)
    # The question is in the keys, so that the next one is understood anew.
    key = f"{answerer.index.settings.generation}:{question}"
    where, when, time, kind = st.columns([16, 10, 17, 27], vertical_alignment="bottom")
    with where:
        regions = _regions(scope, documents, words, key)
    with when:
        years = _years(scope, documents, words, key)
    with time:
        period = st.segmented_control(
            words.period,
            list(words.periods),
            default=shown_period(understanding, documents) or Period.BOTH,
            format_func=words.periods.__getitem__,
            required=True,
            help=words.understood_help,
            key=f"period:{key}",
        )
    with kind:
        ask = st.segmented_control(
            words.ask,
            list(words.asks),
            default=understanding.ask,
            format_func=words.asks.__getitem__,
            required=True,
            key=f"ask:{key}",
        )
    only = _only(scope, documents, words, key)
    return corrected(
        understanding, documents, regions=regions, report_years=years, period=period, ask=ask, only=only
    )


def _only(scope: Scope, documents: Sequence[ReportEntry], words: AskWording, key: str) -> bool:
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
    return st.checkbox(plain(label), help=words.only_help, key=f"only:{key}")


def _told(scope: Scope, words: AskWording) -> None:
    """Say which provinces and years named the library has no report of."""
    if scope.missing:
        message = words.some_reports_of if scope.regions else words.no_report_of
        told = message.format(regions="、".join(scope.missing), present="、".join(scope.regions))
        st.info(plain(told), icon=":material/info:")
    if scope.absent_years:
        told = words.no_report_year.format(years="、".join(map(str, scope.absent_years)))
        st.info(plain(told), icon=":material/info:")


def _regions(scope: Scope, documents: Sequence[ReportEntry], words: AskWording, key: str) -> list[str]:
    labels = report_places(documents).labels
    names = {STATE_COUNCIL: words.state_council, "": words.unknown_region}
    understood = shown_regions(scope, documents)
    # Hundreds of places were chosen by their years, not by name: nobody reads or changes them one by one.
    many = len(understood) > MOST_OPTIONS
    chosen = choose_regions(
        labels,
        words.regions,
        key=f"regions:{key}",
        default=() if many else understood,
        names=names,
        placeholder=words.type_region if len(labels) > MOST_OPTIONS else words.all_regions,
        help=words.understood_help,
    )
    strange = [label for label in chosen if label not in labels]
    if strange:
        st.caption(plain(words.no_region_of_name.format(regions="、".join(strange))))
    return list(understood) if many and not chosen else [label for label in chosen if label in labels]


def _years(scope: Scope, documents: Sequence[ReportEntry], words: AskWording, key: str) -> list[int]:
    years = report_places(documents).years
    return st.multiselect(
        words.years,
        years,
        default=list(scope.report_years),
        placeholder=words.all_years,
        disabled=len(years) <= 1,
        key=f"years:{key}",
    )
