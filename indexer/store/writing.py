"""Change an index: the store, and with it what is derived from it: words and a FAISS file, or vectors in Milvus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from embeddings import EncoderIdentity
from indexer.report.records import Document, Metadata
from indexer.store.catalogue import ReportEntry
from indexer.store.database import change_store, open_store
from indexer.store.lexical_writer import LexicalWriter
from indexer.store.locking import changing_alone
from indexer.store.milvus import MilvusCollection, MilvusRow, milvus_rows
from indexer.store.rows import EmbeddedReport, VectorTable
from indexer.store.servers import Servers, servers_of
from indexer.store.settings import StoreSettings
from indexer.store.store import Store
from indexer.store.vectors import derive_filed, load_filed, remove_stale_vectors, save_filed, vector_file
from indexer.store.words import lexical_texts, open_words, words_name

# The FAISS file is written anew when this many passages came after it, or a tenth of those in it were removed.
_FEW = 2_000
_MOST_RECENT = 30_000


class Derived(Protocol):
    """What is derived from a store and changes with it."""

    def add(self, entry: ReportEntry, embedded: EmbeddedReport) -> None:
        """A report was added to the store."""

    def remove(self, entry: ReportEntry) -> None:
        """A report was removed from it."""

    def finish(self, settings: StoreSettings) -> StoreSettings:
        """The store is about to commit; the settings to commit with it."""

    def settle(self) -> None:
        """It has committed."""

    def close(self) -> None:
        """Let go of everything; what was not finished never counts."""


class IndexWriter:
    """Changes the store of an index and what is derived from it together; `change_index` makes them count, or neither."""

    def __init__(self, store: Store, derived: Derived) -> None:
        self.store = store
        self._derived = derived
        self._settings = store.settings()

    def add(self, embedded: EmbeddedReport) -> None:
        """Add a report, in the place of the one with its name if there is one."""
        self.remove(embedded.report.name)
        self._derived.add(self.store.add(embedded), embedded)

    def remove(self, name: str) -> bool:
        """Remove a report; False where there is none of that name."""
        entry = self.store.remove(name)
        if entry is not None:
            self._derived.remove(entry)
        return entry is not None

    def write_metadata(self, name: str, metadata: Metadata) -> None:
        """Replace what is known of a report."""
        self.store.write_metadata(name, metadata)

    def write_description(self, document: Document) -> None:
        """Replace what is known of a report and of its file; its text is as it was."""
        self.store.write_metadata(document.name, document.metadata)
        self.store.write_source(document.name, document.source, document.source_digest)

    def write_encoder(self, encoder: EncoderIdentity) -> None:
        """Say that this is the model whose vectors are in the store from now on."""
        self._settings = replace(
            self._settings, model=encoder.model, dimension=encoder.dimension, fingerprint=encoder.fingerprint
        )

    def finish(self) -> None:
        """Let what is derived count, and count the change; the store's own transaction ends after it.

        In this order: what the derived holds beyond the store, after a kill in between, names nothing.
        """
        settings = self._derived.finish(self._settings)
        self.store.write_settings(replace(settings, generation=settings.generation + 1))


class LocalDerived:
    """The words beside a local store, and how much of its FAISS file is gone."""

    def __init__(self, directory: Path, settings: StoreSettings) -> None:
        self._directory = directory
        self._settings = settings
        self._gone = 0
        self._words: LexicalWriter | None = None
        self._opened = ExitStack()

    def add(self, entry: ReportEntry, embedded: EmbeddedReport) -> None:
        """As Derived."""
        self._writer().replace(entry.id, lexical_texts(embedded.report, entry))

    def remove(self, entry: ReportEntry) -> None:
        """As Derived."""
        self._writer().remove(entry.id)
        if entry.first <= self._settings.vector_last:
            self._gone += entry.passages

    def finish(self, settings: StoreSettings) -> StoreSettings:
        """As Derived."""
        if self._words is not None:
            self._words.commit()
        return replace(settings, vector_gone=settings.vector_gone + self._gone)

    def settle(self) -> None:
        """As Derived: the words have committed before the store."""

    def close(self) -> None:
        """As Derived."""
        self._opened.close()

    def _writer(self) -> LexicalWriter:
        if self._words is None:
            self._words = self._opened.enter_context(open_words(self._directory, self._settings.words))
        return self._words


class SharedDerived:
    """The vectors of a shared store in Milvus. The words are each machine's own, which fills them up for itself."""

    def __init__(self, servers: Servers, settings: StoreSettings) -> None:
        self._collection = MilvusCollection(servers, settings)
        self._new: list[MilvusRow] = []
        self._gone: list[ReportEntry] = []

    def add(self, entry: ReportEntry, embedded: EmbeddedReport) -> None:
        """As Derived."""
        self._new += milvus_rows(entry, embedded, self._collection.dimension)

    def remove(self, entry: ReportEntry) -> None:
        """As Derived."""
        self._gone.append(entry)

    def finish(self, settings: StoreSettings) -> StoreSettings:
        """As Derived: new vectors are there before the store says that their passages are."""
        self._collection.write(self._new)
        return settings

    def settle(self) -> None:
        """As Derived: old vectors go after it. Those that a kill in between leaves name nothing."""
        for entry in self._gone:
            self._collection.remove(entry.first, entry.first + entry.passages)

    def close(self) -> None:
        """As Derived."""


