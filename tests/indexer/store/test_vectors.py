from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer.errors import IndexFault
from indexer.index import open_index
from indexer.report.records import file_digest
from indexer.store.database import open_store
from indexer.store.tables import VectorTable
from indexer.store.vectors import (
    VectorIndex,
    load_or_derive,
    load_vectors,
    remove_stale_vectors,
    save_vectors,
    vector_file,
)
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, vector_files

IDS = np.array([3, 5, 8, 13], np.int64)
VECTORS = np.eye(4, 8, dtype=np.float32)
QUERY = np.array([0.9, 0.3, 0.2, 0.1, 0, 0, 0, 0], np.float32)


@pytest.fixture
def index() -> VectorIndex:
    return VectorIndex.of(VectorTable(IDS, VECTORS))


def test_the_nearest_come_first_with_their_cosine(index: VectorIndex) -> None:
    hits = index.retrieve(QUERY, 2)
    assert [hit.unit for hit in hits] == [3, 5]
    assert [hit.score for hit in hits] == pytest.approx([0.9, 0.3])


@pytest.mark.parametrize("k", [4, 5, 100_000])
def test_asking_for_more_than_there_is_gives_what_there_is(index: VectorIndex, k: int) -> None:
    assert [hit.unit for hit in index.retrieve(QUERY, k)] == [3, 5, 8, 13]


@pytest.mark.parametrize("k", [0, -1])
def test_asking_for_none_gives_none(index: VectorIndex, k: int) -> None:
    assert index.retrieve(QUERY, k) == []


def test_only_the_units_asked_for_are_searched(index: VectorIndex) -> None:
    assert [hit.unit for hit in index.retrieve(QUERY, 10, [13, 5])] == [5, 13]
    assert [hit.unit for hit in index.retrieve(QUERY, 1, [13, 5])] == [5]
    assert [hit.unit for hit in index.retrieve(QUERY, 10, [13, 13, 99])] == [13]
    assert index.retrieve(QUERY, 10, []) == []


@pytest.mark.parametrize("shape", [(7,), (9,), (1, 8), (0,)])
def test_a_query_of_another_shape_is_refused_in_words(index: VectorIndex, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="dimension 8"):
        index.retrieve(np.zeros(shape, np.float32), 1)


def test_an_index_of_nothing_finds_nothing() -> None:
    empty = VectorIndex.of(VectorTable(np.zeros(0, np.int64), np.zeros((0, 8), np.float32)))
    assert len(empty) == 0
    assert empty.retrieve(QUERY, 5) == []


def test_a_saved_index_is_named_by_its_content_and_loads_whole(index: VectorIndex, tmp_path: Path) -> None:
    digest = save_vectors(tmp_path, index)
    path = vector_file(tmp_path, digest)
    assert [path] == list(tmp_path.iterdir())
    assert file_digest(path) == digest
    loaded = load_vectors(tmp_path, digest)
    assert loaded is not None
    assert np.array_equal(loaded.table().ids, IDS)
    assert np.array_equal(loaded.table().vectors, VECTORS)
    assert loaded.retrieve(QUERY, 4) == index.retrieve(QUERY, 4)


def test_the_table_is_in_the_order_of_the_ids() -> None:
    index = VectorIndex.of(VectorTable(IDS[::-1].copy(), VECTORS[::-1].copy()))
    assert np.array_equal(index.table().ids, IDS)
    assert np.array_equal(index.table().vectors, VECTORS)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-3] ^= 0x40
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [flip, cut, empty, Path.unlink])
def test_a_changed_file_is_not_loaded_but_derived_anew_and_mended(
    index_directory: Path, damage: Callable[[Path], None]
) -> None:
    (path,) = vector_files(index_directory)
    with open_store(index_directory) as store:
        settings = store.settings()
        expected = store.vectors(64)
        damage(path)
        assert load_vectors(index_directory, settings.vector_digest) is None
        derived = load_or_derive(index_directory, store, settings)
    assert np.array_equal(derived.table().ids, expected.ids)
    assert np.array_equal(derived.table().vectors, expected.vectors)
    assert load_vectors(index_directory, settings.vector_digest) is not None


def test_a_sound_file_of_other_vectors_under_our_name_is_not_used(
    index_directory: Path, index: VectorIndex
) -> None:
    (path,) = vector_files(index_directory)
    other = vector_file(index_directory, save_vectors(index_directory, index))
    other.replace(path)
    opened = open_index(index_directory, FakeEncoder().identity)
    assert len(opened.retrieve(FakeEncoder().encode_queries(["新增就业"])[0], 5)) == 5


def test_an_index_that_cannot_be_mended_on_disk_still_answers(index_directory: Path) -> None:
    for path in vector_files(index_directory):
        path.unlink()
        path.mkdir()  # the file's name is taken, so it cannot be written

    opened = open_index(index_directory, FakeEncoder().identity)
    assert len(opened.retrieve(FakeEncoder().encode_queries(["新增就业"])[0], 5)) == 5


def test_stored_vectors_of_another_dimension_are_never_derived_from(index_directory: Path) -> None:
    (path,) = vector_files(index_directory)
    path.unlink()
    alter(index_directory, "UPDATE units SET vector = x'00' WHERE id = 5")
    with open_store(index_directory) as store, pytest.raises(IndexFault, match="unit 5"):
        load_or_derive(index_directory, store, store.settings())


def test_a_file_that_another_program_holds_open_is_named(
    index: VectorIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
            save_vectors(tmp_path, index)


def test_two_threads_may_save_the_same_vectors_at_once(tmp_path: Path) -> None:
    vectors = VectorIndex.of(VectorTable(np.arange(4000), np.eye(4000, 32, dtype=np.float32)))
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda _: save_vectors(tmp_path, vectors), range(40)))
    assert len(digests) == 1
    assert [path.name for path in tmp_path.iterdir()] == [vector_file(tmp_path, digests.pop()).name]
