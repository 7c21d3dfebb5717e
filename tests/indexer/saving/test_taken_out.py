"""A report that is taken out of an index comes back as it was."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from indexer.errors import IndexFault
from indexer.imports import add_uploads
from indexer.library import add_reports, correct_metadata
from indexer.originals import ORIGINALS, keep_upload, sweep_uploads
from indexer.proof.verify import verify_index
from indexer.saving.taken_out import let_go, put_back, take_out
from indexer.store.database import open_store
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, write_report

TEXT = "（一）扩大就业。新增就业20万人，发展态势良好。"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    directory = tmp_path / "index"
    reports = [write_report(tmp_path, "甲", TEXT), write_report(tmp_path, "乙", TEXT.replace("20", "30"))]
    add_reports(reports, directory, FakeEncoder())
    return directory


def _described(directory: Path, name: str) -> tuple[str, str, int]:
    with open_store(directory) as store:
        entry = store.entry(name)
    assert entry is not None
    return entry.text_digest, entry.metadata.region, entry.passages


def test_a_report_comes_back_with_its_text_its_vectors_and_what_people_said_of_it(library: Path) -> None:
    correct_metadata("甲", library, FakeEncoder(), {"region": "浙江省"})
    before = _described(library, "甲")
    taken = take_out("甲", library)
    assert taken is not None
    with open_store(library) as store:
        assert store.names() == ["乙"]
    put_back(taken, library, FakeEncoder().identity)
    assert _described(library, "甲") == before and before[1] == "浙江省"
    assert verify_index(library) == ()


def test_it_does_not_push_out_a_report_that_has_its_name_by_now(library: Path, tmp_path: Path) -> None:
    taken = take_out("甲", library)
    assert taken is not None
    add_reports([write_report(tmp_path, "甲", TEXT.replace("20", "40"))], library, FakeEncoder())
    now = _described(library, "甲")
    with pytest.raises(IndexFault, match="甲"):
        put_back(taken, library, FakeEncoder().identity)
    assert _described(library, "甲") == now


def test_one_that_is_not_there_is_an_error_and_a_damaged_one_goes_for_good(library: Path) -> None:
    with pytest.raises(IndexFault, match="丙"):
        take_out("丙", library)
    alter(library, "UPDATE passage_vectors SET vector = x'00'")
    assert take_out("甲", library) is None
    with open_store(library) as store:
        assert store.names() == ["乙"]


def test_its_upload_waits_a_day_or_until_nobody_will_put_it_back(tmp_path: Path) -> None:
    directory = tmp_path / "index"
    path = keep_upload(directory, "甲.txt", TEXT.encode())
    add_uploads([path], directory, FakeEncoder())
    os.utime(path, (time.time() - 100_000,) * 2)
    taken = take_out("甲", directory)
    assert taken is not None
    sweep_uploads(directory)
    assert path.is_file()
    put_back(taken, directory, FakeEncoder().identity)
    let_go(taken, directory)
    assert path.is_file()  # it is a report's file again
    assert take_out("甲", directory) is not None
    let_go(taken, directory)
    assert list((directory / ORIGINALS).glob("*/*")) == []
