"""The words of a question that tell its topic, weighed by how rare they are in the reports."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from answers.knowledge.aliases import aliases
from answers.understanding.terms import stop_words
from indexer.text.characters import simplified
from indexer.text.span import Span

_STOP_WORDS = stop_words("topic")
_ALIASES = aliases("topic")
_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Term:
    """Two characters of the topic, one that stands alone, or a word in Latin letters, and their weight."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Sign:
    """A character of the topic, the pieces that hold it, and the weight of the commonest of them.

    It stands in a text with any of them: 老旧小区改造 stands in 改造老旧小区, though 区改 does not, and so does the 低空经济 of
    低空经济产值 in a sentence without 济产.
    """

    pieces: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one question; with `signs`, what stands of it in a text is told character by character."""

    terms: tuple[Term, ...]
    signs: tuple[Sign, ...] = ()

    def coverage(self, text: str) -> float:
        """The share, 0..1, of the terms' weight that stands in `text`, in Simplified characters; 1 if there are none."""
        written = text.casefold()
        standing = {term.text: term.text in written for term in self.terms}
        signs = self.signs or [Sign((term.text,), term.weight) for term in self.terms]
        total = sum(sign.weight for sign in signs)
        if not total:
            return 1.0
        return sum(sign.weight for sign in signs if any(standing[piece] for piece in sign.pieces)) / total

    def places(self, text: str, within: Span) -> tuple[Span, ...]:
        """Where the terms stand in a stretch of `text`, in Simplified characters; those that touch are one."""
        # What changes its length when it is written small would move all places after it.
        written = "".join(small if len(small := sign.casefold()) == 1 else sign for sign in within.of(text))
        found = sorted(
            Span(within.start + match.start(), within.start + match.start() + len(term.text))
            for term in self.terms
            for match in re.finditer(re.escape(term.text), written)
        )
        merged: list[Span] = []
        for span in found:
            if merged and span.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        return tuple(merged)


def topic_terms(query: str, frequency: Callable[[str], int], passages: int) -> Terms:
    """The terms of `query`, weighed by their rarity; those that stand nowhere tell nothing.

    `frequency` tells in how many of that many `passages` a term stands.
    """
    weighed = []
    for piece in dict.fromkeys(piece for run in _runs(query) for piece in run):
        count = frequency(piece)
        if count:
            weighed.append(Term(piece, math.log((passages + 1) / count)))
    return Terms(tuple(weighed))


def spelled_terms(query: str, frequency: Callable[[str], int], passages: int) -> Terms:
    """The same character by character. What stands nowhere counts too, as the rarest of all."""
    terms = topic_terms(query, lambda piece: max(1, frequency(piece)), passages)
    weight = {term.text: term.weight for term in terms.terms}
    signs: list[Sign] = []
    for run in _runs(query):
        for place in range(len(run) + (len(run[0]) > 1 and not run[0].isascii())):
            around = tuple(run[max(0, place - 1) : place + 1])
            signs.append(Sign(around, min(weight[piece] for piece in around)))
    return Terms(terms.terms, tuple(signs))


def terms_among(query: str, passages: Collection[str]) -> Terms:
    """The terms of `query`, weighed by their rarity among these texts, which are in Simplified characters."""
    texts = [text.casefold() for text in passages]
    return topic_terms(query, lambda piece: sum(piece in text for text in texts), len(texts))


def _runs(query: str) -> Iterator[list[str]]:
    """The pieces of each run of the topic's characters: two characters each, or one that stands alone, or a word in
    Latin letters."""
    for words, name in _ALIASES:
        query = words.sub(name, query)
    for run in _RUN.findall(_STOP_WORDS.sub(" ", simplified(query))):
        # 煤 alone is a topic too.
        whole = run.isascii() or len(run) == 1
        yield [run.casefold()] if whole else [run[n : n + 2] for n in range(len(run) - 1)]
