from __future__ import annotations

import os
import re
import resource
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

import pytest

from embeddings import ModelError, PassageText, PassageVectors
from indexer.build import build_index
from indexer.errors import IndexFault, SourceError
from indexer.index import open_index
from indexer.progress import BuildProgress
from indexer.proof.verify import verify_index
from indexer.report.passages import passage_text
from indexer.report.report import Report
from indexer.store import writing
from indexer.store.database import STORE_NAME, open_store
from indexer.store.packing import PackedPassage
from tests.conftest import ROOT, SEED_NAME, SEEDS
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, files_in, vector_files, write_report


def held(directory: Path) -> list[str]:
    """What the index answers from."""
    index = open_index(directory, FakeEncoder().identity)
    query = FakeEncoder().encode_queries(["新增就业多少人"])[0]
    found = index.scored(query, index.nearest(query, 3))
    assert found
    assert all(one.units()[0].unit.span.of(index.report(one.report.name).text) for one in found)
    return [entry.name for entry in index.reports]


def ours(directory: Path) -> dict[str, bytes]:
    """What an index consists of on disk, without what is being built beside it."""
    files = [p for p in sorted(directory.rglob("*")) if p.is_file() and p.suffix != ".lock"]
    return {str(p.relative_to(directory)): p.read_bytes() for p in files if ".building" not in p.parts}


def generation(directory: Path) -> int:
    with open_store(directory) as store:
        return store.settings().generation


def test_the_index_holds_exactly_the_given_reports(tmp_path: Path) -> None:
    first = write_report(tmp_path, "甲", "今年新增就业20万人。新建学校30所。")
    second = write_report(tmp_path, "乙", "今年新增就业10万人。")
    result = build_index([first, second], tmp_path / "index", FakeEncoder())
    assert (result.documents, result.refusals) == (2, ())
    assert held(tmp_path / "index") == ["甲", "乙"]
    build_index([second], tmp_path / "index", FakeEncoder())
    assert held(tmp_path / "index") == ["乙"]


def test_the_result_counts_what_the_index_holds(built_index: Path, tmp_path: Path) -> None:
    result = build_index([SEEDS], tmp_path / "index", FakeEncoder())
    index = open_index(tmp_path / "index", FakeEncoder().identity)
    (entry,) = index.reports
    passages = len(index.report(entry.name).passages)
    assert (result.documents, result.passages, entry.passages) == (1, passages, passages)
    assert result.finished
    assert verify_index(tmp_path / "index") == ()


