"""The manifest of the reports that were measured on, and folders checked against it."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from benchmarks import reports
from benchmarks.reports import Corpus, find, listed, manifest, misread
from tests.conftest import SEED_NAME, SEEDS

TEXT = "今年新增就业20万人。"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one report besides the seed, and a manifest of the two."""
    place = tmp_path / "reports" / "deeper"
    place.mkdir(parents=True)
    (place / "甲市政府工作报告2024.txt").write_text(TEXT, encoding="utf-8")
    rows = list(manifest(tmp_path / "reports"))
    path = tmp_path / "reports.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    monkeypatch.setattr(reports, "_MANIFEST", path)
    return tmp_path / "reports"


def test_a_manifest_tells_the_title_the_size_and_the_digest(folder: Path) -> None:
    seed, other = listed()
    assert (seed.file, seed.corpus, other.corpus) == (f"{SEED_NAME}.txt", Corpus.SEED, Corpus.ALL)
    assert (other.file, other.year, other.characters) == ("甲市政府工作报告2024.txt", 2024, len(TEXT))
    assert other.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_a_folder_with_the_reports_is_right_wherever_they_lie(folder: Path) -> None:
    found = find(folder, Corpus.ALL)
    assert (set(found.paths), found.problems) == ({SEED_NAME, "甲市政府工作报告2024"}, ())
    assert list(misread(found.paths)) == []


def test_a_report_that_is_missing_changed_or_renamed_is_told(folder: Path) -> None:
    path = next(folder.rglob("*.txt"))
    path.rename(path.with_name("乙.txt"))
    assert "乙.txt" in find(folder, Corpus.ALL).problems[0]
    path.with_name("乙.txt").rename(path)
    path.write_text(f"{TEXT}改", encoding="utf-8")
    assert "other contents" in find(folder, Corpus.ALL).problems[0]
    path.unlink()
    assert "not found" in find(folder, Corpus.ALL).problems[0]
    assert find(folder, Corpus.SEED).problems == ()


def test_a_copy_under_another_name_beside_it_does_no_harm(folder: Path) -> None:
    path = next(folder.rglob("*.txt"))
    copy = folder / "甲.txt"
    copy.write_bytes(path.read_bytes())
    assert find(folder, Corpus.ALL).paths[path.stem] == path
    assert find(folder, Corpus.ALL).problems == ()


def test_a_text_of_another_length_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = find(folder, Corpus.ALL)
    path = reports._MANIFEST
    path.write_text(path.read_text(encoding="utf-8").replace(f",{len(TEXT)},", ",99,"), encoding="utf-8")
    (told,) = misread(found.paths)
    assert "99" in told


def test_the_shipped_manifest_has_the_seed_and_no_name_twice() -> None:
    for corpus in Corpus:  # reports that are asked together
        names = [Path(report.file).stem for report in listed(corpus)]
        assert len(set(names)) == len(names)
    (seed,) = listed(Corpus.SEED)
    assert seed.sha256 == hashlib.sha256((SEEDS / seed.file).read_bytes()).hexdigest()
    assert len(listed(Corpus.MAIN)) == 42


@pytest.mark.shared
def test_the_reports_beside_the_project_are_those_of_the_manifest(shared_directory: Path) -> None:
    found = find(shared_directory, Corpus.ALL)
    assert found.problems == ()
    assert list(misread(found.paths)) == []
