"""A quotation that was found, as sentences are proven against it: its words, amounts and clauses, and its report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.quantities.amounts import Quantity, quantities
from answers.quoting.given import Given
from answers.quoting.names import name_of
from indexer.text.characters import simplified
from indexer.text.sentences import CLAUSE_MARK
from indexer.text.span import Span

_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
"""What parts the sentences of a passage, and of what is written over it: nothing said before it is said of what follows."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a quotation has of a clause.

    Attributes:
        number: which of the clauses of the passage.
        whole: the clause in the passage, with what the quotation cut away.
        quoted: what of it is quoted.
        first: which of them begins its sentence.
    """

    number: int
    whole: Span
    quoted: Span
    first: int


@dataclass(frozen=True, slots=True)
class Source:
    """A quotation, in Simplified characters.

    Attributes:
        passage: the text of its passage, and `within` where in that it stands.
        clauses: those of the passage, each between two marks, in order.
        parts: what the quotation has of those that it touches, in order.
        title: of its report; `place` and `year` the report's.
        amounts: those whose numbers stand in the quotation, each as bound as it is in the passage.
    """

    passage: str
    within: Span
    clauses: tuple[Span, ...]
    parts: tuple[Part, ...]
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
        clauses = tuple(clauses_of(passage))
        parts = tuple(_parts(clauses, within))
        title, place = simplified(given.place.title), simplified(given.region)
        return cls(
            passage, within, tuple(clause for clause, _ in clauses), parts, title, place, given.year, amounts
        )

    @property
    def name(self) -> re.Pattern[str]:
        """What names the report."""
        return name_of(self.title, self.place, self.year)

    @property
    def quoted(self) -> str:
        """The words of the quotation."""
        return self.within.of(self.passage)


def clauses_of(words: str) -> Iterator[tuple[Span, bool]]:
    """The clauses between the marks of some words, in order, and whether each begins a sentence: nothing before it is said of
    it."""
    start, is_first = 0, True
    for mark in CLAUSE_MARK.finditer(words):
        yield Span(start, mark.start()), is_first
        start, is_first = mark.end(), _SENTENCE_END.search(mark[0]) is not None
    yield Span(start, len(words)), is_first


def _parts(clauses: Sequence[tuple[Span, bool]], within: Span) -> Iterator[Part]:
    """What a quotation at `within` has of the clauses that it touches."""
    beginning = 0
    for number, (whole, is_first) in enumerate(clauses):
        if is_first:
            beginning = number
        first, last = max(whole.start, within.start), min(whole.end, within.end)
        if first < last:
            yield Part(number, whole, Span(first, last), beginning)
