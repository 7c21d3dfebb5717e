from __future__ import annotations

import json
import random
from dataclasses import fields, replace
from pathlib import Path

import pytest

from answers.answer import Signals
from answers.errors import QuestionError
from answers.evaluation.calibration import Example, examples, fit


def made_examples(right: int, wrong: int, documents: int = 4) -> list[Example]:
    """Right answers lead by much and miss little, wrong ones the other way round, with some overlap.

    Every other wrong one is to a question that the reports do not answer.
    """
    random_ = random.Random(0)
    signals = [Signals(random_.gauss(2, 0.7), random_.gauss(0.2, 0.2), 0) for _ in range(right)]
    signals += [Signals(random_.gauss(0.5, 0.7), random_.gauss(0.8, 0.2), 0) for _ in range(wrong)]
    return [
        Example(seen, n < right, n < right or n % 2 == 0, f"报告{n % documents}")
        for n, seen in enumerate(signals)
    ]


def test_a_fit_tells_right_from_wrong_on_reports_it_did_not_see() -> None:
    result = fit(made_examples(28, 24))
    assert (result.examples, result.documents) == (52, 4)
    assert result.auroc > 0.9
    assert result.brier < 0.12
    assert result.risk < 0.2
    calibration = result.calibration
    weights = {weight.signal: weight.weight for weight in calibration.weights}
    assert set(weights) == {field.name for field in fields(Signals)}
    assert weights["lead"] > 0 > weights["missed"]
    assert (
        calibration.confidence(Signals(2, 0.2, 0))
        > calibration.threshold
        > calibration.confidence(Signals(0.3, 0.9, 0))
    )


def test_every_run_is_told_by_itself() -> None:
    found = made_examples(28, 24)
    answered = [replace(example, run="answered") for example in found if example.answerable]
    silent = [replace(example, run="silent") for example in found if not example.answerable]
    one, other = fit([*answered, *silent]).runs
    assert (one.run, one.count, one.auroc, one.false_answer) == ("answered", 40, None, None)
    assert (other.run, other.count, other.auroc, other.false_abstain) == ("silent", 12, None, None)
    result = fit([replace(example, run="both") for example in found])
    (both,) = result.runs
    assert (both.false_abstain, both.false_answer) == (result.false_abstain, result.false_answer)
    assert both.auroc is not None and both.auroc > 0.8
    assert (one.false_abstain, other.false_answer) == (both.false_abstain, both.false_answer)


def test_the_unit_of_a_signal_does_not_count() -> None:
    """A logit of ten and a share of one weigh the same to begin with."""
    found = made_examples(28, 24)
    scaled = [replace(e, signals=replace(e.signals, lead=100 * e.signals.lead + 7)) for e in found]
    assert fit(scaled).auroc == pytest.approx(fit(found).auroc)
    before, after = fit(found).calibration, fit(scaled).calibration
    for one, other in zip(found, scaled, strict=True):
        assert after.confidence(other.signals) == pytest.approx(before.confidence(one.signals), abs=0.01)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 1.0])
def test_the_threshold_answers_no_more_unanswerable_questions_than_allowed(share: float) -> None:
    found = made_examples(28, 40)
    result = fit(found, share)
    assert result.false_answer <= share
    assert result.false_abstain <= fit(found, max(0.0, share - 0.2)).false_abstain
    if share == 1:
        assert (result.calibration.threshold, result.false_abstain) == (0, 0)


def test_tenths_tell_how_often_a_confidence_is_right() -> None:
    result = fit(made_examples(200, 200))
    assert sum(tenth.count for tenth in result.tenths) == 400
    for tenth in result.tenths:
        assert tenth.low <= tenth.confidence <= tenth.low + 0.1
    assert result.tenths[0].right < 0.1 < 0.9 < result.tenths[-1].right


def test_no_example_is_judged_by_a_fit_to_its_own_report() -> None:
    """In each report the signals mean the opposite of what they mean in the other: the fit must be wrong."""
    found = []
    for n in range(80):
        right, turned = n % 2 == 0, n % 4 < 2
        found.append(Example(Signals(2.0 if right != turned else 0.0, 0.0, 0), right, right, f"报告{turned}"))
    assert fit(found).auroc < 0.1


def test_signals_that_say_nothing_fit_to_no_better_than_chance() -> None:
    random_ = random.Random(1)
    found = [
        Example(Signals(random_.random(), random_.random(), 0), n % 2 == 0, n % 2 == 0, f"报告{n % 3}")
        for n in range(60)
    ]
    assert fit(found).auroc < 0.7


@pytest.mark.parametrize(("right", "wrong"), [(9, 20), (20, 9), (0, 20), (20, 0), (0, 0)])
def test_too_few_examples_are_an_error_that_counts_them(right: int, wrong: int) -> None:
    with pytest.raises(QuestionError, match=f"{right}.*{wrong}"):
        fit(made_examples(right, wrong))