@contextmanager
def change_index(directory: Path) -> Iterator[IndexWriter]:
    """Change the index in `directory`: all of the block or, after an error, nothing.

    Raises:
        IndexFault: as `change_store`, or what is derived cannot be written.
    """
    servers = servers_of(directory)
    with change_store(directory) as store:
        settings = store.settings()
        derived: Derived = (
            LocalDerived(directory, settings) if servers is None else SharedDerived(servers, settings)
        )
        writer = IndexWriter(store, derived)
        try:
            yield writer
            writer.finish()
        finally:
            derived.close()
    derived.settle()


def refresh_vectors(directory: Path, *, always: bool = False, patience: float = 60.0) -> None:
    """Bring up to date what finds vectors quickly, where much was added or removed since; `always`: where anything was.

    Beside a local index the FAISS file is written anew, also where it is gone, with `always` also where its bytes have
    changed. Milvus is left to finish its graph; where it takes longer than `patience` seconds, the next call goes on.

    Nobody waits for it: the vectors are read a few thousand at a time, and what is changed meanwhile counts as
    changed after it.

    Raises:
        IndexFault: the index cannot be read or written.
    """
    servers = servers_of(directory)
    with open_store(directory) as store:
        settings = store.settings()
        last = store.last_passage() if servers is None else store.last_vector()
        recent = store.count_vectors(settings.vector_last)
    # The last id stands for their number: to count a million takes seconds, and every added report comes by here.
    few = 0 if always else min(max(_FEW, settings.vector_last // 10), _MOST_RECENT)
    if servers is not None:
        if recent > few and MilvusCollection(servers, settings).settle(patience):
            _settled(directory, last)
        return
    if recent <= few and settings.vector_gone <= few and _is_there(directory, settings.vector_digest, always):
        return
    dimension = settings.dimension
    with open_store(directory) as store:
        count = store.count_vectors()
    index = derive_filed(lambda: _tables(directory, dimension, last), dimension, count)
    # Alone: the files of two who do this at the same time would each be stale for the other.
    with changing_alone(directory):
        with change_store(directory) as store:
            now = store.settings()
            if now.words != settings.words:
                return  # another store has taken the place of that one: its passages have other ids
            digest = save_filed(directory, index)
            gone = max(0, now.vector_gone - settings.vector_gone)
            store.write_settings(replace(now, vector_digest=digest, vector_last=last, vector_gone=gone))
        remove_stale_vectors(directory, digest)


def _settled(directory: Path, last: int) -> None:
    """Milvus finds the passages up to this one surely: they need not be compared one by one any more."""
    with change_store(directory) as store:
        now = store.settings()
        store.write_settings(replace(now, vector_last=max(last, now.vector_last)))


def _is_there(directory: Path, digest: str, whole: bool) -> bool:
    """Whether the FAISS file that is recorded, if any, is there, and `whole`: can be loaded."""
    if not digest:
        return True
    return load_filed(directory, digest) is not None if whole else vector_file(directory, digest).is_file()


def _tables(directory: Path, dimension: int, last: int) -> Iterator[VectorTable]:
    """The vectors of the passages up to `last`, each table read by itself, so that writers never wait for all."""
    after = 0
    while after < last:
        with open_store(directory) as store:
            table = next(store.vectors(dimension, after, last), None)
        if table is None:
            return
        yield table
        after = int(table.ids[-1])


def first_settings(encoder: EncoderIdentity, generation: int) -> StoreSettings:
    """The settings of an index without reports."""
    return StoreSettings(
        model=encoder.model,
        dimension=encoder.dimension,
        fingerprint=encoder.fingerprint,
        generation=generation,
        vector_digest="",
        vector_last=0,
        vector_gone=0,
        words=words_name(),
    )
