from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faiss
import numpy as np
import pytest

from embeddings import Vectors
from indexer.errors import IndexFault
from indexer.index import open_index
from indexer.library import add_reports, remove_reports
from indexer.report.records import file_digest
from indexer.store import vectors as vectors_module
from indexer.store import writing
from indexer.store.database import open_store
from indexer.store.rows import VectorTable
from indexer.store.vectors import (
    IdRange,
    VectorIndex,
    derive_filed,
    derive_vectors,
    load_filed,
    open_vectors,
    remove_stale_vectors,
    save_filed,
    vector_file,
)
from indexer.store.writing import refresh_vectors
from tests.conftest import SEED_NAME
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, rewrite, vector_files, write_report

IDS = np.array([3, 5, 8, 13], np.int64)
VECTORS = np.eye(4, 8, dtype=np.float32)
QUERY = np.array([0.9, 0.3, 0.2, 0.1, 0, 0, 0, 0], np.float32)
NOTHING = VectorTable(np.zeros(0, np.int64), np.zeros((0, 8), np.float32))


def filed(table: VectorTable) -> faiss.Index:
    return derive_filed(lambda: [table], table.vectors.shape[1], len(table.ids))


def rows(start: int, end: int) -> VectorTable:
    return VectorTable(IDS[start:end], VECTORS[start:end])


# The same four passages: all in the file, all after it, and some here and some there.
INDEXES = {
    "filed": lambda: VectorIndex(filed(rows(0, 4)), NOTHING),
    "recent": lambda: VectorIndex(None, rows(0, 4)),
    "both": lambda: VectorIndex(filed(rows(0, 2)), rows(2, 4)),
}


@pytest.fixture(params=list(INDEXES))
def index(request: pytest.FixtureRequest) -> VectorIndex:
    made: VectorIndex = INDEXES[request.param]()
    return made


def found(index: VectorIndex, k: int, *among: IdRange) -> list[int]:
    return [hit.passage for hit in index.retrieve(QUERY, k, among)]


def test_the_nearest_come_first_with_their_cosine(index: VectorIndex) -> None:
    hits = index.retrieve(QUERY, 2)
    assert [hit.passage for hit in hits] == [3, 5]
    assert [hit.score for hit in hits] == pytest.approx([0.9, 0.3], abs=0.01)


@pytest.mark.parametrize("k", [4, 5, 100_000])
def test_asking_for_more_than_there_is_gives_what_there_is(index: VectorIndex, k: int) -> None:
    assert [hit.passage for hit in index.retrieve(QUERY, k)] == [3, 5, 8, 13]


@pytest.mark.parametrize("k", [0, -1])
def test_asking_for_none_gives_none(index: VectorIndex, k: int) -> None:
    assert index.retrieve(QUERY, k) == []


def test_only_the_passages_asked_for_are_searched(index: VectorIndex) -> None:
    assert found(index, 10, IdRange(13, 14), IdRange(4, 6)) == [5, 13]
    assert found(index, 1, IdRange(13, 14), IdRange(5, 6)) == [5]
    assert found(index, 10, IdRange(13, 14), IdRange(13, 14), IdRange(99, 200)) == [13]
    assert found(index, 10, IdRange(6, 8)) == []
    assert index.retrieve(QUERY, 10, []) == []


@pytest.mark.parametrize("shape", [(7,), (9,), (1, 8), (0,)])
def test_a_query_of_another_shape_is_refused_in_words(index: VectorIndex, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="dimension 8"):
        index.retrieve(np.zeros(shape, np.float32), 1)


def test_an_index_of_nothing_finds_nothing() -> None:
    for empty in (VectorIndex(None, NOTHING), VectorIndex(filed(NOTHING), NOTHING)):
        assert len(empty) == 0
        assert empty.retrieve(QUERY, 5) == []
        assert empty.ids().tolist() == []


def test_a_saved_index_is_named_by_its_content_and_loads_whole(tmp_path: Path) -> None:
    digest = save_filed(tmp_path, filed(rows(0, 4)))
    path = vector_file(tmp_path, digest)
    assert [path] == list(tmp_path.iterdir())
    assert file_digest(path) == digest
    loaded = load_filed(tmp_path, digest)
    assert loaded is not None
    again = VectorIndex(loaded, NOTHING)
    assert np.array_equal(again.ids(), IDS)
    assert again.retrieve(QUERY, 4) == VectorIndex(filed(rows(0, 4)), NOTHING).retrieve(QUERY, 4)


