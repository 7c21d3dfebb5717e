"""The ledger of a whole index: read in the background, once for every generation of the index."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from answers.commitments.search import Entry, entries
from indexer.report.report import Report


@dataclass(frozen=True, slots=True)
class LedgerProgress:
    """How many of the reports are read, and the title of the one being read now."""

    done: int
    total: int
    title: str


class LedgerJob:
    """Reads every statement of every report, in a thread of its own, from the moment it is made.

    Every row was compared with its report: one that is not verbatim would be left out. Safe to use from
    several threads.
    """

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._progress = LedgerProgress(0, len(reports), "")
        pool = ThreadPoolExecutor(1, thread_name_prefix="wenbao-ledger")
        self._future: Future[tuple[Entry, ...]] = pool.submit(self._work)
        pool.shutdown(wait=False)

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return self._future.done()

    @property
    def progress(self) -> LedgerProgress:
        """Where it stands."""
        return self._progress

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it ends or the time is over."""
        try:
            self._future.exception(seconds)
        except TimeoutError:
            return

    def entries(self) -> tuple[Entry, ...]:
        """Every row, those without a number included; waits for the end. A fault of the program is raised here."""
        return self._future.result()

    def _work(self) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for number, report in enumerate(self._reports):
            self._progress = LedgerProgress(number, len(self._reports), report.title)
            rows = entries(report, unnumbered=True)
            found += [entry for entry in rows if entry.row.is_verbatim(report)]
        return tuple(found)
