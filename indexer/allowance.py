"""More time for work that is known to be long: reading pictures, opening a file in LibreOffice.

Files are read in a process whose time is limited (`indexer.apart`). A reader that hands a page to OCR or a file to
another program has limits of its own there, and asks for that time here, saying what for: who waits is told of it. In any
other process it does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Slow(StrEnum):
    """Work on a file that takes long."""

    RECOGNISING = "recognising"  # the text in one picture or on one scanned page
    CONVERTING = "converting"  # in another program


_asked: list[Callable[[float, Slow], None]] = []


def ask_with(grant: Callable[[float, Slow], None]) -> None:
    """Let `grant` be told of every request of this process: the seconds, and what they are for."""
    _asked[:] = [grant]


def ask_for(seconds: float, work: Slow) -> None:
    """Say that the next step may take so long, and more memory than a text does."""
    for grant in _asked:
        grant(seconds, work)
