from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from answers.answer import Signals
from answers.reading.confidence import Calibration, Weight, read_calibration
from embeddings import ModelError


def test_a_larger_lead_makes_surer_and_a_nearer_miss_less_sure() -> None:
    calibration = read_calibration()
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
    assert 0 < read_calibration().confidence(signals) < 1


def test_the_numbers_of_the_calibration_count() -> None:
    signals = Signals(3, 1, 0)
    assert Calibration(0, (), 0.5).confidence(signals) == pytest.approx(0.5)
    assert Calibration(1, (), 0.5).confidence(signals) == pytest.approx(0.7311, abs=1e-4)
    by_lead = Calibration(0, (Weight("lead", 2), Weight("missed", -5)), 0.5)
    assert by_lead.confidence(signals) == pytest.approx(0.7311, abs=1e-4)


def test_every_shipped_weight_is_of_a_signal_and_no_signal_counts_twice() -> None:
    named = [weight.signal for weight in read_calibration().weights]
    assert set(named) <= {field.name for field in fields(Signals)}
    assert len(set(named)) == len(named)


def test_a_part_that_speaks_of_the_other_year_makes_less_sure() -> None:
    calibration = read_calibration()
    assert calibration.confidence(Signals(1.0, 0.5, 1)) < calibration.confidence(Signals(1.0, 0.5, 0))


def test_a_calibration_is_a_small_file(tmp_path: Path) -> None:
    path = tmp_path / "calibration.toml"
    path.write_text(read_calibration().as_toml(), encoding="utf-8")
    assert read_calibration(path) == read_calibration()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bias = 1",
        "bias = 1\nthreshold = 0.5\n[weights]\nmood = 2",
        "bias = [",
        "bias = 1\nthreshold = 0.5\nweights = 3",
    ],
)
def test_a_file_that_is_no_calibration_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calibration.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"calibration\.toml"):
        read_calibration(path)
    with pytest.raises(ModelError, match=r"nothing\.toml"):
        read_calibration(tmp_path / "nothing.toml")
