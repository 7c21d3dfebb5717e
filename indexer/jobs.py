"""Long work in the background: it reports progress, can be stopped, and hands over its result."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from embeddings import WenbaoError

T = TypeVar("T")
P = TypeVar("P")

Progress = Callable[[P], None]
Cancelled = Callable[[], bool]


class Job(Generic[T, P]):
    """Does `work` in a thread of its own, from the moment it is made. Safe to use from several threads.

    `work(progress, cancelled)` gives a T. It calls `progress` with a P as it gets on; where it can stop, it
    asks `cancelled()` and ends early with what is finished. `name` is that of the thread.
    """

    def __init__(self, work: Callable[[Progress[P], Cancelled], T], name: str) -> None:
        self._progress: P | None = None
        self._cancelled = threading.Event()
        pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._future: Future[T] = pool.submit(work, self._report, self._cancelled.is_set)
        pool.shutdown(wait=False)

    @property
    def done(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self._future.done()

    @property
    def progress(self) -> P | None:
        """What it reported last; None before its first report."""
        return self._progress

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask it to stop as soon as it can; what was finished before stays."""
        self._cancelled.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it ends or the time is over."""
        try:
            self._future.exception(seconds)
        except TimeoutError:
            return

    def result(self) -> T | WenbaoError:
        """What the work gave, or the error that ended it and that a user can mend. Waits for the end.

        Raises:
            Exception: a fault of the program ended the work; it is raised here, so that it is not hidden.
        """
        try:
            return self._future.result()
        except WenbaoError as error:
            return error

    def _report(self, progress: P) -> None:
        self._progress = progress
