"""What a sentence is made of: pieces of its quotations, the name of their report, and words that join."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.quantities.amounts import Quantity, quantities
from answers.quoting.sources import Source
from answers.quoting.table import JOINING_WORDS, LONGEST_JOINING
from indexer.text.characters import simplified
from indexer.text.span import Span

_RUN = re.compile(r"\w+")
_SHORTEST = (
    2  # characters of a piece that is taken from a quotation: any name can be spelled with single ones
)
_JOINING = frozenset(JOINING_WORDS)


@dataclass(frozen=True, slots=True)
class Makeup:
    """A sentence in Simplified characters, taken apart.

    Attributes:
        pieces: what is taken from quotations, or from the name of the report, in order; words that join are none.
        amounts: its amounts, in order; that they stand in the quotations is not looked at here.
        own: what is neither.
    """

    words: str
    pieces: tuple[Span, ...]
    amounts: tuple[Quantity, ...]
    own: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, sources: Sequence[Source]) -> Makeup:
        """The makeup with the fewest characters of the sentence's own, and the fewest pieces."""
        words = simplified(text)
        amounts = tuple(quantities(words, Span(0, len(words))))
        pieces: list[Span] = []
        own: list[Span] = []
        for run in _runs(words, amounts):
            found = _pieces(words, run, sources)
            pieces += (piece for piece in found if words[piece.start : piece.end] not in _JOINING)
            own += _gaps(run, found)
        return cls(words, tuple(pieces), amounts, tuple(own))


def _runs(words: str, amounts: Sequence[Quantity]) -> Iterator[Span]:
    """The runs of letters and characters between marks and amounts."""
    start = 0
    for span in [*(amount.figure.span for amount in amounts), Span(len(words), len(words))]:
        yield from (Span(*match.span()) for match in _RUN.finditer(words, start, max(start, span.start)))
        start = max(start, span.end)


def _gaps(run: Span, pieces: Sequence[Span]) -> Iterator[Span]:
    """What of a run no piece covers."""
    start = run.start
    for piece in [*pieces, Span(run.end, run.end)]:
        if piece.start > start:
            yield Span(start, piece.start)
        start = piece.end


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
            if words[position : position + size] in _JOINING
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
    """How many characters from `start` on stand together in a quotation or in the name of its report; `known` do."""
    size = known
    while start + size < end and any(
        words[start : start + size + 1] in text
        for source in sources
        for text in (source.quoted, source.about)
    ):
        size += 1
    return size
