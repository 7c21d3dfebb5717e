"""From the replies of one column to its cells: each is weighed against those of the other reports.

First the figures: where one cell's unit is not the others', a figure of theirs beside it takes its place.
Then how sure each cell is, and with that whether its report is taken not to mention what was asked.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answers.answer import Answer, Reply
from answers.comparison.terms import Terms
from answers.comparison.values import Value, ValueKind, answer_value
from answers.understanding.wanted import Ask
from indexer.index import ReportIndex
from indexer.text.characters import simplified

# How many logits a figure of the common kind may stand below the reader's first choice, in one sentence.
_SAME_SENTENCE = 8.0
_FEWEST = 3  # cells that must agree


@dataclass(frozen=True, slots=True)
class CellConfidence:
    """How much the words of the topic count, and the confidence under which a cell is empty.

    A report that is silent gives its nearest sentence, which is on another matter and lacks the words
    that other reports' answers hold. How many answers hold them tells how needed the words are: a
    question may name the matter otherwise than reports do (生孩子, 生育). In logits; chosen on the
    development comparisons (docs/measurements.md).
    """

    slope: float = 4.0
    most: float = 0.8
    threshold: float = 0.3

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


def agreeing(replies: Sequence[Reply], index: ReportIndex) -> list[Reply]:
    """The replies of one column, their answers reordered where a figure of the commonest kind was near.

    Values of one column say the same kind of thing. «城镇新增就业目标» is answered in 万人 by eight reports
    and by «4.5%以内», the figure beside it in the same sentence, by the ninth: a single report cannot tell,
    the column can.
    """
    if not any(reply.question.ask is Ask.NUMBER for reply in replies):
        return list(replies)
    values = [_value(reply.candidates[0], index) if reply.candidates else None for reply in replies]
    kinds = Counter(value.kind for value in values if value is not None)
    if not kinds:
        return list(replies)
    common, count = kinds.most_common(1)[0]
    if count < _FEWEST or 2 * count <= kinds.total():
        return list(replies)
    return [
        reply if value is not None and common.holds(value) else _promoted(reply, common, index)
        for reply, value in zip(replies, values, strict=True)
    ]


def _promoted(reply: Reply, common: ValueKind, index: ReportIndex) -> Reply:
    """The reply with the best figure of the kind first, if its first sentence has one that is near enough."""
    for answer in reply.candidates[1:]:
        first = reply.candidates[0]
        near = answer.sentence == first.sentence and first.score - answer.score <= _SAME_SENTENCE
        value = _value(answer, index) if near else None
        if value is not None and common.holds(value):
            others = tuple(other for other in reply.candidates if other is not answer)
            return replace(reply, candidates=(answer, *others))
    return reply


def _value(answer: Answer, index: ReportIndex) -> Value | None:
    return answer_value(answer, index.report(answer.place.document))


def _coverage(reply: Reply, terms: Terms, index: ReportIndex) -> float:
    """How much of the topic the first answer's sentence holds, and half as much if only its passage does."""
    if not reply.candidates:
        return 0.0
    answer = reply.candidates[0]
    text = index.report(answer.place.document).simplified
    around = " ".join((simplified(" ".join(answer.place.headings)), answer.passage.of(text)))
    return max(terms.coverage(answer.sentence.of(text)), terms.coverage(around) / 2)


def _logit(chance: float) -> float:
    bounded = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))
