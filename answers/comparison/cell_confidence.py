"""When a report is taken not to mention what was asked: each cell is weighed against the other reports."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from answers.answer import Reply
from answers.comparison.terms import Terms
from indexer.index import ReportIndex


@dataclass(frozen=True, slots=True)
class Silence:
    """How much the words of the topic count, and the confidence under which a cell is 未提及.

    A report that is silent gives its nearest sentence, which is on another matter and lacks the words
    that other reports' answers hold. How many answers hold them tells how needed the words are: a
    question may name the matter otherwise than reports do (生孩子, 生育). In logits; chosen on the
    development comparisons (docs/measurements.md).
    """

    slope: float = 4.0
    most: float = 0.8
    threshold: float = 0.45

    def confidences(self, replies: Sequence[Reply], terms: Terms, index: ReportIndex) -> list[float]:
        """For each reply of one column the chance, 0..1, that its first answer is right."""
        covered = [_coverage(reply, terms, index) for reply in replies]
        best = max(covered, default=0.0)
        if best == 0.0:
            return [reply.confidence for reply in replies]
        shares = [value / best for value in covered]
        needed = sum(share >= 0.5 for share in shares) / len(shares)
        return [
            _sigmoid(_logit(reply.confidence) + min(self.most, self.slope * (share - 0.5) * (0.5 + needed)))
            if reply.candidates
            else 0.0
            for reply, share in zip(replies, shares, strict=True)
        ]


def _coverage(reply: Reply, terms: Terms, index: ReportIndex) -> float:
    """How much of the topic the first answer's sentence holds, and half as much if only its passage does."""
    if not reply.candidates:
        return 0.0
    answer = reply.candidates[0]
    text = index.report(answer.place.document).text
    around = " ".join((*answer.place.headings, answer.passage.of(text)))
    return max(terms.coverage(answer.sentence.of(text)), terms.coverage(around) / 2)


def _logit(chance: float) -> float:
    bounded = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))
