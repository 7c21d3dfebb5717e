"""Figures with their intervals, of a run and of each kind of question in it.

The sets are small, so no figure goes without a 95 % interval: percentiles of 1,000 samples of the
questions, drawn with replacement (Efron & Tibshirani 1993, "An introduction to the bootstrap"). The seed is
fixed, so the same run has the same intervals.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from answers.evaluation.judgement import Judgement
from answers.evaluation.metrics import MARK, METRICS, Draws, Floats, Metric
from answers.evaluation.questions import Kind

_RESAMPLES = 1000


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

    kind: Kind
    mark: Figure
    figures: tuple[Figure, ...]


def figures(judged: Sequence[Judgement]) -> tuple[Figure, ...]:
    """Every metric that some question has."""
    return tuple(figure for metric in METRICS if (figure := figure_of(metric, judged)))


def figures_by_kind(judged: Sequence[Judgement]) -> tuple[KindFigures, ...]:
    """The figures of each kind of question that is there."""
    found = []
    for kind in Kind:
        of_kind = [j for j in judged if j.question.kind is kind]
        mark = figure_of(MARK, of_kind)
        if mark:
            found.append(KindFigures(kind, mark, figures(of_kind)))
    return tuple(found)


def figure_of(metric: Metric, judged: Sequence[Judgement]) -> Figure | None:
    """A metric's figure; None where no question has it."""
    value = metric.over(judged)
    if value is None:
        return None
    interval = interval_of(metric.resampled(judged, draws(len(judged))))
    return Figure(metric, value, interval, metric.count(judged))


def draws(count: int) -> Draws:
    """The samples: rows of `count` indices below `count`, the same at every call."""
    return np.random.default_rng(0).integers(0, count, (_RESAMPLES, count))


def interval_of(values: Floats) -> Interval:
    """The middle 95 % of the values that are numbers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # all nan: the interval is nan too
        low, high = np.nanquantile(values, (0.025, 0.975))
    return Interval(float(low), float(high))
