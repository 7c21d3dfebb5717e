"""The one bar of progress: it follows a job, its button stops it, and the page is run again at the end."""

from __future__ import annotations

import time

import streamlit as st
from streamlit.testing.v1 import AppTest

from indexer.jobs import Cancelled, Job, Progress
from views.shared.progress import Bar, show_progress

SCRIPT = "from tests.views.test_progress import drawn\ndrawn()\n"


def counting(progress: Progress[int], cancelled: Cancelled) -> int:
    """Says 7 and goes on until it is stopped."""
    progress(7)
    while not cancelled():
        time.sleep(0.01)
    return 7


def drawn() -> None:
    """A page that shows the result of a job, or how far it is."""
    if "job" not in st.session_state:
        st.session_state["job"] = Job(counting, "count")
        st.session_state["job"].wait(0.1)
    job: Job[int, int] = st.session_state["job"]
    if job.done:
        st.write(f"所得：{job.result()}")
    else:
        show_progress(job, lambda number: Bar(number / 10, f"{number}_10"), stop="停止")


def test_the_bar_follows_a_job_and_its_button_stops_it() -> None:
    page = AppTest.from_string(SCRIPT, default_timeout=30).run()
    (bar,) = page.get("progress")
    assert (bar.proto.value, bar.proto.text) == (70, "7\\_10")
    job: Job[int, int] = page.session_state["job"]
    (stop,) = page.button
    assert stop.label == "停止"
    stop.click().run()
    job.wait(10)
    page.run()
    assert not page.exception and not page.get("progress")
    assert [written.value for written in page.markdown] == ["所得：7"]
