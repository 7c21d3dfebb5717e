from __future__ import annotations

import os
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from embeddings import Encoder, PassageText, PassageVectors, WenbaoError
from indexer.build import build_index
from indexer.errors import IndexFault, ModelMismatch, SourceError
from indexer.index import ReportIndex, open_index
from indexer.jobs import Job
from indexer.library import (
    add_reports,
    correct_metadata,
    remove_reports,
    repair_index,
)
from indexer.originals import keep_upload, safe_name
from indexer.outcomes import FileResult, Outcome
from indexer.progress import BuildProgress
from indexer.proof.verify import source_notices, verify_index
from indexer.report.passages import parse_report
from indexer.report.records import Document, Metadata, Origin
from indexer.reports import open_reports
from indexer.sources import read_document
from indexer.store.database import STORE_NAME, create_store, open_store
from indexer.store.lexical_writer import LexicalText, LexicalWriter
from indexer.store.writing import change_index, first_settings, refresh_vectors
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, embedded, rewrite, vector_files, write_report

ONE = "甲市政府工作报告\n（一）扩大就业。新增就业20万人，发展态势良好。"
TWO = "乙市政府工作报告\n（一）扩大投资。完成投资300亿元，增长8%以上。"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    directory = tmp_path / "index"
    add_reports(
        [write_report(tmp_path, "甲", ONE), write_report(tmp_path, "乙", TWO)], directory, FakeEncoder()
    )
    return directory


def opened(directory: Path) -> ReportIndex:
    return open_index(directory, FakeEncoder().identity)


def names(directory: Path) -> list[str]:
    return [report.name for report in opened(directory).reports]


def outcomes(directory: Path, *paths: Path, replacing: bool = False) -> list[Outcome]:
    return [r.outcome for r in add_reports(paths, directory, FakeEncoder(), replacing=replacing)]


def passage_ids(directory: Path, name: str) -> list[int]:
    """The ids of a report's passages that say something."""
    with open_store(directory) as store:
        entry = store.entry(name)
        return [] if entry is None else [found.id for found in store.passages_of(entry.id)]


def found_in(directory: Path, question: str) -> list[str]:
    """The reports of the passages that a question finds, best first."""
    index, query = opened(directory), FakeEncoder().encode_queries([question])[0]
    return [one.report.name for one in index.scored(query, index.nearest(query, 50))]


def test_added_reports_are_all_there_and_sound(library: Path) -> None:
    assert names(library) == ["甲", "乙"]
    assert verify_index(library) == ()


def test_adding_touches_no_other_report(library: Path, tmp_path: Path) -> None:
    before = passage_ids(library, "甲")
    assert outcomes(library, write_report(tmp_path, "丙", "（一）好。新增学校3所，增长很快。")) == [
        Outcome.ADDED
    ]
    assert passage_ids(library, "甲") == before
    assert verify_index(library) == ()


def test_the_same_report_twice_is_one_under_whatever_name(library: Path, tmp_path: Path) -> None:
    assert outcomes(library, tmp_path / "甲.txt") == [Outcome.UNCHANGED]
    assert outcomes(library, write_report(tmp_path, "另名", ONE)) == [Outcome.UNCHANGED]
    assert names(library) == ["甲", "乙"]


def test_another_text_under_a_known_name_waits_for_a_word(library: Path, tmp_path: Path) -> None:
    new = write_report(tmp_path, "甲", ONE.replace("20万", "30万"))
    assert outcomes(library, new) == [Outcome.DIFFERS]
    assert "20万人" in opened(library).report("甲").text
    assert outcomes(library, new, replacing=True) == [Outcome.REPLACED]
    assert "30万人" in opened(library).report("甲").text
    assert "20万人" not in opened(library).report("甲").text
    assert verify_index(library) == ()


