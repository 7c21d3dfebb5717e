"""What a sentence is made of: pieces of its quotations, names of their report, amounts, and words that join."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.quantities.amounts import Quantity, quantities
from answers.quoting.sources import Source
from answers.quoting.table import LONGEST_JOINING, SAYING_NOTHING
from indexer.text.characters import simplified
from indexer.text.span import Span

_RUN = re.compile(r"\w+")
# Characters of a piece that is taken from a quotation: any name can be spelled with single ones.
_SHORTEST = 2
# Marks that say nothing by themselves. Any other sign (-, ≥, ？, %) has to be quoted with what stands beside it.
_MARKS = frozenset("，。；：、“”‘’《》（）,.;:'\"() \u3000！!…")


@dataclass(frozen=True, slots=True)
class Makeup:
    """A sentence in Simplified characters, taken apart.

    Attributes:
        pieces: what is taken from quotations, in order.
        joining: words that join, in order.
        names: where the report is named, in order.
        amounts: its amounts, in order; that they stand in the quotations is not looked at here.
        own: what is none of these.
    """

    words: str
    pieces: tuple[Span, ...]
    joining: tuple[Span, ...]
    names: tuple[Span, ...]
    amounts: tuple[Quantity, ...]
    own: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, sources: Sequence[Source]) -> Makeup:
        """The makeup with the fewest characters of the sentence's own, and the fewest pieces."""
        words = simplified(text)
        amounts = tuple(quantities(words, Span(0, len(words))))
        names = tuple(_names(words, sources))
        known = sorted([*(amount.figure.span for amount in amounts), *names], key=lambda span: span.start)
        pieces: list[Span] = []
        joining: list[Span] = []
        own: list[Span] = []
        for run in _runs(words, known):
            found = _pieces(words, run, sources)
            for piece in found:
                joins = piece.of(words) in SAYING_NOTHING and not _is_quoted(words, piece, sources)
                (joining if joins else pieces).append(piece)
            own += _gaps(run, found)
        own += _signs(words, known, sources)
        own.sort(key=lambda span: span.start)
        return cls(words, tuple(pieces), tuple(joining), names, amounts, tuple(own))


def _names(words: str, sources: Sequence[Source]) -> Iterator[Span]:
    """Where the report is named; its place stays a piece where the quotation has it right so."""
    if not sources:
        return
    for match in sources[0].name.finditer(words):
        span = Span(*match.span())
        around = (words[span.start : span.end + 2], words[max(0, span.start - 2) : span.end])
        if not any(
            len(two) == len(span) + 2 and two in source.quoted for two in around for source in sources
        ):
            yield span


def _runs(words: str, known: Sequence[Span]) -> Iterator[Span]:
    """The runs of letters and characters between marks and what is known."""
    start = 0
    for span in [*known, Span(len(words), len(words))]:
        yield from (Span(*match.span()) for match in _RUN.finditer(words, start, max(start, span.start)))
        start = max(start, span.end)


def _gaps(run: Span, pieces: Sequence[Span]) -> Iterator[Span]:
    """What of a run no piece covers."""
    start = run.start
    for piece in [*pieces, Span(run.end, run.end)]:
        if piece.start > start:
            yield Span(start, piece.start)
        start = piece.end


def _signs(words: str, known: Sequence[Span], sources: Sequence[Source]) -> Iterator[Span]:
    """Signs that say something and are not quoted with what stands before or after them."""
    inside = {at for span in known for at in range(span.start, span.end)}
    for at, sign in enumerate(words):
        if at in inside or sign in _MARKS or _RUN.fullmatch(sign):
            continue
        around = [words[max(0, at - 1) : at + 1], words[at : at + 2]]
        if sign == "—" and "——" in around:
            continue  # a dash, which parts clauses
        if not all(any(two in source.quoted for source in sources) for two in around if len(two) > 1):
            yield Span(at, at + 1)


def _is_quoted(words: str, piece: Span, sources: Sequence[Source]) -> bool:
    """Whether a word that joins stands so in a quotation, beside the same characters."""
    around = words[max(0, piece.start - 1) : piece.end + 1]
    return any(around in source.quoted for source in sources)


@dataclass(frozen=True, slots=True)
class _Way:
    """The best way to make up a run as far as a position: how many characters are its own, how many pieces there are, and
    the last piece; None where the last character is the sentence's own."""

    own: int
    count: int
    last: Span | None
    before: int


def _pieces(words: str, run: Span, sources: Sequence[Source]) -> list[Span]:
    """The pieces that a run is made of, words that join among them, in order.

    A character alone between marks or figures (铜、铝, “百村示范”村200个) counts where it has the same neighbours in a
    quotation; so does one at the end of a run that begins a piece there (每 of 江苏省每万人).
    """
    if len(run) == 1:
        placed = words[max(0, run.start - 1) : run.end + 1]
        if any(placed in source.quoted for source in sources):
            return [run]
    ways: dict[int, _Way] = {run.start: _Way(0, 0, None, run.start)}
    longest = 0
    for position in range(run.start, run.end):
        way = ways[position]
        longest = _longest(words, position, run.end, max(0, longest - 1), sources)
        ends = {position + size for size in range(_SHORTEST, longest + 1)}
        ends |= {
            position + size
            for size in range(1, min(LONGEST_JOINING, run.end - position) + 1)
            if words[position : position + size] in SAYING_NOTHING
        }
        if position == run.end - 1 and _begins(words[position : run.end + 1], sources):
            ends.add(run.end)
        for end in ends:
            _better(ways, end, _Way(way.own, way.count + 1, Span(position, end), position))
        _better(ways, position + 1, _Way(way.own + 1, way.count, None, position))
    found: list[Span] = []
    position = run.end
    while position > run.start:
        way = ways[position]
        if way.last is not None:
            found.append(way.last)
        position = way.before
    return found[::-1]


def _begins(characters: str, sources: Sequence[Source]) -> bool:
    """Whether a character and its neighbour stand at the beginning of a run of a quotation."""
    beginning = re.compile(rf"(?<!\w){re.escape(characters)}")
    return len(characters) > 1 and any(beginning.search(source.quoted) for source in sources)


def _better(ways: dict[int, _Way], end: int, way: _Way) -> None:
    known = ways.get(end)
    if known is None or (way.own, way.count) < (known.own, known.count):
        ways[end] = way


def _longest(words: str, start: int, end: int, known: int, sources: Sequence[Source]) -> int:
    """How many characters from `start` on stand together in a quotation; `known` do."""
    size = known
    while start + size < end and any(words[start : start + size + 1] in source.quoted for source in sources):
        size += 1
    return size
