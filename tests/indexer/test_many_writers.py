"""Several people work on one library at once: nothing that somebody was told is done is undone by another."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import faiss
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from embeddings import PassageText, PassageVectors
from indexer.build import build_index
from indexer.errors import ChangedIndex, IndexFault
from indexer.index import open_index
from indexer.library import add_reports, correct_metadata, remove_reports, renew_index, repair_index
from indexer.outcomes import Outcome
from indexer.proof.verify import verify_index
from indexer.report.records import Metadata
from indexer.store import locking, vectors, writing
from indexer.store.database import STORE_NAME, open_store
from indexer.store.locking import changing_alone, remaking_alone
from indexer.store.writing import refresh_vectors
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, files_in, write_report

Meanwhile = Callable[[], object]
OTHER = "0the0000000000000"  # weights of another model


class Interrupted(FakeEncoder):
    """Does something else once, in the middle of its work: what another person does while the model runs."""

    def __init__(self, meanwhile: Meanwhile, fingerprint: str = FakeEncoder().identity.fingerprint) -> None:
        super().__init__(fingerprint=fingerprint)
        self._meanwhile: Meanwhile | None = meanwhile

    def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        if self._meanwhile is not None:
            meanwhile, self._meanwhile = self._meanwhile, None
            # In another thread, as in the app: this one may hold a lock that it could take twice.
            with ThreadPoolExecutor(1) as pool:
                pool.submit(meanwhile).result(60)
        return super().encode_passages(passages)


def told(directory: Path) -> dict[str, tuple[str, Metadata]]:
    """The text and what is known of each report."""
    with open_store(directory) as store:
        return {found.name: (found.text, found.metadata) for found in store.reports()}


def text_of(number: int) -> str:
    return f"（一）扩大就业。新增就业{number}万人，发展态势良好。新建学校{number}所。"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """An index of three reports, 甲, 乙 and 丙, of files beside it."""
    for number, name in enumerate("甲乙丙", start=1):
        write_report(tmp_path / "in", name, text_of(number))
    build_index(tmp_path / "in", tmp_path / "index", FakeEncoder())
    return tmp_path / "index"


def unseal(directory: Path) -> None:
    """Make vectors untrue, so that a repair embeds them again."""
    alter(directory, "UPDATE passage_vectors SET seal = x'00'")


def retitle(directory: Path, encoder: FakeEncoder) -> None:
    """A correction that embeds."""
    correct_metadata("甲", directory, encoder, {"year": 2001})


def test_a_report_removed_while_it_is_corrected_stays_removed(library: Path) -> None:
    with pytest.raises(IndexFault, match="没有报告"):
        retitle(library, Interrupted(lambda: remove_reports("甲", library)))
    assert set(told(library)) == {"乙", "丙"}
    assert verify_index(library) == ()


def test_two_corrections_at_once_are_both_kept(library: Path) -> None:
    retitle(
        library, Interrupted(lambda: correct_metadata("甲", library, FakeEncoder(), {"speaker": "市长 某某"}))
    )
    _, metadata = told(library)["甲"]
    assert (metadata.year, metadata.speaker) == (2001, "市长 某某")


@pytest.mark.parametrize("fingerprint", [FakeEncoder().identity.fingerprint, OTHER])
def test_a_repair_keeps_what_others_do_meanwhile(library: Path, tmp_path: Path, fingerprint: str) -> None:
    unseal(library)
    new = write_report(tmp_path, "丁", text_of(4))

    def others() -> None:
        add_reports(new, library, FakeEncoder())
        remove_reports("乙", library)
        correct_metadata("丙", library, FakeEncoder(), {"region": "浙江省宁波市"})

    repair_index(library, Interrupted(others, fingerprint))
    now = told(library)
    assert set(now) == {"甲", "丙", "丁"}
    assert now["丙"][1].region == "浙江省宁波市"
    assert verify_index(library) == ()
    with open_store(library) as store:
        assert store.settings().fingerprint == fingerprint


@pytest.mark.parametrize("fingerprint", [FakeEncoder().identity.fingerprint, OTHER])
def test_a_build_keeps_what_others_add_and_correct_meanwhile(
    library: Path, tmp_path: Path, fingerprint: str
) -> None:
    new, more = write_report(tmp_path, "丁", text_of(4)), write_report(tmp_path / "in", "戊", text_of(5))

    def others() -> None:
        add_reports(new, library, FakeEncoder())
        correct_metadata("丙", library, FakeEncoder(), {"region": "浙江省宁波市"})

    (tmp_path / "in" / "乙.txt").unlink()
    result = build_index(tmp_path / "in", library, Interrupted(others, fingerprint))
    now = told(library)
    assert more.stem in now and set(now) == {"甲", "丙", "丁", "戊"}
    assert now["丙"][1].region == "浙江省宁波市"
    assert result.finished
    assert verify_index(library) == ()


def test_a_build_again_keeps_what_people_corrected(library: Path, tmp_path: Path) -> None:
    correct_metadata("丙", library, FakeEncoder(), {"region": "浙江省宁波市", "year": 2011})
    for encoder in (FakeEncoder(), FakeEncoder(fingerprint=OTHER)):
        build_index(tmp_path / "in", library, encoder)
        _, metadata = told(library)["丙"]
        assert (metadata.region, metadata.year) == ("浙江省宁波市", 2011)
        assert verify_index(library) == ()


def test_of_two_who_add_one_name_from_two_folders_both_are_taken(library: Path, tmp_path: Path) -> None:
    mine, yours = (
        write_report(tmp_path / "a", "丁", text_of(4)),
        write_report(tmp_path / "b", "丁", text_of(5)),
    )
    outcomes: list[Outcome] = []

    def other() -> None:
        outcomes.extend(result.outcome for result in add_reports(yours, library, FakeEncoder()))

    found = add_reports(mine, library, Interrupted(other))
    assert outcomes == [Outcome.ADDED]
    assert [(result.document, result.outcome) for result in found] == [("a／丁", Outcome.ADDED)]
    assert (told(library)["丁"][0], told(library)["a／丁"][0]) == (text_of(5), text_of(4))


def test_of_two_who_add_one_text_one_is_told_that_it_is_there(library: Path, tmp_path: Path) -> None:
    mine, yours = (
        write_report(tmp_path / "a", "丁", text_of(4)),
        write_report(tmp_path / "b", "戊", text_of(4)),
    )
    last = write_report(tmp_path / "a", "己", text_of(6))
    found = add_reports(
        [mine, last], library, Interrupted(lambda: add_reports(yours, library, FakeEncoder()))
    )
    assert [(result.document, result.outcome) for result in found] == [
        ("戊", Outcome.UNCHANGED), ("己", Outcome.ADDED),
    ]  # fmt: skip
    assert set(told(library)) == {"甲", "乙", "丙", "戊", "己"}


def test_reports_that_are_embedded_anew_stay_as_others_make_them(library: Path) -> None:
    alter(library, "UPDATE documents SET embedded = 'former'")
    unseal(library)

    def others() -> None:
        remove_reports("甲", library)
        correct_metadata("乙", library, FakeEncoder(), {"speaker": "市长 某某"})

    renew_index(library, Interrupted(others))
    now = told(library)
    assert set(now) == {"乙", "丙"}
    assert now["乙"][1].speaker == "市长 某某"
    assert verify_index(library) == ()


def test_many_who_repair_and_found_at_once_leave_one_sound_index(tmp_path: Path) -> None:
    files = [write_report(tmp_path / "in", f"报告{n}", text_of(n)) for n in range(8)]
    directory = tmp_path / "index"

    def work(number: int) -> None:
        add_reports(files[number], directory, FakeEncoder())
        repair_index(directory, FakeEncoder())

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert set(told(directory)) == {path.stem for path in files}
    assert verify_index(directory) == ()
    assert not [name for name in files_in(directory) if name.startswith(".")]


def test_a_journal_of_the_old_store_is_not_rolled_back_into_the_new(library: Path) -> None:
    program = """
        import os, sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE documents SET text = text || hex(randomblob(200000))")
        os._exit(1)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program), library / STORE_NAME], check=False)
    assert (library / f"{STORE_NAME}-journal").stat().st_size > 0
    before = {"甲", "乙", "丙"}
    repair_index(library, FakeEncoder(fingerprint=OTHER))
    assert set(told(library)) == before
    assert verify_index(library) == ()