def test_one_bad_file_does_not_stop_the_others(library: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    good = write_report(tmp_path, "丙", "（一）好。新增学校3所，增长很快。")
    results = add_reports([bad, good], library, FakeEncoder())
    assert [r.outcome for r in results] == [Outcome.REFUSED, Outcome.ADDED]
    assert results[0].error is not None and "坏.txt" in str(results[0].error)
    with pytest.raises(SourceError):
        add_reports([tmp_path / "没有"], library, FakeEncoder())


@pytest.mark.parametrize("kind", [str, Path])
def test_one_source_is_one_however_it_is_given(tmp_path: Path, kind: Callable[[Path], str | Path]) -> None:
    folder = write_report(tmp_path / "报告", "甲", ONE).parent
    directory = kind(tmp_path / "index")
    (result,) = add_reports(kind(folder), directory, FakeEncoder())
    assert (result.outcome, result.document) == (Outcome.ADDED, "甲")
    assert [r.outcome for r in add_reports([kind(folder)], directory, FakeEncoder())] == [Outcome.UNCHANGED]
    assert build_index(kind(folder), directory, FakeEncoder()).documents == 1
    assert names(tmp_path / "index") == ["甲"]
    assert read_document(kind(folder / "甲.txt")).name == "甲"


@pytest.mark.parametrize("kind", [str, Path])
def test_every_verb_takes_the_index_as_words_or_as_a_path(
    library: Path, kind: Callable[[Path], str | Path]
) -> None:
    directory = kind(library)
    correct_metadata("甲", directory, FakeEncoder(), {"year": 2024})
    repair_index(directory, FakeEncoder())
    assert verify_index(directory) == source_notices(directory) == ()
    assert [report.name for report in open_reports(directory, "乙")] == ["乙"]
    indexed = open_index(directory, FakeEncoder().identity).reports
    assert {report.name for report in indexed} == {"甲", "乙"}
    remove_reports("乙", directory)
    assert names(library) == ["甲"]
    assert keep_upload(directory, "x.txt", b"1").is_relative_to(library)


def test_one_name_is_one_report_never_its_characters(library: Path) -> None:
    with pytest.raises(IndexFault, match="没有报告 '甲乙'"):
        remove_reports("甲乙", library)
    assert names(library) == ["甲", "乙"]
    remove_reports(["甲", "甲"], library)
    assert names(library) == ["乙"]


@pytest.mark.parametrize("wrong", [None, 3, b"seeds", [3], ["seeds", None]])
def test_what_is_no_path_and_no_name_is_said_to_be_none(library: Path, wrong: Any) -> None:
    for act in (
        lambda: add_reports(wrong, library, FakeEncoder()),
        lambda: build_index(wrong, library, FakeEncoder()),
        lambda: remove_reports(wrong, library),
        lambda: open_index(wrong, FakeEncoder().identity),
        lambda: verify_index(wrong),
    ):
        with pytest.raises(TypeError, match=r"None|3|b'seeds'"):
            act()
    assert names(library) == ["甲", "乙"]


def test_an_empty_path_is_not_the_present_folder(library: Path) -> None:
    with pytest.raises(ValueError, match="empty"):
        add_reports("", library, FakeEncoder())
    with pytest.raises(ValueError, match="empty"):
        open_index("", FakeEncoder().identity)


@pytest.mark.parametrize("changes", [{"yaer": 2024}, {"year": "2024"}, {"year": True}, {"title": None}])
def test_a_correction_that_makes_no_sense_changes_nothing(library: Path, changes: Any) -> None:
    before = opened(library).report("甲").metadata
    with pytest.raises(TypeError, match=next(iter(changes))):
        correct_metadata("甲", library, FakeEncoder(), changes)
    assert opened(library).report("甲").metadata == before


def test_a_removed_report_is_gone_and_the_rest_untouched(library: Path) -> None:
    before = passage_ids(library, "乙")
    remove_reports(["甲"], library)
    assert names(library) == ["乙"]
    assert passage_ids(library, "乙") == before
    assert set(found_in(library, "新增就业多少人")) == {"乙"}
    index = opened(library)
    (entry,) = index.reports
    worded = index.worded("扩大就业和投资", 50)
    assert worded and all(entry.first <= key < entry.first + entry.passages for key in worded)
    assert verify_index(library) == ()


def test_removing_a_stranger_removes_nothing(library: Path) -> None:
    with pytest.raises(IndexFault, match="没有报告 '丁'"):
        remove_reports(["甲", "丁"], library)
    assert names(library) == ["甲", "乙"]


def test_the_last_report_can_go_and_another_come(library: Path, tmp_path: Path) -> None:
    remove_reports(["甲", "乙"], library)
    assert names(library) == []
    assert verify_index(library) == ()
    assert outcomes(library, tmp_path / "甲.txt") == [Outcome.ADDED]


def test_ids_are_never_used_again(library: Path, tmp_path: Path) -> None:
    old = set(passage_ids(library, "乙"))
    remove_reports(["乙"], library)
    add_reports([tmp_path / "乙.txt"], library, FakeEncoder())
    assert not old & set(passage_ids(library, "乙"))


def test_corrections_are_kept_with_who_made_them(library: Path) -> None:
    encoder = FakeEncoder()
    correct_metadata("甲", library, encoder, {"speaker": "市长 某某", "level": "市"})
    meta = opened(library).report("甲").metadata
    assert (meta.speaker, meta.level) == ("市长 某某", "市")
    assert {o.field for o in meta.origins if o.origin is Origin.USER} == {"speaker", "level"}
    assert encoder.passages == [], "nothing that is embedded changed"
    assert verify_index(library) == ()


@pytest.mark.parametrize("changes", [{"region": "浙江省宁波市"}, {"year": 2024}])
def test_another_place_or_year_is_embedded_with_its_report_alone(
    library: Path, changes: dict[str, str | int | None]
) -> None:
    encoder, others = FakeEncoder(), passage_ids(library, "乙")
    passages = len(passage_ids(library, "甲"))
    correct_metadata("甲", library, encoder, changes)
    assert len(encoder.passages) == passages
    assert all(str(value) in text.head for value in changes.values() for text in encoder.passages)
    assert passage_ids(library, "乙") == others
    assert opened(library).stale == ()
    assert verify_index(library) == ()
    assert [report.name for report in opened(library).reports] == ["乙", "甲"]


def test_a_new_title_embeds_nothing_where_the_place_is_known(library: Path) -> None:
    correct_metadata("甲", library, FakeEncoder(), {"region": "浙江省宁波市"})
    before, encoder = passage_ids(library, "甲"), FakeEncoder()
    correct_metadata("甲", library, encoder, {"title": "丙市政府工作报告"})
    assert opened(library).report("甲").metadata.title == "丙市政府工作报告"
    assert opened(library).entry("甲").title == "丙市政府工作报告"
    assert encoder.passages == []
    assert passage_ids(library, "甲") == before
    assert verify_index(library) == ()


def test_a_new_title_is_embedded_where_it_stands_for_place_and_year(tmp_path: Path) -> None:
    directory, encoder = tmp_path / "index", FakeEncoder()
    add_reports(write_report(tmp_path, "某", "新增就业20万人，发展态势良好。"), directory, FakeEncoder())
    assert (opened(directory).entry("某").region, opened(directory).entry("某").year) == ("", None)
    correct_metadata("某", directory, encoder, {"title": "丙市政府工作报告"})
    assert [text.head for text in encoder.passages] == ["丙市政府工作报告"]
    assert verify_index(directory) == ()


@pytest.mark.parametrize(
    ("table", "column"),
    [("passage_vectors", "vector"), ("part_vectors", "vectors"), ("passage_vectors", "seal")],
)
def test_repair_mends_without_embedding_what_is_sound(library: Path, table: str, column: str) -> None:
    damaged, *_ = passage_ids(library, "甲")
    alter(library, f"UPDATE {table} SET {column} = zeroblob(66) WHERE passage = {damaged}")
    alter(library, "UPDATE sections SET parent = 99 WHERE number = 1")
    assert verify_index(library) != ()
    encoder = FakeEncoder()
    repair_index(library, encoder)
    assert verify_index(library) == ()
    assert len(encoder.passages) == 1
    assert names(library) == ["甲", "乙"]


def test_repair_reads_an_altered_text_from_its_file_again(library: Path, tmp_path: Path) -> None:
    true = opened(library).report("甲").text
    alter(library, "UPDATE documents SET text = replace(text, '20万', '90万') WHERE name = '甲'")
    with pytest.raises(IndexFault):
        opened(library).report("甲")
    repair_index(library, FakeEncoder())
    assert opened(library).report("甲").text == true
    alter(library, "UPDATE documents SET text = replace(text, '20万', '90万') WHERE name = '甲'")
    (tmp_path / "甲.txt").unlink()
    (notice,) = repair_index(library, FakeEncoder())
    assert notice.document == "甲"
    assert "甲" not in names(library)


def test_repair_with_another_model_embeds_everything(library: Path) -> None:
    other = FakeEncoder(model="another", fingerprint="b")
    with pytest.raises(ModelMismatch, match="repair"):
        add_reports([library.parent / "甲.txt"], library, other)
    repair_index(library, other)
    assert open_index(library, other.identity).reports
    assert verify_index(library) == ()


def test_readers_go_on_while_one_writes(library: Path, tmp_path: Path) -> None:
    stop, faults = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                assert "甲" in names(library)
            except (IndexFault, AssertionError) as error:
                faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for n in range(8):
            add_reports(
                [write_report(tmp_path, "丙", f"（一）好。新增学校{n}所，增长很快。")],
                library,
                FakeEncoder(),
                replacing=True,
            )
            remove_reports(["丙"], library)
    finally:  # or the readers keep the whole run from ending
        stop.set()
        for reader in readers:
            reader.join()
    assert faults == []


def test_progress_grows_to_the_end_over_all_files(tmp_path: Path) -> None:
    seen: list[float] = []
    files = [write_report(tmp_path, "甲", ONE), write_report(tmp_path, "乙", TWO)]
    add_reports(files, tmp_path / "i", FakeEncoder(), progress=lambda p: seen.append(p.done / p.total))
    assert seen == sorted(seen) and seen[-1] == 1


def adding(
    files: Sequence[Path], directory: Path, encoder: Encoder
) -> Job[tuple[FileResult, ...], BuildProgress]:
    return Job(
        lambda progress, cancelled: add_reports(
            files, directory, encoder, progress=progress, cancelled=cancelled
        ),
        "add",
    )


def test_a_job_works_in_the_background_and_can_be_stopped(tmp_path: Path) -> None:
    files = [write_report(tmp_path, f"报告{n}", f"（一）好。新增学校{n}所，增长很快。") for n in range(6)]
    started, go = threading.Event(), threading.Event()

    class Waiting(FakeEncoder):
        def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
            started.set()
            go.wait(10)
            return super().encode_passages(passages)

    job = adding(files, tmp_path / "index", Waiting())
    assert started.wait(10)
    assert not job.done
    job.cancel()
    go.set()
    job.wait(10)
    assert job.done
    results = job.result()
    assert not isinstance(results, WenbaoError) and 1 <= len(results) < 6
    assert names(tmp_path / "index") == [r.document for r in results]
    assert verify_index(tmp_path / "index") == ()


def test_a_job_tells_what_ended_it(library: Path) -> None:
    job = adding([library / "没有.txt"], library, FakeEncoder())
    job.wait(10)
    assert isinstance(job.result(), SourceError)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\报告\\甲.docx", "甲.docx"),
        ("a<b>|c?.txt", "a_b__c_.txt"),
        ("..", "report"),
        ("", "report"),
        ("\x00坏\n.txt", "_坏_.txt"),
        ("长" * 300 + ".docx", "长" * 65 + ".docx"),
        ("甲\u202etxt.pdf", "甲txt.pdf"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("LPT¹ .docx", "_LPT¹.docx"),
        ("console.txt", "console.txt"),
        ("报告.txt. . .", "报告.txt"),
        ("字" * 65 + ". .txt", "字" * 65 + ".txt"),
        ("甲/乙", "乙"),
    ],
)
def test_names_of_uploads_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_uploads_stay_inside_and_never_overwrite(tmp_path: Path) -> None:
    one = keep_upload(tmp_path / "index", "../x.txt", b"1")
    other = keep_upload(tmp_path / "index", "../x.txt", b"2")
    assert (one.read_bytes(), other.read_bytes()) == (b"1", b"2")
    assert all(path.is_relative_to(tmp_path / "index" / "originals") for path in (one, other))


