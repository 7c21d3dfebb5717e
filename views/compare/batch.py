"""Many questions at once on the page 对比: paste or upload, watch, stop, take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st

from answers.comparison.batch import BatchProgress, Compared, compare_all, csv_questions, pasted_questions
from answers.comparison.compare import Comparer
from answers.comparison.export import Unanswered, exported
from answers.comparison.file_names import said_in_name
from answers.comparison.table import silence
from answers.errors import QuestionError
from answers.sheets.files import MEDIA_TYPES, Format
from answers.sheets.naming import file_name
from embeddings import WenbaoError
from indexer.index import ReportIndex
from indexer.jobs import Job
from views.compare.layout import heads, searched_text
from views.compare.wording import CompareWording
from views.shared.address import page_address
from views.shared.allowance import QUESTIONS, allowed
from views.shared.chart import row_name
from views.shared.gone import gone_reports
from views.shared.markup import plain
from views.shared.progress import Bar, show_progress
from views.shared.report_choice import choose_reports
from views.shared.report_sets import choose_set
from views.shared.titles import few_names

_JOB = "compare_batch"

BatchJob = Job[tuple[Compared, ...], BatchProgress]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Questions at work, and the reports they were put to: the library may have changed since."""

    job: BatchJob
    index: ReportIndex


def batch_job(
    comparer: Comparer,
    questions: Sequence[str],
    documents: Sequence[str] | None = None,
    among: Sequence[str] | None = None,
) -> BatchJob:
    """Put the questions to their reports in the background; `documents` and `among` as for `compare_all`."""
    return Job(partial(compare_all, comparer, questions, documents, among=among), "wenbao-compare")


def batch_bar(progress: BatchProgress, index: ReportIndex, words: CompareWording) -> Bar:
    """Which question and which report are being worked on."""
    parts = []
    if progress.questions > 1:
        parts.append(words.batch_progress.format(question=progress.question, questions=progress.questions))
    if progress.reports is not None:
        parts.append(searched_text(progress.reports, index, words))
    return Bar(progress.share, " · ".join(parts) or "…")


def batch_section(comparer: Comparer, directory: Path, words: CompareWording) -> None:
    """Draw the section."""
    batch: _Batch | None = st.session_state.get(_JOB)
    with st.expander(words.batch, expanded=batch is not None, icon=":material/table_rows:"):
        busy = batch is not None and not batch.job.done
        # Drawn while it works too, or the questions typed would be gone afterwards.
        _start(comparer, directory, words, busy)
        if batch is not None and busy:
            index = batch.index
            show_progress(
                batch.job, lambda progress: batch_bar(progress, index, words),
                stop=words.stop, stopping=words.stopping,
            )  # fmt: skip
        elif batch is not None:
            _results(comparer, batch, words)


def _start(comparer: Comparer, directory: Path, words: CompareWording, busy: bool) -> None:
    index = comparer.answerer.index
    text = st.text_area(words.batch_label, key="compare_batch_text")
    file = st.file_uploader(words.batch_upload, type=["csv"], key="compare_batch_file")
    inside = choose_set(directory, index, words, key="compare_batch_set")
    chosen = choose_reports(
        index.reports,
        words.batch_reports,
        words,
        key="compare_batch_reports",
        placeholder=words.batch_reports_each,
    )
    if st.button(words.batch_start, type="primary", disabled=busy or not (text or file)):
        try:
            questions = csv_questions(file.getvalue()) if file else pasted_questions(text or "")
        except QuestionError as error:
            st.warning(plain(error.message(words.language)), icon=":material/edit:")
            return
        if not allowed(QUESTIONS, "questions", words):
            return
        among = inside.documents if inside else None
        st.session_state[_JOB] = _Batch(batch_job(comparer, questions, chosen or None, among), index)
        st.rerun()


def _results(comparer: Comparer, batch: _Batch, words: CompareWording) -> None:
    index, results = batch.index, batch.job.result()
    if isinstance(results, WenbaoError):
        st.error(plain(results.message(words.language)), icon=":material/error:")
        return
    now = comparer.answerer.index.catalogue
    asked = {row.document for result in results if result.comparison for row in result.comparison.rows}
    gone = gone_reports(index.catalogue.of(asked), now)
    if gone:
        names = few_names([f"《{entry.title}》" for entry in gone], words)
        st.warning(plain(words.batch_gone.format(titles=names)), icon=":material/history:")
        return
    rows = filled([row for result in results for row in batch_rows(result, index, words)])
    for result in results:
        if result.error is not None:
            st.warning(f"{plain(result.question)}\n\n{plain(result.error.message(words.language))}")
    tables = [result.comparison for result in results if result.comparison is not None]
    unanswered = [
        Unanswered(result.question, result.error.message(words.language))
        for result in results
        if result.error is not None
    ]
    if not tables:
        return
    st.dataframe(rows, hide_index=True)
    others = words.and_others if len(tables) > 1 else ""
    name = file_name(words.page_title, *said_in_name(tables[0], index), others)
    base = page_address("commitments")
    with st.container(horizontal=True):
        for to in Format:
            st.download_button(
                to.value.upper(),
                partial(exported, tables, index, to, words.language, base=base, unanswered=unanswered),
                file_name=f"{name}.{to.value}",
                mime=MEDIA_TYPES[to],
                key=f"batch_download_{to.value}",
                on_click="ignore",
            )


def filled(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows with every field that any of them has: empty where a question was not put to that report."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [{name: row.get(name, "") for name in names} for row in rows]


def batch_rows(result: Compared, index: ReportIndex, words: CompareWording) -> list[dict[str, str]]:
    """A line for each column of a question, a field for each report."""
    comparison = result.comparison
    if comparison is None:
        return []
    rows = []
    for n, title in enumerate(heads(comparison, index, words.language)):
        fields = {words.batch_question: result.question, "": title}
        for row in comparison.rows:
            report = index.report(row.document)
            answer = row.cells[n].answer
            region = row_name(report, False)
            name = f"{region} {report.year or ''}".strip()
            quoted = answer is not None and answer.is_verbatim(report)
            fields[name] = (
                answer.text if answer is not None and quoted else silence(row.cells[n], words.language)
            )
        rows.append(fields)
    return rows
