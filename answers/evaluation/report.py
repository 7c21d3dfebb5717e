"""An evaluation as JSON, for other programs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from answers.evaluation.comparison import Change, Comparison, Difference, expected, said
from answers.evaluation.figures import Figure, Interval, KindFigures


def figures_json(questions: int, figures: Sequence[Figure], kinds: Sequence[KindFigures]) -> dict[str, Any]:
    """The figures, and those of every kind, under the metrics' names."""
    return {
        "questions": questions,
        "figures": _figures(figures),
        "kinds": {found.kind.value: _figures([found.mark, *found.figures]) for found in kinds},
    }


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """The differences and the questions that changed."""
    return {
        "differences": {d.metric.name: _difference(d) for d in comparison.differences},
        "changes": [_change(change) for change in comparison.changes],
    }


def _figures(figures: Sequence[Figure]) -> dict[str, Any]:
    return {
        figure.metric.name: {
            "value": round(figure.value, 4),
            "interval": _interval(figure.interval),
            "count": figure.count,
        }
        for figure in figures
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "before": round(difference.before, 4),
        "now": round(difference.now, 4),
        "interval": _interval(difference.interval),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "id": change.now.question.id,
        "outcome": change.outcome.value,
        "question": change.now.question.question,
        "gold": expected(change.now),
        "before": {"answer": said(change.before), "abstained": change.before.reply.abstained},
        "now": {"answer": said(change.now), "abstained": change.now.reply.abstained},
    }


def _interval(interval: Interval) -> list[float] | None:
    """The ends; None where too few questions leave no interval."""
    ends = [interval.low, interval.high]
    return None if any(map(math.isnan, ends)) else [round(end, 4) for end in ends]