def test_the_ids_are_in_order_wherever_they_are() -> None:
    shuffled = VectorTable(IDS[::-1].copy(), VECTORS[::-1].copy())
    assert np.array_equal(VectorIndex(filed(shuffled), NOTHING).ids(), IDS)
    mixed = VectorIndex(filed(rows(2, 4)), rows(0, 2))
    assert np.array_equal(mixed.ids(), IDS)
    assert len(mixed) == 4


def clouds(count: int, dimension: int = 16) -> VectorTable:
    """Unit vectors around a few centres, as those of texts are; ids with gaps."""
    luck = np.random.default_rng(7)
    centres = luck.normal(size=(12, dimension))
    found = centres[luck.integers(12, size=count)] + 0.4 * luck.normal(size=(count, dimension))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return VectorTable(np.arange(count, dtype=np.int64) * 3 + 1, found.astype(np.float32))


def tables(table: VectorTable, size: int) -> list[VectorTable]:
    starts = range(0, len(table.ids), size)
    return [VectorTable(table.ids[s : s + size], table.vectors[s : s + size]) for s in starts]


def exactly(table: VectorTable, query: Vectors, k: int, among: list[IdRange] | None = None) -> list[int]:
    """The nearest passages by brute force."""
    kept = np.ones(len(table.ids), bool)
    if among is not None:
        kept = np.any([(table.ids >= r.first) & (table.ids < r.end) for r in among], axis=0)
    ids, scores = table.ids[kept], table.vectors[kept] @ query
    return [int(key) for key in ids[np.argsort(-scores, kind="stable")[:k]]]


def shared(one: list[int], other: list[int]) -> float:
    return len(set(one) & set(other)) / max(1, len(other))


@pytest.fixture(scope="module")
def cloud() -> VectorTable:
    return clouds(4000)


@pytest.fixture(scope="module")
def exact(cloud: VectorTable) -> VectorIndex:
    return VectorIndex(
        derive_filed(lambda: tables(cloud, 700), 16, 4000), VectorTable(cloud.ids[:0], cloud.vectors[:0])
    )


