"""How far it is to the end of long work on many files."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from embeddings.language import Language, Text

_SURE_AFTER = 0.01  # the share of the work after which the time left can be told


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a build is.

    Attributes:
        document, title: the report that is being embedded.
        file, files: which file it is, counted from 1, of how many.
        done, total: the same in steps, parts of a file counted.
        left: the seconds that are left, as far as can be told; None at the beginning.
    """

    document: str
    title: str
    file: int
    files: int
    done: int
    total: int
    left: float | None = None


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

    def tell(self, document: str, title: str, finished: int, part: float) -> None:
        """`finished` files are done, and the share `part` of the one named."""
        if self._told is None:
            return
        done, total = int((finished + part) * _STEPS), self._files * _STEPS
        share = done / max(1, total)
        took = time.monotonic() - self._started
        left = took / share * (1 - share) if share > _SURE_AFTER else None
        self._told(
            BuildProgress(document, title, min(finished + 1, self._files), self._files, done, total, left)
        )
