"""The figures that the benchmark's scorer does not have, worked out by hand; intervals and comparison."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from answers.evaluation.figures import Outcome, compare_runs, figure_of, figures, figures_by_kind
from answers.evaluation.judgement import Judgement, judge_all
from answers.evaluation.metrics import METRICS
from answers.evaluation.questions import QuestionKind, read_gold_questions
from answers.evaluation.replies import read_run
from tests.evaluation_files import GOLD, OTHER_GOLD, answer, passage, question, reply, written

# Samples for the intervals: a few where these are not looked at, enough to see them where they are.
FEW, MANY = 20, 200
RIGHT, WRONG = answer("20万人"), answer("计划")
JOBS, ROADS, NOTHING = passage(GOLD["quote"]), passage(OTHER_GOLD["quote"]), passage("别的话说了很多。")


def judged(
    folder: Path, questions: Sequence[dict[str, Any]], run: Sequence[dict[str, Any]]
) -> tuple[Judgement, ...]:
    return judge_all(
        read_gold_questions([written(folder / "questions.jsonl", questions)]),
        read_run(written(folder / "run.jsonl", run), {}),
    )


def value(name: str, found: Sequence[Judgement]) -> float | None:
    (metric,) = [metric for metric in METRICS if metric.name == name]
    return metric.over(found)


@pytest.mark.parametrize(
    ("kind", "passages", "ndcg"),
    [
        ("number", [JOBS, ROADS], 1.0),
        ("number", [NOTHING, JOBS, ROADS], 1 / math.log2(3)),
        ("number", [NOTHING] * 10 + [JOBS], 0.0),
        ("number", [], 0.0),
        ("measure", [JOBS, ROADS], 1.0),
        ("measure", [passage(GOLD["quote"] + OTHER_GOLD["quote"]), NOTHING], 1.0),
        ("measure", [JOBS, JOBS, ROADS], (1 + 1 / math.log2(4)) / (1 + 1 / math.log2(3))),
        ("measure", [JOBS, NOTHING], 1 / (1 + 1 / math.log2(3))),
        ("measure", [passage(GOLD["quote"], "乙省")], 0.0),
    ],
)
def test_ndcg_pays_every_part_once_and_less_further_down(
    tmp_path: Path, kind: str, passages: list[dict[str, Any]], ndcg: float
) -> None:
    found = judged(tmp_path, [question("1", kind, [GOLD, OTHER_GOLD])], [reply("1", passages=passages)])
    assert value("passage_ndcg@10", found) == pytest.approx(ndcg)


def run_of(tmp_path: Path, rows: Sequence[tuple[str, float]]) -> tuple[Judgement, ...]:
    """Right (`+`), wrong (`-`) and unanswerable (`0`) questions with these confidences."""
    questions = [question(str(n), "unanswerable" if k == "0" else "number") for n, (k, _) in enumerate(rows)]
    run = [
        reply(str(n), RIGHT if k == "+" else WRONG, confidence=sure, abstained=sure < 0.5)
        for n, (k, sure) in enumerate(rows)
    ]
    return judged(tmp_path, questions, run)


def test_risk_is_the_share_of_wrong_answers_among_the_surest(tmp_path: Path) -> None:
    found = run_of(tmp_path, [("+", 0.9), ("+", 0.8), ("-", 0.7), ("+", 0.6), ("0", 0.2)])
    assert value("risk@0.5", found) == pytest.approx(1 / 3)  # three of five are the least that cover half
    assert value("risk@0.7", found) == pytest.approx(1 / 4)
    assert value("risk@0.8", found) == pytest.approx(1 / 4)
    assert value("risk@1.0", found) == pytest.approx(2 / 5)
    assert value("risk_area", found) == pytest.approx((0 + 0 + 1 / 3 + 1 / 4 + 2 / 5) / 5)


def test_among_equal_confidences_the_order_does_not_count(tmp_path: Path) -> None:
    rows = [("+", 0.5), ("-", 0.5), ("0", 0.5), ("+", 0.5)]
    random.Random(3).shuffle(rows)
    assert value("risk@0.5", run_of(tmp_path, rows)) == pytest.approx(0.5)
    assert value("abstain_auroc", run_of(tmp_path, rows)) == pytest.approx(0.5)


def test_the_best_false_abstain_answers_at_most_a_fifth_of_the_unanswerable(tmp_path: Path) -> None:
    unanswerable = [("0", n / 10) for n in range(1, 6)]  # the threshold is just above 0.4
    found = run_of(tmp_path, [*unanswerable, ("+", 0.45), ("-", 0.41), ("+", 0.4), ("+", 0.3)])
    assert value("false_abstain_at_0.2", found) == pytest.approx(0.5)
    assert value("false_abstain_at_0.2", run_of(tmp_path, [("+", 0.4), ("0", 0.4)])) == 1.0
    assert value("false_abstain_at_0.2", run_of(tmp_path, [("+", 0.4)])) is None


def test_the_brier_score_is_the_squared_error_of_the_confidence(tmp_path: Path) -> None:
    found = run_of(tmp_path, [("+", 0.9), ("-", 0.7), ("0", 0.2)])
    assert value("brier", found) == pytest.approx((0.1**2 + 0.7**2 + 0.2**2) / 3)


def test_comparisons_do_not_count_among_what_the_confidence_tells(tmp_path: Path) -> None:
    found = judged(tmp_path, [question("1", "compare")], [reply("1", WRONG)])
    names = {figure.metric.name for figure in figures(found, FEW)}
    assert names == {"missing_rate", "compare_cell_recall", "compare_cell_precision"}


def test_an_interval_holds_its_figure_and_narrows_with_more_questions(tmp_path: Path) -> None:
    (metric,) = [metric for metric in METRICS if metric.name == "answer_right@1"]
    few = figure_of(metric, run_of(tmp_path, [("+", 0.9)] * 6 + [("-", 0.9)] * 4))
    many = figure_of(metric, run_of(tmp_path, [("+", 0.9)] * 60 + [("-", 0.9)] * 40))
    assert few and many
    assert (few.value, few.count, many.value, many.count) == (0.6, 10, 0.6, 100)
    assert few.interval.low < many.interval.low < 0.6 < many.interval.high < few.interval.high
    # The normal approximation: 0.6 plus and minus 1.96 standard errors of 0.049.
    assert many.interval.low == pytest.approx(0.504, abs=0.02)
    assert many.interval.high == pytest.approx(0.696, abs=0.02)


def test_figures_of_few_questions_may_lack_in_a_sample(tmp_path: Path) -> None:
    found = {f.metric.name: f for f in figures(run_of(tmp_path, [("+", 0.9), ("0", 0.1)]), FEW)}
    assert (found["abstain_auroc"].interval.low, found["abstain_auroc"].interval.high) == (1, 1)


def test_each_kind_has_its_mark(tmp_path: Path) -> None:
    questions = [
        question("1"),
        question("2", "list", [GOLD, OTHER_GOLD]),
        question("3", "compare", [GOLD, {**OTHER_GOLD, "doc": "乙省"}]),
        question("4", "unanswerable"),
        question("5", "unanswerable"),
    ]
    run = [
        reply("1", WRONG),
        reply("2", WRONG),
        reply("3", comparison=[{"document": "甲市", "answer": RIGHT}]),
        reply("4", RIGHT, abstained=True),
        reply("5", RIGHT),
    ]
    marks = {found.kind: found.mark.value for found in figures_by_kind(judged(tmp_path, questions, run), FEW)}
    assert marks == {
        QuestionKind.NUMBER: 0,
        QuestionKind.LIST: 0.5,
        QuestionKind.COMPARE: 0.5,
        QuestionKind.UNANSWERABLE: 0.5,
    }


def test_a_comparison_finds_what_was_gained_lost_and_changed(tmp_path: Path) -> None:
    questions = [question(str(n)) for n in range(4)] + [question("4", "unanswerable")]
    before = judged(
        tmp_path,
        questions,
        [
            reply("0", WRONG),
            reply("1", RIGHT),
            reply("2", RIGHT),
            reply("3", WRONG),
            reply("4", abstained=True),
        ],
    )
    now = judged(
        tmp_path,
        questions,
        [
            reply("0", RIGHT),
            reply("1", RIGHT),
            reply("2", WRONG),
            reply("3", answer("增")),
            reply("4", RIGHT),
        ],
    )
    changes = compare_runs(before, now, FEW).changes
    assert [(change.outcome, change.now.question.id) for change in changes] == [
        (Outcome.LOST, "2"),
        (Outcome.LOST, "4"),
        (Outcome.GAINED, "0"),
        (Outcome.CHANGED, "3"),
    ]
    assert compare_runs(now, now, FEW).changes == ()


def test_a_difference_is_clear_when_its_paired_interval_leaves_out_none(tmp_path: Path) -> None:
    """Both runs vary widely from question to question; that one is better on a tenth is clear, paired."""
    before = run_of(tmp_path, [("+", 0.9)] * 40 + [("-", 0.9)] * 60)
    now = run_of(tmp_path, [("+", 0.9)] * 50 + [("-", 0.9)] * 50)
    (found,) = [d for d in compare_runs(before, now, MANY).differences if d.metric.name == "answer_right@1"]
    assert (found.before, found.now) == (0.4, 0.5)
    assert found.is_clear and found.is_better
    assert 0.03 < found.interval.low < 0.1 < found.interval.high < 0.18
    (risk,) = [d for d in compare_runs(now, before, MANY).differences if d.metric.name == "risk@1.0"]
    assert risk.is_clear and not risk.is_better
    (same,) = [d for d in compare_runs(now, now, MANY).differences if d.metric.name == "risk@1.0"]
    assert not same.is_clear and not same.is_better
