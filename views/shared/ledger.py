"""The ledger of the open index, read once for all users, and its progress while it is being read."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from answers.commitments.ledger import LedgerJob
from indexer.index import ReportIndex
from views.commitments.wording import CommitmentsWording
from views.shared.plain import plain

_GRACE = 0.8  # seconds to wait before a bar of progress is drawn


def ledger_job(directory: Path, index: ReportIndex) -> LedgerJob:
    """The one job for this generation of the index, started."""
    found = _job(*generation_key(directory, index), index)
    found.wait(_GRACE)
    return found


def generation_key(directory: Path, index: ReportIndex) -> tuple[str, int, str]:
    """What tells one state of an index from any other."""
    settings = index.settings
    return str(directory), settings.generation, settings.vector_digest


@st.cache_resource(show_spinner=False, max_entries=2)
def _job(directory: str, generation: int, digest: str, _index: ReportIndex) -> LedgerJob:
    return LedgerJob(_index.reports)


@st.fragment(run_every=0.5)
def show_progress(job: LedgerJob, words: CommitmentsWording) -> None:
    """A bar, redrawn while the job runs; the page is run again when it ends."""
    if job.done:
        st.rerun()
    progress = job.progress
    text = words.reading.format(title=progress.title, done=progress.done, total=progress.total)
    st.progress(progress.done / max(1, progress.total), text=plain(text))
