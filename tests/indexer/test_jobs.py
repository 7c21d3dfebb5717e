from __future__ import annotations

import threading

import pytest

from embeddings import WenbaoError
from indexer.jobs import Cancelled, Job, Progress


def counted(progress: Progress[int], cancelled: Cancelled) -> int:
    """Counts to a thousand, or until it is stopped."""
    number = 0
    while number < 1000 and not cancelled():
        number += 1
        progress(number)
    return number


def test_a_job_reports_and_hands_over_its_result() -> None:
    job = Job(counted, "count")
    assert job.result() == 1000
    assert job.done and job.progress == 1000


def test_nothing_is_reported_before_the_first_step_and_waiting_may_be_in_vain() -> None:
    gate = threading.Event()

    def work(progress: Progress[int], cancelled: Cancelled) -> str:
        gate.wait(10)
        return "好"

    job = Job(work, "wait")
    job.wait(0.01)
    assert not job.done and job.progress is None
    gate.set()
    job.wait(10)
    assert job.done and job.result() == "好"


def test_a_stopped_job_keeps_what_was_finished() -> None:
    gate = threading.Event()

    def work(progress: Progress[int], cancelled: Cancelled) -> int:
        gate.wait(10)
        return counted(progress, cancelled)

    job = Job(work, "stop")
    job.cancel()
    gate.set()
    assert job.result() == 0 and job.done


def test_an_error_that_a_user_can_mend_is_a_value_and_a_fault_is_raised() -> None:
    def mended(progress: Progress[int], cancelled: Cancelled) -> int:
        raise WenbaoError("没有这个文件", "no such file")

    def broken(progress: Progress[int], cancelled: Cancelled) -> int:
        raise ZeroDivisionError

    found = Job(mended, "error").result()
    assert isinstance(found, WenbaoError) and found.message("en") == "no such file"
    job = Job(broken, "fault")
    job.wait(10)
    assert job.done
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            job.result()
