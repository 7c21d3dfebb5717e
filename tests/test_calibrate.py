from __future__ import annotations

import json
import random
from dataclasses import fields
from pathlib import Path

import pytest

from answers.answer import Signals
from answers.calibrate import Example, examples, fit
from answers.errors import QuestionError


def made_examples(right: int, wrong: int) -> list[Example]:
    """Right answers lead by much and miss little, wrong ones the other way round, with some overlap."""
    random_ = random.Random(0)
    found = [Example(Signals(random_.gauss(2, 0.7), random_.gauss(0.2, 0.2), 0), True) for _ in range(right)]
    return found + [
        Example(Signals(random_.gauss(0.5, 0.7), random_.gauss(0.8, 0.2), 0), False) for _ in range(wrong)
    ]


def test_a_fit_tells_right_from_wrong_on_examples_it_did_not_see() -> None:
    result = fit(made_examples(14, 12))
    assert result.examples == 26
    assert result.auroc_held_out > 0.9
    calibration = result.calibration
    weights = {weight.signal: weight.weight for weight in calibration.weights}
    assert set(weights) == {field.name for field in fields(Signals)}
    assert weights["lead"] > 0 > weights["missed"]
    assert (
        calibration.confidence(Signals(2, 0.2, 0))
        > calibration.threshold
        > calibration.confidence(Signals(0.3, 0.9, 0))
    )
    assert result.false_answer < 0.3


@pytest.mark.parametrize("withheld", [0.0, 0.3])
def test_the_threshold_withholds_no_more_right_answers_than_allowed(withheld: float) -> None:
    result = fit(made_examples(12, 10), withheld)
    assert result.false_abstain <= withheld + 1 / 12


def test_signals_that_say_nothing_fit_to_no_better_than_chance() -> None:
    random_ = random.Random(1)
    found = [Example(Signals(random_.random(), random_.random(), 0), n % 2 == 0) for n in range(30)]
    assert fit(found).auroc_held_out < 0.7


@pytest.mark.parametrize(("right", "wrong"), [(9, 20), (20, 9), (0, 20), (20, 0), (0, 0)])
def test_too_few_examples_are_an_error_that_counts_them(right: int, wrong: int) -> None:
    with pytest.raises(QuestionError, match=f"{right}.*{wrong}"):
        fit(made_examples(right, wrong))


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


def test_what_was_not_run_or_found_nothing_or_compares_is_no_example(tmp_path: Path) -> None:
    questions: list[object] = [question("1"), question("2"), question("3", "compare")]
    run: list[object] = [{"id": "2", "answers": [], "signals": None}, reply("3", "20万人")]
    assert read(tmp_path, questions, run) == []
