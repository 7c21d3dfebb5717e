"""What a sentence may be made of: a quotation in its passage, and the name of the report that it is from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from answers.quantities.amounts import Quantity, quantities
from answers.quoting.given import Given
from indexer.text.characters import simplified
from indexer.text.sentences import Clauses
from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class Source:
    """A quotation, in Simplified characters.

    Attributes:
        passage: the text of its passage, and `within` where in that it stands.
        clauses: the clauses of the passage.
        title: of its report; `place` and `year` the report's.
        amounts: those whose numbers stand in the quotation, each as bound as it is in the passage.
    """

    passage: str
    within: Span
    clauses: Clauses
    title: str
    place: str
    year: int | None
    amounts: tuple[Quantity, ...]

    @classmethod
    def of(cls, given: Given, within: Span) -> Source:
        """The quotation that stands at `within` in a passage."""
        passage = simplified(given.text)
        whole = Span(0, len(passage))
        amounts = tuple(
            quantity
            for quantity in quantities(passage, whole)
            if within.start <= quantity.figure.bare.start and quantity.figure.bare.end <= within.end
        )
        title, place = simplified(given.place.title), simplified(given.region)
        return cls(passage, within, Clauses.of(passage, whole), title, place, given.year, amounts)

    @property
    def about(self) -> str:
        """What the report is called, its place and its year, each on a line."""
        return f"{self.title}\n{self.place}\n{self.year}年"

    @property
    def quoted(self) -> str:
        """The words of the quotation."""
        return self.within.of(self.passage)

    def parts(self) -> Iterator[tuple[Span, Span]]:
        """The clauses that the quotation touches: where each stands in the passage, with what the quotation cut away, and
        where the part of it that is quoted."""
        whole = self.clauses.sentence
        starts, ends = (whole.start, *self.clauses.starts), (*self.clauses.ends, whole.end)
        for start, end in zip(starts, ends, strict=True):
            first, last = max(start, self.within.start), min(end, self.within.end)
            if first < last:
                yield Span(start, end), Span(first, last)
