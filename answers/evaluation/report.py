"""Show an evaluation: in a terminal, and as JSON for other programs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from answers.evaluation.added_signals import Added
from answers.evaluation.calibration import Fit
from answers.evaluation.figures import (
    Change,
    Difference,
    Figure,
    Interval,
    KindFigures,
    Outcome,
    RunComparison,
    expected,
    said,
)
from answers.evaluation.judgement import Judgement
from answers.evaluation.metrics import Metric

_OUTCOMES = {
    Outcome.LOST: Text("退步 lost", style="red"),
    Outcome.GAINED: Text("进步 gained", style="green"),
    Outcome.CHANGED: Text("不同 changed", style="yellow"),
}


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    metric: str


_BY_KIND = (
    _Column("找到@1", "passage_recall@1"),
    _Column("@10", "passage_recall@10"),
    _Column("nDCG", "passage_ndcg@10"),
    _Column("F1", "answer_f1"),
    _Column("误弃", "false_abstain_rate"),
)


def show_figures(console: Console, figures: Sequence[Figure]) -> None:
    """Print every figure with its interval and the number of questions it is over."""
    table = _table("指标 Figure", "值", "95 % 区间", "题数")
    for figure in figures:
        table.add_row(figure.metric.name, *_cells(figure), str(figure.count))
    console.print(table)


def show_kinds(console: Console, kinds: Sequence[KindFigures]) -> None:
    """Print the mark of each kind of question, and some figures where the kind has them."""
    table = _table("题型", "题数", "得分", "95 % 区间", *(column.heading for column in _BY_KIND))
    for found in kinds:
        values = {figure.metric.name: _value(figure.metric, figure.value) for figure in found.figures}
        shown = (values.get(column.metric, "") for column in _BY_KIND)
        table.add_row(found.kind.value, str(found.mark.count), *_cells(found.mark), *shown)
    console.print(table)
    console.print(
        "得分：第一个答案对；list、measure、compare 是找到的份额；unanswerable 是未作答。找到：正确段落在前 k 个里。",
        style="dim",
        highlight=False,
    )


def show_comparison(console: Console, comparison: RunComparison) -> None:
    """Print what moved, figure by figure and question by question."""
    table = _table("指标 Figure", "以前", "现在", "差", "差的 95 % 区间")
    for difference in comparison.differences:
        metric, apart = difference.metric, difference.now - difference.before
        style = ("green" if difference.is_better else "red") if difference.is_clear else None
        table.add_row(
            Text(metric.name, style=style or ""),
            _value(metric, difference.before),
            _value(metric, difference.now),
            _value(metric, apart, signed=True),
            f"{_value(metric, difference.interval.low, signed=True)} … "
            f"{_value(metric, difference.interval.high, signed=True)}",
        )
    console.print(table)
    counts = {outcome: sum(change.outcome is outcome for change in comparison.changes) for outcome in Outcome}
    console.print(
        f"进步 {counts[Outcome.GAINED]} 题，退步 {counts[Outcome.LOST]} 题，"
        f"得分不变而回答不同 {counts[Outcome.CHANGED]} 题。",
        highlight=False,
    )
    if comparison.changes:
        console.print(_changes(comparison.changes))


def show_fit(console: Console, fit: Fit) -> None:
    """Print a calibration as its file would hold it, and how it does."""
    console.print(fit.calibration.as_toml(), markup=False, highlight=False, soft_wrap=True)
    console.print(
        f"{fit.examples} 个例子，{fit.documents} 份报告；按报告交叉验证：AUROC {fit.auroc:.3f}，"
        f"Brier {fit.brier:.3f}；在界线上误弃 {fit.false_abstain:.3f}，误答 {fit.false_answer:.3f}，"
        f"作答而错 {fit.risk:.3f}",
        highlight=False,
        soft_wrap=True,
    )
    table = _table("把握度", "例子", "平均把握度", "答对的份额")
    for tenth in fit.tenths:
        span = f"{tenth.low:.1f} – {tenth.low + 0.1:.1f}"
        table.add_row(span, str(tenth.count), f"{tenth.confidence:.2f}", f"{tenth.right:.2f}")
    console.print(table)
    table = _table("运行结果", "例子", "abstain_auroc", "误弃", "误答")
    for one in fit.runs:
        shares = (one.auroc, one.false_abstain, one.false_answer)
        table.add_row(
            one.run, str(one.count), *("–" if share is None else f"{share:.2f}" for share in shares)
        )
    console.print(table)


def show_added(console: Console, added: Added) -> None:
    """Print a calibration with more weights as its file would hold it, and how it does beside the one before."""
    console.print(added.calibration.as_toml(), markup=False, highlight=False, soft_wrap=True)
    table = _table("按报告交叉验证", "abstain_auroc", "误弃", "误答")
    for name, shares in (("原来", added.before), ("加上", added.after)):
        told = (shares.auroc, shares.false_abstain, shares.false_answer)
        table.add_row(name, *("–" if share is None else f"{share:.2f}" for share in told))
    console.print(table)


def evaluation_json(
    questions: int,
    figures: Sequence[Figure],
    kinds: Sequence[KindFigures],
    comparison: RunComparison | None = None,
) -> dict[str, Any]:
    """The figures, those of every kind, and the differences to an earlier run, under the metrics' names."""
    found: dict[str, Any] = {
        "questions": questions,
        "figures": _figures_json(figures),
        "kinds": {one.kind.value: _figures_json([one.mark, *one.figures]) for one in kinds},
    }
    if comparison is not None:
        found["comparison"] = {
            "differences": {d.metric.name: _difference_json(d) for d in comparison.differences},
            "changes": [_change_json(change) for change in comparison.changes],
        }
    return found