def test_every_passage_is_embedded_once_with_place_year_and_heading(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    build_index([SEEDS], tmp_path / "index", encoder)
    report = open_index(tmp_path / "index", encoder.identity).report(SEED_NAME)
    said = [passage for passage in report.passages if report.units_of(passage)]
    assert encoder.passages == [passage_text(report, passage) for passage in said]
    assert all(text.head.startswith("浙江省宁波市2023年") for text in encoder.passages)


def test_unreadable_files_are_told_and_the_rest_is_indexed(tmp_path: Path) -> None:
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。")
    write_report(tmp_path / "in", "空", "")
    result = build_index([tmp_path / "in"], tmp_path / "index", FakeEncoder())
    assert [refusal.path.name for refusal in result.refusals] == ["空.txt"]
    assert held(tmp_path / "index") == ["甲"]


def test_progress_counts_up_to_the_end_over_all_reports(tmp_path: Path) -> None:
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。" * 600)
    write_report(tmp_path / "in", "乙", "今年新增就业10万人。" * 600)
    told: list[BuildProgress] = []
    build_index([tmp_path / "in"], tmp_path / "index", FakeEncoder(), told.append)
    done = [progress.done for progress in told]
    assert done == sorted(done) and len(set(done)) > 4
    assert done[-1] == told[-1].total
    assert len({progress.total for progress in told}) == 1
    assert {progress.document for progress in told} == {"甲", "乙"}
    assert {(progress.file, progress.files) for progress in told} == {(1, 2), (2, 2)}
    left = [progress.left for progress in told]
    assert left[0] is None and left[-1] == 0


def test_what_the_same_model_embedded_before_is_not_embedded_again(tmp_path: Path) -> None:
    build_index([SEEDS], tmp_path / "index", FakeEncoder())
    again = FakeEncoder()
    build_index([SEEDS, write_report(tmp_path, "甲", "今年新增就业7万人。")], tmp_path / "index", again)
    assert [(text.head, text.text) for text in again.passages] == [("甲", "今年新增就业7万人。")]
    other = FakeEncoder(fingerprint="another")
    build_index([SEEDS], tmp_path / "index", other)
    with open_store(tmp_path / "index") as store:
        assert len(other.passages) == store.count_vectors()


def test_passages_of_a_changed_report_that_stayed_are_not_embedded_again(tmp_path: Path) -> None:
    body = (
        "（一）做好就业。\n" + "继续推进就业工作，新增岗位充足。" * 60 + "\n（二）办好教育。\n新建学校30所。"
    )
    path = write_report(tmp_path, "甲", body)
    build_index(path, tmp_path / "index", FakeEncoder())
    path.write_text(body.replace("30所", "40所"), encoding="utf-8")
    again = FakeEncoder()
    build_index(path, tmp_path / "index", again)
    assert [text.text for text in again.passages] == ["（二）办好教育。\n新建学校40所。"]
    assert verify_index(tmp_path / "index") == ()


def test_the_generation_grows_with_every_change_and_with_nothing_else(tmp_path: Path) -> None:
    report, seen = write_report(tmp_path, "甲", "今年新增就业20万人。"), [0]
    for number in range(3):
        report.write_text(f"今年新增就业{number}万人。", encoding="utf-8")
        build_index([report], tmp_path / "index", FakeEncoder())
        seen.append(generation(tmp_path / "index"))
        build_index([report], tmp_path / "index", FakeEncoder())
        assert generation(tmp_path / "index") == seen[-1]
    build_index([report], tmp_path / "index", FakeEncoder(fingerprint="another"))
    seen.append(generation(tmp_path / "index"))
    alter(tmp_path / "index", "DROP TABLE passages")
    build_index([report], tmp_path / "index", FakeEncoder(fingerprint="another"))
    seen.append(generation(tmp_path / "index"))
    assert seen == sorted(set(seen))


def test_files_of_earlier_builds_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_FEW", 0)
    report, directory = write_report(tmp_path, "甲", "今年新增就业20万人。"), tmp_path / "index"
    build_index([report], directory, FakeEncoder())
    before = vector_files(directory)
    for fingerprint in (FakeEncoder().identity.fingerprint, "another"):
        report.write_text(f"今年新建学校30所。{fingerprint}", encoding="utf-8")
        build_index([report], directory, FakeEncoder(fingerprint=fingerprint))
        after = vector_files(directory)
        assert len(after) == 1
        assert after != before
        with open_store(directory) as store:
            words = store.settings().words
        assert files_in(directory) == {after[0].name, STORE_NAME, words}
        before = after


FAILURES = [ModelError("模型坏了", "the model broke"), RuntimeError("out of memory"), KeyboardInterrupt()]


@pytest.mark.parametrize("failure", FAILURES)
def test_a_model_that_fails_half_way_leaves_the_old_reports_answering(
    index_directory: Path, tmp_path: Path, failure: BaseException
) -> None:
    """What was embedded before the failure is there, too, and whole."""
    write_report(tmp_path / "in", "a", "今年新增就业20万人。")
    write_report(tmp_path / "in", "b", "今年新增就业30万人。" * 600)
    with pytest.raises(type(failure)):
        build_index([tmp_path / "in"], index_directory, FakeEncoder(fail_after=9, failure=failure))
    assert held(index_directory) == [SEED_NAME, "a"]
    assert verify_index(index_directory) == ()


@pytest.mark.parametrize("failure", FAILURES)
def test_another_model_that_fails_half_way_leaves_the_old_index(
    index_directory: Path, tmp_path: Path, failure: BaseException
) -> None:
    before = ours(index_directory)
    write_report(tmp_path / "in", "a", "今年新增就业20万人。" * 600)
    other = FakeEncoder(fingerprint="another", fail_after=2, failure=failure)
    with pytest.raises(type(failure)):
        build_index([tmp_path / "in"], index_directory, other)
    assert held(index_directory) == [SEED_NAME]
    assert ours(index_directory) == before


@pytest.mark.parametrize("failure", FAILURES)
def test_a_first_build_that_embedded_nothing_leaves_no_index(tmp_path: Path, failure: BaseException) -> None:
    """An empty one would be taken for a library whose reports were all removed."""
    with pytest.raises(type(failure)):
        build_index([SEEDS], tmp_path / "index", FakeEncoder(fail_after=3, failure=failure))
    assert not (tmp_path / "index" / STORE_NAME).exists()
    build_index([SEEDS], tmp_path / "index", FakeEncoder())
    assert held(tmp_path / "index") == [SEED_NAME]


def killed_build(sources: Path, directory: Path, dies: str, fingerprint: str = "") -> None:
    """Builds in a process of its own that ends itself, unasked, when `dies` is true of its progress."""
    program = textwrap.dedent(f"""
        import os, sys
        from pathlib import Path
        from indexer import intake
        from indexer.build import build_index
        from tests.fake_encoder import FakeEncoder

        intake._COMMIT_EVERY = 0.0

        def die(progress):
            if {dies}:
                os._exit(9)

        encoder = FakeEncoder(fingerprint={fingerprint!r}) if {fingerprint!r} else FakeEncoder()
        build_index([Path(sys.argv[1])], Path(sys.argv[2]), encoder, die)
    """)
    arguments = [sys.executable, "-c", program, str(sources), str(directory)]
    ended = subprocess.run(arguments, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert ended.returncode == 9


def test_a_build_that_is_killed_leaves_the_old_index_answering(index_directory: Path, tmp_path: Path) -> None:
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。" * 60)
    killed_build(tmp_path / "in", index_directory, "True")
    assert held(index_directory) == [SEED_NAME]
    build_index([tmp_path / "in"], index_directory, FakeEncoder())
    assert held(index_directory) == ["甲"]


@pytest.mark.parametrize("fingerprint", ["", pytest.param("another", marks=pytest.mark.slow)])
def test_a_killed_build_goes_on_where_it_was(index_directory: Path, tmp_path: Path, fingerprint: str) -> None:
    """In the index itself, and beside one of another model."""
    for number in range(6):
        write_report(tmp_path / "in", f"报告{number}", f"今年新增就业{number}万人，发展态势良好。" * 600)
    killed_build(
        tmp_path / "in", index_directory, "progress.file == 4 and progress.done % 1000 > 0", fingerprint
    )
    if fingerprint:
        assert held(index_directory) == [SEED_NAME]
        encoder = FakeEncoder(fingerprint=fingerprint)
    else:
        assert held(index_directory)[:3] == [SEED_NAME, "报告0", "报告1"]
        encoder = FakeEncoder()
    whole = FakeEncoder()
    build_index([tmp_path / "in"], tmp_path / "undisturbed", whole)
    result = build_index([tmp_path / "in"], index_directory, encoder)
    assert result.finished and result.documents == 6
    heads = {text.head for text in encoder.passages}
    assert not heads & {"报告0", "报告1"} and "报告5" in heads
    assert len(encoder.passages) < len(whole.passages)
    assert contents(index_directory) == contents(tmp_path / "undisturbed")
    assert verify_index(index_directory) == ()
    assert not [name for name in files_in(index_directory) if name.startswith(".")]


def contents(directory: Path) -> list[tuple[Report, list[PackedPassage]]]:
    """The reports of an index and their vectors, without what differs from store to store."""
    with open_store(directory) as store:
        return [
            (report, [found.packed for found in store.passages_of(entry.id)])
            for report, entry in zip(store.reports(), store.entries(), strict=True)
        ]


class EncoderInStep(FakeEncoder):
    """Begins with a report of `报告0`, `报告1`, … when those before it are finished, whoever of the two is the slower."""

    def __init__(self) -> None:
        super().__init__()
        self._finished = 0
        self._changed = threading.Condition()

    @property
    def parallel(self) -> int:
        return 1

    def is_finished(self, reports: int) -> None:
        with self._changed:
            self._finished = reports
            self._changed.notify_all()

    def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        number = re.search(r"新增就业(\d)万人", passages[0].text)
        assert number is not None
        with self._changed:
            assert self._changed.wait_for(lambda: self._finished >= int(number[1]), timeout=60)
        return super().encode_passages(passages)


@pytest.mark.parametrize("stopped_after", [0, 1, 3])
def test_a_stopped_build_keeps_what_is_done_and_removes_nothing(
    index_directory: Path, tmp_path: Path, stopped_after: int
) -> None:
    for number in range(6):
        write_report(tmp_path / "in", f"报告{number}", f"今年新增就业{number}万人，发展态势良好。" * 300)
    finished, encoder = 0, EncoderInStep()

    def told(progress: BuildProgress) -> None:
        nonlocal finished
        finished = progress.done // 1000
        encoder.is_finished(finished)

    result = build_index([tmp_path / "in"], index_directory, encoder, told, lambda: finished >= stopped_after)
    assert not result.finished
    names = held(index_directory)
    assert names[0] == SEED_NAME and names[1:] == [f"报告{n}" for n in range(len(names) - 1)]
    assert result.documents == len(names)
    # Of the report in hand no call of the model is begun any more: it is in only where none was left to begin.
    assert len(names) - 1 in ((stopped_after, stopped_after + 1) if stopped_after else (0,))
    assert verify_index(index_directory) == ()
    assert build_index([tmp_path / "in"], index_directory, FakeEncoder()).finished
    assert held(index_directory) == [f"报告{n}" for n in range(6)]


def test_a_build_that_is_stopped_at_once_makes_nothing(tmp_path: Path) -> None:
    result = build_index([SEEDS], tmp_path / "index", FakeEncoder(), cancelled=lambda: True)
    assert (result.documents, result.finished) == (0, False)
    assert not (tmp_path / "index" / STORE_NAME).exists()


def test_what_was_begun_with_a_model_that_nobody_uses_any_more_is_forgotten(
    index_directory: Path, tmp_path: Path
) -> None:
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。" * 60)
    build_index([tmp_path / "in", SEEDS], index_directory, FakeEncoder(fingerprint="b"), cancelled=_second())
    assert held(index_directory) == [SEED_NAME]
    assert (index_directory / ".building").is_dir()
    third = FakeEncoder(fingerprint="c")
    build_index([tmp_path / "in"], index_directory, third)
    assert [entry.name for entry in open_index(index_directory, third.identity).reports] == ["甲"]
    build_index([tmp_path / "in", SEEDS], index_directory, FakeEncoder(fingerprint="b"), cancelled=_second())
    build_index([tmp_path / "in"], index_directory, third)
    assert not (index_directory / ".building").exists()


def _second() -> Callable[[], bool]:
    """False when it is asked first, then true."""
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 1

    return cancelled


def test_a_new_index_beside_that_is_damaged_is_begun_anew(index_directory: Path, tmp_path: Path) -> None:
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。")
    (index_directory / ".building").mkdir()
    (index_directory / ".building" / STORE_NAME).write_bytes(b"SQLite format 3\x00" + b"\xff" * 2000)
    other = FakeEncoder(fingerprint="another")
    build_index([tmp_path / "in"], index_directory, other)
    assert [entry.name for entry in open_index(index_directory, other.identity).reports] == ["甲"]


def test_a_kill_while_a_new_index_takes_its_place_is_made_good(
    index_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words are moved already, its store is not."""
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。")
    other = FakeEncoder(fingerprint="another")

    def replace(self: Path, target: Path) -> Path:
        if self.name == STORE_NAME:
            raise SystemExit
        self.rename(target)
        return target

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        with pytest.raises(SystemExit):
            build_index([tmp_path / "in"], index_directory, other)
    assert held(index_directory) == [SEED_NAME]
    build_index([tmp_path / "in"], index_directory, other)
    assert [entry.name for entry in open_index(index_directory, other.identity).reports] == ["甲"]
    assert verify_index(index_directory) == ()


@pytest.mark.parametrize("sources", [["nowhere"], ["empty"], ["bad.txt"]])
def test_sources_that_cannot_be_read_leave_the_old_index(
    index_directory: Path, tmp_path: Path, sources: list[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.txt").write_bytes(b"\x00")
    with pytest.raises(SourceError):
        build_index([tmp_path / name for name in sources], index_directory, FakeEncoder())
    assert held(index_directory) == [SEED_NAME]


def test_another_programs_database_is_refused_and_untouched(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / STORE_NAME)) as connection:
        connection.execute("CREATE TABLE mine (x)")
        connection.commit()
    before = (tmp_path / STORE_NAME).read_bytes()
    with pytest.raises(IndexFault, match="--index"):
        build_index([SEEDS], tmp_path, FakeEncoder())
    assert (tmp_path / STORE_NAME).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [STORE_NAME]


def test_other_files_in_the_directory_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    build_index([SEEDS], tmp_path, FakeEncoder())
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("below", ["", "index"])
def test_a_file_in_the_place_of_the_index_is_refused_and_untouched(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(IndexFault, match="--index"):
        build_index([SEEDS], file / below, FakeEncoder())
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA user_version = 99",
        "DELETE FROM settings",
        "UPDATE settings SET value = '\"x\"' WHERE key = 'generation'",
        "DROP TABLE settings",
        "DROP TABLE passages",
        "DROP TABLE part_vectors",
        "UPDATE documents SET text = x'00ff'",
        "UPDATE documents SET text = text || '。'",
        "UPDATE documents SET metadata = '[]'",
        "UPDATE documents SET passages = 'x'",
        "UPDATE passages SET role = 'x'",
        "UPDATE passages SET start = start + 1 WHERE number = 9",
        "DELETE FROM sections",
    ],
)
def test_a_damaged_or_older_index_of_ours_is_replaced(index_directory: Path, statement: str) -> None:
    alter(index_directory, statement)
    build_index([SEEDS], index_directory, FakeEncoder())
    assert held(index_directory) == [SEED_NAME]
    assert verify_index(index_directory) == ()


@pytest.mark.parametrize("size", [0, 20_000, 60_000, 120_000])
def test_a_full_disk_is_told_and_leaves_the_old_index(index_directory: Path, size: int) -> None:
    before = ours(index_directory)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        with pytest.raises(IndexFault, match="--index"):
            build_index([SEEDS], index_directory, FakeEncoder(fingerprint="another"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert held(index_directory) == [SEED_NAME]
    assert ours(index_directory) == before
    build_index([SEEDS], index_directory, FakeEncoder(fingerprint="another"))
    assert verify_index(index_directory) == ()


def test_a_fault_of_the_model_is_not_blamed_on_the_directory(tmp_path: Path) -> None:
    encoder = FakeEncoder(fail_after=0, failure=OSError("libtorch.so cannot be read"))
    with pytest.raises(Exception, match="libtorch") as caught:
        build_index([SEEDS], tmp_path / "index", encoder)
    assert "--index" not in str(caught.value)


@pytest.mark.parametrize("text", ["好。", "12345", "【上接第3版】", "一、"])
def test_a_report_in_which_nothing_can_be_found_is_indexed_all_the_same(tmp_path: Path, text: str) -> None:
    result = build_index([write_report(tmp_path, "甲", text)], tmp_path / "index", FakeEncoder())
    assert result.documents == 1
    index = open_index(tmp_path / "index", FakeEncoder().identity)
    assert index.nearest(FakeEncoder().encode_queries(["什么"])[0], 5) == []
    assert verify_index(tmp_path / "index") == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passage_vectors SET vector = (SELECT vector FROM passage_vectors WHERE passage = 6) WHERE passage = 5",
        "UPDATE passage_vectors SET vector = x'0030" + "7f" * 64 + "' WHERE passage = 5",
        "UPDATE part_vectors SET vectors = zeroblob(length(vectors)) WHERE passage = 5",
        "UPDATE part_vectors SET bounds = (SELECT bounds FROM part_vectors WHERE passage = 6) WHERE passage = 5",
        "UPDATE passage_vectors SET vector = x'00' WHERE passage = 5",
        "UPDATE passage_vectors SET seal = zeroblob(8) WHERE passage = 5",
        "DELETE FROM passage_vectors WHERE passage = 5",
        "DELETE FROM part_vectors WHERE passage = 5",
    ],
)
def test_building_again_mends_vectors_that_were_damaged(index_directory: Path, statement: str) -> None:
    """It is what the program tells a user to do whose index is damaged."""
    sound = contents(index_directory)
    alter(index_directory, statement)
    with suppress(IndexFault):
        assert verify_index(index_directory) != ()
    encoder = FakeEncoder()
    build_index([SEEDS], index_directory, encoder)
    assert contents(index_directory) == sound
    assert len(encoder.passages) == 1, "what is sound is not embedded again"
    assert verify_index(index_directory) == ()


def test_an_index_can_be_moved(index_directory: Path, tmp_path: Path) -> None:
    moved = index_directory.rename(tmp_path / "别处")
    assert held(moved) == [SEED_NAME]
    assert verify_index(moved) == ()
