from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import scale
from benchmarks.made_library import distances, nearest_elsewhere, write_library
from indexer.build import build_index
from indexer.index import open_index
from indexer.store.database import open_store
from tests.conftest import QUESTIONS, SEEDS
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the seed report and another one."""
    folder = tmp_path_factory.mktemp("source")
    other = "".join(f"（{n}）扩大第{n}类就业。新增就业{n}万人，发展态势良好。\n" for n in "一二三四五六七")
    build_index([SEEDS, write_report(folder, "另一份", other)], folder / "index", FakeEncoder())
    return folder / "index"


@pytest.fixture(scope="module")
def library(source: Path) -> Path:
    """Both, and three made ones."""
    write_library(source, source.parent / "library", _passages(source) + 3 * 85, FakeEncoder())
    return source.parent / "library"


def _passages(directory: Path) -> int:
    with open_store(directory) as store:
        return sum(entry.passages for entry in store.entries())


def test_a_library_has_the_size_asked_for(library: Path, source: Path) -> None:
    with open_store(library) as store:
        entries = list(store.entries())
    assert [entry.passages for entry in entries][2:] == [85, 85, 85]
    assert len({entry.year for entry in entries[2:]}) == 3
    assert _passages(library) == _passages(source) + 3 * 85
    smaller = library.parent / "smaller"
    write_library(source, smaller, 1, FakeEncoder())
    with open_store(smaller) as store:
        assert [entry.name for entry in store.entries()] == [entries[0].name]


def test_reports_are_made_of_two_at_least(built_index: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two reports"):
        write_library(built_index, tmp_path / "library", 300, FakeEncoder())


def test_a_made_passage_is_as_far_from_its_original_as_reports_are_from_each_other() -> None:
    wholes = np.eye(3, dtype=np.float32)[[0, 0, 1, 2]]
    # The first two are of one report: each one's nearest elsewhere is at a right angle.
    assert nearest_elsewhere(wholes, np.array([1, 1, 2, 3])) == pytest.approx(1.0)
    assert nearest_elsewhere(wholes, np.array([1, 2, 3, 4])) == pytest.approx(0.5)


def test_all_that_is_told_of_a_library_is_measured(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "load_encoder", FakeEncoder)
    found = scale.measure(library, [QUESTIONS / "ningbo_dev.jsonl"])
    index = open_index(library, FakeEncoder().identity)
    assert (found.reports, found.passages) == (5, index.catalogue.passages)
    assert found.recall > 0.95 and found.region_recall > 0.95
    assert 0 < found.p50_ms <= found.p95_ms and found.open_ms > 0
    assert found.disk_mb > found.words_mb + found.vectors_mb > 0
    told = distances(library)
    assert (found.neighbour, found.copy) == (told.neighbour, told.copy)
    assert told.copy == pytest.approx(told.neighbour, abs=0.02) and told.copy > 0.1
    # Where next to nothing is looked at, next to nothing of the best is found.
    monkeypatch.setattr(scale, "CANDIDATES", 5)
    assert scale.measure(library, [QUESTIONS / "ningbo_dev.jsonl"]).recall <= 0.1
