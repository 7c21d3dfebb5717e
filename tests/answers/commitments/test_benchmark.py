"""The quality of the ledger on tables written by hand, measured with the benchmark's own scorer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from answers.commitments.extraction.extract import commitments
from answers.commitments.rows import commitment_row
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import Tracked, track
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.sources import read_document
from tests.conftest import SEEDS

BENCHMARKS = Path(__file__).parent.parent.parent / "benchmarks"
FLOORS = {
    "recall": 0.95,
    "precision": 0.90,
    "kind_accuracy": 0.97,
    "bound_accuracy": 0.96,
    "object_f1": 0.75,
}
PROVED = (Status.DONE, Status.EXCEEDED, Status.MISSED)


def squashed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@lru_cache(maxsize=64)
def parsed(path: Path) -> Report:
    return parse_report(read_document(path))


def test_every_row_of_the_seed_reports_table_is_found(seed_parsed: Report) -> None:
    """Without the scorer, which stands beside the project: number, kind and bound in the same sentence."""
    found = [commitment_row(row, seed_parsed) for row in commitments(seed_parsed)]
    missed = [
        gold["quote"]
        for gold in rows_of(BENCHMARKS / "ningbo_commitments.jsonl")
        if not any(
            squashed(gold["value"]) in squashed(row["text"])
            and squashed(gold["quote"]) in squashed(row["sentence"])
            and (row["kind"], row["bound"]) == (gold["kind"], gold["bound"])
            for row in found
        )
    ]
    assert missed == []


@pytest.mark.shared
@pytest.mark.parametrize(
    ("gold", "report"),
    [
        ("eval/hubei_commitments_dev.jsonl", "corpus/provinces-2025/2025年湖北省政府工作报告.docx"),
        ("ningbo_commitments.jsonl", ""),
        ("sc2024_commitments.jsonl", "corpus/state-council/国务院政府工作报告2024.txt"),
    ],
)
def test_extraction_is_as_good_as_promised(
    gold: str, report: str, shared_directory: Path, tmp_path: Path
) -> None:
    document = parsed(shared_directory / report if report else next(SEEDS.glob("*.txt")))
    run = tmp_path / "run.jsonl"
    lines = [json.dumps(commitment_row(row, document), ensure_ascii=False) for row in commitments(document)]
    run.write_text("\n".join(lines), encoding="utf-8")
    table = shared_directory / gold if "/" in gold else BENCHMARKS / gold
    scorer = shared_directory / "eval" / "score_commitments.py"
    ended = subprocess.run(
        [sys.executable, str(scorer), str(table), str(run)], capture_output=True, encoding="utf-8", check=True
    )
    scores = {name: float(value) for name, value in re.findall(r"(\w+)\s+([\d.]+)", ended.stdout)}
    print(gold, scores)
    assert all(scores[name] >= floor for name, floor in FLOORS.items()), scores


def pair_for(gold: dict[str, Any], tracked: tuple[Tracked, ...], text: str) -> Tracked:
    """The machine's pair for a target of the table: the same number in the same sentence."""
    quote = squashed(gold["target"]["quote"])
    fit = []
    for pair in tracked:
        sentence = squashed(pair.target.sentence.of(text))
        common = SequenceMatcher(None, sentence, quote, autojunk=False).find_longest_match().size
        if common >= 0.4 * len(quote) and squashed(pair.target.text) in squashed(gold["target"]["text"]):
            fit.append(pair)
    assert fit, gold["id"]
    return max(
        fit, key=lambda pair: SequenceMatcher(None, pair.indicator, gold["indicator"], autojunk=False).ratio()
    )


@pytest.mark.shared
def test_targets_meet_their_outcomes_and_nothing_wrong_is_proved(shared_directory: Path) -> None:
    reports = shared_directory / "corpus" / "state-council"
    golds = rows_of(BENCHMARKS / "tracking_pairs.jsonl")
    assert len(golds) >= 40
    tracked: dict[tuple[str, str], tuple[Tracked, ...]] = {}
    right, wrongly_proved = 0, []
    for gold in golds:
        earlier, later = (parsed(reports / f"{gold[end]}.txt") for end in ("from", "to"))
        key = (gold["from"], gold["to"])
        if key not in tracked:
            tracked[key] = track(earlier, later)
        pair = pair_for(gold, tracked[key], earlier.text)
        if gold["outcome"] is None or pair.outcome is None:
            right += gold["outcome"] is None and pair.outcome is None
        else:
            sentence = squashed(pair.outcome.sentence.of(later.text))
            quote = squashed(gold["outcome"]["quote"])
            right += quote in sentence or sentence in quote
        if pair.status in PROVED and pair.status != gold["status"]:
            wrongly_proved.append((gold["id"], pair.status, gold["status"]))
    print(f"{right} of {len(golds)} outcomes are right")
    assert right >= 0.8 * len(golds)
    assert wrongly_proved == []


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
