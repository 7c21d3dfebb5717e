"""The page 对比: one question to many reports, as a table, a chart and the change of wording."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from answers.comparison.compare import CompareProgress, Comparer
from answers.comparison.questions.plan import ComparisonPlan
from answers.comparison.table import Comparison
from answers.errors import QuestionError
from answers.understanding.places_of_reports import report_places
from embeddings import WenbaoError
from embeddings.language import Language
from indexer.index import ReportIndex
from indexer.jobs import Job
from indexer.people.report_sets import ReportSet
from indexer.twins import twins_among
from views.compare.batch import batch_section
from views.compare.layout import STYLE as TABLE_STYLE
from views.compare.layout import counted, reports_of, searched_text, shown_answer, shown_evidence
from views.compare.result import ORDER, table_section, take_away, wording_section
from views.compare.sentences import EVERY, is_cell, unfolded
from views.compare.wording import CompareWording
from views.shared.address import address, bad_link, link_here
from views.shared.allowance import may_ask
from views.shared.beside import report_beside
from views.shared.either import either
from views.shared.examples import comparison_examples
from views.shared.gone import is_still_open, tell_gone
from views.shared.markup import STYLE, plain
from views.shared.opened import opened_at, opened_name
from views.shared.parameters import changed, flag, one_of, optional, reports, text
from views.shared.preparation import index_at_hand, ready_answerer, service
from views.shared.progress import GRACE, Bar, show_progress
from views.shared.reading_pane import ShownPassage
from views.shared.report_choice import MOST_OPTIONS, choose_regions, choose_reports
from views.shared.report_sets import choose_set
from views.shared.visitors_first import visitors_first

_QUESTION = "compare"
_REPORTS = "compare_chosen"  # the reports that the user chose; None where the question decides
_SET = "compare_set"  # the title of the set among whose reports the question chooses
_JOB = "compare_job"
_OPENED = "compare_opened"
VIEW = "compare_view"
_REGIONS, _YEARS = "compare_by_regions", "compare_by_years"
_EXTENT, _PRINTED = "compare_extent", "compare_printed"
_ASKED_OF = "compare_question"  # the question that what was chosen and opened belongs to

PARAMETERS = (
    text("compare", _QUESTION),
    changed(reports("reports", _REPORTS)),
    optional("set", _SET),
    text("order", ORDER),
    one_of("view", VIEW, {"wording": True}, False),
    optional("open", _OPENED),
    optional("every", EVERY),
    one_of("extent", _EXTENT, {"report": True}, False),
    flag("printed", _PRINTED),
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a job was started for: with anything else it is started anew."""

    generation: int
    question: str
    documents: tuple[str, ...]


def compare_page(language: Language) -> None:
    """Draw the page."""
    words = CompareWording(language)
    st.html(STYLE)
    st.html(TABLE_STYLE)
    with address("compare", PARAMETERS, words) as read:
        _page(read, words)


def _page(read: bool, words: CompareWording) -> None:
    question = _question_box(words)
    if question != st.session_state.get(_ASKED_OF) and not read:
        st.session_state[_REPORTS] = st.session_state[_OPENED] = st.session_state[EVERY] = None
        st.session_state[ORDER] = ""
    st.session_state[_ASKED_OF] = question
    prepared = service()
    if not question.strip() and (index := index_at_hand(prepared)) is not None:
        _examples(index, words)
    answerer = ready_answerer(prepared, words, question)
    if answerer is None:
        return
    comparer = Comparer(answerer)
    if question.strip():
        try:
            _one(comparer, prepared.directory, question, words)
        except QuestionError as error:
            st.warning(plain(error.message(words.language)), icon=":material/edit:")
    batch_section(comparer, prepared.directory, words)


def _question_box(words: CompareWording) -> str:
    with st.form("compare_form", border=False):
        box, button = st.columns([6, 1], vertical_alignment="bottom")
        with box:
            question = st.text_input(
                words.question_label,
                key=_QUESTION,
                placeholder=words.placeholder,
            )
        with button:
            st.form_submit_button(words.button, type="primary", width="stretch")
    return question or ""


def _examples(index: ReportIndex, words: CompareWording) -> None:
    with st.container(horizontal=True):
        for n, example in enumerate(comparison_examples(index.reports, words.language)):
            st.button(
                plain(example), key=f"compare_example_{n}", on_click=_use, args=(example,), type="tertiary"
            )


def _use(example: str) -> None:
    st.session_state[_QUESTION] = example


def _one(comparer: Comparer, directory: Path, question: str, words: CompareWording) -> None:
    plan = _plan(comparer, directory, question, words)
    if plan is None:
        st.info(words.no_plan, icon=":material/help:")
        return
    if plan.missing:
        missing = words.missing.format(regions="、".join(plan.missing))
        st.info(plain(missing), icon=":material/info:")
    index = comparer.answerer.index
    wanted = _Wanted(index.settings.generation, question, plan.documents)
    job: Job[Comparison, CompareProgress] | None
    known, job = st.session_state.get(_JOB, (None, None))
    if job is None or known != wanted:
        if not may_ask(wanted, "compare", words):
            return
        if job is not None:
            job.cancel()
        job = _comparing(comparer, plan)
        st.session_state[_JOB] = (wanted, job)
        job.wait(GRACE)
    if not job.done:
        show_progress(
            job, lambda progress: _bar(progress, index, words), stop=words.stop, stopping=words.stopping
        )
        return
    found = job.result()
    if isinstance(found, WenbaoError):
        st.warning(plain(found.message(words.language)), icon=":material/edit:")
    else:
        tell_gone(
            "compare:shown", question, index.catalogue.of(frozenset(plan.documents)), index.catalogue, words
        )
        _result(index, found, words)


