"""Find the passages that bear on a question: small units are searched, whole passages returned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from answers.question import Question
from embeddings import Encoder, Vectors
from indexer.document import Passage, UnitKind
from indexer.index import PassageKey, ReportIndex, UnitHit

_FIRST_LOOK = 400  # units
_CANDIDATES = 50  # passages scored in full


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that a question found.

    Attributes:
        key: which passage of which report.
        passage: its section and span.
        score: the mean of the similarities of the passage, its best sentence and its best clause.
        units: every unit of the passage with its similarity, best first.
    """

    key: PassageKey
    passage: Passage
    score: float
    units: tuple[UnitHit, ...]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The passages for a question, best first, and the question's vector of shape (dimension,)."""

    vector: Vectors
    hits: tuple[PassageHit, ...]


class Retriever:
    """Dense retrieval, small to big: sentences and clauses point to the passage that holds them.

    One passage vector blurs ten measures; one clause vector lacks its context. On the development
    questions the mean of passage, best sentence and best clause ranked best (docs/measurements.md).
    """

    def __init__(self, index: ReportIndex, encoder: Encoder) -> None:
        self.index = index
        self._encoder = encoder

    def retrieve(
        self, question: Question, k: int = 10, documents: Collection[str] | None = None
    ) -> Retrieval:
        """The `k` best passages, best first; only of `documents` where given."""
        vector = self._encoder.encode_queries([question.query])[0]
        first = self.index.retrieve(vector, _FIRST_LOOK, documents)
        keys = list(dict.fromkeys(PassageKey(hit.document, hit.unit.passage) for hit in first))
        hits = self.index.score_units(vector, keys[:_CANDIDATES])
        grouped: dict[PassageKey, list[UnitHit]] = defaultdict(list)
        for hit in hits:
            grouped[PassageKey(hit.document, hit.unit.passage)].append(hit)
        found = [
            PassageHit(
                key, self.index.document(key.document).passages[key.number], _score(units), tuple(units)
            )
            for key, units in grouped.items()
        ]
        return Retrieval(vector, tuple(sorted(found, key=lambda hit: -hit.score)[:k]))


def _score(units: Iterable[UnitHit]) -> float:
    best: dict[UnitKind, float] = {}
    for hit in units:
        best[hit.unit.kind] = max(hit.score, best.get(hit.unit.kind, -1.0))
    sentence = best[UnitKind.SENTENCE]
    # A passage of short sentences has no clauses: its best sentence stands for them.
    return (best[UnitKind.PASSAGE] + sentence + best.get(UnitKind.CLAUSE, sentence)) / 3
