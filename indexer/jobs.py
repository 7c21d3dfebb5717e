"""Long work on the library in the background: it reports progress and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from embeddings import Encoder, WenbaoError
from indexer.build import BuildProgress
from indexer.library import FileResult, add_reports


@dataclass(frozen=True, slots=True)
class JobStatus:
    """How far a job is.

    Attributes:
        progress: the last report, None before the first.
        results: what became of each file; None while the job runs.
        error: what ended the job, if something did.
    """

    progress: BuildProgress | None
    results: tuple[FileResult, ...] | None
    error: WenbaoError | None


class AddJob:
    """Adds files to the library in a thread of its own, from the moment it is made."""

    def __init__(self, files: Sequence[Path], directory: Path, encoder: Encoder, *, replacing: bool) -> None:
        self._progress: BuildProgress | None = None
        self._cancelled = threading.Event()
        pool = ThreadPoolExecutor(1, thread_name_prefix="wenbao-add")
        self._future: Future[tuple[FileResult, ...]] = pool.submit(
            add_reports,
            files,
            directory,
            encoder,
            replacing=replacing,
            progress=self._report,
            cancelled=self._cancelled.is_set,
        )
        pool.shutdown(wait=False)

    @property
    def done(self) -> bool:
        """Whether it has ended, in whatever way."""
        return self._future.done()

    @property
    def status(self) -> JobStatus:
        """Where it stands. A fault of the program is raised here."""
        if not self._future.done():
            return JobStatus(self._progress, None, None)
        try:
            return JobStatus(self._progress, self._future.result(), None)
        except WenbaoError as error:
            return JobStatus(self._progress, (), error)

    def cancel(self) -> None:
        """Stop after the file that is being added now; those before stay in the library."""
        self._cancelled.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait for the end."""
        self._future.exception(seconds)

    def _report(self, progress: BuildProgress) -> None:
        self._progress = progress
