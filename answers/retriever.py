"""Find the passages that bear on a question: small units are searched, whole passages returned."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from answers.understanding.period import agreement
from answers.understanding.question import Understanding
from embeddings import Encoder, Vectors
from indexer.index import PassageKey, ReportIndex, ScoredPassage, UnitHit
from indexer.report.records import Passage

CANDIDATES = 200  # nearest passages scored in full: they hold the best 50 of all (docs/measurements.md)
_LEXICAL_CANDIDATES = 20  # passages scored in full because they hold the question's words
# BM25 is 5 to 30 for passages that hold the terms asked for. As a small addend it settles what the vectors
# leave open, and an exact name still outweighs them; a multiple of it made paraphrases worse.
_LEXICAL = 0.003
# Last year's result and this year's target are told in the same words. A part of the report that speaks
# of the year asked for is preferred by about two standard deviations of the similarities (docs/measurements.md).
_PERIOD = 0.02


@dataclass(frozen=True)
class PassageHit:
    """A passage that a question found.

    Attributes:
        found: the passage, compared with the question by all its units.
        score: the mean of the similarities of the passage, its best sentence and its best clause, raised
            or lowered by whether its part of the report speaks of the period asked for, and raised by
            the words of the question that it holds.
        similarity: the score without the words, which is what the confidence was fitted to.
        agreement: 1 where it does, -1 where it speaks of the other, 0 where neither can be told.
    """

    found: ScoredPassage
    score: float
    similarity: float
    agreement: int

    @property
    def key(self) -> PassageKey:
        """Which passage of which report."""
        return self.found.key

    @property
    def passage(self) -> Passage:
        """Its section and span."""
        return self.found.passage

    @cached_property
    def units(self) -> tuple[UnitHit, ...]:
        """Every unit of the passage with its similarity, best first."""
        return self.found.units()


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The passages for a question, best first, and the question's vector of shape (dimension,)."""

    vector: Vectors
    hits: tuple[PassageHit, ...]


class Retriever:
    """Dense and lexical retrieval, small to big: sentences and clauses point to the passage that holds them.

    One passage vector blurs ten measures; one clause vector lacks its context. On the development
    questions the mean of passage, best sentence and best clause ranked best (docs/measurements.md).
    """

    def __init__(self, index: ReportIndex, encoder: Encoder) -> None:
        self.index = index
        self._encoder = encoder
        self._beside = ThreadPoolExecutor(2, "wenbao-words")

    def encode(self, question: Understanding) -> Vectors:
        """The vector of a question, of shape (dimension,)."""
        vector: Vectors = self._encoder.encode_queries([question.search])[0]
        return vector

    def retrieve(
        self,
        question: Understanding,
        k: int = 10,
        documents: Collection[str] | None = None,
        but: Collection[str] = frozenset(),
    ) -> Retrieval:
        """The `k` best passages, best first; only of `documents` where given, and of none in `but`."""
        # Words and vectors are looked up at the same time: neither holds Python's lock.
        worded = self._beside.submit(self.index.worded, question.terms, _LEXICAL_CANDIDATES, documents)
        vector = self.encode(question)
        nearest = self.index.nearest(vector, CANDIDATES, documents)
        ids = list(dict.fromkeys([*nearest, *worded.result()]))
        words = self._beside.submit(self.index.lexical.scores, question.terms, ids)
        found = [one for one in self.index.scored(vector, ids) if one.report.name not in but]
        held = dict(zip(ids, words.result().tolist(), strict=True))
        hits = [_hit(question, one, _LEXICAL * held[one.id]) for one in found]
        return Retrieval(vector, _best(hits)[:k])

    def retrieve_report(self, question: Understanding, vector: Vectors, document: str) -> Retrieval:
        """Every passage of one report, best first; `vector` is the question's, made once by `encode`."""
        found = self.index.scored_report(vector, document)
        return Retrieval(vector, _best([_hit(question, one, 0.0) for one in found]))


def _hit(question: Understanding, found: ScoredPassage, worded: float) -> PassageHit:
    agrees = agreement(question.period_for(found.report.metadata.planned_year), found.role)
    similarity = passage_score(found) + _PERIOD * agrees
    return PassageHit(found, similarity + worded, similarity, agrees)


def _best(hits: Sequence[PassageHit]) -> tuple[PassageHit, ...]:
    return tuple(sorted(hits, key=lambda hit: -hit.score))


def passage_score(found: ScoredPassage) -> float:
    """Small to big: the mean of the similarities of a passage, its best sentence and its best clause."""
    return (found.whole + found.sentence + found.clause) / 3