def test_metadata_survive_the_store(library: Path) -> None:
    correct_metadata("乙", library, FakeEncoder(), {"speaker": "市长 某某", "date": "2024-01-05"})
    found = opened(library).report("乙").metadata
    assert (found.speaker, found.date) == ("市长 某某", "2024-01-05")


def files(directory: Path) -> dict[str, bytes]:
    """The FAISS files of an index."""
    return {path.name: path.read_bytes() for path in vector_files(directory)}


def rows(directory: Path, names: Sequence[str]) -> list[str]:
    """Every row of these reports, in all tables, as it is stored."""
    found: list[str] = []
    with closing(sqlite3.connect(directory / STORE_NAME)) as connection:
        for name in names:
            (key,) = connection.execute("SELECT id FROM documents WHERE name = ?", (name,)).fetchone()
            for query in (
                "SELECT rowid, * FROM documents WHERE id = ?",
                "SELECT * FROM sections WHERE document = ?",
                "SELECT rowid, * FROM passages WHERE document = ?",
                "SELECT v.rowid, v.* FROM passage_vectors v JOIN passages ON id = passage WHERE document = ?",
                "SELECT v.rowid, v.* FROM part_vectors v JOIN passages ON id = passage WHERE document = ?",
            ):
                found += [repr(row) for row in connection.execute(query, (key,))]
    return found


