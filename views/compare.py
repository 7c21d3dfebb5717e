"""The page 对比: one question to many reports, as a table, a chart and the change of wording."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from answers.comparison.compare import Comparer
from answers.comparison.exports import MEDIA_TYPES, Format, exported
from answers.comparison.jobs import CompareJob
from answers.comparison.plan import ComparisonPlan
from answers.comparison.table import Comparison
from answers.comparison.values import series
from answers.engine import Answerer, place
from answers.errors import QuestionError
from embeddings import WenbaoError
from embeddings.errors import Language
from indexer.index import ReportIndex
from views.compare_batch import batch_section
from views.compare_chart import chart
from views.compare_layout import (
    STYLE as TABLE_STYLE,
)
from views.compare_layout import (
    cell_html,
    counted,
    heads,
    names,
    ordered,
    report_html,
    shown_answer,
)
from views.compare_progress import show_progress
from views.compare_wording import CompareWording, compare_wording
from views.compare_years import wording_section
from views.markup import STYLE, place_html, report_blocks
from views.plain import plain
from views.preparation import service, show_preparation
from views.reading_pane import reading_pane
from views.reply_layout import ShownPassage, section_to_read
from views.wording import wording

_QUESTION = "compare"
_REPORTS = "reports"
_JOB = "compare_job"
_OPENED = "compare_opened"
_GRACE = 0.8  # seconds to wait before a bar of progress is drawn


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a job was started for: with anything else it is started anew."""

    generation: int
    question: str
    documents: tuple[str, ...]


def compare_page(language: Language) -> None:
    """Draw the page."""
    words = compare_wording(language)
    st.html(STYLE)
    st.html(TABLE_STYLE)
    question = _question_box(words)
    prepared = service()
    try:
        answerer = prepared.answerer()
    except WenbaoError as error:
        st.error(plain(error.message(language)), icon=":material/error:")
        return
    if answerer is None:
        show_preparation(prepared, wording(language), language, question)
        return
    comparer = Comparer(answerer)
    if question.strip():
        try:
            _one(comparer, question, words, language)
        except QuestionError as error:
            st.warning(plain(error.message(language)), icon=":material/edit:")
    batch_section(comparer, words, language)


def _question_box(words: CompareWording) -> str:
    with st.form("compare_form", border=False):
        box, button = st.columns([6, 1], vertical_alignment="bottom")
        with box:
            question = st.text_input(
                words.question_label, key=_QUESTION, placeholder=words.placeholder, bind="query-params"
            )
        with button:
            st.form_submit_button(words.button, type="primary", width="stretch")
    with st.container(horizontal=True):
        for n, example in enumerate(words.examples):
            st.button(example, key=f"compare_example_{n}", on_click=_use, args=(example,), type="tertiary")
    return question or ""


def _use(example: str) -> None:
    st.session_state[_QUESTION] = example


def _one(comparer: Comparer, question: str, words: CompareWording, language: Language) -> None:
    plan = _plan(comparer, question, words)
    if plan is None:
        st.info(words.no_plan, icon=":material/help:")
        return
    if plan.missing:
        missing = words.missing.format(regions="、".join(plan.missing))
        st.info(plain(missing), icon=":material/info:")
    wanted = _Wanted(comparer.answerer.index.settings.generation, question, plan.documents)
    known, job = st.session_state.get(_JOB, (None, None))
    if known != wanted:
        if job is not None:
            job.cancel()
        job = CompareJob(comparer, [question], plan.documents if _chosen() else None)
        st.session_state[_JOB] = (wanted, job)
        job.wait(_GRACE)
    if not job.done:
        show_progress(job, words)
        return
    (found,) = job.results() or (None,)
    if found is None or found.comparison is None:
        if found is not None and found.error is not None:
            st.warning(plain(found.error.message(language)), icon=":material/edit:")
        return
    _result(comparer.answerer, found.comparison, words, language)


def _chosen() -> list[str]:
    """The reports that the link or the user chose; none where the question decides."""
    return [name for name in st.query_params.get(_REPORTS, "").split("|") if name]


