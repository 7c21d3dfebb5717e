"""The FAISS index over passage vectors: derived from the store, never trusted over it, always rebuildable.

It only proposes passages; what they score is worked out from the store. Up to 200,000 passages it compares
all of them; beyond, inverted lists (Jégou et al. 2011, IVF) keep the time of a search nearly the same. What
was added since the file was written is few and is held in memory, so that adding a report rewrites nothing.
"""

from __future__ import annotations

import contextlib
import math
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings import Vectors
from indexer.errors import damaged, held_open, unwritable
from indexer.report.records import file_digest
from indexer.store.lasting import move_in
from indexer.store.rows import VectorTable
from indexer.store.store import Store

EXACT = 200_000  # passages up to which all are compared
_PER_LIST = 40  # training vectors for each list, FAISS's own advice
_LISTS = 4096
_LEAST_SAMPLE = 20_000  # vectors from which the steps of eight bits are learnt
_PROBED = 192  # lists looked into where nothing is filtered (docs/measurements.md)
_DIGEST_UP_TO = 100 << 20  # bytes: larger files are checked by `verify` alone, or opening would take seconds


@dataclass(frozen=True, slots=True)
class IdRange:
    """Passage ids from `first` up to, but without, `end`."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class PassageScore:
    """A passage's id and its cosine similarity to the query, -1..1."""

    passage: int
    score: float


class PassageSearch(Protocol):
    """Finds the passages nearest to a query, wherever their vectors are kept."""

    def __len__(self) -> int: ...

    def retrieve(self, query: Vectors, k: int, among: Sequence[IdRange] | None = None) -> list[PassageScore]:
        """The `k` passages (of those in `among`, each the passages of one report) nearest to `query`, best first."""