def _comparing(comparer: Comparer, plan: ComparisonPlan) -> Job[Comparison, CompareProgress]:
    return Job(visitors_first.answering()(partial(comparer.compare, plan)), "wenbao-compare")


def _bar(progress: CompareProgress, index: ReportIndex, words: CompareWording) -> Bar:
    return Bar(progress.done / max(1, progress.total), searched_text(progress, index, words))


def _plan(comparer: Comparer, directory: Path, question: str, words: CompareWording) -> ComparisonPlan | None:
    index = comparer.answerer.index
    inside = choose_set(directory, index, words, key=_SET, on_change=_choose_anew)
    read = comparer.plan(question, among=inside.documents if inside else None)
    chosen: list[str] | None = st.session_state.get(_REPORTS)
    default = list(read.documents if read else ()) if chosen is None else chosen
    if len(default) > MOST_OPTIONS:
        # Nobody reads or changes hundreds of names: another question does.
        st.caption(words.many_reports.format(count=len(default)), help=words.reports_help)
        return comparer.plan(question, default) if chosen else read
    key = f"compare_reports:{question}"
    with st.expander(f"{words.reports} · {len(default)}", expanded=not default):
        _by_place_and_year(index, inside, words)
        wanted = choose_reports(
            index.reports,
            words.reports,
            words,
            key=key,
            value=default,
            help=words.reports_help,
            hide_label=True,
            placeholder=words.reports_placeholder,
            on_change=lambda: _choose_reports(key),
        )
    if chosen is not None:
        # Those of a link that are not there are left out of it.
        st.session_state[_REPORTS] = wanted
    if set(wanted) == set(read.documents if read else ()):
        return read
    return comparer.plan(question, wanted) if wanted else None


def _by_place_and_year(index: ReportIndex, inside: ReportSet | None, words: CompareWording) -> None:
    """What chooses many reports at once instead of those that are chosen now: those of some regions and years, or all."""
    reports = twins_among(index.reports).answering
    if inside is not None:
        reports = tuple(one for one in reports if one.name in inside.documents)
    library = report_places(reports)
    if len(reports) < 2:
        return

    def choose() -> None:
        regions, years = st.session_state[_REGIONS], st.session_state[_YEARS]
        if regions or years:
            st.session_state[_REPORTS] = reports_of(reports, regions, years)
            st.session_state[EVERY] = None

    where, when, every = st.columns([5, 4, 2], vertical_alignment="bottom")
    with where:
        choose_regions(
            library.labels, words.by_region, key=_REGIONS, on_change=choose, names={"": words.unknown_region},
            placeholder=words.by_region_placeholder,
        )  # fmt: skip
    when.multiselect(
        words.by_year, library.years, key=_YEARS, on_change=choose, select_all=False,
        placeholder=words.by_year_placeholder,
    )  # fmt: skip
    every.button(
        words.all_reports.format(count=len(reports)), key="compare_all", width="stretch",
        on_click=_choose_all, args=([one.name for one in reports],),
    )  # fmt: skip


def _choose_all(names: list[str]) -> None:
    st.session_state[_REPORTS] = names
    st.session_state[EVERY] = None
    st.session_state[_REGIONS] = st.session_state[_YEARS] = []


def _choose_anew() -> None:
    st.session_state[_REPORTS] = st.session_state[_OPENED] = st.session_state[EVERY] = None


def _choose_reports(key: str) -> None:
    st.session_state[_REPORTS] = st.session_state[key]
    st.session_state[EVERY] = None


def _result(index: ReportIndex, comparison: Comparison, words: CompareWording) -> None:
    count = counted(comparison)
    queries = "；".join(column.query for column in comparison.columns)
    done = words.finished.format(
        reports=len(comparison.rows),
        found=count.found,
        silent=count.silent,
        seconds=f"{comparison.elapsed_ms / 1000:.1f}",
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        take_away(comparison, index, words, link_here("compare", PARAMETERS))
        st.caption(
            f"{plain(done)} · {plain(words.understood.format(queries=queries))}", help=words.silent_help
        )
    if not comparison.complete:
        st.warning(words.cancelled, icon=":material/stop:")
    every = st.session_state.get(EVERY)
    if every and not is_cell(every, comparison):
        bad_link(words.gone_place)
        st.session_state[EVERY] = None
    left, right = st.columns([3, 2], gap="large")
    with left:
        if comparison.plan.over_years:
            change = either(words.table_tab, words.table_tab, words.wording_tab, VIEW)
            section = wording_section if change else table_section
            section(comparison, index, words, _open)
        else:
            table_section(comparison, index, words, _open)
    with right:
        _pane(comparison, index, words)


def _open(passage: ShownPassage) -> None:
    st.session_state[_OPENED] = opened_name(passage)


def _pane(comparison: Comparison, index: ReportIndex, words: CompareWording) -> None:
    name = st.session_state.get(_OPENED)
    opened = opened_at(name, index) if name else None
    if name and opened is None:
        bad_link(words.gone_place)
        st.session_state[_OPENED] = None
    if opened is None or not is_still_open("compare", opened, index.catalogue):
        first = next((c.answer for r in comparison.rows for c in r.cells if c.answer is not None), None)
        opened = shown_answer(first) if first is not None else None
    if opened is None:
        return
    st.subheader(words.original, anchor=False)
    report_beside(
        index,
        opened,
        words,
        name="compare_pane",
        others=[shown_evidence(one.found) for one in unfolded(comparison, index)],
        opened=bool(name),
        extent=_EXTENT,
        printed=_PRINTED,
    )
