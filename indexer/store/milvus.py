"""The vectors of a shared index in Milvus: one collection for each store, named by it, and never trusted over it.

It only proposes passages; what they score is worked out from the store, and what the store does not have is dropped.
The collection keeps a graph over the vectors (Malkov and Yashunin 2018, HNSW).
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from embeddings import Vectors
from indexer.errors import IndexFault
from indexer.store.catalogue import ReportEntry
from indexer.store.milvus_client import ANSWER_WITHIN, asked
from indexer.store.packing import unpack_wholes
from indexer.store.rows import EmbeddedReport
from indexer.store.servers import MilvusAddress, Servers
from indexer.store.settings import StoreSettings

_ROWS = 2000  # written in one call
_MOST = 16_384  # rows that the server finds in one call
_GRAPH = {"M": 16, "efConstruction": 200}
_LOOKED_AT = 512  # nodes of the graph that a search keeps, or as many as are wanted
_POLL = 0.5
_SEALED = 3  # a part that nothing is added to any more
_SMALL = 1024  # rows from which a part gets a graph


@dataclass(frozen=True, slots=True)
class MilvusRow:
    """A passage in Milvus.

    Attributes:
        id: its number in the store.
        report: the number of its report's first passage, which tells the report from any other.
        vector: float32 of shape (dimension,).
    """

    id: int
    report: int
    vector: Vectors


def milvus_rows(entry: ReportEntry, embedded: EmbeddedReport, dimension: int) -> list[MilvusRow]:
    """What Milvus holds of a report of the store.

    Raises:
        ValueError: a vector is not of this dimension.
    """
    vectors = unpack_wholes([p.packed.whole for p in embedded.passages], dimension)
    return [
        MilvusRow(entry.first + p.number, entry.first, vector)
        for p, vector in zip(embedded.passages, vectors, strict=True)
    ]


class MilvusCollection:
    """The collection of one store. Every method raises ServerUnavailable where the server is gone or hangs."""

    def __init__(self, servers: Servers, settings: StoreSettings) -> None:
        self._address = servers.milvus
        self.dimension = settings.dimension
        self.name = collection_name(servers.milvus, settings.words)

    def make(self) -> None:
        """Make it where there is none.

        Raises:
            IndexFault: there is one, with other fields or another dimension.
        """
        asked(self._address, self.name, self._make)
        self.check()

    def _make(self, client: Any) -> None:
        from pymilvus import DataType

        if client.has_collection(self.name, timeout=ANSWER_WITHIN):
            return
        schema = client.create_schema(auto_id=False, enable_dynamic_field=False, description="wenbao")
        schema.add_field("id", DataType.INT64, is_primary=True)
        schema.add_field("report", DataType.INT64)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=self.dimension)
        index = client.prepare_index_params()
        index.add_index("vector", index_type="HNSW", metric_type="IP", params=_GRAPH)
        client.create_collection(
            self.name, schema=schema, index_params=index, consistency_level="Bounded", timeout=ANSWER_WITHIN
        )

    def check(self) -> None:
        """Make sure that it holds what we write.

        Raises:
            MissingCollection: there is none.
            IndexFault: its fields or its dimension are others.
        """
        found = self._call("describe_collection")
        fields = {field["name"]: field["params"].get("dim") for field in found["fields"]}
        if fields != {"id": None, "report": None, "vector": self.dimension}:
            raise IndexFault(
                f"Milvus（{self._address}）的集合 {self.name} 不是本索引的格式（{fields}）。请在 Milvus 里移走它，再运行 repair。",
                f"The collection {self.name} of Milvus ({self._address}) is not in the format of this index ({fields}). "
                "Move it away in Milvus, then run repair.",
            )

    def drop(self) -> None:
        """Remove it, where it is there."""
        self._call("drop_collection")

    def write(self, rows: Sequence[MilvusRow]) -> None:
        """Add rows, in the place of those with the same ids."""
        for start in range(0, len(rows), _ROWS):
            some = rows[start : start + _ROWS]
            self._call("upsert", [{"id": r.id, "report": r.report, "vector": r.vector} for r in some])

    def remove(self, first: int, end: int) -> None:
        """Remove the rows with ids from `first` up to, but without, `end`."""
        self._call("delete", filter=f"id >= {first} and id < {end}")

    def nearest(self, query: Vectors, k: int, which: str) -> list[tuple[int, float]]:
        """The ids of the `k` rows nearest to the query, of shape (dimension,), with their products, best first.

        `which` is an expression over `id` and `report`. Rows of the last five seconds may be left out.
        """
        k = min(k, _MOST)
        looked_at = {"params": {"ef": max(_LOOKED_AT, k)}}
        (hits,) = self._call(
            "search", [query], which, limit=k, search_params=looked_at, consistency_level="Bounded"
        )
        return [(int(hit["id"]), float(hit["distance"])) for hit in hits]

    def rows(self, first: int, end: int) -> list[MilvusRow]:
        """The rows with ids from `first` up to, but without, `end`, those of this moment included; 16,384 at most."""
        which = f"id >= {first} and id < {end}"
        fields = ["id", "report", "vector"]
        found = self._call("query", which, fields, limit=_MOST, consistency_level="Strong")
        return [MilvusRow(row["id"], row["report"], np.array(row["vector"], np.float32)) for row in found]

    def settle(self, patience: float) -> bool:
        """Let the server finish the graph over all rows; False where that took longer than `patience` seconds.

        Until then it searches new rows in a coarser way.
        """
        until = time.monotonic() + patience
        self._call("flush", timeout=max(patience, ANSWER_WITHIN))
        while not self._is_settled():
            if time.monotonic() > until:
                return False
            time.sleep(_POLL)
        return True

    def _is_settled(self) -> bool:
        index = self._call("describe_index", "vector")
        if index["pending_index_rows"]:
            return False
        # The graph is written, and the node that searches has it. Small parts are compared one by one for good.
        parts = self._call("list_loaded_segments")
        ready = all(part.index_id or (part.state == _SEALED and part.num_rows < _SMALL) for part in parts)
        return ready and bool(parts or not index["total_rows"])

    def _call(self, method: str, *arguments: Any, timeout: float | None = None, **options: Any) -> Any:
        """What a method of the client says of this collection."""
        return asked(
            self._address,
            self.name,
            lambda client: getattr(client, method)(
                self.name, *arguments, timeout=timeout or ANSWER_WITHIN, **options
            ),
        )


def collection_name(address: MilvusAddress, words: str) -> str:
    """A store has a collection of its own, so that another store takes its place at one moment."""
    return f"{address.collection}_{words.removeprefix('words-')}"


def remove_stale_collections(servers: Servers, kept: Sequence[str]) -> None:
    """Remove the collections of former stores of this index.

    Raises:
        ServerUnavailable: the server is gone or hangs.
    """
    ours = re.compile(re.escape(servers.milvus.collection) + r"_[0-9a-f]{12}")
    names = asked(servers.milvus, "", lambda client: client.list_collections(timeout=ANSWER_WITHIN))
    for name in names:
        if ours.fullmatch(name) and name not in kept:
            asked(servers.milvus, name, partial(_dropped, name))


def _dropped(name: str, client: Any) -> None:
    client.drop_collection(name, timeout=ANSWER_WITHIN)
