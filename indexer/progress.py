"""How far it is to the end of long work on many files."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from embeddings.language import Language, Text

_SURE_AFTER = 0.01  # the share of the work after which the time left can be told


class Step(StrEnum):
    """What is being done with the file at hand."""

    READING = "reading"
    RECOGNISING = "recognising"  # the text of a scanned page
    CONVERTING = "converting"  # in another program
    EMBEDDING = "embedding"
    LISTING = "listing"  # what it promises and achieved, in the ledger


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a build is.

    Attributes:
        document, title: the report, or the file, that is at hand.
        file, files: which file is finished next, counted from 1, of how many. A later one is read meanwhile.
        done, total: the same in steps, parts of a file counted.
        left: the seconds that are left, as far as can be told; None at the beginning.
        step: what is being done with it.
        page: which of its scanned pages, counted from 1; 0 with any other step.
    """

    document: str
    title: str
    file: int
    files: int
    done: int
    total: int
    left: float | None = None
    step: Step = Step.EMBEDDING
    page: int = 0


Progress = Callable[[BuildProgress], None]
_SECONDS = Text("约剩 {seconds} 秒", "about {seconds} s left")
_MINUTES = Text("约剩 {minutes} 分 {seconds} 秒", "about {minutes} min {seconds} s left")


def time_left(progress: BuildProgress, language: Language) -> str:
    """The time that is left, in words; empty where it cannot be told yet."""
    if progress.left is None:
        return ""
    minutes, seconds = divmod(round(progress.left), 60)
    return (_MINUTES if minutes else _SECONDS).words(language, minutes=minutes, seconds=seconds)


_STEPS = 1000  # for a file: the later ones are not read yet, so all count the same


class Clock:
    """Turns files and parts of files into progress, and the time they took into the time left."""

    def __init__(self, files: int, told: Progress | None) -> None:
        self._files = files
        self._told = told
        self._started = time.monotonic()
        self._done = 0

    def tell(
        self,
        document: str,
        title: str,
        finished: int,
        part: float,
        step: Step = Step.EMBEDDING,
        page: int = 0,
    ) -> None:
        """`finished` files are done, and the share `part` of the next one; `step` is what the one named is at."""
        if self._told is None:
            return
        total = self._files * _STEPS
        done = self._done = max(self._done, int((finished + part) * _STEPS))
        share = done / max(1, total)
        took = time.monotonic() - self._started
        left = took / share * (1 - share) if share > _SURE_AFTER else None
        self._told(
            BuildProgress(
                document, title, min(finished + 1, self._files), self._files, done, total, left, step, page
            )
        )
