"""Which vectors an index is searched by: a FAISS file beside a local store, Milvus beside a shared one."""

from __future__ import annotations

from pathlib import Path

from indexer.store.milvus_vectors import open_shared
from indexer.store.servers import servers_of
from indexer.store.store import Store
from indexer.store.vectors import PassageSearch, open_vectors


def open_search(directory: Path, store: Store) -> PassageSearch | None:
    """The vectors of the index in a folder; None where a FAISS file is missing or changed.

    Raises:
        IndexFault: the store's vectors make no sense.
    """
    servers = servers_of(directory)
    return open_vectors(directory, store) if servers is None else open_shared(servers, store)
