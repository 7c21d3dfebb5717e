"""The progress of a comparison, with a way to stop it."""

from __future__ import annotations

import streamlit as st

from answers.comparison.jobs import CompareJob
from views.compare.wording import CompareWording
from views.shared.plain import plain


@st.fragment(run_every=0.4)
def show_progress(job: CompareJob, words: CompareWording) -> None:
    """A bar, redrawn while the job runs; the page is run again when it ends."""
    if job.done:
        st.rerun()
    progress = job.progress
    st.progress(progress.share, text=plain(progress_text(job, words)))
    st.button(words.cancel, key=f"cancel_{id(job)}", on_click=job.cancel)


def progress_text(job: CompareJob, words: CompareWording) -> str:
    """Which question and which report are being worked on."""
    progress = job.progress
    parts = []
    if progress.questions > 1:
        parts.append(words.batch_progress.format(question=progress.question, questions=progress.questions))
    if progress.reports is not None:
        index = job.comparer.answerer.index
        title = index.report(progress.reports.document).title
        done, total = progress.reports.done, progress.reports.total
        parts.append(words.progress.format(title=title, done=done, total=total))
    return " · ".join(parts) or "…"
