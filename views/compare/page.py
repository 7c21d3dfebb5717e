"""The page 对比: one question to many reports, as a table, a chart and the change of wording."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from answers.comparison.compare import CompareProgress, Comparer
from answers.comparison.questions.plan import ComparisonPlan
from answers.comparison.table import Comparison
from answers.errors import QuestionError
from answers.place import Place
from embeddings import WenbaoError
from embeddings.language import Language
from indexer.index import ReportIndex
from indexer.jobs import Job
from views.compare.batch import batch_section
from views.compare.layout import STYLE as TABLE_STYLE
from views.compare.layout import counted, searched_text, shown_answer
from views.compare.result import table_section, take_away, wording_section
from views.compare.wording import CompareWording
from views.shared.allowance import may_ask
from views.shared.gone import is_still_open, tell_gone
from views.shared.markup import STYLE, place_html, plain, report_blocks
from views.shared.preparation import ready_answerer, service
from views.shared.progress import GRACE, Bar, show_progress
from views.shared.reading_pane import ShownPassage, reading_pane, section_to_read
from views.shared.report_choice import MOST_OPTIONS, choose_reports
from views.shared.titles import titles

_QUESTION = "compare"
_REPORTS = "reports"
_JOB = "compare_job"
_OPENED = "compare_opened"


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
    question = _question_box(words)
    prepared = service()
    answerer = ready_answerer(prepared, words, question)
    if answerer is None:
        return
    comparer = Comparer(answerer)
    if question.strip():
        try:
            _one(comparer, question, words)
        except QuestionError as error:
            st.warning(plain(error.message(words.language)), icon=":material/edit:")
    batch_section(comparer, words)


def _question_box(words: CompareWording) -> str:
    with st.form("compare_form", border=False):
        box, button = st.columns([6, 1], vertical_alignment="bottom")
        with box:
            question = st.text_input(
                words.question_label,
                key=_QUESTION,
                placeholder=words.placeholder,
                bind="query-params",
            )
        with button:
            st.form_submit_button(words.button, type="primary", width="stretch")
    with st.container(horizontal=True):
        for n, example in enumerate(words.example_questions[words.language]):
            st.button(example, key=f"compare_example_{n}", on_click=_use, args=(example,), type="tertiary")
    return question or ""


def _use(example: str) -> None:
    st.session_state[_QUESTION] = example


def _one(comparer: Comparer, question: str, words: CompareWording) -> None:
    plan = _plan(comparer, question, words)
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
        show_progress(job, lambda progress: _bar(progress, index, words), stop=words.stop)
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
    return Job(partial(comparer.compare, plan), "wenbao-compare")


def _bar(progress: CompareProgress, index: ReportIndex, words: CompareWording) -> Bar:
    return Bar(progress.done / max(1, progress.total), searched_text(progress, index, words))


def _chosen() -> list[str]:
    """The reports that the link or the user chose; none where the question decides."""
    return [name for name in st.query_params.get(_REPORTS, "").split("|") if name]


def _plan(comparer: Comparer, question: str, words: CompareWording) -> ComparisonPlan | None:
    index = comparer.answerer.index
    known = titles(index.reports)
    read = comparer.plan(question)
    linked = [name for name in _chosen() if name in known]
    default = linked or list(read.documents if read else ())
    if len(default) > MOST_OPTIONS:
        # Nobody reads or changes hundreds of names: another question does.
        st.caption(words.many_reports.format(count=len(default)), help=words.reports_help)
        return comparer.plan(question, linked) if linked else read
    with st.expander(f"{words.reports} · {len(default)}", expanded=not default):
        chosen = choose_reports(
            index.reports,
            words.reports,
            words,
            key=f"compare_reports:{index.settings.generation}:{question}",
            default=default,
            help=words.reports_help,
            hide_label=True,
        )
    if set(chosen) == set(read.documents if read else ()):
        st.query_params.pop(_REPORTS, None)
        return read
    st.query_params[_REPORTS] = "|".join(chosen)
    return comparer.plan(question, chosen) if chosen else None


def _result(index: ReportIndex, comparison: Comparison, words: CompareWording) -> None:
    count = counted(comparison)
    st.caption(
        words.finished.format(
            reports=len(comparison.rows),
            found=count.found,
            silent=count.silent,
            milliseconds=round(comparison.elapsed_ms),
        )
    )
    queries = "；".join(column.query for column in comparison.columns)
    st.caption(plain(words.understood.format(queries=queries)), help=words.silent_help)
    if not comparison.complete:
        st.warning(words.cancelled, icon=":material/stop:")
    take_away(comparison, index, words)
    left, right = st.columns([3, 2], gap="large")
    with left:
        if comparison.plan.over_years:
            table, change = st.tabs([words.table_tab, words.wording_tab])
            with table:
                table_section(comparison, index, words, _open)
            with change:
                wording_section(comparison, index, words, _open)
        else:
            table_section(comparison, index, words, _open)
    with right:
        _pane(comparison, index, words)


def _open(passage: ShownPassage) -> None:
    st.session_state[_OPENED] = (st.session_state.get(_QUESTION), passage)


def _pane(comparison: Comparison, index: ReportIndex, words: CompareWording) -> None:
    question, opened = st.session_state.get(_OPENED, (None, None))
    if opened is not None and not is_still_open("compare", opened, index.catalogue):
        opened = None
    if question != st.session_state.get(_QUESTION) or opened is None:
        first = next((c.answer for r in comparison.rows for c in r.cells if c.answer is not None), None)
        opened = shown_answer(first) if first is not None else None
    if opened is None:
        return
    report = index.report(opened.document)
    st.subheader(words.original, anchor=False)
    st.html(place_html(Place.of(report, opened.section, opened.passage), words))
    within = section_to_read(report, opened.section)
    key = f"compare:{opened.document}:{within}:{opened.marks}"
    reading_pane(key, report_blocks(report, within, opened.marks), "answer")
