"""Find the passages that bear on a question: small units are searched, whole passages returned."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property

from answers.understanding.nearness import Nearness
from answers.understanding.period import agreement
from answers.understanding.question import Understanding
from embeddings import Encoder, Vectors
from indexer.index import PassageKey, ReportIndex, ScoredPassage, UnitHit
from indexer.report.articles import article_number
from indexer.report.records import Passage

CANDIDATES = 200  # nearest passages scored in full: they hold the best 50 of all (docs/measurements.md)
_LEXICAL_CANDIDATES = 20  # passages scored in full because they hold the question's words
# BM25 is 5 to 30 for passages that hold the terms asked for. As a small addend it settles what the vectors
# leave open, and an exact name still outweighs them; a multiple of it made paraphrases worse.
_LEXICAL = 0.003
# A document that holds the question's rare words anywhere, the name of a place above all, is likelier the one that is
# meant. Where all documents hold them, as reports do, it says nothing.
_HELD = 0.0015
# Last year's result and this year's target are told in the same words. A part of the report that speaks
# of the year asked for is preferred by about two standard deviations of the similarities (docs/measurements.md).
_PERIOD = 0.02
_ARTICLE = 1.0


@dataclass(frozen=True)
class PassageHit:
    """A passage that a question found.

    Attributes:
        found: the passage, compared with the question by all its units.
        score: the mean of the similarities of the passage, its best sentence and its best clause, raised
            or lowered by whether its part of the report speaks of the period asked for, lowered where
            its document is not one of those that the question is about, and
            raised by the words of the question that it and its document hold.
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
class _OfReport:
    """What all passages of a report have in common: how much of the question it holds, how far it is from what is asked."""

    held: float
    far: float


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
        names = None if documents is None else frozenset(documents)
        return self.retrieve_near(question, None if names is None else Nearness(names, names), k, but)

    def retrieve_near(
        self,
        question: Understanding,
        near: Nearness | None,
        k: int = 10,
        but: Collection[str] = frozenset(),
    ) -> Retrieval:
        """The `k` best passages, best first, of the preferred reports before those of others that are as near."""
        documents = None if near is None else near.preferred
        # Words and vectors are looked up at the same time: neither holds Python's lock.
        worded = [self._worded(question.terms, documents)]
        if near is not None and near.looks_further:
            # A preferred report's passages seldom name its place, others must.
            worded.append(self._worded(question.search, near.searched))
        vector = self.encode(question)
        nearest = self.index.nearest(vector, CANDIDATES, documents)
        if near is not None and near.looks_further:
            nearest += self.index.nearest(vector, CANDIDATES, near.searched)
        ids = list(dict.fromkeys([*nearest, *(one for found in worded for one in found.result())]))
        words = self._beside.submit(self.index.lexical.scores, question.terms, ids)
        found = [one for one in self.index.scored(vector, ids) if one.report.name not in but]
        of_report = self._of_reports(question, found, near)
        held = dict(zip(ids, words.result().tolist(), strict=True))
        hits = []
        for one in found:
            report = of_report[one.report.id]
            hits.append(_hit(question, one, _LEXICAL * held[one.id] + report.held, report.far))
        if question.article is not None:
            hits = [self._raised(hit, question.article.number) for hit in hits]
        return Retrieval(vector, _best(hits)[:k])

    def _raised(self, hit: PassageHit, article: int) -> PassageHit:
        """The hit, above all others if it is of the article that is asked for: the words of such a question tell nothing."""
        is_meant = article_number(self.index.report(hit.key.document), hit.passage) == article
        return replace(hit, score=hit.score + _ARTICLE) if is_meant else hit

    def _of_reports(
        self, question: Understanding, found: Sequence[ScoredPassage], near: Nearness | None
    ) -> dict[int, _OfReport]:
        reports = list(dict.fromkeys(one.report for one in found))
        held = self.index.lexical.held(question.search, [report.id for report in reports]).tolist()
        return {
            report.id: _OfReport(_HELD * share, 0.0 if near is None else near.distance(report))
            for report, share in zip(reports, held, strict=True)
        }

    def _worded(self, words: str, documents: Collection[str] | None) -> Future[list[int]]:
        return self._beside.submit(self.index.worded, words, _LEXICAL_CANDIDATES, documents)

    def retrieve_report(self, question: Understanding, vector: Vectors, document: str) -> Retrieval:
        """Every passage of one report, best first; `vector` is the question's, made once by `encode`."""
        found = self.index.scored_report(vector, document)
        return Retrieval(vector, _best([_hit(question, one, 0.0) for one in found]))


def _hit(question: Understanding, found: ScoredPassage, worded: float, far: float = 0.0) -> PassageHit:
    agrees = agreement(question.period_for(found.report.metadata.planned_year), found.role)
    similarity = passage_score(found) + _PERIOD * agrees - far
    return PassageHit(found, similarity + worded, similarity, agrees)


def _best(hits: Sequence[PassageHit]) -> tuple[PassageHit, ...]:
    return tuple(sorted(hits, key=lambda hit: -hit.score))


def passage_score(found: ScoredPassage) -> float:
    """Small to big: the mean of the similarities of a passage, its best sentence and its best clause."""
    return (found.whole + found.sentence + found.clause) / 3