@pytest.mark.parametrize("work", ["add", "replace", "remove", "correct"])
def test_work_on_one_report_rewrites_nothing_of_the_others(library: Path, tmp_path: Path, work: str) -> None:
    add_reports(write_report(tmp_path, "丙", "（一）好。新增学校3所，增长很快。"), library, FakeEncoder())
    refresh_vectors(library, always=True)
    before, vectors = rows(library, ["甲", "乙"]), files(library)
    assert vectors
    if work == "add":
        add_reports(write_report(tmp_path, "丁", "（一）好。新增学校4所，增长很快。"), library, FakeEncoder())
    elif work == "replace":
        write_report(tmp_path, "丙", "（一）好。新增学校5所，增长很快。")
        add_reports(tmp_path / "丙.txt", library, FakeEncoder(), replacing=True)
    elif work == "remove":
        remove_reports("丙", library)
    else:
        correct_metadata("丙", library, FakeEncoder(), {"year": 2020})
    assert rows(library, ["甲", "乙"]) == before
    assert files(library) == vectors
    assert verify_index(library) == ()


class Statements:
    """What is asked of every store that is opened, as SQLite ran it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run: list[str] = []
        connect = sqlite3.connect

        def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **options)
            connection.set_trace_callback(self.run.append)
            return connection

        monkeypatch.setattr("indexer.store.database.sqlite3.connect", traced)


def many(folder: Path, count: int) -> Path:
    """An index of so many small reports."""
    encoder, directory = FakeEncoder(), folder / f"index{count}"
    with create_store(directory) as store:
        store.write_settings(first_settings(encoder.identity, 1))
    with change_index(directory) as writer:
        for number in range(count):
            text = f"（一）扩大就业。新增就业{number}万人，发展态势良好。"
            metadata = Metadata(f"第{number}号报告", "浙江省宁波市", "市", 2000 + number % 25)
            report = parse_report(Document(f"报告{number}", text, metadata, f"{number}.txt", "0" * 64))
            writer.add(embedded(report, encoder))
    refresh_vectors(directory, always=True)
    return directory


def test_opening_reads_no_text_and_no_vectors_of_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = many(tmp_path, 20)
    opened(directory)
    # Whoever read them would stumble.
    alter(directory, "UPDATE documents SET text = x'00ff', pages = 'x'")
    alter(directory, "UPDATE passages SET role = 'x', section = -1")
    alter(directory, "UPDATE sections SET kind = 'x'")
    alter(directory, "UPDATE part_vectors SET bounds = 'x', vectors = 'x'")
    alter(directory, "UPDATE passage_vectors SET vector = 'x', seal = 'x'")  # all are in the FAISS file
    statements = Statements(monkeypatch)
    index = opened(directory)
    assert len(index.reports) == 20
    assert len(index.nearest(FakeEncoder().encode_queries(["新增就业"])[0], 5)) == 5
    assert len(index.worded("新增就业", 5)) == 5
    assert statements.run, "nothing was traced"
    asked = [said for said in statements.run if re.search(r"part_vectors|sections| text[, ]|pages", said)]
    assert asked == []
    with pytest.raises(IndexFault):
        index.report("报告3")


def test_opening_asks_as_little_and_takes_hardly_longer_of_many_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, lots = many(tmp_path, 10), many(tmp_path, 1000)
    statements = Statements(monkeypatch)
    counts, times = [], []
    for directory in (few, lots):
        taken = []
        for _ in range(3):
            before, started = len(statements.run), time.perf_counter()
            index = opened(directory)
            taken.append(time.perf_counter() - started)
            counts.append(len(statements.run) - before)
        times.append(min(taken))
        assert {entry.name for entry in index.reports} >= {"报告0", "报告9"}
    assert len(set(counts)) == 1, "one query for all reports, not one for each"
    # An entry of the catalogue takes some hundredths of a millisecond; its text and vectors would take one.
    assert times[1] < times[0] + 0.25


@pytest.mark.parametrize("damage", ["gone", "cut", "other reports"])
def test_words_that_are_gone_damaged_or_of_another_state_are_derived_anew(
    library: Path, tmp_path: Path, damage: str
) -> None:
    sound = opened(library).worded("完成投资", 5)
    assert sound
    with open_store(library) as store:
        words = library / store.settings().words
    if damage == "gone":
        shutil.rmtree(words)
    elif damage == "cut":
        for path in words.glob("*"):
            if path.suffix != ".lock":
                rewrite(path, path.read_bytes()[:-9])
    else:
        with LexicalWriter(words, anew=True) as writer:
            writer.replace(77, [LexicalText(99, "完成投资")])
            writer.commit()
    assert any("lexical" in problem.en for problem in verify_index(library))
    assert opened(library).worded("完成投资", 5) == sound
    assert verify_index(library) == ()
    add_reports(write_report(tmp_path, "丙", "（一）好。完成投资3亿元。"), library, FakeEncoder())
    assert set(opened(library).worded("完成投资", 5)) > set(sound)


@pytest.mark.parametrize("work", ["add", "remove"])
def test_a_change_derives_missing_words_of_all_reports(library: Path, tmp_path: Path, work: str) -> None:
    with open_store(library) as store:
        shutil.rmtree(library / store.settings().words)
    if work == "add":
        add_reports(write_report(tmp_path, "丙", "（一）好。完成投资3亿元。"), library, FakeEncoder())
    else:
        remove_reports("甲", library)
    index = opened(library)
    found = index.scored(FakeEncoder().encode_queries(["投资"])[0], index.worded("完成投资，扩大就业", 50))
    assert {one.report.name for one in found} == set(names(library))
    assert verify_index(library) == ()


def test_a_folder_that_cannot_be_written_answers_with_words_of_its_own(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = opened(library).worded("完成投资", 5)
    with open_store(library) as store:
        words = library / store.settings().words
    shutil.rmtree(words)
    words.touch()  # the name is taken, so it cannot be written
    index = opened(library)
    assert index.worded("完成投资", 5) == sound
    assert not index.lexical.directory.is_relative_to(library)
    assert words.read_bytes() == b""


def test_files_of_any_name_are_added_and_none_ends_the_batch(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    names = ["宁波市政府工作报告2024.txt".encode("gbk"), b"\xff\xfe.txt", ("长" * 84 + ".md").encode()]
    try:
        for number, name in enumerate(names):
            Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(f"(一)新建住房{number}套。")
        Path(os.fsdecode(os.fsencode(folder) + "/坏.docx".encode("gbk"))).write_text("no docx")
    except (OSError, UnicodeError):
        pytest.skip("this file system does not take such names")
    results = add_reports(folder, tmp_path / "index", FakeEncoder())
    added = sorted(str(result.document) for result in results if result.outcome is Outcome.ADDED)
    assert added == ["\\udcff\\udcfe", "宁波市政府工作报告2024", "长" * 84]
    (refused,) = [result for result in results if result.outcome is Outcome.REFUSED]
    assert "坏.docx" in str(refused.error)
    with open_store(tmp_path / "index") as store:
        assert all(entry.is_unchanged() for entry in store.entries())
