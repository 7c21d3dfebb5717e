"""Whether each clause of a sentence says what one clause of its quotations says, and nothing that turns it is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answers.quantities.amounts import Quantity
from answers.quoting.sentences import Reason, Struck
from answers.quoting.sources import Source
from answers.quoting.table import turning_words
from answers.quoting.words import Makeup
from indexer.text.sentences import CLAUSE_MARK
from indexer.text.span import Span

Item = Span | Quantity
"""A piece of words of a sentence, or an amount of it."""


def clause_fault(makeup: Makeup, sources: Sequence[Source]) -> Struck | None:
    """What is wrong with a clause of a sentence: it puts together what stands in different clauses, or in another order
    (乙增长8% of 甲增长8%，乙增长5%), or leaves out a word that turns the sense of the clause that it is taken from."""
    named = tuple(source.about for source in sources)
    for clause in _clauses(makeup.words):
        items = _items(makeup, clause, named)
        if not items:
            continue
        holding = [
            words
            for source in sources
            for words, quoted in source.parts()
            if _in_order(items, makeup, source, quoted)
        ]
        said = clause.of(makeup.words)
        if not holding:
            return Struck(Reason.PUT_TOGETHER, said.strip())
        lacking = [turning_words(words) - turning_words(said) for words in holding]
        if all(lacking):
            return Struck(Reason.LEFT_OUT, min(lacking[0]))
    return None


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


def _in_order(items: Sequence[Item], makeup: Makeup, source: Source, quoted: Span) -> bool:
    """Whether all items stand in a part of a quotation, one after the other."""
    position = quoted.start
    for item in items:
        if isinstance(item, Span):
            found = source.passage.find(item.of(makeup.words), position, quoted.end)
            end = found + len(item)
        else:
            place = next(
                (
                    one.figure.bare
                    for one in source.amounts
                    if one.amount == item.amount
                    and position <= one.figure.bare.start
                    and one.figure.bare.end <= quoted.end
                ),
                None,
            )
            found, end = (place.start, place.end) if place is not None else (-1, -1)
        if found < 0:
            return False
        position = end
    return True
