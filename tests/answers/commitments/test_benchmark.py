"""The quality of the ledger on tables written by hand, measured with the benchmark's own scorer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from answers.commitments.extraction.extract import commitments
from answers.commitments.rows import commitment_row
from benchmarks import labelled_promises
from benchmarks.tracked_pairs import reports_in, score_pairs
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.sources import read_document
from tests.conftest import QUESTIONS, SCORERS, SEEDS

FLOORS = {
    "recall": 0.95,
    "precision": 0.90,
    "kind_accuracy": 0.97,
    "bound_accuracy": 0.96,
    "object_f1": 0.75,
}


def squashed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@lru_cache(maxsize=64)
def parsed(path: Path) -> Report:
    return parse_report(read_document(path))


def test_every_row_of_the_seed_reports_table_is_found(seed_parsed: Report) -> None:
    """Every one, where the scorer's figures may lack a few: number, kind and bound in the same sentence."""
    found = [commitment_row(row, row.sentence.of(seed_parsed.text)) for row in commitments(seed_parsed)]
    missed = [
        gold["quote"]
        for gold in rows_of(QUESTIONS / "ningbo_commitments.jsonl")
        if not any(
            squashed(gold["value"]) in squashed(row["text"])
            and squashed(gold["quote"]) in squashed(row["sentence"])
            and (row["kind"], row["bound"]) == (gold["kind"], gold["bound"])
            for row in found
        )
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("gold", "report"),
    [
        ("ningbo_commitments", ""),
        pytest.param(
            "hubei_commitments_dev",
            "corpus/provinces-2025/2025年湖北省政府工作报告.docx",
            marks=pytest.mark.shared,
        ),
        pytest.param(
            "sc2024_commitments", "corpus/state-council/国务院政府工作报告2024.txt", marks=pytest.mark.shared
        ),
    ],
)
def test_extraction_is_as_good_as_promised(
    gold: str, report: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path = request.getfixturevalue("shared_directory") / report if report else next(SEEDS.glob("*.txt"))
    document = parsed(path)
    run = tmp_path / "run.jsonl"
    lines = [
        json.dumps(commitment_row(row, row.sentence.of(document.text)), ensure_ascii=False)
        for row in commitments(document)
    ]
    run.write_text("\n".join(lines), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, SCORERS / "score_commitments.py", QUESTIONS / f"{gold}.jsonl", run],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    scores = {name: float(value) for name, value in re.findall(r"(\w+)\s+([\d.]+)", ended.stdout)}
    print(gold, scores)
    assert all(scores[name] >= floor for name, floor in FLOORS.items()), scores


@pytest.mark.shared
def test_targets_meet_their_outcomes_and_nothing_wrong_is_proved(shared_directory: Path) -> None:
    reports = shared_directory / "corpus" / "state-council"
    golds = rows_of(QUESTIONS / "tracking_pairs.jsonl")
    score = score_pairs(golds, lambda name: parsed(reports / f"{name}.txt"))
    print(score)
    assert score.pairs == len(golds) >= 40
    assert score.right_outcomes >= 0.8 * len(golds)
    assert score.wrongly_proved == ()


@pytest.mark.shared
def test_promises_that_a_reader_marked_are_rows_that_name_them(
    archived_reports: Callable[[set[str]], Path],
) -> None:
    stretches = rows_of(QUESTIONS / "labelled_promises.jsonl")
    report = reports_in(archived_reports({line["report"] for line in stretches}))
    score = labelled_promises.score(
        [labelled_promises.read_stretch(line, report(line["report"])) for line in stretches]
    )
    print(score)
    assert score.recall >= 0.95 and score.precision >= 0.95 and score.object_f1 >= 0.88
    assert score.unnumbered_found >= 0.9 * score.unnumbered


@pytest.mark.shared
@pytest.mark.parametrize(
    ("table", "settled", "missed"),
    [("track_dev", 0.7, 0.6), ("track2_dev", 0.6, 0.6), ("track3_dev", 0.7, 0.6)],
)
def test_promises_of_provinces_and_cities_meet_what_became_of_them(
    table: str, settled: float, missed: float, archived_reports: Callable[[set[str]], Path]
) -> None:
    golds = rows_of(QUESTIONS / f"{table}.jsonl")
    names = {name for gold in golds for name in (gold["from"], gold["to"])}
    score = score_pairs(golds, reports_in(archived_reports(names)))
    print(score)
    assert score.proved_right >= 0.97 * score.proved
    assert score.missed_wrong <= 1
    assert score.settled_right >= settled * score.settled
    assert score.missed_found >= missed * score.missed
    assert score.unnumbered_paired >= 0.7 * score.unnumbered


@pytest.mark.shared
def test_a_whole_library_is_extracted_quickly(shared_directory: Path) -> None:
    paths = [*shared_directory.glob("corpus/*/*"), *SEEDS.glob("*.txt")]
    documents = [parsed(path) for path in paths]
    assert len(documents) == 42
    started = time.process_time()
    for document in documents:
        for row in commitments(document):
            assert row.is_verbatim(document)
    assert time.process_time() - started < 30
