"""Measure the figures of a benchmark anew."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from answers.commitments.extraction.extract import commitments
from answers.commitments.rows import commitment_row
from answers.commitments.tracking.track import track, tracked_row
from answers.engine import Answerer
from answers.evaluation.asking import ask_all
from answers.evaluation.figures import Interval, figures
from answers.evaluation.judgement import judge_all
from answers.evaluation.questions import read_gold_questions
from answers.evaluation.replies import given_reply
from benchmarks.published import Benchmark, Scoring
from benchmarks.reports import Corpus
from benchmarks.tracked_pairs import score_pairs
from embeddings import Encoder, load_encoder
from indexer.build import build_index
from indexer.index import open_index
from indexer.progress import Progress
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.sources import read_document

SCORERS = Path(__file__).parent / "scorers"
NAMES = {"宁波市政府工作报告2023": "000_f7ed5bf6a81e5e31"}
"""What question sets call the seed report, and what an index calls it."""

_SHOWN = (
    "passage_recall@1",
    "answer_right@1",
    "answer_em",
    "answer_f1",
    "evidence_recall",
    "compare_cell_recall",
    "compare_cell_precision",
    "abstain_auroc",
    "false_abstain_rate",
    "false_answer_rate",
    "ms_p50",
)
"""The figures of questions that are told where none were published."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure as measured now.

    Attributes:
        published: None where none was.
        interval: 95 %, where the scorer gives one.
    """

    name: str
    value: float
    published: float | None
    interval: Interval | None = None


class Workplace:
    """The reports by name, and an index of each corpus below a folder, built when it is first asked."""

    def __init__(
        self, folder: Path, reports: Mapping[Corpus, Mapping[str, Path]], progress: Progress | None = None
    ) -> None:
        self._folder = folder
        self._reports = reports
        self._progress = progress
        self._answerers: dict[Corpus, Answerer] = {}
        self._parsed: dict[str, Report] = {}

    @cached_property
    def encoder(self) -> Encoder:
        """The model."""
        return load_encoder()

    def answerer(self, corpus: Corpus) -> Answerer:
        """Answers from exactly the reports of a corpus."""
        if corpus not in self._answerers:
            directory = self._folder / corpus.value
            # What an index in the folder has embedded already is not embedded again.
            built = build_index(self._under_their_names(corpus), directory, self.encoder, self._progress)
            if built.refusals:  # what is asked of a report that is missing would be measured as wrong
                raise built.refusals[0].error
            self._answerers[corpus] = Answerer(open_index(directory, self.encoder.identity), self.encoder)
        return self._answerers[corpus]

    def _under_their_names(self, corpus: Corpus) -> list[Path]:
        """The files of a corpus; copies of those that are called otherwise (`place/year.md`)."""
        found: list[Path] = []
        for name, path in self._reports[corpus].items():
            if path.stem == name:
                found.append(path)
                continue
            copy = self._folder / f"{corpus.value}-reports" / f"{name}{path.suffix}"
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, copy)
            found.append(copy)
        return found

    def report(self, name: str) -> Report:
        """A report, by the name that question sets or indexes call it."""
        name = NAMES.get(name, name)
        if name not in self._parsed:
            paths = {name: path for found in self._reports.values() for name, path in found.items()}
            self._parsed[name] = parse_report(read_document(paths[name]))
        return self._parsed[name]


def measure(benchmark: Benchmark, workplace: Workplace) -> tuple[Measured, ...]:
    """The published figures of a benchmark, or the usual ones where none were published, as they are now.

    Raises:
        IndexFault, SourceError, QuestionError: as what is called.
    """
    if benchmark.scoring is Scoring.QUESTIONS:
        return _questions(benchmark, workplace)
    found = _SCORED[benchmark.scoring](benchmark, workplace)
    names = benchmark.published or found
    return tuple(Measured(name, found[name], benchmark.published.get(name)) for name in names)


def _questions(benchmark: Benchmark, workplace: Workplace) -> tuple[Measured, ...]:
    asked = read_gold_questions(benchmark.sets)
    rows = ask_all(workplace.answerer(benchmark.corpus), asked, NAMES if benchmark.own_report else None)
    same = {ours: theirs for theirs, ours in NAMES.items()}
    judged = judge_all(asked, [given_reply(row, same, benchmark.name) for row in rows])
    found = {figure.metric.name: figure for figure in figures(judged)}
    return tuple(
        Measured(name, found[name].value, benchmark.published.get(name), found[name].interval)
        for name in benchmark.published or _SHOWN
        if name in found
    )


def _commitments(benchmark: Benchmark, workplace: Workplace) -> dict[str, float]:
    (table,) = benchmark.sets
    rows = [row for name in sorted({row["doc"] for row in _rows(table)}) for row in _ledger(workplace, name)]
    with tempfile.TemporaryDirectory() as folder:
        told = _scorer("score_commitments.py", table, _written(Path(folder) / "ledger.jsonl", rows))
    return {name: float(value) for name, value in re.findall(r"(\w+)\s+([\d.]+)", told)}


def _official(benchmark: Benchmark, workplace: Workplace) -> dict[str, float]:
    (table,) = benchmark.sets
    tasks = _rows(table)
    ledger = [row for name in sorted({t["target"]["doc"] for t in tasks}) for row in _ledger(workplace, name)]
    with tempfile.TemporaryDirectory() as folder:
        tracks = []
        for earlier, later in sorted({(t["target"]["doc"], t["outcome"]["doc"]) for t in tasks}):
            one, other = workplace.report(earlier), workplace.report(later)
            rows = [tracked_row(pair, one, other) for pair in track(one, other)]
            tracks.append(_written(Path(folder) / f"{later}.jsonl", rows))
        told = _scorer("score_official.py", table, _written(Path(folder) / "ledger.jsonl", ledger), *tracks)
    return dict(json.loads(told))


def _tracking(benchmark: Benchmark, workplace: Workplace) -> dict[str, float]:
    (table,) = benchmark.sets
    score = score_pairs(_rows(table), workplace.report)
    return {**asdict(score), "wrongly_proved": len(score.wrongly_proved)}


_SCORED: Mapping[Scoring, Callable[[Benchmark, Workplace], dict[str, float]]] = {
    Scoring.COMMITMENTS: _commitments,
    Scoring.OFFICIAL: _official,
    Scoring.TRACKING: _tracking,
}


def _rows(table: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]


def _ledger(workplace: Workplace, name: str) -> list[dict[str, Any]]:
    report = workplace.report(name)
    return [commitment_row(row, row.sentence.of(report.text)) for row in commitments(report)]


def _scorer(name: str, *arguments: Path) -> str:
    ended = subprocess.run(
        [sys.executable, str(SCORERS / name), *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return ended.stdout


def _written(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
