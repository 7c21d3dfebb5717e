"""The progress of long work in the background: a bar that follows it, and a button that stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from indexer.jobs import Job
from views.shared.markup import plain

GRACE = 0.8  # seconds to wait for a job before a bar of its progress is drawn
# Seconds between two drawings. Each ends in Streamlit's collection of garbage, 0.3 s of processor time once the
# libraries of the model are loaded: twice a second they took a third of the time that the job itself needs.
_EVERY = 1.0
T = TypeVar("T")
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Bar:
    """How much is done, 0..1, and what is being done now."""

    share: float
    text: str


@st.fragment(run_every=_EVERY)
def show_progress(
    job: Job[T, P], bar: Callable[[P], Bar], *, stop: str = "", stopping: str = "", before: str = "…"
) -> None:
    """Draw the bar, anew while the job runs; the page is run again when it ends.

    `bar` says what to draw of what the job reported last, `before` what is said until it reports anything.
    `stop` is the label of the button that stops the job, and `stopping` what is said once it was clicked, in whatever
    window; without a label there is no button.
    """
    if job.done:
        st.rerun()
    reported = job.progress
    shown = Bar(0.0, before) if reported is None else bar(reported)
    if job.stopping and stopping:
        shown = Bar(shown.share, stopping)
    st.progress(shown.share, text=plain(shown.text))
    if stop:
        st.button(stop, key=f"stop_{id(job)}", on_click=job.cancel, disabled=job.stopping)
