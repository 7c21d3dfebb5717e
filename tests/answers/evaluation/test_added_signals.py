from __future__ import annotations

import random

import pytest

from answers.answer import Signals
from answers.errors import QuestionError
from answers.evaluation.added_signals import fit_added
from answers.evaluation.calibration import Example
from answers.reading.confidence import Calibration, Weight

KEPT = Calibration(-0.5, (Weight("lead", 1.0), Weight("lead", 0.5, "number")), 0.5)
OFFICES = ("in_office", "out_of_office")


def made_examples(count: int = 60) -> list[Example]:
    """Right answers where the office stands with the name; the lead tells nothing."""
    chance = random.Random(0)
    return [
        Example(
            Signals(chance.gauss(0.5, 0.5), 0, 0, in_office=n % 2, out_of_office=1 - n % 2),
            right=bool(n % 2),
            answerable=bool(n % 2),
            document=f"报告{n % 7}",
        )
        for n in range(count)
    ]


def test_a_signal_is_learned_and_all_else_stays() -> None:
    found = fit_added(made_examples(), KEPT, OFFICES)
    weights = {(weight.signal, weight.kind): weight.weight for weight in found.calibration.weights}
    assert weights["in_office", ""] > 1 and weights["out_of_office", ""] < -1
    assert (weights["lead", ""], weights["lead", "number"]) == (1.0, 0.5)
    assert (found.calibration.bias, found.calibration.threshold) == (KEPT.bias, KEPT.threshold)
    assert found.before.auroc is not None and found.after.auroc is not None
    assert found.after.auroc > 0.95 > found.before.auroc
    assert found.after.false_answer < 0.1 < found.before.false_answer


def test_fitted_again_it_comes_to_the_same() -> None:
    once = fit_added(made_examples(), KEPT, OFFICES)
    again = fit_added(made_examples(), once.calibration, OFFICES)
    assert again.calibration == once.calibration
    assert again.before.false_answer == pytest.approx(once.after.false_answer, abs=0.1)


def test_what_no_signal_is_and_what_cannot_be_fitted_is_told() -> None:
    with pytest.raises(QuestionError, match="mayor"):
        fit_added(made_examples(), KEPT, ["mayor"])
    one = [example for example in made_examples() if example.document == "报告0"]
    with pytest.raises(QuestionError, match="一份报告"):
        fit_added(one, KEPT, OFFICES)
