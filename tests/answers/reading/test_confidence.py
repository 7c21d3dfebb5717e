from __future__ import annotations

from dataclasses import fields

import pytest

from answers.answer import Signals
from answers.reading.confidence import Calibration, Weight


def test_a_larger_lead_makes_surer_and_a_nearer_miss_less_sure() -> None:
    calibration = Calibration()
    middle = calibration.confidence(Signals(1.0, 0.5, 0))
    assert (
        calibration.confidence(Signals(2.0, 0.5, 0)) > middle > calibration.confidence(Signals(0.0, 0.5, 0))
    )
    assert (
        calibration.confidence(Signals(1.0, 0.0, 0)) > middle > calibration.confidence(Signals(1.0, 1.0, 0))
    )


@pytest.mark.parametrize(
    "signals", [Signals(1e9, 0, 0), Signals(-1e9, 0, 0), Signals(0, 1e9, 0), Signals(0, 0, 0)]
)
def test_the_confidence_is_a_share_however_odd_the_signals(signals: Signals) -> None:
    assert 0 < Calibration().confidence(signals) < 1


def test_the_numbers_of_the_calibration_count() -> None:
    signals = Signals(3, 1, 0)
    assert Calibration(bias=0, weights=()).confidence(signals) == pytest.approx(0.5)
    assert Calibration(bias=1, weights=()).confidence(signals) == pytest.approx(0.7311, abs=1e-4)
    by_lead = Calibration(bias=0, weights=(Weight("lead", 2), Weight("missed", -5)))
    assert by_lead.confidence(signals) == pytest.approx(0.7311, abs=1e-4)


def test_every_shipped_weight_is_of_a_signal_and_no_signal_counts_twice() -> None:
    named = [weight.signal for weight in Calibration().weights]
    assert set(named) <= {field.name for field in fields(Signals)}
    assert len(set(named)) == len(named)


def test_a_part_that_speaks_of_the_other_year_makes_less_sure() -> None:
    calibration = Calibration()
    assert calibration.confidence(Signals(1.0, 0.5, 1)) < calibration.confidence(Signals(1.0, 0.5, 0))
