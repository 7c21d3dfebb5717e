"""Whether Milvus holds the vectors that the store of a shared index has, and no others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.store.milvus import MilvusCollection, MilvusRow
from indexer.store.store import Store
from indexer.store.vectors import joined

_ROWS = 4096  # compared at once


@dataclass(frozen=True, slots=True)
class Difference:
    """What is wrong among the passages with ids from `first` up to, but without, `end`.

    Attributes:
        lacking: rows that Milvus does not have, or has otherwise.
        strange: ids of rows that are no passages of the store: left by a process that was killed.
    """

    first: int
    end: int
    lacking: tuple[MilvusRow, ...]
    strange: tuple[int, ...]


def differences(collection: MilvusCollection, store: Store) -> Iterator[Difference]:
    """What is wrong in Milvus, part by part; nothing where nothing is.

    Raises:
        ServerUnavailable: Milvus is gone or hangs.
        MissingCollection: it has no such collection.
    """
    firsts = sorted(entry.first for entry in store.entries())
    last = store.last_vector()
    for first in range(1, last + 1, _ROWS):
        end = min(first + _ROWS, last + 1)
        table = joined(store.vectors(collection.dimension, first - 1, end - 1), collection.dimension)
        ours = [
            MilvusRow(int(key), firsts[bisect_right(firsts, int(key)) - 1], vector)
            for key, vector in zip(table.ids, table.vectors, strict=True)
        ]
        there = {row.id: row for row in collection.rows(first, end)}
        lacking = tuple(row for row in ours if not _is_same(row, there.get(row.id)))
        strange = tuple(sorted(there.keys() - {row.id for row in ours}))
        if lacking or strange:
            yield Difference(first, end, lacking, strange)


def _is_same(row: MilvusRow, other: MilvusRow | None) -> bool:
    return other is not None and row.report == other.report and np.array_equal(row.vector, other.vector)
