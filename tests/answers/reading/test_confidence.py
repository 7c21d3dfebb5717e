from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from answers.answer import Signals
from answers.reading.confidence import KINDS, Calibration, Weight, read_calibration
from embeddings import ModelError


def seen(kind: str, **values: float) -> Signals:
    """A usual answer to a question of a kind, with these signals."""
    signals: dict[str, Any] = {"lead": 1.0, "missed": 0.5, "contradicts": 0, **values}
    return Signals(**signals, **({kind: 1} if kind else {}))


@pytest.mark.parametrize("kind", ["", *KINDS])
@pytest.mark.parametrize(
    ("signal", "little", "much"),
    [
        ("relevance", -3.0, 3.0),
        ("margin", -3.0, 3.0),
        ("said", 0.2, 0.9),
        ("passage", 1.0, 5.0),
        ("fits", 0, 1),
    ],
)
def test_what_speaks_for_an_answer_makes_surer_of_every_kind_of_question(
    kind: str, signal: str, little: float, much: float
) -> None:
    less, more = (read_calibration().confidence(seen(kind, **{signal: value})) for value in (little, much))
    assert more > less


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_a_nearer_miss_and_another_period_make_less_sure_of_every_kind_of_question(kind: str) -> None:
    calibration = read_calibration()
    assert calibration.confidence(seen(kind, missed=1.0)) < calibration.confidence(seen(kind, missed=0.0))
    assert calibration.confidence(seen(kind, contradicts=1)) < calibration.confidence(seen(kind))


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
    weights = read_calibration().weights
    assert {weight.signal for weight in weights} <= {field.name for field in fields(Signals)}
    assert {weight.kind for weight in weights} == {"", *KINDS}
    assert len({(weight.signal, weight.kind) for weight in weights}) == len(weights)


def test_a_weight_of_a_kind_counts_for_that_kind_alone() -> None:
    calibration = Calibration(0, (Weight("lead", 1), Weight("lead", 2, "number")), 0.5)
    other, number = Signals(1, 0, 0), Signals(1, 0, 0, number=1)
    assert calibration.confidence(other) == pytest.approx(0.7311, abs=1e-4)
    assert calibration.confidence(number) == pytest.approx(0.9526, abs=1e-4)


def test_of_a_paper_that_is_no_report_only_what_means_the_same_there_counts(tmp_path: Path) -> None:
    path = tmp_path / "calibration.toml"
    path.write_text(
        "bias = 0\nthreshold = 0.5\n[weights]\nlead = 1\npassage = 5\n[papers]\nbias = 1\nthreshold = 0.5\n[papers.weights]\nlead = 2\n",
        encoding="utf-8",
    )
    calibration = read_calibration(path)
    report, paper = Signals(1, 0, 0, passage=-1), Signals(1, 0, 0, passage=-1, report=0)
    assert calibration.confidence(report) == pytest.approx(0.0180, abs=1e-4)
    assert calibration.confidence(paper) == pytest.approx(0.9526, abs=1e-4)
    shipped = read_calibration()
    assert shipped.of_papers is not None
    # A short paper has no passage that stands high above the rest of it.
    assert shipped.confidence(seen("", report=0, passage=0.5, height=-3)) == shipped.confidence(
        seen("", report=0)
    )
    assert shipped.confidence(seen("", report=0, relevance=3)) > shipped.confidence(
        seen("", report=0, relevance=-3)
    )


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
        "bias = 1\nthreshold = 0.5\npapers = 3\n[weights]\nlead = 2",
        "bias = 1\nthreshold = 0.5\n[weights]\nlead = 2\n[papers]\nbias = 1\nthreshold = 0.5\n[papers.weights]\nmood = 2",
        "bias = 1\nthreshold = 0.5\n[weights]\nlead = 2\n[more.mood]\nlead = 2",
        "bias = 1\nthreshold = 0.5\n[weights]\nlead = 2\n[more]\nnumber = 2",
    ],
)
def test_a_file_that_is_no_calibration_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calibration.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"calibration\.toml"):
        read_calibration(path)
    with pytest.raises(ModelError, match=r"nothing\.toml"):
        read_calibration(tmp_path / "nothing.toml")
