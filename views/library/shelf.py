"""The imports of uploads in this process, for every window of every browser: those under way, and what became of others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from embeddings import WenbaoError
from indexer.jobs import Cancelled, Job, Progress
from indexer.outcomes import UNDECIDED, FileResult
from indexer.progress import BuildProgress

AddJob = Job[tuple[FileResult, ...], BuildProgress]
Work = Callable[[Progress[BuildProgress], Cancelled], tuple[FileResult, ...]]
_MOST_ENDED = 20  # that are remembered


@dataclass(frozen=True, slots=True)
class Import:
    """Uploads, and the work that adds them.

    Attributes:
        number: later ones have a higher one.
        rows_of: as `add_uploads`.
        by: the name of who began it; "" where nobody signs in.
        at: when, in ISO 8601.
    """

    number: int
    paths: tuple[Path, ...]
    rows_of: tuple[Path, ...] | None
    job: AddJob
    by: str
    at: str

    def left_open(self) -> tuple[Path, ...]:
        """Its files, once it has ended, that somebody still has to decide on or that it did not reach."""
        results = self.job.result()
        if isinstance(results, WenbaoError):
            return ()
        reached = {result.path for result in results}
        undecided = [result.path for result in results if result.outcome in UNDECIDED]
        return (*undecided, *(path for path in self.paths if path not in reached and path.is_file()))


class Shelf:
    """The imports into one index. What has ended stays until whoever began it has seen it or begins the next one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._imports: list[Import] = []
        self._begun = 0

    def begin(self, paths: tuple[Path, ...], rows_of: tuple[Path, ...] | None, by: str, work: Work) -> None:
        """Start an import; of those that `by` began before, only the ones are kept of which files are left open."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._lock:
            self._begun += 1
            one = Import(self._begun, paths, rows_of, Job(work, "wenbao-add"), by, at)
            kept = [other for other in self._imports if other.by != by or self._is_open(other, paths)]
            ended = [other for other in kept if other.job.done]
            dropped = ended[: max(0, len(ended) - _MOST_ENDED)]
            self._imports = [*(other for other in kept if other not in dropped), one]

    def under_way(self) -> tuple[Import, ...]:
        """Those that are at work, the first one first."""
        with self._lock:
            return tuple(one for one in self._imports if not one.job.done)

    def ended(self, by: str) -> tuple[Import, ...]:
        """Those of one person that have ended, the last one first."""
        with self._lock:
            return tuple(one for one in reversed(self._imports) if one.by == by and one.job.done)

    def taken_up(self, one: Import) -> frozenset[Path]:
        """The files of later imports: what was left open of them is settled."""
        with self._lock:
            return self._later(one)

    def let_go(self, one: Import) -> None:
        """Tell of an import no more."""
        with self._lock:
            self._imports = [other for other in self._imports if other.number != one.number]

    def _later(self, one: Import) -> frozenset[Path]:
        return frozenset(path for later in self._imports if later.number > one.number for path in later.paths)

    def _is_open(self, one: Import, paths: tuple[Path, ...]) -> bool:
        return not one.job.done or not self._later(one).union(paths).issuperset(one.left_open())


@st.cache_resource(show_spinner=False)
def _shelf(directory: str) -> Shelf:
    return Shelf()


def shelf(directory: Path) -> Shelf:
    """The one shelf of this process for the index in a folder."""
    return _shelf(str(directory))