def _plan(comparer: Comparer, question: str, words: CompareWording) -> ComparisonPlan | None:
    index = comparer.answerer.index
    known = {p.document.name: p.document.metadata.title for p in index.documents}
    read = comparer.plan(question)
    linked = [name for name in _chosen() if name in known]
    default = linked or list(read.documents if read else ())
    with st.expander(f"{words.reports} · {len(default)}", expanded=not default):
        chosen = st.multiselect(
            words.reports,
            list(known),
            default=default,
            format_func=lambda name: known[name],
            key=f"compare_reports:{index.settings.generation}:{question}",
            help=words.reports_help,
            label_visibility="collapsed",
        )
    if set(chosen) == set(read.documents if read else ()):
        st.query_params.pop(_REPORTS, None)
        return read
    st.query_params[_REPORTS] = "|".join(chosen)
    return comparer.plan(question, chosen) if chosen else None


def _result(answerer: Answerer, comparison: Comparison, words: CompareWording, language: Language) -> None:
    index = answerer.index
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
    _take_away(comparison, index, words, language)
    left, right = st.columns([3, 2], gap="large")
    with left:
        if comparison.plan.over_years:
            table, change = st.tabs([words.table_tab, words.wording_tab])
            with table:
                _table(comparison, index, words)
            with change:
                wording_section(comparison, index, words, _open)
        else:
            _table(comparison, index, words)
    with right:
        _pane(comparison, index, words, language)


def _take_away(comparison: Comparison, index: ReportIndex, words: CompareWording, language: Language) -> None:
    with st.popover(words.take_away, icon=":material/download:"):
        for to in Format:
            st.download_button(
                to.value.upper(),
                partial(exported, [comparison], index, to, language),
                file_name=f"wenbao.{to.value}",
                mime=MEDIA_TYPES[to],
                key=f"download_{to.value}",
                on_click="ignore",
            )
        st.caption(words.link)
        st.code(st.context.url or "", language=None, wrap_lines=True)


def _table(comparison: Comparison, index: ReportIndex, words: CompareWording) -> None:
    over_years = comparison.plan.over_years
    drawn = [series(comparison, n, index) for n in range(len(comparison.columns))]
    titles = heads(comparison, index, words)
    orders = [words.by_place]
    valued = [n for n, found in enumerate(drawn) if found is not None]
    orders += [words.by_value if len(titles) == 1 else f"{words.by_value}：{titles[n]}" for n in valued]
    chosen = orders[0]
    if len(orders) > 1:
        chosen = st.segmented_control(words.order, orders, default=orders[0], required=True) or orders[0]
    sort = None if chosen == orders[0] else valued[orders.index(chosen) - 1]
    for title, found in zip(titles, drawn, strict=True):
        if found is None:
            continue
        if len(titles) > 1:
            st.markdown(f"**{plain(title)}**")
        st.altair_chart(chart(found, index, over_years, sort=sort is not None), width="stretch")
        st.caption(plain(words.chart_help.format(unit=found.unit)))
        if found.silent:
            st.caption(plain(words.chart_silent.format(names=names(index, found.silent, over_years))))
        if found.others:
            st.caption(plain(words.chart_others.format(names=names(index, found.others, over_years))))
    widths = [1.2, *[3.0] * len(titles)]
    if len(titles) > 1:
        for column, title in zip(st.columns(widths)[1:], titles, strict=True):
            column.markdown(f"**{plain(title)}**")
    for row in ordered(comparison, index, sort):
        parsed = index.document(row.document)
        with st.container(border=True):
            name, *cells = st.columns(widths)
            name.html(report_html(parsed, over_years))
            for n, (place_, cell) in enumerate(zip(cells, row.cells, strict=True)):
                place_.html(cell_html(cell, parsed, words))
                shown = cell.answer or cell.nearest
                if shown is not None:
                    place_.button(
                        words.open,
                        key=f"compare_open:{row.document}:{n}",
                        on_click=_open,
                        args=(shown_answer(shown),),
                        type="tertiary",
                    )


def _open(passage: ShownPassage) -> None:
    st.session_state[_OPENED] = (st.session_state.get(_QUESTION), passage)


def _pane(comparison: Comparison, index: ReportIndex, words: CompareWording, language: Language) -> None:
    question, opened = st.session_state.get(_OPENED, (None, None))
    if question != st.session_state.get(_QUESTION) or opened is None:
        first = next((c.answer for r in comparison.rows for c in r.cells if c.answer is not None), None)
        opened = shown_answer(first) if first is not None else None
    if opened is None:
        return
    parsed = index.document(opened.document)
    st.subheader(words.original, anchor=False)
    st.html(place_html(place(parsed, opened.section, opened.passage), wording(language)))
    within = section_to_read(parsed, opened.section)
    key = f"compare:{opened.document}:{within}:{opened.marks}"
    reading_pane(key, report_blocks(parsed, within, opened.marks), "answer")
