"""Mend a shared index where it is: other machines answer from it and add to it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from indexer.proof.soundness import stored_problems
from indexer.store.catalogue import ReportEntry
from indexer.store.database import change_store, open_store
from indexer.store.milvus import MilvusCollection, remove_stale_collections
from indexer.store.milvus_proof import differences
from indexer.store.servers import Servers
from indexer.store.shared import used_collections
from indexer.store.writing import refresh_vectors

_NEVER = 2**62  # beyond every id


def unsound_reports(directory: Path) -> list[ReportEntry]:
    """The reports of an index whose rows are not what was indexed.

    Raises:
        IndexFault: the index cannot be read, or rows are so damaged that no report can be made of them.
    """
    found = []
    with open_store(directory) as store:
        entries = list(store.entries())
    for entry in entries:
        with open_store(directory) as store:
            if next(stored_problems(store, entry), None) is not None:
                found.append(entry)
    return found


def mend_shared(directory: Path, servers: Servers, embed_anew: Callable[[ReportEntry], None]) -> None:
    """Embed unsound reports anew, and write what Milvus lacks; what killed processes left there is removed.

    Raises:
        IndexFault: a text cannot be read, or a server does not answer.
        ModelError: the model failed.
    """
    for entry in unsound_reports(directory):
        embed_anew(entry)
    with open_store(directory) as store:
        collection = MilvusCollection(servers, store.settings())
        collection.make()
        sound = store.last_vector()
        for found in differences(collection, store):
            collection.write(found.lacking)
            sound = min([sound, *(row.id - 1 for row in found.lacking)])
            for passage in found.strange:
                collection.remove(passage, passage + 1)
    with change_store(directory) as store:
        # Nobody else is writing: what comes after the last passage belongs to nobody.
        collection.remove(store.last_vector() + 1, _NEVER)
        # What was just written may not be found for some seconds: until then it is compared from the store.
        settings = store.settings()
        store.write_settings(replace(settings, vector_last=min(settings.vector_last, sound)))
    remove_stale_collections(servers, used_collections(servers))
    refresh_vectors(directory)