class VectorIndex:
    """Inner-product search over passage vectors: a FAISS file, and the few vectors that came after it.

    Safe to search from several threads.
    """

    def __init__(self, filed: faiss.Index | None, recent: VectorTable) -> None:
        self._filed = filed
        self._recent = recent

    def __len__(self) -> int:
        return (int(self._filed.ntotal) if self._filed is not None else 0) + len(self._recent.ids)

    def retrieve(self, query: Vectors, k: int, among: Sequence[IdRange] | None = None) -> list[PassageScore]:
        """The `k` passages (of those in `among`) nearest to `query`, of shape (dimension,), best first.

        Raises:
            ValueError: the query has another dimension.
        """
        # faiss itself would raise an AssertionError without a word.
        check_query(query, self._recent)
        found = [*self._nearest_filed(query, k, among), *nearest_in(self._recent, query, k, among)]
        return sorted(found, key=lambda hit: -hit.score)[:k]

    def _nearest_filed(self, query: Vectors, k: int, among: Sequence[IdRange] | None) -> list[PassageScore]:
        index = self._filed
        if index is None or index.ntotal == 0 or k <= 0:
            return []
        selector = None
        share = 1.0
        if among is not None:
            last = max((r.end for r in among), default=0)
            marked = np.zeros(last + 1, bool)
            for r in among:
                marked[r.first : r.end] = True
            share = max(1, int(marked.sum())) / index.ntotal
            bits = np.packbits(marked, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]
        parameters = _search_parameters(index, selector, share)
        scores, ids = index.search(query[None, :], min(k, int(index.ntotal)), params=parameters)
        # faiss pads with -1 where it has fewer than asked for.
        return [PassageScore(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def ids(self) -> NDArray[np.int64]:
        """The ids of all passages in it, in order, to compare with the store."""
        filed = np.empty(0, np.int64) if self._filed is None else _ids_in(self._filed)
        return np.sort(np.concatenate([filed, self._recent.ids]))


def check_query(query: Vectors, table: VectorTable) -> None:
    """Make sure that a query can be compared with the vectors of a table.

    Raises:
        ValueError: it has another dimension.
    """
    if query.shape != table.vectors.shape[1:]:
        raise ValueError(f"query of shape {query.shape}, index of dimension {table.vectors.shape[1]}")


def nearest_in(
    table: VectorTable, query: Vectors, k: int, among: Sequence[IdRange] | None
) -> list[PassageScore]:
    """As `PassageSearch.retrieve`, by comparing all vectors of a table."""
    ids, vectors = table.ids, table.vectors
    if among is not None:
        kept = np.zeros(len(ids), bool)
        for r in among:
            kept[np.searchsorted(ids, r.first) : np.searchsorted(ids, r.end)] = True
        ids, vectors = ids[kept], vectors[kept]
    scores = vectors @ query
    order = np.argsort(-scores, kind="stable")[: max(0, k)]
    return [PassageScore(int(ids[row]), float(scores[row])) for row in order]


def _search_parameters(
    index: faiss.Index, selector: faiss.IDSelector | None, share: float
) -> faiss.SearchParameters | None:
    """`share` of the vectors are selected: the fewer, the more lists are looked into, which costs the same."""
    if isinstance(index, faiss.IndexIVF):
        probed = min(index.nlist, math.ceil(_PROBED / share))
        return faiss.SearchParametersIVF(nprobe=probed, sel=selector)  # type: ignore[call-arg]
    return None if selector is None else faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]


def _ids_in(index: faiss.Index) -> NDArray[np.int64]:
    if isinstance(index, faiss.IndexIDMap):
        return faiss.vector_to_array(index.id_map).astype(np.int64)
    assert isinstance(index, faiss.IndexIVF)  # load_filed gives no other
    lists = index.invlists
    assert lists is not None
    found = [np.empty(0, np.int64)]
    for number in range(index.nlist):
        size = lists.list_size(number)
        if size:
            found.append(faiss.rev_swig_ptr(lists.get_ids(number), size).copy())
    return np.concatenate(found).astype(np.int64)


def derive_filed(tables: Callable[[], Iterable[VectorTable]], dimension: int, count: int) -> faiss.Index:
    """The FAISS index of the `count` vectors in these tables, of a kind that fits their number.

    `tables` is read twice: once for a sample of all reports to learn from, once to add them.
    """
    if count <= EXACT:
        compressed = faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        index: faiss.Index = faiss.IndexIDMap(compressed)
        wanted = min(count, _LEAST_SAMPLE)
    else:
        lists = min(_LISTS, count // _PER_LIST)
        index = faiss.index_factory(dimension, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
        wanted = lists * _PER_LIST
    if not count:
        return index
    step = max(1, count // wanted)
    with _every_core():
        index.train(np.concatenate([table.vectors[::step] for table in tables()]))
        for table in tables():
            index.add_with_ids(table.vectors, table.ids)
    return index


@contextlib.contextmanager
def _every_core() -> Iterator[None]:
    """Let FAISS use all cores. Otherwise it uses one: a search is so short that threads only wait for each other."""
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(1)


faiss.omp_set_num_threads(1)


def vector_file(directory: Path, digest: str) -> Path:
    """The name of the FAISS file with this SHA-256."""
    return directory / f"vectors-{digest[:16]}.faiss"


def save_filed(directory: Path, index: faiss.Index) -> str:
    """Write the index into `directory` under the name its content gives it; return its SHA-256.

    Raises:
        IndexFault: the directory cannot be written.
    """
    # Two threads of the app may open the same library at once.
    building = directory / f".vectors-{os.getpid()}-{threading.get_ident()}.faiss"
    try:
        # Through Python's own file: of a name in Chinese faiss makes another on Windows.
        with building.open("wb") as stream:
            faiss.write_index(index, faiss.PyCallbackIOWriter(stream.write))  # type: ignore[attr-defined]
        digest = file_digest(building)
        try:
            move_in(building, vector_file(directory, digest))
        except PermissionError as error:
            raise held_open(vector_file(directory, digest), error) from error
    except (OSError, RuntimeError) as error:
        raise unwritable(directory, error) from error
    finally:
        with contextlib.suppress(OSError):
            building.unlink(missing_ok=True)
    return digest


def load_filed(directory: Path, digest: str, *, proven: bool = False) -> faiss.Index | None:
    """The FAISS index with this SHA-256, or None where the file is missing, half-written or changed.

    A large file is mapped into memory, and read as it is searched. Its digest is checked where `proven`.
    """
    path = vector_file(directory, digest)
    try:
        large = path.stat().st_size > _DIGEST_UP_TO
        if not digest or ((proven or not large) and file_digest(path) != digest):
            return None
        if large:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
        else:
            with path.open("rb") as stream:
                index = faiss.read_index(faiss.PyCallbackIOReader(stream.read))  # type: ignore[attr-defined]
    except (OSError, RuntimeError):
        return None
    return index if isinstance(index, faiss.IndexIDMap | faiss.IndexIVF) else None


def remove_stale_vectors(directory: Path, digest: str) -> None:
    """Remove the FAISS files of earlier builds and of killed writers, alone in the folder.

    One that another program has open goes the next time.
    """
    for path in (*directory.glob("vectors-*.faiss"), *directory.glob(".vectors-*.faiss")):
        if path != vector_file(directory, digest):
            with contextlib.suppress(PermissionError):
                path.unlink(missing_ok=True)


def open_vectors(directory: Path, store: Store) -> VectorIndex | None:
    """The FAISS file that this store recorded with what came after it; None where the file is missing or changed.

    Raises:
        IndexFault: the store's vectors make no sense.
    """
    settings = store.settings()
    filed = load_filed(directory, settings.vector_digest) if settings.vector_digest else None
    if settings.vector_digest and filed is None:
        return None
    if filed is not None and filed.d != settings.dimension:
        raise damaged(directory, f"a FAISS file of dimension {filed.d}, not {settings.dimension}")
    after = settings.vector_last if filed is not None else 0
    return VectorIndex(filed, joined(store.vectors(settings.dimension, after), settings.dimension))


def derive_vectors(store: Store) -> VectorIndex:
    """The same without a file: all vectors of the store, in memory.

    Raises:
        IndexFault: the store's vectors make no sense.
    """
    dimension = store.settings().dimension
    filed = derive_filed(lambda: store.vectors(dimension), dimension, store.count_vectors())
    return VectorIndex(filed, joined([], dimension))


def joined(tables: Iterable[VectorTable], dimension: int) -> VectorTable:
    """The tables as one."""
    rows = list(tables)
    return VectorTable(
        np.concatenate([np.empty(0, np.int64), *(t.ids for t in rows)]),
        np.concatenate([np.empty((0, dimension), np.float32), *(t.vectors for t in rows)]),
    )
