"""What reads answers out of passages, and what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from answers.reading.confidence import Calibration
from answers.retriever import PassageHit
from answers.understanding.question import Understanding
from indexer.index import PassageKey
from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer: a span inside a sentence inside a passage.

    Attributes:
        passage: where it stands.
        sentence: the whole sentence around it, or the sentences where it goes over several.
        span: the answer.
        score: how well it answers, higher is better; comparable within one question only.
        similarity: cosine of the question and the words that the span was chosen in.
        fits: whether it is of the kind that was asked for; None where any kind does.
    """

    passage: PassageKey
    sentence: Span
    span: Span
    score: float
    similarity: float
    fits: bool | None


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Answers that need no reading, best first, and the chance that the first is right.

    Attributes:
        together: whether they are one answer, in its order.
    """

    candidates: tuple[Candidate, ...]
    chance: float
    together: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a trained reader says for and against the first candidate.

    Attributes:
        relevance: that its passage answers the question, a logit.
        margin: that the answer is there rather than nowhere in the passage, a difference of logits.
        rival: the relevance of the next best passage, a logit.
    """

    relevance: float
    margin: float
    rival: float


@dataclass(frozen=True, slots=True)
class ReadPassages:
    """What was read: the passages in their new order, possible answers, both best first.

    Attributes:
        apart: how far below the first a further point of one answer may score; readers have scales of
            their own.
        verdict: on the first candidate; None from a reader that was not trained.
    """

    hits: tuple[PassageHit, ...]
    candidates: tuple[Candidate, ...]
    apart: float
    verdict: Verdict | None = None


class Reader(Protocol):
    """Ranks retrieved passages anew and chooses answers in them."""

    @property
    def calibration(self) -> Calibration:
        """How sure to be of its answers, unless whoever uses it knows better."""
        ...

    def read(self, question: Understanding, hits: Sequence[PassageHit]) -> ReadPassages:
        """The passages and the candidates in them, best first; at most one candidate a clause."""
        ...
