"""One answering service for a whole process: prepared in the background, fresh after every re-index."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from answers.engine import Answerer
from embeddings import Encoder, WenbaoError, load_encoder
from indexer.build import build_index
from indexer.errors import ChangedIndex
from indexer.index import ReportIndex, open_index
from indexer.jobs import Cancelled, Job, Progress
from indexer.library import renew_index
from indexer.progress import BuildProgress
from indexer.store.database import has_store, open_store

T = TypeVar("T")
_TRIES = 5  # an index that changes as often under one question is not to be waited for


class Stage(StrEnum):
    """How far the preparation is."""

    MODEL = "model"
    BUILDING = "building"
    OPENING = "opening"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Status:
    """The stage, how far a build is, and what went wrong if something did."""

    stage: Stage
    progress: BuildProgress | None = None
    error: WenbaoError | None = None


class CurrentAnswerer:
    """Answers from the index in `directory` as it now is. Safe to use from several threads."""

    def __init__(self, directory: Path, encoder: Encoder) -> None:
        self._directory = directory
        self._encoder = encoder
        self._lock = threading.Lock()
        self._answerer: Answerer | None = None

    def answerer(self) -> Answerer:
        """What answers now.

        An index that was changed on disk since, by whichever process, is opened first, so that what was
        removed from it stops answering at once.

        Raises:
            IndexFault: the index is missing, foreign, damaged, or made with another model.
            ModelError: a model is missing or broken.
        """
        with self._lock:
            with open_store(self._directory) as store:
                settings = store.settings()
            if self._answerer is None or settings != self._answerer.index.settings:
                opened = open_index(self._directory, self._encoder.identity)
                self._answerer = Answerer(opened, self._encoder)
            return self._answerer

    def with_answerer(self, work: Callable[[Answerer], T]) -> T:
        """What `work` makes of the answerer, from the beginning again where somebody changed the index on the way.

        Raises:
            IndexFault, ModelError: as `answerer`, and as `work`.
        """
        for _ in range(_TRIES - 1):
            with suppress(ChangedIndex):
                return work(self.answerer())
        return work(self.answerer())


class Service:
    """Loads the model, builds the index of the shipped reports if there is none, and answers.

    Every method may be called from any thread. `start` returns at once.
    """

    def __init__(self, directory: Path, seeds: Path, load: Callable[[], Encoder] = load_encoder) -> None:
        self.directory = directory
        self._seeds = seeds
        self._load = load
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._current: CurrentAnswerer | None = None
        self._preparation: Job[None, Status] | None = None
        self._renewal: Job[int, BuildProgress] | None = None
        self._reading = threading.Lock()
        self._read: ReportIndex | None = None

    def start(self) -> Job[None, Status]:
        """The preparation, begun now unless it was begun before."""
        with self._lock:
            if self._preparation is None:
                self._preparation = Job(self._prepare, "wenbao-prepare")
            return self._preparation

    def retry(self) -> None:
        """Prepare again after a failure."""
        with self._lock:
            if self._preparation is not None and self._preparation.done and self._current is None:
                self._preparation = Job(self._prepare, "wenbao-prepare")

    def wait(self, seconds: float | None = None) -> None:
        """Wait until the preparation ends or the time is over."""
        if self._preparation is not None:
            self._preparation.wait(seconds)

    @property
    def status(self) -> Status:
        """Where the preparation stands.

        Raises:
            Exception: the preparation ended in a fault of the program, which is raised here.
        """
        with self._lock:  # the preparation may report before `start` has put it down
            preparation = self._preparation
        if preparation is None or not preparation.done:
            reported = preparation.progress if preparation is not None else None
            return reported or Status(Stage.MODEL)
        error = preparation.result()
        return Status(Stage.READY) if error is None else Status(Stage.FAILED, error=error)

    @property
    def encoder(self) -> Encoder | None:
        """The model, once it is loaded."""
        return self._encoder

    @property
    def renewal(self) -> Job[int, BuildProgress] | None:
        """What embeds anew the reports that a former version of the program embedded; None where there are none."""
        return self._renewal

    def answerer(self) -> Answerer | None:
        """What answers now; None while preparing or after a failure.

        Raises:
            IndexFault: the index on disk is gone or can no longer be read.
        """
        current = self._current
        return current.answerer() if current is not None else None

    def index(self) -> ReportIndex | None:
        """The library as it now is, for what needs no model and does not wait for it; None where there is none yet.

        Raises:
            IndexFault: the index on disk is gone or cannot be read.
        """
        current = self._current
        if current is not None:
            self._read = None
            return current.answerer().index
        if not has_store(self.directory):
            return None
        with self._reading:
            with open_store(self.directory) as store:
                settings = store.settings()
            if self._read is None or self._read.settings != settings:
                # By the model that made it; whether that is the one now chosen the preparation finds out.
                self._read = open_index(self.directory, settings.encoder)
            return self._read

    def _prepare(self, progress: Progress[Status], cancelled: Cancelled) -> None:
        progress(Status(Stage.MODEL))
        encoder = self._encoder = self._load()
        if not has_store(self.directory):
            progress(Status(Stage.BUILDING))
            build_index(
                [self._seeds], self.directory, encoder, lambda step: progress(Status(Stage.BUILDING, step))
            )
        progress(Status(Stage.OPENING))
        current = CurrentAnswerer(self.directory, encoder)
        opened = current.answerer()
        self._current = current
        if opened.index.stale:
            # Meanwhile they answer as they did.
            self._renewal = Job(
                lambda told, stop: renew_index(self.directory, encoder, told, stop), "wenbao-renew"
            )
