"""Many questions at once on the page 对比: paste or upload, watch, stop, take away."""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.comparison.batch import csv_questions, pasted_questions
from answers.comparison.compare import Comparer
from answers.comparison.export import exported
from answers.comparison.jobs import Compared, CompareJob
from answers.errors import QuestionError
from answers.sheets.files import MEDIA_TYPES, Format
from embeddings.language import Language
from indexer.index import ReportIndex
from views.compare.layout import heads, row_name
from views.compare.progress import show_progress
from views.compare.wording import CompareWording
from views.shared.plain import plain

_JOB = "compare_batch"


def batch_section(comparer: Comparer, words: CompareWording, language: Language) -> None:
    """Draw the section."""
    job: CompareJob | None = st.session_state.get(_JOB)
    with st.expander(words.batch, expanded=job is not None, icon=":material/table_rows:"):
        busy = job is not None and not job.done
        # Drawn while it works too, or the questions typed would be gone afterwards.
        _start(comparer, words, language, busy)
        if job is not None and busy:
            show_progress(job, words)
        elif job is not None:
            _results(job, words, language)


def _start(comparer: Comparer, words: CompareWording, language: Language, busy: bool) -> None:
    known = {p.name: p.title for p in comparer.answerer.index.reports}
    text = st.text_area(words.batch_label, key="compare_batch_text")
    file = st.file_uploader(words.batch_upload, type=["csv"], key="compare_batch_file")
    chosen = st.multiselect(
        words.batch_reports,
        list(known),
        format_func=lambda name: known[name],
        placeholder=words.batch_reports_each,
        key="compare_batch_reports",
    )
    if st.button(words.batch_start, type="primary", disabled=busy or not (text or file)):
        try:
            questions = csv_questions(file.getvalue()) if file else pasted_questions(text or "")
        except QuestionError as error:
            st.warning(plain(error.message(language)), icon=":material/edit:")
            return
        st.session_state[_JOB] = CompareJob(comparer, questions, chosen or None)
        st.rerun()


def _results(job: CompareJob, words: CompareWording, language: Language) -> None:
    index = job.comparer.answerer.index
    results = job.results()
    rows = filled([row for result in results for row in batch_rows(result, index, words, language)])
    for result in results:
        if result.error is not None:
            st.warning(f"{plain(result.question)}\n\n{plain(result.error.message(language))}")
    tables = [result.comparison for result in results if result.comparison is not None]
    if not tables:
        return
    st.dataframe(rows, hide_index=True)
    with st.container(horizontal=True):
        for to in Format:
            st.download_button(
                to.value.upper(),
                partial(exported, tables, index, to, language),
                file_name=f"wenbao.{to.value}",
                mime=MEDIA_TYPES[to],
                key=f"batch_download_{to.value}",
                on_click="ignore",
            )


def filled(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows with every field that any of them has: empty where a question was not put to that report."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [{name: row.get(name, "") for name in names} for row in rows]


def batch_rows(
    result: Compared, index: ReportIndex, words: CompareWording, language: Language
) -> list[dict[str, str]]:
    """A line for each column of a question, a field for each report."""
    comparison = result.comparison
    if comparison is None:
        return []
    rows = []
    for n, title in enumerate(heads(comparison, index, language)):
        fields = {words.batch_question: result.question, "": title}
        for row in comparison.rows:
            report = index.report(row.document)
            answer = row.cells[n].answer
            region = row_name(report, False)
            name = f"{region} {report.year or ''}".strip()
            quoted = answer is not None and answer.is_verbatim(report)
            fields[name] = answer.text if answer is not None and quoted else words.silent
        rows.append(fields)
    return rows
