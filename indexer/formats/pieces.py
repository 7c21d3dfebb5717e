"""What a reader makes of a file: its text, by page where it has pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page, or of the whole file where the format has no pages.

    `page` counts from 1. Paragraphs end with a line break; one that runs on over a page break does not.
    """

    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's pieces in order; joined they are the whole report, not yet normalised."""

    pieces: tuple[PageText, ...]

    @property
    def text(self) -> str:
        """The whole report."""
        return "".join(piece.text for piece in self.pieces)


def unpaged(paragraphs: Iterable[str]) -> Extracted:
    """The paragraphs of a file without pages."""
    return Extracted((PageText(None, "".join(f"{paragraph}\n" for paragraph in paragraphs)),))