def test_one_report_or_one_report_with_all_that_is_right_cannot_be_fitted() -> None:
    with pytest.raises(QuestionError, match="一份报告"):
        fit(made_examples(20, 20, documents=1))
    apart = [replace(example, document=str(example.right)) for example in made_examples(20, 20)]
    with pytest.raises(QuestionError, match="除去一份报告"):
        fit(apart)


GOLD = {"doc": "甲市", "quote": "新增就业20万人", "answers": ["20万人"]}
SIGNALS = {"lead": 1.0, "missed": 0.5, "contradicts": 0}


def question(id: str, kind: str = "number", gold: list[object] | None = None) -> dict[str, object]:
    return {"id": id, "kind": kind, "question": "多少？", "gold": [GOLD] if gold is None else gold}


def reply(
    id: str, text: str, document: str = "甲市", sentence: str = "今年新增就业20万人。"
) -> dict[str, object]:
    return {
        "id": id,
        "answers": [{"document": document, "text": text, "sentence": sentence}],
        "signals": SIGNALS,
    }


def read(folder: Path, questions: list[object], run: list[object], **same: str) -> list[bool]:
    for name, found in (("questions", questions), ("run", run)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in found)
        (folder / name).write_text(lines, encoding="utf-8")
    return [example.right for example in examples(folder / "questions", folder / "run", same)]


def test_the_first_answer_is_judged_against_the_gold(tmp_path: Path) -> None:
    questions: list[object] = [
        question("1"),
        question("2"),
        question("3", "measure"),
        question("4", "list"),
        question("5", gold=[]),
    ]
    run: list[object] = [
        reply("1", "20万人"),
        reply("2", "2万人"),
        reply("3", "新增就业"),
        reply("4", "新增", sentence="别的话说了很多。"),
        reply("5", "20万人"),
    ]
    assert read(tmp_path, questions, run) == [True, False, True, False, False]


def test_the_report_must_be_the_right_one_under_either_of_its_names(tmp_path: Path) -> None:
    assert read(tmp_path, [question("1")], [reply("1", "20万人", "000")]) == [False]
    assert read(tmp_path, [question("1")], [reply("1", "20万人", "000")], **{"000": "甲市"}) == [True]


def test_an_example_knows_its_report_and_whether_that_answers(tmp_path: Path) -> None:
    questions = [question("1"), question("2", "unanswerable", []), {**question("3", gold=[]), "doc": "乙省"}]
    run = [reply(id, "20万人", "000") for id in ("1", "2", "3")]
    for name, found in (("questions", questions), ("run", run)):
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in found)
        (tmp_path / name).write_text(lines, encoding="utf-8")
    seen = list(examples(tmp_path / "questions", tmp_path / "run", {"000": "丙市"}))
    assert [(example.document, example.answerable) for example in seen] == [
        ("甲市", True),
        ("丙市", False),
        ("乙省", False),
    ]


@pytest.mark.parametrize(
    "wrong", [{"lead": 1.0}, {**SIGNALS, "lead": "1"}, {**SIGNALS, "missed": 10**400}, [1], 3]
)
def test_signals_of_another_version_are_an_error_that_names_the_run(tmp_path: Path, wrong: object) -> None:
    with pytest.raises(QuestionError, match=r"run.*signals"):
        read(tmp_path, [question("1")], [{**reply("1", "20万人"), "signals": wrong}])


def test_what_was_not_run_or_found_nothing_or_compares_is_no_example(tmp_path: Path) -> None:
    questions: list[object] = [question("1"), question("2"), question("3", "compare")]
    run: list[object] = [{"id": "2", "answers": [], "signals": None}, reply("3", "20万人")]
    assert read(tmp_path, questions, run) == []


def test_answers_of_papers_are_fitted_apart_where_there_are_enough_of_them() -> None:
    reports = made_examples(150, 150, documents=12)
    papers = [
        replace(
            example,
            signals=replace(example.signals, report=0, relevance=-example.signals.lead),
            document=f"通知{n % 12}",
        )
        for n, example in enumerate(made_examples(150, 150))
    ]
    found = fit([*reports, *papers]).calibration
    assert found.of_papers is not None and found.of_papers.threshold != found.threshold
    weights = {weight.signal: weight.weight for weight in found.of_papers.weights}
    assert weights["relevance"] < 0  # as these papers were made; of reports it tells nothing
    assert "lead" not in weights and not any(weight.kind for weight in found.of_papers.weights)
    assert found.weights == fit(reports).calibration.weights
    few = fit([*reports, *papers[:20]]).calibration
    assert few.of_papers is not None
    assert {w.signal: w.weight for w in few.of_papers.weights}["relevance"] != weights["relevance"]


def test_papers_without_an_unanswerable_question_are_fitted_with_the_reports() -> None:
    papers = [
        replace(
            example, signals=replace(example.signals, report=0), answerable=True, document=f"通知{n % 12}"
        )
        for n, example in enumerate(made_examples(150, 150))
    ]
    assert fit([*made_examples(150, 150, documents=12), *papers]).calibration.of_papers is not None
