"""A stretch of a text: half-open, counted in characters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers.

        Raises:
            ValueError: the span ends beyond the text.
        """
        if self.end > len(text):
            raise ValueError(f"span {self.start}..{self.end} of a text of {len(text)} characters")
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """The same characters, counted from `by` characters earlier."""
        return Span(self.start + by, self.end + by)


def touched(pieces: Iterable[Span], span: Span) -> Span | None:
    """From the first to the last of these pieces, in their order, that `span` touches; None where it touches none."""
    found = [piece for piece in pieces if piece.touches(span)]
    return Span(found[0].start, found[-1].end) if found else None
