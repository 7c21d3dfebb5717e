"""The question sets: told of in full, and to the letter in the reports."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from answers.evaluation.scoring import squash
from benchmarks.measure import NAMES
from benchmarks.reports import STANDING_ALONE, Corpus, find, listed, misread
from benchmarks.tracked_pairs import reports_in
from indexer.report.records import Document
from indexer.sources import read_document
from tests.conftest import QUESTIONS, ROOT, SEED_NAME

SETS = sorted(QUESTIONS.glob("*.jsonl"))
BY_PLACE = (
    QUESTIONS / "track_dev.jsonl",
    QUESTIONS / "track_held_back.jsonl",
    QUESTIONS / "track2_dev.jsonl",
    QUESTIONS / "track3_dev.jsonl",
    QUESTIONS / "track2_held_back.jsonl",
    QUESTIONS / "labelled_promises.jsonl",
)  # sets on reports of the archive, which are named by place and year
SEED = next(name for name, ours in NAMES.items() if ours == SEED_NAME)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def quotations(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The report's name and the quotation of every piece of evidence in a row of any set."""
    for gold in row.get("gold", ()):
        yield gold["doc"], gold["quote"]
    if "quote" in row:
        yield row["doc"], row["quote"]
    for marked in (*row.get("numbered", ()), *row.get("unnumbered", ())):
        yield row["report"], marked["quote"]
    for end, name in (("target", row.get("from")), ("outcome", row.get("to"))):
        found = row.get(end) or {}
        if "quote" in found:
            yield name or found["doc"], found["quote"]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_of_every_set_its_size_and_its_author_are_told(path: Path) -> None:
    told = (QUESTIONS / "README.md").read_text(encoding="utf-8")
    (line,) = [line for line in told.splitlines() if line.startswith(f"| `{path.stem}` |")]
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert re.match(r"\d+", cells[1])[0] == str(len(rows(path)))  # type: ignore[index]
    assert len(cells) == 5 and all(cells), "reports, author and use"


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_every_answer_stands_in_its_quotation(path: Path) -> None:
    for row in rows(path):
        for gold in row.get("gold", ()):
            assert gold["answers"], row["id"]
            assert all(squash(answer) in squash(gold["quote"]) for answer in gold["answers"]), row["id"]


def assert_verbatim(row: dict[str, Any], text_of: dict[str, str]) -> int:
    found = [(name, quote) for name, quote in quotations(row) if name in text_of]
    for name, quote in found:
        assert squash(quote) in text_of[name], (row, name)
    return len(found)


def test_every_quotation_of_the_seed_report_stands_in_it(seed_document: Document) -> None:
    texts = {SEED: squash(seed_document.text)}
    assert sum(assert_verbatim(row, texts) for path in SETS for row in rows(path)) > 150


@pytest.mark.shared
def test_every_quotation_stands_in_its_report(shared_directory: Path) -> None:
    found = find(shared_directory, Corpus.ALL)
    assert found.problems == ()
    texts = {name: squash(read_document(path).text) for name, path in found.paths.items()}
    texts[SEED] = texts.pop(SEED_NAME)
    others = {Path(report.file).stem for corpus in STANDING_ALONE for report in listed(corpus)}
    for path in (
        *(path for path in SETS if path not in BY_PLACE),
        *(ROOT / "training" / "questions").glob("[ht]*.jsonl"),
    ):
        for row in rows(path):
            assert {name for name, _ in quotations(row)} <= set(texts) | others, row
            assert_verbatim(row, texts)


@pytest.mark.shared
@pytest.mark.parametrize("path", BY_PLACE, ids=lambda path: path.stem)
def test_every_quotation_stands_in_the_report_of_its_place_and_year(
    path: Path, archived_reports: Callable[[set[str]], Path]
) -> None:
    names = {row[end] for row in rows(path) for end in ("from", "to", "report") if end in row}
    report = reports_in(archived_reports(names))
    texts = {name: squash(report(name).text) for name in names}
    found = sum(assert_verbatim(row, texts) for row in rows(path))
    assert found == sum(len(list(quotations(row))) for row in rows(path))


@pytest.mark.shared
def test_every_quotation_of_the_librarys_reports_stands_in_its_report(
    shared_directory: Path, tmp_path: Path
) -> None:
    with tarfile.open(shared_directory / "reports" / "reports.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    texts: dict[str, str] = {}
    for corpus in STANDING_ALONE:
        found = find(tmp_path, corpus)
        assert found.problems == () and list(misread(found.paths)) == []
        texts |= {name: squash(read_document(path).text) for name, path in found.paths.items()}
    assert sum(assert_verbatim(row, texts) for path in SETS for row in rows(path)) > 320
