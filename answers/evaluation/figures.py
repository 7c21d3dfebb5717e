"""Figures with their intervals: of a run, of each kind of question in it, and against an earlier run.

The sets are small, so no figure goes without a 95 % interval: percentiles of samples of the questions, drawn
with replacement (Efron & Tibshirani 1993, "An introduction to the bootstrap"). The seed is fixed, so the same
run has the same intervals. `resamples` is everywhere the number of samples.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from answers.evaluation.judgement import Judgement
from answers.evaluation.metrics import MARK, METRICS, Draws, Floats, Metric
from answers.evaluation.questions import QuestionKind

RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the figure would lie, 95 times in 100, with other questions of the same sort."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether the value lies in it, its ends included."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric's value over `count` questions."""

    metric: Metric
    value: float
    interval: Interval
    count: int


@dataclass(frozen=True, slots=True)
class KindFigures:
    """The questions of one kind: the mark, then every metric that they have."""

    kind: QuestionKind
    mark: Figure
    figures: tuple[Figure, ...]


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
class RunComparison:
    """Two runs over the same questions; `changes` has the lost questions first, then the gained."""

    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]


def figures(judged: Sequence[Judgement], resamples: int = RESAMPLES) -> tuple[Figure, ...]:
    """Every metric that some question has."""
    return tuple(figure for metric in METRICS if (figure := figure_of(metric, judged, resamples)))


def figures_by_kind(judged: Sequence[Judgement], resamples: int = RESAMPLES) -> tuple[KindFigures, ...]:
    """The figures of each kind of question that is there."""
    found = []
    for kind in QuestionKind:
        of_kind = [j for j in judged if j.question.kind is kind]
        mark = figure_of(MARK, of_kind, resamples)
        if mark:
            found.append(KindFigures(kind, mark, figures(of_kind, resamples)))
    return tuple(found)


def figure_of(metric: Metric, judged: Sequence[Judgement], resamples: int = RESAMPLES) -> Figure | None:
    """A metric's figure; None where no question has it."""
    value = metric.over(judged)
    if value is None:
        return None
    interval = interval_of(metric.resampled(judged, draws(len(judged), resamples)))
    return Figure(metric, value, interval, metric.count(judged))


def draws(count: int, resamples: int = RESAMPLES) -> Draws:
    """The samples, of shape (resamples, count): indices below `count`, the same at every call."""
    return np.random.default_rng(0).integers(0, count, (resamples, count))


def interval_of(values: Floats) -> Interval:
    """The middle 95 % of the values that are numbers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # all nan: the interval is nan too
        low, high = np.nanquantile(values, (0.025, 0.975))
    return Interval(float(low), float(high))


def compare_runs(
    before: Sequence[Judgement], now: Sequence[Judgement], resamples: int = RESAMPLES
) -> RunComparison:
    """Compare judgements of the same questions in the same order."""
    changes = sorted(_changes(before, now), key=lambda change: list(Outcome).index(change.outcome))
    return RunComparison(tuple(_differences(before, now, resamples)), tuple(changes))


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


def _differences(
    before: Sequence[Judgement], now: Sequence[Judgement], resamples: int
) -> Iterator[Difference]:
    samples = draws(len(now), resamples)
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
