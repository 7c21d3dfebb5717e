"""The FAISS index: derived from the store, never trusted over it, always rebuildable."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexFault, held_open, unwritable
from indexer.report.records import file_digest
from indexer.store.settings import StoreSettings
from indexer.store.tables import Store, VectorTable


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A unit's id and its cosine similarity to the query, -1..1."""

    unit: int
    score: float


class VectorIndex:
    """Exact inner-product search over unit vectors. Safe to search from several threads."""

    def __init__(self, index: faiss.IndexIDMap2) -> None:
        self._index = index

    @classmethod
    def of(cls, table: VectorTable) -> VectorIndex:
        """An index of the table's vectors under their ids."""
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(table.vectors.shape[1]))
        index.add_with_ids(table.vectors, table.ids)
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def faiss_index(self) -> faiss.IndexIDMap2:
        """The index of the FAISS library, to be written to a file."""
        return self._index

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._index.d)

    def retrieve(
        self, query: NDArray[np.float32], k: int, among: Collection[int] | None = None
    ) -> list[UnitScore]:
        """The `k` units (of those in `among`) nearest to `query`, of shape (dimension,), best first.

        Raises:
            ValueError: the query has another dimension.
        """
        if query.shape != (self.dimension,):
            # faiss itself would raise an AssertionError without a word.
            raise ValueError(f"query of shape {query.shape}, index of dimension {self.dimension}")
        wanted = min(k, len(self) if among is None else len(among))
        if wanted <= 0:
            return []
        parameters = None
        if among is not None:
            selector = faiss.IDSelectorBatch(np.fromiter(among, np.int64))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, ids = self._index.search(query[None, :], wanted, params=parameters)
        # faiss pads with -1 where it has fewer than asked for.
        return [UnitScore(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def table(self) -> VectorTable:
        """The ids and vectors it holds, by id, to compare with the store."""
        ids = faiss.vector_to_array(self._index.id_map).astype(np.int64)
        vectors = faiss.downcast_index(self._index.index).reconstruct_n(0, len(self))
        order = np.argsort(ids)
        return VectorTable(ids[order], vectors[order])


def vector_file(directory: Path, digest: str) -> Path:
    """The name of the FAISS file with this SHA-256."""
    return directory / f"vectors-{digest[:16]}.faiss"


def save_vectors(directory: Path, index: VectorIndex) -> str:
    """Write the index into `directory` under the name its content gives it; return its SHA-256.

    Raises:
        IndexFault: the directory cannot be written.
    """
    # Two threads of the app may open the same library at once.
    building = directory / f".vectors-{os.getpid()}-{threading.get_ident()}.faiss"
    try:
        # Through Python's own file: of a name in Chinese faiss makes another on Windows.
        with building.open("wb") as stream:
            faiss.write_index(index.faiss_index, faiss.PyCallbackIOWriter(stream.write))  # type: ignore[attr-defined]
        digest = file_digest(building)
        try:
            building.replace(vector_file(directory, digest))
        except PermissionError as error:
            raise held_open(vector_file(directory, digest), error) from error
    except (OSError, RuntimeError) as error:
        raise unwritable(directory, error) from error
    finally:
        with contextlib.suppress(OSError):
            building.unlink(missing_ok=True)
    return digest


def load_vectors(directory: Path, digest: str) -> VectorIndex | None:
    """The index with this SHA-256, or None where the file is missing, half-written or changed."""
    path = vector_file(directory, digest)
    try:
        if not digest or file_digest(path) != digest:
            return None
        with path.open("rb") as stream:
            index = faiss.read_index(faiss.PyCallbackIOReader(stream.read))  # type: ignore[attr-defined]
    except (OSError, RuntimeError):
        return None
    return VectorIndex(index) if isinstance(index, faiss.IndexIDMap2) else None


def remove_stale_vectors(directory: Path, digest: str) -> None:
    """Remove the FAISS files of earlier builds; one that another program has open goes the next time."""
    for path in directory.glob("vectors-*.faiss"):
        if path != vector_file(directory, digest):
            with contextlib.suppress(PermissionError):
                path.unlink(missing_ok=True)


def load_or_derive(directory: Path, store: Store, settings: StoreSettings) -> VectorIndex:
    """The FAISS file that this store recorded, else the same index derived anew from its vectors.

    A directory that cannot be written still answers: the derived index then lives in memory only.
    """
    found = load_vectors(directory, settings.vector_digest)
    if found is not None:
        return found
    derived = VectorIndex.of(store.vectors(settings.dimension))
    with contextlib.suppress(IndexFault):
        save_vectors(directory, derived)
    return derived
