"""Search over the passage vectors of a shared index: Milvus, and what it may not find yet.

What was written in the last seconds is seen by Milvus a little later, and what it has no graph over yet it searches
in a coarser way. Those passages are few, and are compared one by one from the store.
"""

from __future__ import annotations

from collections.abc import Sequence

from embeddings import Vectors
from indexer.store.milvus import MilvusCollection
from indexer.store.rows import VectorTable
from indexer.store.servers import Servers
from indexer.store.store import Store
from indexer.store.vectors import IdRange, PassageScore, check_query, joined, nearest_in

MOST_RECENT = 30_000  # passages compared one by one; of more, the oldest are left to Milvus as it is


class MilvusVectors:
    """Inner-product search over passage vectors in Milvus and the recent ones in memory. Safe for several threads."""

    def __init__(self, collection: MilvusCollection, filed: int, last: int, recent: VectorTable) -> None:
        """`filed` of the vectors are left to Milvus: those with ids up to `last`."""
        self.collection = collection
        self._filed = filed
        self._last = last
        self._recent = recent

    def __len__(self) -> int:
        return self._filed + len(self._recent.ids)

    def retrieve(self, query: Vectors, k: int, among: Sequence[IdRange] | None = None) -> list[PassageScore]:
        """As `PassageSearch.retrieve`.

        Raises:
            ValueError: the query has another dimension.
            ServerUnavailable: Milvus is gone or hangs.
            MissingCollection: it lost the vectors of this index.
        """
        check_query(query, self._recent)
        found = [*self._nearest_filed(query, k, among), *nearest_in(self._recent, query, k, among)]
        return sorted(found, key=lambda hit: -hit.score)[:k]

    def _nearest_filed(self, query: Vectors, k: int, among: Sequence[IdRange] | None) -> list[PassageScore]:
        if not self._filed or k <= 0:
            return []
        which = f"id <= {self._last}"
        if among is not None:
            reports = [r.first for r in among if r.first <= self._last]
            if not reports:
                return []
            which += f" and report in {reports}"
        return [PassageScore(key, score) for key, score in self.collection.nearest(query, k, which)]


def open_shared(servers: Servers, store: Store) -> MilvusVectors:
    """The vectors of a shared index.

    Raises:
        IndexFault: the store's vectors make no sense.
    """
    settings = store.settings()
    last = max(settings.vector_last, store.last_vector(but=MOST_RECENT))
    recent = joined(store.vectors(settings.dimension, last), settings.dimension)
    filed = store.count_vectors() - len(recent.ids)
    return MilvusVectors(MilvusCollection(servers, settings), filed, last, recent)
