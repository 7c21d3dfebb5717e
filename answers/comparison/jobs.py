"""Comparisons in the background, one or many: they report progress and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from answers.comparison.compare import CompareProgress, Comparer, not_a_comparison
from answers.comparison.table import Comparison
from embeddings import WenbaoError


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of one question: its table, or why there is none."""

    question: str
    comparison: Comparison | None
    error: WenbaoError | None = None


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is: the question it is at, counted from 1, and the reports asked for it."""

    question: int
    questions: int
    reports: CompareProgress | None

    @property
    def share(self) -> float:
        """0..1."""
        within = self.reports.done / max(1, self.reports.total) if self.reports else 0.0
        return min(1.0, (self.question - 1 + within) / max(1, self.questions))


class CompareJob:
    """Puts every question to its reports, in a thread of its own, from the moment it is made.

    `documents` are the reports to compare for all questions; None leaves them to each question.
    """

    def __init__(
        self, comparer: Comparer, questions: Sequence[str], documents: Sequence[str] | None = None
    ) -> None:
        self.comparer = comparer
        self._questions = tuple(questions)
        self._documents = documents
        self._progress = JobProgress(1, len(self._questions), None)
        self._cancelled = threading.Event()
        pool = ThreadPoolExecutor(1, thread_name_prefix="wenbao-compare")
        self._future: Future[tuple[Compared, ...]] = pool.submit(self._work)
        pool.shutdown(wait=False)

    @property
    def done(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self._future.done()

    @property
    def progress(self) -> JobProgress:
        """Where it stands."""
        return self._progress

    def results(self) -> tuple[Compared, ...]:
        """What was finished; waits for the end. A fault of the program is raised here."""
        return self._future.result()

    def cancel(self) -> None:
        """Stop after the report that is being asked now; what was finished stays."""
        self._cancelled.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it ends or the time is over."""
        try:
            self._future.exception(seconds)
        except TimeoutError:
            return

    def _work(self) -> tuple[Compared, ...]:
        found: list[Compared] = []
        for number, question in enumerate(self._questions, 1):
            if self._cancelled.is_set():
                break
            self._progress = JobProgress(number, len(self._questions), None)
            found.append(self._one(question))
        return tuple(found)

    def _one(self, question: str) -> Compared:
        try:
            plan = self.comparer.plan(question, self._documents)
            if plan is None:
                return Compared(question, None, not_a_comparison(question))
            return Compared(question, self.comparer.compare(plan, self._report, self._cancelled.is_set))
        except WenbaoError as error:
            return Compared(question, None, error)

    def _report(self, reports: CompareProgress) -> None:
        self._progress = JobProgress(self._progress.question, len(self._questions), reports)
