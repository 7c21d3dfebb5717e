"""A run against an earlier one: figure by figure, and question by question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from answers.evaluation.figures import Interval, draws, interval_of
from answers.evaluation.judgement import Judgement
from answers.evaluation.metrics import METRICS, Metric


class Outcome(StrEnum):
    """What became of a question."""

    LOST = "lost"
    GAINED = "gained"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric in both runs, and the interval of the difference.

    Both runs are drawn with the same questions (a paired bootstrap), so that what is hard in either
    does not widen the interval.
    """

    metric: Metric
    before: float
    now: float
    interval: Interval

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return not self.interval.holds(0.0)

    @property
    def is_better(self) -> bool:
        """Whether the figure moved to the good side."""
        return (self.now < self.before) == self.metric.less_is_better and self.now != self.before


@dataclass(frozen=True, slots=True)
class Change:
    """A question with a better or worse mark than before, or with the same mark and another reply."""

    outcome: Outcome
    before: Judgement
    now: Judgement


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the same questions; `changes` has the lost questions first, then the gained."""

    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]


def compare(before: Sequence[Judgement], now: Sequence[Judgement]) -> Comparison:
    """Compare judgements of the same questions in the same order."""
    changes = sorted(_changes(before, now), key=lambda change: list(Outcome).index(change.outcome))
    return Comparison(tuple(_differences(before, now)), tuple(changes))


def said(judged: Judgement) -> str:
    """What the reply says: its first answer, or the cells of its comparison."""
    if judged.question.gold and judged.cells:
        return "；".join(
            f"{cell.document}：{cell.answer.text if cell.answer else '—'}" for cell in judged.reply.cells
        )
    return judged.reply.answers[0].text if judged.reply.answers else ""


def expected(judged: Judgement) -> str:
    """What the gold says: the shortest accepted answer or the evidence, of every entry."""
    return "；".join(min(entry.answers, key=len, default=entry.quote) for entry in judged.question.gold)


def _differences(before: Sequence[Judgement], now: Sequence[Judgement]) -> Iterator[Difference]:
    samples = draws(len(now))
    for metric in METRICS:
        old, new = metric.over(before), metric.over(now)
        if old is not None and new is not None:
            apart = metric.resampled(now, samples) - metric.resampled(before, samples)
            yield Difference(metric, old, new, interval_of(apart))


def _changes(before: Sequence[Judgement], now: Sequence[Judgement]) -> Iterator[Change]:
    for old, new in zip(before, now, strict=True):
        if new.mark != old.mark:
            yield Change(Outcome.GAINED if new.mark > old.mark else Outcome.LOST, old, new)
        elif said(new) != said(old) or new.reply.abstained != old.reply.abstained:
            yield Change(Outcome.CHANGED, old, new)
