"""Find the passages that bear on a question: small units are searched, whole passages returned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from answers.understanding.period import agreement
from answers.understanding.question import Understanding
from embeddings import Encoder, Vectors
from indexer.index import PassageKey, ReportIndex, UnitHit
from indexer.report.records import Passage, UnitKind

_FIRST_LOOK = 400  # units
_CANDIDATES = 50  # passages scored in full
_LEXICAL_CANDIDATES = 20  # passages scored in full because they hold the question's words
# BM25 is 5 to 30 for passages that hold the terms asked for. As a small addend it settles what the vectors
# leave open, and an exact name still outweighs them; a multiple of it made paraphrases worse.
_LEXICAL = 0.002
# Last year's result and this year's target are told in the same words. A part of the report that speaks
# of the year asked for is preferred by about one standard deviation of the similarities: the right passage
# comes first 0.77 instead of 0.66 times in 42 reports (docs/measurements.md).
_PERIOD = 0.015


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that a question found.

    Attributes:
        key: which passage of which report.
        passage: its section and span.
        score: the mean of the similarities of the passage, its best sentence and its best clause, raised
            or lowered by whether its part of the report speaks of the period asked for, and raised by
            the words of the question that it holds.
        similarity: the score without the words, which is what the confidence was fitted to.
        agreement: 1 where it does, -1 where it speaks of the other, 0 where neither can be told.
        units: every unit of the passage with its similarity, best first.
    """

    key: PassageKey
    passage: Passage
    score: float
    similarity: float
    agreement: int
    units: tuple[UnitHit, ...]

    def worded(self, lexical: float) -> PassageHit:
        """The same, raised by the BM25 score of the question's words."""
        return replace(self, score=self.similarity + _LEXICAL * lexical)


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
        _ = index.lexical  # made now, not while the first question waits

    def encode(self, question: Understanding) -> Vectors:
        """The vector of a question, of shape (dimension,)."""
        vector: Vectors = self._encoder.encode_queries([question.search])[0]
        return vector

    def retrieve(
        self,
        question: Understanding,
        k: int = 10,
        documents: Collection[str] | None = None,
    ) -> Retrieval:
        """The `k` best passages, best first; only of `documents` where given."""
        vector = self.encode(question)
        first = self.index.retrieve(vector, _FIRST_LOOK, documents)
        keys = list(dict.fromkeys(PassageKey(hit.document, hit.unit.passage) for hit in first))
        lexical = self.index.lexical.get_scores(question.terms)
        worded = self.index.lexical.best(lexical, _LEXICAL_CANDIDATES, documents)
        keys = [*keys[:_CANDIDATES], *(PassageKey(hit.document, hit.passage) for hit in worded)]
        found = [
            hit.worded(float(lexical[self.index.lexical.row(hit.key.document, hit.key.number)]))
            for hit in self._scored(question, vector, dict.fromkeys(keys))
        ]
        return Retrieval(vector, tuple(sorted(found, key=lambda hit: -hit.score)[:k]))

    def retrieve_report(self, question: Understanding, vector: Vectors, document: str) -> Retrieval:
        """Every passage of one report, best first; `vector` is the question's, made once by `encode`."""
        passages = self.index.report(document).passages
        keys = [PassageKey(document, passage.number) for passage in passages]
        found = self._scored(question, vector, keys)
        return Retrieval(vector, tuple(sorted(found, key=lambda hit: -hit.score)))

    def _scored(
        self,
        question: Understanding,
        vector: Vectors,
        keys: Collection[PassageKey],
    ) -> list[PassageHit]:
        grouped: dict[PassageKey, list[UnitHit]] = defaultdict(list)
        for hit in self.index.score_units(vector, keys):
            grouped[PassageKey(hit.document, hit.unit.passage)].append(hit)
        return [self._hit(question, key, units) for key, units in grouped.items()]

    def _hit(self, question: Understanding, key: PassageKey, units: list[UnitHit]) -> PassageHit:
        report = self.index.report(key.document)
        passage = report.passages[key.number]
        agrees = agreement(question.period_for(report.year), report.role_of(passage))
        similarity = passage_score(units) + _PERIOD * agrees
        return PassageHit(key, passage, similarity, similarity, agrees, tuple(units))


def passage_score(units: Iterable[UnitHit]) -> float:
    """Small to big: the mean of the similarities of a passage, its best sentence and its best clause."""
    best: dict[UnitKind, float] = {}
    for hit in units:
        best[hit.unit.kind] = max(hit.score, best.get(hit.unit.kind, -1.0))
    sentence = best[UnitKind.SENTENCE]
    # A passage of short sentences has no clauses: its best sentence stands for them.
    return (best[UnitKind.PASSAGE] + sentence + best.get(UnitKind.CLAUSE, sentence)) / 3
