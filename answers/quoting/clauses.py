"""Whether each clause of a sentence says what one clause of its quotations says, and nothing that turns it is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from answers.quantities.amounts import Quantity
from answers.quoting.sentences import Reason, Struck
from answers.quoting.sources import Source
from answers.quoting.table import may_be_left_out, turning_words
from answers.quoting.words import Makeup
from indexer.text.sentences import CLAUSE_MARK
from indexer.text.span import Span

_RUN = re.compile(r"\w+")
Item = Span | Quantity
"""A piece of words of a sentence, or an amount of it."""


def clause_fault(makeup: Makeup, sources: Sequence[Source]) -> Struck | None:
    """What is wrong with a clause of a sentence: it puts together what stands in different clauses, or in another order
    (乙增长8% of 甲增长8%，乙增长5%), or leaves out words of the clause that it is taken from, but for its end: of
    农村居民收入增长7% not 农村, of 坚决防止重大事故 not 防止."""
    named = tuple(source.about for source in sources)
    for clause in _clauses(makeup.words):
        items = _items(makeup, clause, named)
        if not items:
            continue
        said = clause.of(makeup.words)
        lacking = [
            _left_out(said, source, whole, places)
            for source in sources
            for whole, quoted in source.parts()
            if (places := _in_order(items, makeup, source, quoted))
        ]
        if not lacking:
            return Struck(Reason.PUT_TOGETHER, said.strip())
        if all(lacking):
            return Struck(Reason.LEFT_OUT, min(lacking, key=len))
    return None


def _left_out(said: str, source: Source, clause: Span, places: Sequence[Span]) -> str:
    """What a clause of a sentence leaves out of the clause of the passage that it is taken from, anywhere a word that turns
    its sense, else before the last of its `places`; empty where nothing but the report's own name or what says nothing."""
    turning = turning_words(clause.of(source.passage)) - turning_words(said)
    if turning:
        return min(turning)
    start = clause.start
    for place in places:
        gap = source.passage[start : place.start]
        if not all(may_be_left_out(run) or run in source.about for run in _RUN.findall(gap)):
            return gap.strip()
        start = max(start, place.end)
    return ""


def _clauses(words: str) -> Iterator[Span]:
    start = 0
    for mark in CLAUSE_MARK.finditer(words):
        yield Span(start, mark.start())
        start = mark.end()
    yield Span(start, len(words))


def _items(makeup: Makeup, clause: Span, named: Sequence[str]) -> list[Item]:
    """The pieces and amounts of a clause in their order; the name of the report may stand anywhere and is left out."""
    words = makeup.words
    pieces = [
        piece
        for piece in makeup.pieces
        if clause.start <= piece.start < clause.end
        and not any(words[piece.start : piece.end] in about for about in named)
    ]
    amounts = [amount for amount in makeup.amounts if clause.start <= amount.figure.bare.start < clause.end]
    return sorted([*pieces, *amounts], key=_start)


def _start(item: Item) -> int:
    return item.start if isinstance(item, Span) else item.figure.bare.start


def _in_order(items: Sequence[Item], makeup: Makeup, source: Source, quoted: Span) -> list[Span]:
    """Where all items stand in a part of a quotation, one after the other, amounts with the bounds around them; nowhere
    where one of them does not."""
    found: list[Span] = []
    position = quoted.start
    for item in items:
        place = (
            _words_at(item.of(makeup.words), source, position, quoted.end)
            if isinstance(item, Span)
            else _amount_at(item, source, position, quoted.end)
        )
        if place is None:
            return []
        found.append(place)
        position = max(position, place.end)
    return found


def _words_at(words: str, source: Source, start: int, end: int) -> Span | None:
    found = source.passage.find(words, start, end)
    return None if found < 0 else Span(found, found + len(words))


def _amount_at(said: Quantity, source: Source, start: int, end: int) -> Span | None:
    figures = (
        one.figure
        for one in source.amounts
        if one.amount == said.amount and start <= one.figure.bare.start and one.figure.bare.end <= end
    )
    figure = next(figures, None)
    return None if figure is None else figure.span
