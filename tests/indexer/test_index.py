from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import indexer.index as index_module
from embeddings import EncoderIdentity, Vectors
from indexer.build import build_index
from indexer.errors import IndexFault, ModelMismatch
from indexer.index import ReportIndex, ScoredPassage, open_index
from indexer.proof.verify import source_notices
from indexer.report.passages import passage_text
from indexer.report.records import UnitKind
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


def query(text: str) -> Vectors:
    vector: Vectors = FakeEncoder().encode_queries([text])[0]
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


def test_vectors_of_another_embedded_text_answer_and_are_told(index_directory: Path) -> None:
    """They are near enough to be searched beside those of today until they are made anew."""
    assert open_index(index_directory, IDENTITY).stale == ()
    alter(index_directory, "UPDATE documents SET embedded = ?", f"{IDENTITY.fingerprint}/1")
    index = open_index(index_directory, IDENTITY)
    assert [entry.name for entry in index.stale] == [SEED_NAME]
    assert len(index.nearest(query("新增就业"), 5)) == 5


def test_the_same_weights_made_in_another_way_answer_and_are_told(index_directory: Path) -> None:
    """A fingerprint begins with that of the weights: what follows is how they are used."""
    other = EncoderIdentity(IDENTITY.model, 64, f"{IDENTITY.fingerprint}-int8")
    index = open_index(index_directory, other)
    assert [entry.name for entry in index.stale] == [SEED_NAME]


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
    index = open_index(index_directory, IDENTITY)
    with pytest.raises(IndexFault, match=SEED_NAME):
        index.report(SEED_NAME)


def used(directory: Path) -> None:
    """Opens an index and reads all that answers come from."""
    index = open_index(directory, IDENTITY)
    found = index.scored(query("新增就业"), index.nearest(query("新增就业"), 100))
    found += index.scored_report(query("新增就业"), SEED_NAME)
    for one in found:
        one.units()
    index.report(SEED_NAME)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM sections",
        "DELETE FROM passages WHERE number = 3",
        "DELETE FROM passages WHERE number = 54",
        "DELETE FROM sections WHERE number = 54",
        "DROP TABLE passage_vectors",
        "DROP TABLE part_vectors",
        "UPDATE part_vectors SET bounds = CAST(x'07' || substr(bounds, 2) AS BLOB) WHERE passage = 5",
        "UPDATE part_vectors SET bounds = CAST(x'01FFFF0000' || substr(bounds, 6) AS BLOB) WHERE passage = 5",
        "UPDATE part_vectors SET bounds = CAST(x'010500000030750000' || substr(bounds, 10) AS BLOB) WHERE passage = 5",
        "UPDATE part_vectors SET bounds = x'01' WHERE passage = 5",
        "UPDATE part_vectors SET bounds = 'x' WHERE passage = 5",
        "UPDATE part_vectors SET vectors = x'00' WHERE passage = 5",
        "UPDATE part_vectors SET vectors = 7 WHERE passage = 5",
        "UPDATE passage_vectors SET vector = x'00' WHERE passage = 5",
        "UPDATE passage_vectors SET vector = 7 WHERE passage = 5",
        'UPDATE passages SET start = "end" + 5 WHERE number = 4',
        "UPDATE passages SET role = 'x' WHERE number = 4",
        "UPDATE passages SET section = 999 WHERE number = 3",
        "UPDATE sections SET parent = 999 WHERE number = 5",
        "UPDATE sections SET kind = 7 WHERE number = 5",
        "UPDATE documents SET text = x'00ff'",
        "UPDATE documents SET metadata = '[]'",
        "UPDATE documents SET passages = 'x'",
        "UPDATE documents SET first_passage = 2.5",
    ],
)
def test_rows_that_make_no_sense_are_damage_not_a_crash(index_directory: Path, statement: str) -> None:
    used(index_directory)
    alter(index_directory, statement)
    with pytest.raises(IndexFault, match="python -m indexer repair"):
        used(index_directory)


def test_reports_whose_rows_are_gone_are_not_answered_from(index_directory: Path) -> None:
    alter(index_directory, "DELETE FROM documents")
    index = open_index(index_directory, IDENTITY)
    assert index.scored(query("新增就业"), index.nearest(query("新增就业"), 100)) == []
    with pytest.raises(IndexFault, match=SEED_NAME):
        index.report(SEED_NAME)


@pytest.mark.parametrize("position", range(0, 300_000, 12_011))
def test_bytes_overwritten_on_disk_never_end_in_a_crash(index_directory: Path, position: int) -> None:
    path = index_directory / STORE_NAME
    data = bytearray(path.read_bytes())
    position %= len(data) - 600
    data[position : position + 600] = b"\xa5" * 600
    path.write_bytes(data)
    try:
        used(index_directory)
    except IndexFault as fault:
        assert str(index_directory) in str(fault)


