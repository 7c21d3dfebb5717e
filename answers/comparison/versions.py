"""Two versions of one report, as delivered and as amended: which sentences were taken out, put in or changed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from indexer.report.report import Report
from indexer.text.sentences import sentences
from indexer.text.span import Span

_ALIKE = 0.5  # of their pairs of characters: a sentence that was changed rather than another one
_LONGEST = 1000  # characters of a sentence whose pieces are told apart: that takes their square
_LOOKED_AT = 12  # sentences further on that one may have moved to within a stretch that changed


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence of the earlier version and what stands for it in the later one; None where one of them has none."""

    before: Span | None
    after: Span | None


def changes(earlier: Report, later: Report) -> tuple[Change, ...]:
    """What is not the same to the letter, blanks aside, in the order of the text.

    Sentences that each version has once hold the two together; only what lies between such is compared, so that the
    time grows with the length of the reports (times its logarithm).
    """
    before, after = _sentences(earlier), _sentences(later)
    anchors = [(-1, -1), *_anchors(_words(earlier, before), _words(later, after)), (len(before), len(after))]
    found: list[Change] = []
    for (left, right), (next_left, next_right) in pairwise(anchors):
        found.extend(_between(earlier, before[left + 1 : next_left], later, after[right + 1 : next_right]))
    return tuple(found)


def _sentences(report: Report) -> list[Span]:
    return [one for paragraph in report.paragraphs for one in sentences(report.text, paragraph)]


def _words(report: Report, spans: Sequence[Span]) -> list[str]:
    return ["".join(span.of(report.text).split()) for span in spans]


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the sentences that each version has once and in the same order: as many as there can be."""
    once = {words for words, count in Counter(before).items() if count == 1}
    once &= {words for words, count in Counter(after).items() if count == 1}
    at = {words: n for n, words in enumerate(after) if words in once}
    pairs = [(n, at[words]) for n, words in enumerate(before) if words in once]
    # The longest rising run of the second places: of each length the one that ends lowest, and what came before it.
    ends: list[int] = []
    last: list[int] = []
    former: list[int | None] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        former.append(last[length - 1] if length else None)
        if length == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[length], last[length] = place, number
    run: list[tuple[int, int]] = []
    at_now = last[-1] if last else None
    while at_now is not None:
        run.append(pairs[at_now])
        at_now = former[at_now]
    return run[::-1]


def _between(
    earlier: Report, before: Sequence[Span], later: Report, after: Sequence[Span]
) -> Iterator[Change]:
    """Pair the sentences of a stretch: the same ones are no change, like ones are changed, the others out or in."""
    old, new = _words(earlier, before), _words(later, after)
    forms = [_pairs(words) for words in new]
    rest = 0
    for span, words in zip(before, old, strict=True):
        form = _pairs(words)
        near = range(rest, min(len(new), rest + _LOOKED_AT))
        alike = max(near, key=lambda n: _likeness(form, forms[n]), default=None)
        if alike is None or _likeness(form, forms[alike]) < _ALIKE:
            yield Change(span, None)
            continue
        yield from (Change(None, one) for one in after[rest:alike])
        if words != new[alike]:
            yield Change(span, after[alike])
        rest = alike + 1
    yield from (Change(None, one) for one in after[rest:])


def _pairs(words: str) -> Counter[str]:
    return Counter(words[n : n + 2] for n in range(max(1, len(words) - 1)))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """0..1: the share of their pairs of characters that two sentences have in common."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence, and whether the other version has it at that place."""

    text: str
    kept: bool


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two sentences, each cut into what is kept and what is not; of very long ones nothing counts as kept.

    Where there is none, an empty one: it has no pieces, and of the other nothing is kept.
    """
    old, new = [], []
    if max(len(before), len(after)) > _LONGEST:
        steps = [("replace", 0, len(before), 0, len(after))]
    else:
        steps = list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())
    for tag, start, end, other_start, other_end in steps:
        old.append(Piece(before[start:end], tag == "equal"))
        new.append(Piece(after[other_start:other_end], tag == "equal"))
    return tuple(one for one in old if one.text), tuple(one for one in new if one.text)
