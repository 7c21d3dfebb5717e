"""One answering service for a whole process: prepared in the background, fresh after every re-index."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from answers.engine import Answerer
from embeddings import Encoder, WenbaoError, load_encoder
from indexer.build import BuildProgress, build_index
from indexer.index import open_index
from indexer.jobs import Cancelled, Job, Progress
from indexer.store.database import STORE_NAME, open_store


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
        self._answerer: Answerer | None = None
        self._preparation: Job[None, Status] | None = None

    def start(self) -> Job[None, Status]:
        """The preparation, begun now unless it was begun before."""
        with self._lock:
            if self._preparation is None:
                self._preparation = Job(self._prepare, "wenbao-prepare")
            return self._preparation

    def retry(self) -> None:
        """Prepare again after a failure."""
        with self._lock:
            if self._preparation is not None and self._preparation.done and self._answerer is None:
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

    def answerer(self) -> Answerer | None:
        """What answers now; None while preparing or after a failure.

        An index that was replaced on disk since is opened first, so that what was removed from it
        stops answering at once.

        Raises:
            IndexFault: the index on disk is gone or can no longer be read.
        """
        with self._lock:
            if self._answerer is None or self._encoder is None:
                return None
            with open_store(self.directory) as store:
                settings = store.settings()
            if settings != self._answerer.index.settings:
                self._answerer = Answerer(open_index(self.directory, self._encoder.identity), self._encoder)
            return self._answerer

    def _prepare(self, progress: Progress[Status], cancelled: Cancelled) -> None:
        progress(Status(Stage.MODEL))
        encoder = self._encoder = self._load()
        if not (self.directory / STORE_NAME).exists():
            progress(Status(Stage.BUILDING))
            build_index(
                [self._seeds], self.directory, encoder, lambda step: progress(Status(Stage.BUILDING, step))
            )
        progress(Status(Stage.OPENING))
        self._answerer = Answerer(open_index(self.directory, encoder.identity), encoder)
