"""An index on servers answers as a local one, to every process and machine, while others change it."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import indexer.store.milvus_vectors
from answers.service import CurrentAnswerer, Service, Stage
from indexer.build import build_index
from indexer.errors import IndexFault, ModelMismatch
from indexer.library import add_reports, correct_metadata, repair_index
from indexer.location import index_path
from indexer.outcomes import Outcome
from indexer.proof.verify import source_notices, verify_index
from indexer.store import postgres
from indexer.store.database import change_store, has_store, open_store
from indexer.store.servers import servers_of
from tests.conftest import SEED_NAME, SEEDS
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from tests.servers.shared_index import (
    alter,
    begun,
    collection_of,
    ended,
    found,
    opened,
    settled,
    small_reports,
)
from wenbao import Library

pytestmark = pytest.mark.servers

QUESTIONS = ("今年新建多少个充电桩？", "投资多少亿元？", "发放补贴多少万元？")
ADDS = """
    import sys
    from pathlib import Path
    from indexer.library import add_reports
    from indexer.location import index_path
    from tests.fake_encoder import FakeEncoder
    address, *paths = sys.argv[1:]
    for path in paths:
        add_reports(path, index_path(address), FakeEncoder())
"""
REMOVES = """
    import sys
    from indexer.library import remove_reports
    from indexer.location import index_path
    remove_reports(sys.argv[2], index_path(sys.argv[1]))