def test_who_reads_an_index_that_is_replaced_is_told_and_reads_nothing_else(library: Path) -> None:
    encoder = FakeEncoder()
    index = open_index(library, encoder.identity)
    query = encoder.encode_queries(["新增就业"])[0]
    near = index.nearest(query, 3)
    repair_index(library, FakeEncoder(fingerprint=OTHER))
    with pytest.raises(ChangedIndex):
        index.scored(query, near)
    with pytest.raises(ChangedIndex):
        index.scored_report(query, "甲")
    with pytest.raises(ChangedIndex):
        index.report("乙")


def test_the_vectors_of_a_replaced_store_are_not_taken_for_those_of_the_new(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    derive = vectors.derive_filed

    def derived(*arguments: Any) -> faiss.Index:
        monkeypatch.setattr(writing, "derive_filed", derive)
        remove_reports("甲", library)
        repair_index(library, FakeEncoder(fingerprint=OTHER))
        return derive(*arguments)

    monkeypatch.setattr(writing, "derive_filed", derived)
    refresh_vectors(library, always=True)
    assert verify_index(library) == ()


def test_who_waits_too_long_is_told_who_writes(library: Path, caplog: pytest.LogCaptureFixture) -> None:
    entered, done = threading.Event(), threading.Event()

    def hold() -> None:
        with changing_alone(library), remaking_alone(library):
            entered.set()
            done.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(30)
    try:
        for alone in (changing_alone, remaking_alone):
            with pytest.raises(IndexFault, match=str(os.getpid())) as caught, alone(library, 0.2):
                pass
            assert "索引完好" in caught.value.message("zh")
        assert len(told(library)) == 3  # who reads never waits
    finally:
        done.set()
        thread.join()
    remove_reports("甲", library)


def test_who_waits_is_told_at_once_that_another_writes(
    library: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(locking, "_TOLD_AFTER", 0.05)
    entered = threading.Event()

    def hold() -> None:
        with changing_alone(library):
            entered.set()
            threading.Event().wait(0.5)

    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(30)
    remove_reports("甲", library)
    thread.join()
    assert str(os.getpid()) in caplog.text and "Waiting" in caplog.text


def test_nothing_is_written_on_a_network_file_system(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "network_file_system", lambda folder: "nfs4")
    before = (library / STORE_NAME).read_bytes()
    with pytest.raises(IndexFault, match="nfs4") as caught:
        add_reports(write_report(tmp_path, "丁", text_of(4)), library, FakeEncoder())
    assert "milvus" in caught.value.message("zh") or "服务器" in caught.value.message("zh")
    assert (library / STORE_NAME).read_bytes() == before
    assert len(told(library)) == 3


def test_a_store_that_is_held_is_busy_and_not_damaged(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.store.database._PATIENCE", 0.1)
    with closing(sqlite3.connect(library / STORE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for work in (lambda: told(library), lambda: remove_reports("甲", library)):
            with pytest.raises(IndexFault, match="正由另一个程序使用") as caught:
                work()
            assert "build" not in caught.value.message("en")


NAMES = st.sampled_from([f"报告{n}" for n in range(5)])
NUMBERS = st.integers(1, 6)
Step = tuple[str, str, int]
STEPS = st.tuples(
    st.sampled_from(["add", "replace", "remove", "correct", "repair", "build", "renew", "refresh"]),
    NAMES,
    NUMBERS,
)


class Writers(RuleBasedStateMachine):
    """One writer does something, and while its model runs another begins and ends something else.

    `expected` is the text and the corrected year of every report after both, as far as people were told.
    """

    def __init__(self) -> None:
        super().__init__()
        # Who repairs while another repairs has to wait, here for one that waits for him.
        self.patience = pytest.MonkeyPatch()
        self.patience.setattr(locking, "_PATIENCE", 0.05)
        self.folder = Path(tempfile.mkdtemp())
        self.directory = self.folder / "index"
        self.expected: dict[str, tuple[int, int | None]] = {}
        self._do(("add", "报告0", 1), FakeEncoder())

    def teardown(self) -> None:
        shutil.rmtree(self.folder)
        self.patience.undo()

    @rule(step=STEPS)
    def one(self, step: Step) -> None:
        """Somebody works alone."""
        self._do(step, FakeEncoder())

    @precondition(lambda self: self.expected)
    @rule(slow=STEPS, quick=STEPS)
    def two(self, slow: Step, quick: Step) -> None:
        """Somebody works, and another is quicker."""
        unseal(self.directory)  # repairing embeds
        self._do(slow, Interrupted(lambda: self._do(quick, FakeEncoder())))

    @precondition(lambda self: self.expected)
    @rule(step=STEPS)
    def stopped(self, step: Step) -> None:
        """Somebody is killed in the middle, and what he began is not done."""
        unseal(self.directory)
        before = dict(self.expected)
        with suppress(KeyboardInterrupt):
            self._do(step, FakeEncoder(fail_after=0, failure=KeyboardInterrupt()))
            return
        self.expected = before
        repair_index(self.directory, FakeEncoder())

    @rule()
    def mended(self) -> None:
        """What was made untrue is mended."""
        repair_index(self.directory, FakeEncoder())

    @invariant()
    def nothing_is_lost(self) -> None:
        """Everybody finds what he was told."""
        now = {
            name: (text, next((m.year for o in m.origins if (o.field, o.origin) == ("year", "user")), None))
            for name, (text, m) in told(self.directory).items()
        }
        assert now == {name: (text_of(n), year) for name, (n, year) in self.expected.items()}

    def _do(self, step: Step, encoder: FakeEncoder) -> None:
        kind, name, number = step
        if kind in ("add", "replace"):
            # Another text in the same file is another edition of that report; in another folder it is another report.
            path = write_report(self.folder / f"in{number % 2}", name, text_of(number))
            (result,) = add_reports(path, self.directory, encoder, replacing=kind == "replace")
            if result.outcome in (Outcome.ADDED, Outcome.REPLACED):
                assert result.document is not None
                self.expected[result.document] = (number, None)
        elif kind == "remove":
            with suppress(IndexFault):
                remove_reports(name, self.directory)
                del self.expected[name]
        elif kind == "correct":
            with suppress(IndexFault):
                correct_metadata(name, self.directory, encoder, {"year": 2000 + number})
                self.expected[name] = (self.expected[name][0], 2000 + number)
        elif kind == "repair":
            try:
                repair_index(self.directory, encoder)
            except IndexFault as fault:
                assert "正由另一个程序使用" in fault.message("zh")
        elif kind == "renew":
            renew_index(self.directory, encoder)
        elif kind == "refresh":
            refresh_vectors(self.directory, always=True)
        else:
            self._build(encoder)

    def _build(self, encoder: FakeEncoder) -> None:
        """A build of all that is there now, whatever others do meanwhile."""
        folder, there = Path(tempfile.mkdtemp(dir=self.folder)), dict(self.expected)
        for name, (number, _) in there.items():
            write_report(folder, name, text_of(number))
        if not there:
            return
        build_index(folder, self.directory, encoder)
        now = told(self.directory)
        for name, (number, _) in there.items():
            # Of what others removed or replaced meanwhile both are right: what they said, and what the sources say.
            if self.expected.get(name) != there[name] and name in now and now[name][0] == text_of(number):
                year = self.expected[name][1] if self.expected.get(name, (0, None))[0] == number else None
                self.expected[name] = (number, year)


Writers.TestCase.settings = settings(
    max_examples=15, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck)
)
TestWriters = Writers.TestCase