@pytest.fixture(scope="module")
def inverted(cloud: VectorTable) -> VectorIndex:
    """The same, in inverted lists, as a large index has them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(vectors_module, "EXACT", 1000)
        made = derive_filed(lambda: tables(cloud, 700), 16, 4000)
    assert isinstance(made, faiss.IndexIVF) and made.nlist == 100
    return VectorIndex(made, VectorTable(cloud.ids[:0], cloud.vectors[:0]))


FILTERS = [
    None,
    [IdRange(1, 4000)],
    [IdRange(100, 130), IdRange(7000, 7400)],
    [IdRange(11_000, 11_040)],
    [IdRange(start, start + 9) for start in range(1, 12_000, 100)],
]


@pytest.mark.parametrize("among", FILTERS)
def test_both_kinds_of_index_find_what_comparing_all_finds(
    cloud: VectorTable, exact: VectorIndex, inverted: VectorIndex, among: list[IdRange] | None
) -> None:
    recalls = []
    for query in clouds(60).vectors[40:]:
        expected = exactly(cloud, query, 20, among)
        for kind in (exact, inverted):
            hits = kind.retrieve(query, 20, among)
            assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
            assert len(hits) == len(expected)
            if among is not None:
                assert all(any(r.first <= hit.passage < r.end for r in among) for hit in hits)
            recalls.append(shared([hit.passage for hit in hits], expected))
            near, nearest = (cloud.vectors[cloud.ids == key][0] for key in (hits[0].passage, expected[0]))
            assert near @ query == pytest.approx(float(nearest @ query), abs=0.01)
    assert np.mean(recalls) > 0.95


def test_both_kinds_of_index_hold_every_passage_once(
    cloud: VectorTable, exact: VectorIndex, inverted: VectorIndex
) -> None:
    for kind in (exact, inverted):
        assert np.array_equal(kind.ids(), cloud.ids)
        assert len(kind) == len(cloud.ids)


@pytest.mark.parametrize("few", [True, False])
def test_a_file_mapped_into_memory_finds_the_same(
    cloud: VectorTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: bool
) -> None:
    monkeypatch.setattr(vectors_module, "EXACT", 1000)
    if not few:
        monkeypatch.setattr(vectors_module, "_DIGEST_UP_TO", 0)
    made = derive_filed(lambda: tables(cloud, 700), 16, 4000)
    digest = save_filed(tmp_path, made)
    loaded = load_filed(tmp_path, digest)
    assert isinstance(loaded, faiss.IndexIVF) and loaded.invlists is not None
    assert isinstance(faiss.downcast_InvertedLists(loaded.invlists), faiss.OnDiskInvertedLists) is not few
    query = cloud.vectors[17]
    one, other = VectorIndex(made, NOTHING_16), VectorIndex(loaded, NOTHING_16)
    assert np.array_equal(other.ids(), cloud.ids)
    for among in FILTERS:
        assert other.retrieve(query, 30, among) == one.retrieve(query, 30, among)
    data = bytearray(vector_file(tmp_path, digest).read_bytes())
    data[-3] ^= 0x40
    rewrite(vector_file(tmp_path, digest), bytes(data))
    assert load_filed(tmp_path, digest, proven=True) is None, "a large file is proven where that is asked for"


NOTHING_16 = VectorTable(np.zeros(0, np.int64), np.zeros((0, 16), np.float32))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-3] ^= 0x40
    rewrite(path, bytes(data))


def cut(path: Path) -> None:
    rewrite(path, path.read_bytes()[:-100])


def empty(path: Path) -> None:
    rewrite(path, b"")


@pytest.fixture
def filed_directory(index_directory: Path) -> Path:
    """An index whose passages are in a FAISS file."""
    refresh_vectors(index_directory, always=True)
    return index_directory


@pytest.mark.parametrize("damage", [flip, cut, empty, Path.unlink])
def test_a_changed_file_is_not_used_but_derived_anew_and_mended(
    filed_directory: Path, damage: Callable[[Path], None]
) -> None:
    (path,) = vector_files(filed_directory)
    query = FakeEncoder().encode_queries(["新增就业"])[0]
    with open_store(filed_directory) as store:
        sound = open_vectors(filed_directory, store)
    damage(path)
    with open_store(filed_directory) as store:
        assert open_vectors(filed_directory, store) is None
        derived = derive_vectors(store)
    assert sound is not None
    assert np.array_equal(derived.ids(), sound.ids())
    assert derived.retrieve(query, 50) == sound.retrieve(query, 50)
    opened = open_index(filed_directory, FakeEncoder().identity)
    assert opened.nearest(query, 50) == [hit.passage for hit in sound.retrieve(query, 50)]
    with open_store(filed_directory) as store:
        assert store.settings() == opened.settings
        assert load_filed(filed_directory, store.settings().vector_digest, proven=True) is not None
    assert len(vector_files(filed_directory)) == 1


def test_a_sound_file_of_other_vectors_under_our_name_is_not_used(filed_directory: Path) -> None:
    (path,) = vector_files(filed_directory)
    other = vector_file(filed_directory, save_filed(filed_directory, filed(rows(0, 4))))
    other.replace(path)
    opened = open_index(filed_directory, FakeEncoder().identity)
    assert len(opened.nearest(FakeEncoder().encode_queries(["新增就业"])[0], 5)) == 5


def test_an_index_that_cannot_be_mended_on_disk_still_answers(filed_directory: Path) -> None:
    for path in vector_files(filed_directory):
        path.unlink()
        path.mkdir()  # the file's name is taken, so it cannot be written

    opened = open_index(filed_directory, FakeEncoder().identity)
    assert len(opened.nearest(FakeEncoder().encode_queries(["新增就业"])[0], 5)) == 5


def test_stored_vectors_of_another_dimension_are_never_derived_from(filed_directory: Path) -> None:
    (path,) = vector_files(filed_directory)
    path.unlink()
    alter(filed_directory, "UPDATE passage_vectors SET vector = x'00' WHERE passage = 5")
    with open_store(filed_directory) as store, pytest.raises(IndexFault, match="dimension 64"):
        derive_vectors(store)
    with pytest.raises(IndexFault, match="dimension 64"):
        open_index(filed_directory, FakeEncoder().identity)


def test_a_sound_file_of_another_dimension_is_damage(filed_directory: Path) -> None:
    digest = save_filed(filed_directory, filed(rows(0, 4)))
    alter(filed_directory, "UPDATE settings SET value = ? WHERE key = 'vector_digest'", f'"{digest}"')
    with open_store(filed_directory) as store, pytest.raises(IndexFault, match="dimension 8"):
        open_vectors(filed_directory, store)


def nearest_reports(directory: Path, question: str, k: int) -> list[str]:
    index, query = (
        open_index(directory, FakeEncoder().identity),
        FakeEncoder().encode_queries([question])[0],
    )
    known = {one.id: one.report.name for one in index.scored(query, index.nearest(query, k))}
    return [known[key] for key in index.nearest(query, k)]


@pytest.mark.parametrize("lists", [False, True], ids=["exact", "inverted"])
def test_removed_reports_take_no_places_and_added_ones_are_found(
    filed_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lists: bool
) -> None:
    """The file is neither written anew nor trusted for them."""
    if lists:
        monkeypatch.setattr(vectors_module, "EXACT", 20)
    for name in ("甲", "乙"):
        text = f"（一）做好就业。{name}市新增就业20万人，发展态势良好。\n（二）办好教育。新建学校30所。"
        add_reports(write_report(tmp_path, name, text), filed_directory, FakeEncoder())
    refresh_vectors(filed_directory, always=True)
    before = vector_files(filed_directory)
    question = "甲市乙市新增就业20万人，发展态势良好"
    assert set(nearest_reports(filed_directory, question, 2)) == {"甲", "乙"}
    remove_reports("甲", filed_directory)
    with open_store(filed_directory) as store:
        assert store.settings().vector_gone > 0
    assert vector_files(filed_directory) == before
    found = nearest_reports(filed_directory, question, 5)
    assert len(found) == 5 and "甲" not in found and found[0] == "乙"
    text = f"（一）做好就业。{question}。"
    add_reports(write_report(tmp_path, "丙", text), filed_directory, FakeEncoder())
    assert vector_files(filed_directory) == before
    found = nearest_reports(filed_directory, question, 5)
    assert found[:2] == ["丙", "乙"] and "甲" not in found and SEED_NAME in found


def test_the_file_is_written_anew_when_enough_came_after_it_or_was_removed(
    filed_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_FEW", 4)
    seen = [vector_files(filed_directory)]
    with open_store(filed_directory) as store:
        monkeypatch.setattr(writing, "_MOST_RECENT", 4)
        assert store.count_vectors() > 4
    for number in range(3):
        text = f"（一）做好就业。新增就业{number}万人，发展态势良好。\n（二）办好教育。新建学校{number}0所。"
        add_reports(write_report(tmp_path, f"报告{number}", text), filed_directory, FakeEncoder())
        seen.append(vector_files(filed_directory))
    assert [one == other for one, other in itertools.pairwise(seen)] == [True, True, False]
    with open_store(filed_directory) as store:
        settings = store.settings()
        assert (settings.vector_last, settings.vector_gone) == (store.last_passage(), 0)
    remove_reports(SEED_NAME, filed_directory)
    assert vector_files(filed_directory) != seen[-1]
    assert len(vector_files(filed_directory)) == 1


def test_a_file_that_another_program_holds_open_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Access is denied")

    old = vector_file(tmp_path, "0" * 64)
    old.touch()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        remove_stale_vectors(tmp_path, "1" * 64)
        assert old.exists()
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(IndexFault, match="正打开着它"):
            save_filed(tmp_path, filed(rows(0, 4)))


def test_two_threads_may_save_the_same_vectors_at_once(tmp_path: Path) -> None:
    vectors = filed(VectorTable(np.arange(4000), np.eye(4000, 32, dtype=np.float32)))
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda _: save_filed(tmp_path, vectors), range(40)))
    assert len(digests) == 1
    assert [path.name for path in tmp_path.iterdir()] == [vector_file(tmp_path, digests.pop()).name]
