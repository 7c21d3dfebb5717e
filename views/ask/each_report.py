"""各报告怎么说 on the page 提问: a question that names no place, put to several reports, a line each, on a click."""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.answer import Reply
from answers.comparison.compare import CompareProgress, Comparer
from answers.comparison.each_report import reports_to_ask
from answers.comparison.questions.plan import ComparisonPlan
from answers.comparison.table import Comparison, Row
from answers.engine import Answerer
from embeddings import WenbaoError
from indexer.jobs import Job
from indexer.report.report import Report
from views.ask.layout import each_line
from views.ask.understanding_chips import Asked
from views.ask.wording import AskWording
from views.shared.allowance import may_ask
from views.shared.markup import plain
from views.shared.opened import opened_name
from views.shared.progress import GRACE, Bar, show_progress
from views.shared.reading_pane import ShownPassage
from views.shared.visitors_first import visitors_first

EACH = "ask_each"  # whether the reports are asked one by one
_JOB = "ask_each_job"
EachJob = Job[Comparison, CompareProgress]


def each_report_section(
    answerer: Answerer, asked: Asked, reply: Reply, opened: str, words: AskWording
) -> None:
    """Draw the button, or what every report says. `opened`: where the session has what is opened beside."""
    documents = reports_to_ask(reply, answerer.index.reports, asked.documents)
    if not documents:
        return
    if not st.session_state.get(EACH):
        st.button(
            words.each_report.format(count=len(documents)), key="ask_each_button", icon=":material/format_list_bulleted:",
            on_click=_ask_each,
        )  # fmt: skip
        return
    st.subheader(words.each_report_title, anchor=False)
    comparer = Comparer(answerer)
    plan = comparer.plan(reply.question.text, documents)
    if plan is None:
        return
    found = _found(comparer, plan, words)
    if isinstance(found, WenbaoError):
        st.warning(plain(found.message(words.language)), icon=":material/edit:")
    elif found is not None:
        for row in found.rows:
            _line(row, answerer.index.report(row.document), opened, words)


def _ask_each() -> None:
    st.session_state[EACH] = True


def _found(comparer: Comparer, plan: ComparisonPlan, words: AskWording) -> Comparison | WenbaoError | None:
    """The comparison, made once as long as question and library stay as they are; None while it is made."""
    index = comparer.answerer.index
    wanted = index.settings.generation, plan.question, plan.documents
    known: tuple[object, EachJob] | None = st.session_state.get(_JOB)
    if known is None or known[0] != wanted:
        if not may_ask(wanted, "ask_each", words):
            return None
        if known is not None:
            known[1].cancel()
        known = wanted, Job(visitors_first.answering()(partial(comparer.compare, plan)), "wenbao-each")
        st.session_state[_JOB] = known
        known[1].wait(GRACE)
    job = known[1]
    if not job.done:
        show_progress(job, lambda step: _bar(step, comparer, words), stop=words.stop, stopping=words.stopping)
        return None
    return job.result()


def _bar(step: CompareProgress, comparer: Comparer, words: AskWording) -> Bar:
    title = comparer.answerer.index.entry(step.document).title
    text = words.each_progress.format(title=title, done=step.done, total=step.total)
    return Bar(step.done / max(1, step.total), text)


def _line(row: Row, report: Report, opened: str, words: AskWording) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"each:{row.document}"):
        st.html(each_line(row, report, words))
        answer = next(
            (cell.answer or cell.nearest for cell in row.cells if cell.answer or cell.nearest), None
        )
        if answer is not None:
            shown = ShownPassage(answer.passage, row.document, answer.section, (answer.span,))
            st.button(
                words.original, key=f"each_open:{row.document}", type="tertiary",
                on_click=_open, args=(opened, opened_name(shown)),
            )  # fmt: skip


def _open(opened: str, name: str) -> None:
    st.session_state[opened] = name