def test_the_nearest_come_first_and_point_to_their_words(two_reports: ReportIndex) -> None:
    asked = query("森林面积达到多少亩")
    first, *_ = two_reports.scored(asked, two_reports.nearest(asked, 1))
    hits = first.units()
    assert "森林面积" in hits[0].unit.span.of(two_reports.report(hits[0].document).text)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    scores = [one.whole for one in _by_id(two_reports, asked, two_reports.nearest(asked, 10))]
    assert scores == pytest.approx(sorted(scores, reverse=True), abs=0.01)


def _by_id(index: ReportIndex, asked: Vectors, ids: list[int]) -> list[ScoredPassage]:
    """The passages in the order of `ids`."""
    found = {one.id: one for one in index.scored(asked, ids)}
    return [found[key] for key in ids]


def test_the_document_filter_reaches_every_passage_of_its_documents(two_reports: ReportIndex) -> None:
    asked = query("森林面积达到多少亩")
    ids = two_reports.nearest(asked, 1000, ["乙"])
    found = two_reports.scored(asked, ids)
    assert {one.report.name for one in found} == {"乙"}
    assert [one.passage for one in found] == list(two_reports.report("乙").passages)
    assert two_reports.nearest(asked, 5, []) == []
    both = two_reports.nearest(asked, 1000, ["甲", "乙", "甲"])
    assert both == two_reports.nearest(asked, 1000)
    worded = two_reports.worded("森林面积", 10, ["乙"])
    assert set(worded) <= set(ids)
    assert two_reports.worded("森林面积", 10) != []


def test_whether_words_stand_side_by_side_in_a_passage(two_reports: ReportIndex) -> None:
    assert two_reports.says("森林面积")
    assert not two_reports.says("面积森林") and not two_reports.says("比特币")


def test_every_run_of_characters_of_a_report_is_found_in_headings_too(index_directory: Path) -> None:
    """People are told that no report has a word."""
    index = open_index(index_directory, IDENTITY)
    text = index.report(SEED_NAME).simplified
    runs = [run[at : at + 3] for run in re.findall("[一-鿿]{6,}", text) for at in range(0, len(run) - 2, 3)]
    assert len(runs) > 1000
    assert [run for run in runs if not index.says(run)] == []


def test_a_filter_on_a_report_that_is_not_there_names_those_that_are(two_reports: ReportIndex) -> None:
    for filtered in (
        lambda: two_reports.nearest(query("森林"), 5, ["甲", "丙"]),
        lambda: two_reports.worded("森林", 5, ["甲", "丙"]),
        lambda: two_reports.scored_report(query("森林"), "丙"),
        lambda: two_reports.report("丙"),
    ):
        with pytest.raises(IndexFault, match="丙") as caught:
            filtered()
        assert "甲、乙" in str(caught.value) or "乙、甲" in str(caught.value)


def test_the_units_of_passages_are_all_scored(two_reports: ReportIndex) -> None:
    report = two_reports.report("甲")
    (first, *_) = two_reports.scored_report(query("新增就业"), "甲")
    units = list(report.units_of(report.passages[0]))
    hits = first.units()
    assert sorted((hit.unit for hit in hits), key=units.index) == units
    texts = [passage_text(report, report.passages[0])]
    (vectors,) = FakeEncoder().encode_passages(texts)
    exact = np.concatenate([vectors.whole[None], vectors.parts]) @ query("新增就业")
    assert first.scores == pytest.approx(exact, abs=0.05)
    kinds = {kind: first.scores[[unit.kind is kind for unit in units]] for kind in UnitKind}
    assert first.whole == pytest.approx(float(kinds[UnitKind.PASSAGE][0]))
    assert first.sentence == pytest.approx(float(kinds[UnitKind.SENTENCE].max()))
    clauses = kinds[UnitKind.CLAUSE]
    assert first.clause == pytest.approx(float(clauses.max()) if len(clauses) else first.sentence)


def test_passages_that_are_not_there_are_left_out(two_reports: ReportIndex) -> None:
    ids = two_reports.nearest(query("新增就业"), 100)
    found = two_reports.scored(query("新增就业"), [*ids, ids[0], 999_999])
    assert sorted(one.id for one in found) == sorted(ids)
    assert two_reports.scored(query("新增就业"), []) == []


def test_the_last_reports_that_were_read_are_kept(
    two_reports: ReportIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_KEPT_REPORTS", 1)
    index = open_index(two_reports.directory, IDENTITY)
    first = index.report("甲")
    assert index.report("甲") is first
    index.report("乙")
    again = index.report("甲")
    assert again is not first and again == first


def test_a_changed_or_deleted_source_is_told_and_the_copy_still_answers(tmp_path: Path) -> None:
    kept = write_report(tmp_path / "in", "甲", "今年新增就业20万人。")
    changed = write_report(tmp_path / "in", "乙", "今年新增就业10万人。")
    gone = write_report(tmp_path / "in", "丙", "今年新增就业30万人。")
    build_index([tmp_path / "in"], tmp_path / "index", FakeEncoder())
    changed.write_text("改过。", encoding="utf-8")
    gone.unlink()
    index = open_index(tmp_path / "index", IDENTITY)
    assert sorted(notice.document for notice in source_notices(tmp_path / "index")) == ["丙", "乙"]
    assert kept.is_file()
    assert index.report("丙").text == "今年新增就业30万人。"
