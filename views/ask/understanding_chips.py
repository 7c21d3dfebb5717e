"""What was understood of a question, as controls that the user may change: regions, years, time, kind of answer."""

from __future__ import annotations

import streamlit as st

from answers.engine import Answerer
from answers.understanding.period import Period
from answers.understanding.question import Understanding, corrected, shown_period, shown_regions, understand
from answers.understanding.scope import STATE_COUNCIL, Scope, region_label
from indexer.store.catalogue import ReportEntry
from views.ask.wording import AskWording
from views.shared.markup import plain


def understanding_chips(answerer: Answerer, question: str, words: AskWording) -> Understanding:
    """Draw the controls for a question; what it was understood to ask, as the user left them.

    Raises:
        QuestionError: as `Answerer.ask`.
    """
    documents = list(answerer.index.reports)
    understanding = understand(question)
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
    return corrected(understanding, documents, regions=regions, report_years=years, period=period, ask=ask)


def _told(scope: Scope, words: AskWording) -> None:
    """Say which provinces and years named the library has no report of."""
    if scope.missing:
        message = words.some_reports_of if scope.regions else words.no_report_of
        told = message.format(regions="、".join(scope.missing), present="、".join(scope.regions))
        st.info(plain(told), icon=":material/info:")
    if scope.absent_years:
        told = words.no_report_year.format(years="、".join(map(str, scope.absent_years)))
        st.info(plain(told), icon=":material/info:")


def _regions(scope: Scope, documents: list[ReportEntry], words: AskWording, key: str) -> list[str]:
    labels = list(dict.fromkeys(region_label(document) for document in documents))
    names = {STATE_COUNCIL: words.state_council, "": words.unknown_region}
    return st.multiselect(
        words.regions,
        labels,
        default=list(shown_regions(scope, documents)),
        format_func=lambda label: names.get(label, label),
        placeholder=words.all_regions,
        help=words.understood_help,
        disabled=len(labels) == 1,
        key=f"regions:{key}",
    )


def _years(scope: Scope, documents: list[ReportEntry], words: AskWording, key: str) -> list[int]:
    years = sorted({d.year for d in documents if d.year is not None}, reverse=True)
    return st.multiselect(
        words.years,
        years,
        default=list(scope.report_years),
        placeholder=words.all_years,
        disabled=len(years) <= 1,
        key=f"years:{key}",
    )
