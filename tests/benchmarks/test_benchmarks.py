"""`python -m benchmarks` measures what was published, and prints both."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

import benchmarks.__main__ as command
from answers.evaluation.figures import figures
from answers.evaluation.metrics import METRICS
from answers.evaluation.questions import read_gold_questions
from benchmarks import measure
from benchmarks.published import QUESTIONS, Scoring, benchmarks, shown, table
from benchmarks.reports import Corpus, listed
from tests.conftest import ROOT
from tests.fake_encoder import FakeEncoder

Run = Callable[..., str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command with the fake encoder and every third question; gives what it printed."""
    monkeypatch.setattr(measure, "load_encoder", FakeEncoder)
    monkeypatch.setattr(measure, "figures", partial(figures, resamples=20))
    monkeypatch.setattr(measure, "read_gold_questions", lambda paths: read_gold_questions(paths)[::3])

    def command_with(*arguments: object, status: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["benchmarks", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            command.main()
        out, err = capsys.readouterr()
        assert int(ended.value.code or 0) == status, err
        return out if status == 0 else err

    return command_with


def test_every_set_belongs_to_a_benchmark() -> None:
    measured = {path.name for benchmark in benchmarks() for path in benchmark.sets}
    # What a question wants is measured without a report: tests/benchmarks/test_wanted.py; promises by `tracked_pairs`
    # and `labelled_promises`.
    tracked = {
        f"{name}.jsonl"
        for name in ("track_dev", "track_held_back", "track2_dev", "track3_dev", "track2_held_back")
    }
    elsewhere = {"wanted.jsonl", "labelled_promises.jsonl", *tracked}
    assert {path.name for path in QUESTIONS.glob("*.jsonl")} <= measured | elsewhere
    known = {metric.name for metric in METRICS}
    for benchmark in benchmarks():
        assert benchmark.scoring is not Scoring.QUESTIONS or set(benchmark.published) <= known


def test_every_report_that_a_set_asks_is_in_its_corpus() -> None:
    for benchmark in benchmarks():
        known = {Path(report.file).stem for report in listed(benchmark.corpus)}
        for path in benchmark.sets:
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            assert {measure.NAMES.get(name, name) for name in documents_of(rows)} <= known, path.name


def documents_of(value: object) -> Iterator[str]:
    """The reports that a row names, wherever in it."""
    if isinstance(value, list):
        for one in value:
            yield from documents_of(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key in ("doc", "from", "to") and isinstance(one, str):
                yield one
            else:
                yield from documents_of(one)


def test_the_seeds_ledger_is_as_good_as_published(run: Run) -> None:
    (line,) = run("--only", "ningbo-commitments", "--json").splitlines()
    for name, figure in json.loads(line)["figures"].items():
        assert figure["now"] >= figure["published"] - 0.005, name


def test_figures_stand_beside_the_published_ones(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = run("--only", "ningbo-commitments")
    assert "object_f1" in printed and "0.98" in printed and "+0" in printed


def test_every_figure_of_the_seed_is_measured_without_any_other_report(run: Run) -> None:
    rows = {row["name"]: row["figures"] for row in map(json.loads, run("--json").splitlines())}
    expected = {b.name: set(b.published) for b in benchmarks() if b.corpus is Corpus.SEED}
    assert {name: set(figures) for name, figures in rows.items()} == expected


def test_what_cannot_be_measured_is_told(run: Run, tmp_path: Path) -> None:
    assert "nothing" in run("--only", "nothing", status=2)
    assert "--reports" in run("--only", "unseen", status=2)
    assert "2025年湖北省政府工作报告.docx" in run("--reports", tmp_path, status=1)
    assert "not found" in run("reports", tmp_path, status=1)


def test_the_published_table_stands_in_the_measurements() -> None:
    told = (ROOT / "docs" / "measurements.md").read_text(encoding="utf-8")
    assert "\n".join(table()) in told, "put there what `python -m benchmarks published` prints"


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [("answer_em", 0.9, "0.90"), ("precision", 0.995, "0.995"), ("answer_em", 1.0, "1.00"), ("ms_p50", 89.4, "89"), ("pairs", 48, "48")],
)  # fmt: skip
def test_figures_are_shown_as_they_are_published(name: str, value: float, text: str) -> None:
    assert shown(name, value) == text