"""


def test_it_answers_as_a_local_index_does(tmp_path: Path, shared: Path, encoder: FakeEncoder) -> None:
    sources = [SEEDS, *small_reports(tmp_path / "in", 12)]
    local = tmp_path / "local"
    results = [build_index(sources, directory, encoder) for directory in (local, shared)]
    assert results[0] == results[1]
    one, fresh = opened(local), opened(shared)
    settled(shared)
    other = opened(shared)
    names = [entry.name for entry in one.reports]
    for question in QUESTIONS:
        for documents in ((), names[:1], names[2:5], names):
            expected = found(one, question, 20, *documents)
            assert len(expected) == 20 or documents == names[2:5]
            assert {name for name, _ in expected} <= set(documents or names)
            # Compared from the store while they are new, then found by Milvus.
            assert found(fresh, question, 20, *documents) == expected
            assert found(other, question, 20, *documents) == expected
        assert other.worded(question, 5) == one.worded(question, 5)
    expected = found(other, QUESTIONS[0], 10)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: found(other, QUESTIONS[0], 10), range(40))) == [expected] * 40
    assert verify_index(shared) == ()
    assert source_notices(shared) == ()


def test_a_report_that_is_removed_or_added_elsewhere_counts_at_once(
    tmp_path: Path, address: str, shared: Path, encoder: FakeEncoder
) -> None:
    first, second, third = small_reports(tmp_path / "in", 3)
    build_index([first, second], shared, encoder)
    settled(shared)
    current = CurrentAnswerer(shared, encoder)
    reply = current.answerer().ask("今年新建养老服务多少个？")
    assert reply.answer is not None and reply.answer.place.document == second.stem
    ended(begun(REMOVES, address, second.stem, cache=tmp_path / "other machine"))
    left = current.answerer()
    assert [entry.name for entry in left.index.reports] == [first.stem]
    assert all(p.place.document == first.stem for p in left.ask("今年新建养老服务多少个？").passages)
    assert found(left.index, "今年新建养老服务多少个？", 9)
    assert left.index.worded("养老服务", 9) == []
    ended(begun(ADDS, address, third, cache=tmp_path / "other machine"))
    reply = current.answerer().ask("今年新建水库多少个？")
    assert reply.answer is not None and reply.answer.place.document == third.stem
    words = current.answerer().index.lexical.documents()
    assert words == {entry.id for entry in current.answerer().index.reports}
    assert verify_index(shared) == ()


def test_two_processes_that_index_at_once_lose_nothing(
    tmp_path: Path, address: str, shared: Path, encoder: FakeEncoder
) -> None:
    halves = [small_reports(tmp_path / mark, 8, mark) for mark in ("甲", "乙")]
    both = [begun(ADDS, address, *paths, cache=tmp_path / f"machine of {paths[0].stem}") for paths in halves]
    for process in both:
        ended(process)
    names = {path.stem for half in halves for path in half}
    with open_store(shared) as store:
        entries = list(store.entries())
    assert {entry.name for entry in entries} == names
    taken = [range(entry.first, entry.first + entry.passages) for entry in entries]
    assert len({number for some in taken for number in some}) == sum(map(len, taken))
    assert verify_index(shared) == ()
    assert {name for name, _ in found(opened(shared), "投资多少亿元？", 200)} == names


def test_a_process_that_is_killed_before_the_commit_leaves_the_index_as_it_was(
    tmp_path: Path, address: str, shared: Path, encoder: FakeEncoder
) -> None:
    first, second, third = small_reports(tmp_path / "in", 3)
    add_reports(first, shared, encoder)
    killed = ADDS.replace(
        "address, *paths",
        "import os, signal; from indexer.store import writing\n"
        "    finish = writing.SharedDerived.finish\n"
        "    writing.SharedDerived.finish = lambda self, s: (finish(self, s), os.kill(os.getpid(), 9))\n"
        "    address, *paths",
    )
    ended(begun(killed, address, second, cache=tmp_path / "other machine"), -9)
    with open_store(shared) as store:
        last = store.last_vector()
        assert store.names() == [first.stem]
    left_behind = collection_of(shared).rows(last + 1, last + 1000)
    assert left_behind
    assert {name for name, _ in found(opened(shared), "养老服务", 50)} == {first.stem}
    # The lock went with the process, and what comes next takes other numbers.
    add_reports(third, shared, encoder)
    with open_store(shared) as store:
        assert store.entries() and {e.first for e in store.entries()}.isdisjoint(r.id for r in left_behind)
    assert verify_index(shared) == ()
    settled(shared)
    assert {name for name, _ in found(opened(shared), "养老服务", 50)} == {first.stem, third.stem}
    repair_index(shared, encoder)
    assert collection_of(shared).rows(last + 1, left_behind[-1].id + 1) == []
    assert verify_index(shared) == ()


def test_what_a_killed_process_left_after_the_last_passage_is_removed_by_repair(
    tmp_path: Path, shared: Path, encoder: FakeEncoder
) -> None:
    add_reports(small_reports(tmp_path / "in", 1), shared, encoder)
    collection = collection_of(shared)
    (row, *_) = collection.rows(1, 2)
    collection.write([type(row)(900, 900, row.vector)])
    repair_index(shared, encoder)
    assert collection.rows(2, 1000) and all(row.id < 900 for row in collection.rows(1, 1000))


def test_vectors_that_vanished_or_changed_in_milvus_are_found_and_written_again(
    tmp_path: Path, shared: Path, encoder: FakeEncoder
) -> None:
    build_index([SEEDS, *small_reports(tmp_path / "in", 2)], shared, encoder)
    collection = collection_of(shared)
    before = collection.rows(1, 1000)
    collection.remove(before[3].id, before[6].id)
    collection.write([type(before[0])(before[0].id, before[0].report, -before[0].vector)])
    (problem,) = verify_index(shared)
    assert "4 passages" in problem.en
    repair_index(shared, encoder)
    assert verify_index(shared) == ()
    collection.drop()
    (problem,) = verify_index(shared)
    assert "has no collection" in problem.en and "repair" in problem.en
    repair_index(shared, encoder)
    assert verify_index(shared) == ()
    assert len(collection.rows(1, 1000)) == len(before)


def test_rows_that_were_altered_in_postgresql_are_found_and_embedded_again(
    tmp_path: Path, shared: Path, encoder: FakeEncoder
) -> None:
    first, second = small_reports(tmp_path / "in", 2)
    build_index([first, second], shared, encoder)
    alter(shared, "UPDATE part_vectors SET vectors = vectors || ''::bytea, bounds = overlay(bounds placing '\\x01'::bytea from 1) WHERE passage = 1")  # fmt: skip
    alter(shared, "UPDATE passage_vectors SET seal = '\\x0000000000000000' WHERE passage = 1")
    assert {problem.document for problem in verify_index(shared)} == {first.stem}
    counted = FakeEncoder()
    repair_index(shared, counted)
    assert len(counted.passages) == 1
    assert verify_index(shared) == ()
    alter(shared, "UPDATE documents SET text = 'x' || text WHERE name = ?", second.stem)
    second.unlink()
    (notice,) = repair_index(shared, encoder)
    assert notice.document == second.stem and "移出索引" in notice.zh
    assert verify_index(shared) == ()


def test_an_index_without_seals_is_sealed_when_it_is_opened(
    tmp_path: Path, shared: Path, encoder: FakeEncoder
) -> None:
    (report,) = small_reports(tmp_path / "in", 1)
    build_index([report], shared, encoder)
    servers = servers_of(shared)
    assert servers is not None
    alter(shared, "DROP TABLE seals")
    alter(shared, "DROP TABLE index_seals")
    alter(shared, f"COMMENT ON SCHEMA \"{servers.schema}\" IS 'wenbao 3'")
    assert verify_index(shared) == ()
    alter(shared, "UPDATE documents SET source = 'x'")
    assert {problem.document for problem in verify_index(shared)} == {report.stem}


def test_a_collection_of_another_form_is_refused_and_named(
    tmp_path: Path, shared: Path, encoder: FakeEncoder
) -> None:
    add_reports(small_reports(tmp_path / "in", 1), shared, encoder)
    collection = collection_of(shared)
    collection.drop()
    collection.dimension = 32
    collection.make()
    with pytest.raises(IndexFault, match=collection.name):
        verify_index(shared)
    with pytest.raises(IndexFault, match=collection.name):
        repair_index(shared, encoder)


def test_another_model_is_refused_and_may_build_a_new_index_in_its_place(
    tmp_path: Path, new_machine: Callable[[], None], address: str, shared: Path, encoder: FakeEncoder
) -> None:
    paths = small_reports(tmp_path / "in", 3)
    build_index(paths, shared, encoder)
    old = collection_of(shared)
    opened(shared)
    other = FakeEncoder(32, "another", "fa4e000000000002")
    with pytest.raises(ModelMismatch, match="another"):
        add_reports(paths, shared, other)
    new_machine()
    elsewhere = index_path(address)
    stopped = iter([False, False, True])
    result = build_index(paths, elsewhere, other, cancelled=lambda: next(stopped, True))
    assert not result.finished
    with open_store(shared) as store:
        assert store.settings().encoder == encoder.identity
    build_index(paths[:2], elsewhere, other)
    with open_store(shared) as store:
        assert store.settings().encoder == other.identity
        assert store.names() == [path.stem for path in paths[:2]]
    assert verify_index(elsewhere) == verify_index(shared) == ()
    assert [f.name for f in shared.glob("words-*")] == [f.name for f in elsewhere.glob("words-*")]
    with pytest.raises(IndexFault, match=old.name):
        old.check()
    repair_index(shared, encoder)
    assert opened(shared).settings.encoder == encoder.identity
    assert verify_index(shared) == ()


def test_a_build_removes_what_is_not_among_its_sources(
    tmp_path: Path, shared: Path, encoder: FakeEncoder
) -> None:
    paths = small_reports(tmp_path / "in", 3)
    build_index(paths, shared, encoder)
    counted = FakeEncoder()
    build_index(paths[1:], shared, counted)
    assert counted.passages == []
    assert [entry.name for entry in opened(shared).reports] == [path.stem for path in paths[1:]]
    changed = write_report(tmp_path / "in", paths[1].stem, "(一)做好气象工作。新建气象站77个。")
    (result,) = add_reports(changed, shared, encoder, replacing=True)
    assert result.outcome is Outcome.REPLACED
    assert "77" in opened(shared).report(changed.stem).text
    assert verify_index(shared) == ()


def test_a_correction_is_seen_by_another_machine(
    tmp_path: Path, new_machine: Callable[[], None], address: str, shared: Path, encoder: FakeEncoder
) -> None:
    (path,) = small_reports(tmp_path / "in", 1)
    add_reports(path, shared, encoder)
    correct_metadata(
        path.stem, shared, encoder, {"title": "某县政府工作报告", "year": 2019, "region": "江西省"}
    )
    new_machine()
    (entry,) = opened(index_path(address)).reports
    assert (entry.title, entry.year, entry.region) == ("某县政府工作报告", 2019, "江西省")
    assert verify_index(shared) == ()


def test_the_oldest_of_very_many_new_passages_are_left_to_milvus(
    tmp_path: Path, shared: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(small_reports(tmp_path / "in", 8), shared, encoder)
    whole = found(opened(shared), "投资多少亿元？", 10)
    monkeypatch.setattr(indexer.store.milvus_vectors, "MOST_RECENT", 3)
    index, until = opened(shared), time.monotonic() + 15
    while found(index, "投资多少亿元？", 10) != whole:
        assert time.monotonic() < until  # seconds after they were written


def test_a_writer_waits_for_another_and_gives_up_in_words(
    tmp_path: Path, shared: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = small_reports(tmp_path / "in", 2)
    add_reports(paths[0], shared, encoder)
    monkeypatch.setattr(postgres, "_PATIENCE", 0.2)
    with change_store(shared) as store:
        with pytest.raises(IndexFault, match=r"0\.2"):
            add_reports(paths[1], shared, encoder)
        # Readers are not held up, and see nothing of it.
        store.remove(paths[0].stem)
        assert len(opened(shared).reports) == 1
    assert opened(shared).reports == ()


def test_other_peoples_schemas_and_versions_are_left_alone(shared: Path, encoder: FakeEncoder) -> None:
    servers = servers_of(shared)
    assert servers is not None
    assert not has_store(shared)
    with pytest.raises(IndexFault, match=str(servers.milvus)):
        opened(shared)
    with postgres.changing(servers.schema) as connection:
        connection.execute(f'CREATE SCHEMA "{servers.schema}"')
    with pytest.raises(IndexFault, match=servers.schema) as raised:
        build_index([SEEDS], shared, encoder)
    assert raised.value.foreign
    with postgres.changing(servers.schema) as connection:
        connection.execute(f"COMMENT ON SCHEMA \"{servers.schema}\" IS 'wenbao 2'")
    with pytest.raises(IndexFault, match="wenbao 2"):
        add_reports(SEEDS, shared, encoder)


def test_the_library_opens_an_address(address: str, encoder: FakeEncoder) -> None:
    library = Library.open(address, encoder=encoder)
    assert library.reports == []
    library.add(SEEDS)
    assert [report.name for report in library.reports] == [SEED_NAME]
    assert library.ask("今年新建多少个充电桩？").passages
    assert library.verify() == []


def test_the_app_makes_the_index_of_the_examples_on_the_servers(shared: Path, encoder: FakeEncoder) -> None:
    service = Service(shared, SEEDS, lambda: encoder)
    service.start()
    service.wait(60)
    assert service.status.stage is Stage.READY
    answerer = service.answerer()
    assert answerer is not None and answerer.ask("今年新建多少个充电桩？").passages
