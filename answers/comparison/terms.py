"""The words of a question that tell its topic, weighed by how rare they are in the reports."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable
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
class Terms:
    """The terms of one question."""

    terms: tuple[Term, ...]

    def coverage(self, text: str) -> float:
        """The share, 0..1, of the terms' weight that stands in `text`, in Simplified characters; 1 if there are none."""
        total = sum(term.weight for term in self.terms)
        if not total:
            return 1.0
        written = text.casefold()
        return sum(term.weight for term in self.terms if term.text in written) / total

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
    for words, name in _ALIASES:
        query = words.sub(name, query)
    found = dict.fromkeys(_pieces(simplified(query)))
    weighed = []
    for piece in found:
        count = frequency(piece)
        if count:
            weighed.append(Term(piece, math.log((passages + 1) / count)))
    return Terms(tuple(weighed))


def terms_among(query: str, passages: Collection[str]) -> Terms:
    """The terms of `query`, weighed by their rarity among these texts, which are in Simplified characters."""
    texts = [text.casefold() for text in passages]
    return topic_terms(query, lambda piece: sum(piece in text for text in texts), len(texts))


def _pieces(query: str) -> Iterable[str]:
    for run in _RUN.findall(_STOP_WORDS.sub(" ", query)):
        if run.isascii():
            yield run.casefold()
        else:
            # 煤 alone is a topic too.
            yield from (run[n : n + 2] for n in range(max(1, len(run) - 1)))
