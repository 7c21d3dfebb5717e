from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings import EncoderIdentity
from indexer.build import build_index
from indexer.errors import IndexFault, ModelMismatch
from indexer.index import PassageKey, ReportIndex, open_index
from indexer.store.database import STORE_NAME
from tests.conftest import SEED_NAME
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, write_report

IDENTITY = FakeEncoder().identity


@pytest.fixture(scope="module")
def two_reports(tmp_path_factory: pytest.TempPathFactory) -> ReportIndex:
    folder = tmp_path_factory.mktemp("two")
    write_report(folder / "in", "甲", "今年新增就业20万人。新建学校30所。\n森林面积达到500万亩。")
    write_report(folder / "in", "乙", "今年新增就业10万人。港口吞吐量达到3亿吨。")
    build_index([folder / "in"], folder / "index", FakeEncoder())
    return open_index(folder / "index", IDENTITY)


def query(text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vector: np.ndarray[tuple[int], np.dtype[np.float32]] = FakeEncoder().encode_queries([text])[0]
    return vector


@pytest.mark.parametrize(
    "other",
    [
        EncoderIdentity("another-model", 64, IDENTITY.fingerprint),
        EncoderIdentity(IDENTITY.model, 384, IDENTITY.fingerprint),
        EncoderIdentity(IDENTITY.model, 64, "feedfacefeedface"),
    ],
    ids=["name", "dimension", "weights"],
)
def test_another_model_is_refused_naming_both_and_the_command(
    built_index: Path, other: EncoderIdentity
) -> None:
    with pytest.raises(ModelMismatch) as caught:
        open_index(built_index, other)
    for message in (caught.value.text.zh, caught.value.text.en):
        for part in (
            IDENTITY.model,
            IDENTITY.fingerprint,
            other.model,
            other.fingerprint,
            str(other.dimension),
        ):
            assert part in message
        assert "python -m indexer " in message
        assert f"--index {built_index}" in message
        assert "WENBAO_MODEL" in message


def test_vectors_of_another_unit_text_are_refused(index_directory: Path) -> None:
    alter(index_directory, "UPDATE settings SET value = '0' WHERE key = 'unit_text'")
    with pytest.raises(ModelMismatch, match="python -m indexer "):
        open_index(index_directory, IDENTITY)


@pytest.mark.parametrize(
    "content", [None, b"", b"not a database" * 50, b"SQLite format 3\x00" + b"\x00" * 4096]
)
def test_a_missing_empty_or_broken_index_says_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / STORE_NAME).write_bytes(content)
    with pytest.raises(IndexFault, match="--index") as caught:
        open_index(tmp_path, IDENTITY)
    assert str(tmp_path) in caught.value.text.en


def test_a_text_altered_in_the_database_is_noticed(index_directory: Path) -> None:
    alter(index_directory, "UPDATE documents SET text = replace(text, '1500家', '9500家')")
    with pytest.raises(IndexFault, match=SEED_NAME):
        open_index(index_directory, IDENTITY)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM units WHERE id = 7",
        "DELETE FROM documents",
        "DELETE FROM sections",
        "DELETE FROM passages WHERE number = 3",
        "DELETE FROM passages WHERE number = 54",
        "DELETE FROM sections WHERE number = 54",
        "DROP TABLE units",
        "UPDATE units SET kind = 'x' WHERE id = 5",
        'UPDATE units SET start = "end" + 5 WHERE id = 5',
        "UPDATE units SET passage = 999 WHERE id = 5",
        'UPDATE units SET "end" = 99999 WHERE id = 5',
        "UPDATE passages SET section = 999 WHERE number = 3",
        "UPDATE sections SET parent = 999 WHERE number = 5",
        "UPDATE sections SET kind = 7 WHERE number = 5",
        "UPDATE documents SET text = x'00ff'",
    ],
)
def test_rows_that_make_no_sense_are_damage_not_a_crash(index_directory: Path, statement: str) -> None:
    alter(index_directory, statement)
    with pytest.raises(IndexFault, match="python -m indexer build"):
        open_index(index_directory, IDENTITY)


@pytest.mark.parametrize("position", range(0, 300_000, 12_011))
def test_bytes_overwritten_on_disk_never_end_in_a_crash(index_directory: Path, position: int) -> None:
    path = index_directory / STORE_NAME
    data = bytearray(path.read_bytes())
    position %= len(data) - 600
    data[position : position + 600] = b"\xa5" * 600
    path.write_bytes(data)
    try:
        index = open_index(index_directory, IDENTITY)
        assert index.report(SEED_NAME).document.text_digest
    except IndexFault as fault:
        assert str(index_directory) in str(fault)


def test_hits_are_best_first_and_point_to_their_words(two_reports: ReportIndex) -> None:
    hits = two_reports.retrieve(query("森林面积达到多少亩"), 3)
    text = two_reports.report(hits[0].document).text
    assert "森林面积" in hits[0].unit.span.of(text)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_document_filter_reaches_every_unit_of_its_documents(two_reports: ReportIndex) -> None:
    hits = two_reports.retrieve(query("森林面积达到多少亩"), 1000, ["乙"])
    assert {hit.document for hit in hits} == {"乙"}
    assert len(hits) == len(two_reports.report("乙").units)
    assert two_reports.retrieve(query("森林"), 5, []) == []
    both = two_reports.retrieve(query("森林"), 1000, ["甲", "乙", "甲"])
    assert both == two_reports.retrieve(query("森林"), 1000)


def test_a_filter_on_a_report_that_is_not_there_names_those_that_are(two_reports: ReportIndex) -> None:
    with pytest.raises(IndexFault, match="丙") as caught:
        two_reports.retrieve(query("森林"), 5, ["甲", "丙"])
    assert "甲、乙" in str(caught.value) or "乙、甲" in str(caught.value)


def test_the_units_of_passages_are_all_scored(two_reports: ReportIndex) -> None:
    units = [unit for unit in two_reports.report("甲").units if unit.passage == 0]
    hits = two_reports.score_units(query("新增就业"), [PassageKey("甲", 0), PassageKey("甲", 0)])
    assert sorted((hit.unit for hit in hits), key=units.index) == units
    assert two_reports.score_units(query("新增就业"), [PassageKey("甲", 99), PassageKey("丙", 0)]) == []


def test_the_deviation_is_that_of_the_similarities_of_the_report(two_reports: ReportIndex) -> None:
    scores = [hit.score for hit in two_reports.retrieve(query("新增就业"), 1000, ["甲"])]
    assert two_reports.deviation(query("新增就业"), "甲") == pytest.approx(np.std(scores))


def test_a_changed_or_deleted_source_is_told_and_the_copy_still_answers(tmp_path: Path) -> None:
    kept = write_report(tmp_path / "in", "甲", "今年新增就业20万人。")
    changed = write_report(tmp_path / "in", "乙", "今年新增就业10万人。")
    gone = write_report(tmp_path / "in", "丙", "今年新增就业30万人。")
    build_index([tmp_path / "in"], tmp_path / "index", FakeEncoder())
    changed.write_text("改过。", encoding="utf-8")
    gone.unlink()
    index = open_index(tmp_path / "index", IDENTITY)
    assert sorted(index.changed_sources()) == ["丙", "乙"]
    assert kept.is_file()
    assert index.report("丙").text == "今年新增就业30万人。"
