"""Whether each clause of a sentence says what one clause of its quotations says, all of it and nothing else.

The clauses of a sentence are clauses of one sentence of the report, one after the other: a time, a place or a condition
falls upon nothing that the report does not say it of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from answers.quantities.amounts import Quantity
from answers.quoting.names import begins_with_another
from answers.quoting.sentences import Reason, Struck
from answers.quoting.sources import Part, Source, clauses_of
from answers.quoting.table import (
    COPULAS,
    INSIDE,
    JOINING_WORDS,
    begins_elsewhere,
    may_be_left_out,
    numbering,
    scope_word,
    turning_words,
)
from answers.quoting.words import Makeup
from indexer.text.span import Span

_RUN = re.compile(r"\w+")
_MOST = 200  # clauses of a passage that are looked at for one of a sentence: who says one thing more often says little
_NEAR = 20  # clauses of a sentence, back from one; a sentence has hardly more
_COLON = re.compile(r"[：:]\s*$")
Item = Span | Quantity
"""A piece of words of a sentence, or an amount of it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A clause of a passage that a clause of a sentence is taken from, and the first one of those before it that go on to it."""

    source: Source
    part: Part
    items: tuple[Span, ...]
    first: int


def clause_fault(makeup: Makeup, sources: Sequence[Source]) -> Struck | None:
    """What is wrong with a clause of a sentence: it puts together what stands in different clauses or sentences, or in another
    order (乙增长8% of 甲增长8%，乙增长5%), puts something in between, leaves something out (of 农村居民收入增长7% 农村, of
    防止重大事故 防止, of 达到上海的30% the end), or says of the report's place what is said of another."""
    former: list[_Place] | None = None
    named = False
    for clause, is_first in clauses_of(makeup.words):
        if is_first:
            former, named = None, False
        named = named or any(_within(clause, span) for span in makeup.names)
        items = _items(makeup, clause)
        if not items:
            continue
        said = clause.of(makeup.words)
        if (between := _put_between(makeup, clause, items)) is not None:
            return Struck(Reason.OWN_WORDS, between.of(makeup.words))
        every = (place for source in sources for place in _places(items, makeup, source))
        places = list(islice(every, _MOST))
        lacking = [(_left_out(said, place), place) for place in places]
        if not places:
            return Struck(Reason.PUT_TOGETHER, said.strip())
        whole = [place for lack, place in lacking if not lack]
        if not whole:
            return Struck(Reason.LEFT_OUT, min((lack for lack, _ in lacking), key=len))
        linked = whole if former is None else list(_linked(whole, former))
        if not linked:
            return Struck(Reason.PUT_TOGETHER, said.strip())
        free = [place for place in linked if not _above(place)]
        if not free:
            return Struck(Reason.LEFT_OUT, _above(linked[0]))
        if named and all(_is_of_another(place) for place in free):
            return Struck(Reason.ANOTHER_PLACE, said.strip())
        named = False  # of the clauses after it the report's own sentence says whose they are
        former = free
    return None


def _within(clause: Span, span: Span) -> bool:
    return clause.start <= span.start < clause.end


def _items(makeup: Makeup, clause: Span) -> list[Item]:
    """The pieces and amounts of a clause in their order."""
    names = makeup.names
    pieces = [piece for piece in makeup.pieces if _within(clause, piece)]
    amounts = [
        amount
        for amount in makeup.amounts
        if _within(clause, amount.figure.bare) and not any(name.holds(amount.figure.bare) for name in names)
    ]
    return sorted([*pieces, *amounts], key=_start)


def _start(item: Item) -> int:
    return item.start if isinstance(item, Span) else item.figure.bare.start


def _put_between(makeup: Makeup, clause: Span, items: Sequence[Item]) -> Span | None:
    """A word that joins, or a name, that stands where it may not: few words may inside of what is quoted. None where none does."""
    begins = _start(items[0])
    amounts = {amount.figure.span.start for amount in makeup.amounts}
    for span in makeup.names:
        if _within(clause, span) and span.start > begins:
            return span
    for span in makeup.joining:
        word = span.of(makeup.words)
        if not _within(clause, span):
            continue
        may_stand = word in INSIDE or (word in COPULAS and span.end in amounts)
        if not (may_stand if span.start > begins else word in JOINING_WORDS):
            return span
    return None


def _places(items: Sequence[Item], makeup: Makeup, source: Source) -> Iterator[_Place]:
    """Every clause that a quotation has all items of, one after the other, amounts with the bounds around them."""
    for part in source.parts:
        found: list[Span] = []
        position = part.quoted.start
        for item in items:
            place = (
                _words_at(item.of(makeup.words), source, position, part.quoted.end)
                if isinstance(item, Span)
                else _amount_at(item, source, position, part.quoted.end)
            )
            if place is None:
                break
            found.append(place)
            position = max(position, place.end)
        else:
            yield _Place(source, part, tuple(found), part.number)


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


def _left_out(said: str, place: _Place) -> str:
    """What a clause of a sentence leaves out of the clause of the passage that it is taken from; empty where nothing but
    what numbers the clause, the report's own name and what says nothing."""
    passage, whole = place.source.passage, place.part.whole
    turning = turning_words(whole.of(passage)) - turning_words(said)
    if turning:
        return min(turning)
    start = whole.start + numbering(whole.of(passage))
    for item in [*place.items, Span(whole.end, whole.end)]:
        gap = passage[start : item.start]
        for run in _RUN.findall(gap):
            if not (may_be_left_out(run, place.source.place) or place.source.name.fullmatch(run)):
                return gap.strip()
        start = max(start, item.end)
    return ""


def _linked(places: Sequence[_Place], former: Sequence[_Place]) -> Iterator[_Place]:
    """The places where it goes on from one of those of the clause before it: the next clause of the same sentence."""
    ended = {(one.source.passage, one.part.number): one for one in former}
    for place in places:
        before = ended.get((place.source.passage, place.part.number - 1))
        if before is not None and place.part.first < place.part.number:
            yield _Place(place.source, place.part, place.items, before.first)


def _above(place: _Place) -> str:
    """The word in an earlier clause of the report's sentence under which all that follows stands, where that clause was left
    out: 如果, or a no before a colon; empty where there is none."""
    passage = place.source.passage
    following = place.part.whole if place.first == place.part.number else place.source.clauses[place.first]
    for clause in reversed(_left_before(place)):
        words = clause.of(passage)
        found = scope_word(words)
        if not found and _COLON.search(passage[clause.end : following.start]):
            found = min(turning_words(words), default="")
        if found:
            return found
        following = clause
    return ""


def _is_of_another(place: _Place) -> bool:
    """Whether the clause begins with another place than the report's, or one before it does that was left out; that one
    also with a part of it, of which the report then goes on to speak."""
    return _begins_with_another(place, place.part.whole, also_within=False) or any(
        _begins_with_another(place, clause, also_within=True) for clause in _left_before(place)
    )


def _begins_with_another(place: _Place, clause: Span, *, also_within: bool) -> bool:
    words, own = clause.of(place.source.passage), place.source.place
    words = words[numbering(words) :].lstrip()
    return begins_elsewhere(words, own) or begins_with_another(words, own, also_within=also_within)


def _left_before(place: _Place) -> tuple[Span, ...]:
    """The clauses of the report's sentence before the first one that is said, the nearest of very many."""
    return place.source.clauses[max(place.part.first, place.first - _NEAR) : place.first]
