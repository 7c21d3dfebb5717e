"""What the pages of the ledger, 承诺 and 兑现, share: its rows, the links to them, and a row in its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from answers.commitments.export import link
from answers.commitments.rows import Commitment
from answers.commitments.search import Filter
from answers.commitments.stored import StoredLedger
from answers.commitments.stored_file import is_there
from answers.commitments.stored_update import LedgerProgress, bring_up, is_current
from embeddings import WenbaoError
from indexer.index import ReportIndex
from indexer.jobs import Job
from indexer.report.report import Report
from views.shared.address import page_address
from views.shared.beside import report_beside
from views.shared.citing import draw_citations
from views.shared.markup import clause_answer_html, passage_html, place_html, verdict_html
from views.shared.progress import GRACE, Bar, show_progress
from views.shared.reading_pane import ShownPassage
from views.shared.wording import SharedWording

LedgerJob = Job[None, LedgerProgress]
T = TypeVar("T")


def opened_ledger(directory: Path, index: ReportIndex, words: SharedWording) -> StoredLedger | None:
    """The ledger of the index. Where it is behind a bar tells how far it is, and what is there already is shown.

    None while there is nothing yet.

    Raises:
        IndexFault: there is no sound index, or the text of a report is not what was indexed.
        LedgerError: the ledger cannot be read or written.
    """
    ledger = StoredLedger(directory)
    if is_current(directory):
        return ledger
    job = _job(*generation_key(directory, index))
    job.wait(GRACE)
    if job.done:
        _job.clear()  # so that an error that was mended is not told again
        ended = job.result()
        if isinstance(ended, WenbaoError):
            raise ended
        return ledger
    show_progress(job, lambda progress: ledger_bar(progress, words))
    return ledger if is_there(directory) and ledger.documents() else None


def ledger_bar(read: LedgerProgress, words: SharedWording) -> Bar:
    """How many of the reports are read."""
    text = words.reading_ledger.format(title=read.title, done=read.done, total=read.total)
    return Bar(read.done / max(1, read.total), text)


def generation_key(directory: Path, index: ReportIndex) -> tuple[str, int, str]:
    """What tells one state of an index from any other."""
    settings = index.settings
    return str(directory), settings.generation, settings.vector_digest


@st.cache_resource(show_spinner=False, max_entries=2)
def _job(directory: str, generation: int, digest: str) -> LedgerJob:
    return Job(lambda progress, cancelled: bring_up(directory, progress, cancelled), "wenbao-ledger")


def kept(ledger: StoredLedger, work: Callable[[Filter], T], wanted: Filter) -> T:
    """What a method of the ledger says of a filter, kept while the ledger stays as it is."""
    found: T = _kept(str(ledger.directory), ledger.state(), work.__name__, repr(wanted), lambda: work(wanted))
    return found


@st.cache_resource(show_spinner=False, max_entries=256)
def _kept(directory: str, state: str, name: str, wanted: str, _work: Callable[[], Any]) -> Any:
    return _work()


def row_in_place(
    row: Commitment,
    index: ReportIndex,
    words: SharedWording,
    name: str,
    *,
    opened: bool = False,
) -> None:
    """A row: the sentence, its citation, and the report around it. `name` tells several panes of one page apart.

    With `opened` the page goes to it where it is out of sight.
    """
    row_quoted(row, index, words, name)
    row_beside(row, index, words, name, opened=opened)


def row_quoted(row: Commitment, index: ReportIndex, words: SharedWording, name: str) -> None:
    """The sentence of a row, its place and its citation; `name` as for `row_in_place`."""
    report = index.report(row.place.document)
    st.html(_sentence_html(row, report))
    st.html(verdict_html(row.is_verbatim(report), "", words))
    st.html(place_html(row.place, words))
    with st.popover(words.citation, icon=":material/format_quote:"):
        address = link(row, page_address("commitments"))
        draw_citations(row, report, address, words, key=f"{name}:citations")


def row_beside(
    row: Commitment, index: ReportIndex, words: SharedWording, name: str, *, opened: bool = False
) -> None:
    """The report around a row; `name` and `opened` as for `row_in_place`."""
    shown = ShownPassage(row.sentence, row.place.document, row.section, (row.sentence,))
    report_beside(index, shown, words, name=name, opened=opened, placed=False)


def _sentence_html(row: Commitment, report: Report) -> str:
    """The number in its clause, in large type, and its sentence, or nothing in place of what the report does not say."""
    if not row.is_verbatim(report):
        return ""
    number = clause_answer_html(report.text, row.sentence, row.span) if row.amount is not None else ""
    return number + passage_html(report.text, row.sentence, (row.span,))