def _changes(changes: Sequence[Change]) -> Table:
    table = Table(show_lines=True)
    for heading in ("", "题目 Question", "标准答案 Gold", "以前 Before", "现在 Now"):
        table.add_column(heading, overflow="fold")
    for change in changes:
        question = change.now.question
        table.add_row(
            _OUTCOMES[change.outcome],
            Text(f"{question.id} {question.question}"),
            Text(expected(change.now) or "（报告未答）"),
            _said(change.before),
            _said(change.now),
        )
    return table


def _said(judged: Judgement) -> Text:
    words = "没有这一题" if judged.reply.missing else said(judged)
    return Text(f"（未作答）{words}" if judged.reply.abstained else words)


def _table(first: str, *others: str) -> Table:
    table = Table()
    table.add_column(first, no_wrap=True)
    for heading in others:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _cells(figure: Figure) -> tuple[str, str]:
    metric, interval = figure.metric, figure.interval
    return _value(metric, figure.value), f"{_value(metric, interval.low)} – {_value(metric, interval.high)}"


def _value(metric: Metric, value: float, signed: bool = False) -> str:
    digits = 0 if metric.name.startswith("ms_") else 3
    return f"{value:+.{digits}f}" if signed else f"{value:.{digits}f}"


def _figures_json(figures: Sequence[Figure]) -> dict[str, Any]:
    return {
        figure.metric.name: {
            "value": round(figure.value, 4),
            "interval": _interval_json(figure.interval),
            "count": figure.count,
        }
        for figure in figures
    }


def _difference_json(difference: Difference) -> dict[str, Any]:
    return {
        "before": round(difference.before, 4),
        "now": round(difference.now, 4),
        "interval": _interval_json(difference.interval),
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "id": change.now.question.id,
        "outcome": change.outcome.value,
        "question": change.now.question.question,
        "gold": expected(change.now),
        "before": {"answer": said(change.before), "abstained": change.before.reply.abstained},
        "now": {"answer": said(change.now), "abstained": change.now.reply.abstained},
    }


def _interval_json(interval: Interval) -> list[float] | None:
    """The ends; None where too few questions leave no interval."""
    ends = [interval.low, interval.high]
    return None if any(map(math.isnan, ends)) else [round(end, 4) for end in ends]
