"""Change an index: the store, and with it the words and the FAISS file that are derived from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from embeddings import EncoderIdentity
from indexer.report.records import Document, Metadata
from indexer.store.database import change_store, open_store
from indexer.store.lexical_writer import LexicalWriter
from indexer.store.settings import StoreSettings
from indexer.store.tables import EmbeddedReport, Store, VectorTable
from indexer.store.vectors import derive_filed, load_filed, remove_stale_vectors, save_filed, vector_file
from indexer.store.words import lexical_texts, open_words, words_name

# The FAISS file is written anew when this many passages came after it, or a tenth of those in it were removed.
_FEW = 2_000
_MOST_RECENT = 30_000


class IndexWriter:
    """Changes the store of an index and its words together; `change_index` makes them count, or neither."""

    def __init__(self, store: Store, directory: Path) -> None:
        self.store = store
        self._directory = directory
        self._words: LexicalWriter | None = None
        self._opened = ExitStack()
        self._settings = store.settings()

    def add(self, embedded: EmbeddedReport) -> None:
        """Add a report, in the place of the one with its name if there is one."""
        self.remove(embedded.report.name)
        entry = self.store.add(embedded)
        self._writer().replace(entry.id, lexical_texts(embedded.report, entry))

    def remove(self, name: str) -> bool:
        """Remove a report; False where there is none of that name."""
        entry = self.store.remove(name)
        if entry is None:
            return False
        self._writer().remove(entry.id)
        if entry.first <= self._settings.vector_last:
            gone = self._settings.vector_gone + entry.passages
            self._settings = replace(self._settings, vector_gone=gone)
        return True

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
        """Let the words count, and count the change; the store's own transaction ends after it.

        In this order: what the words hold beyond the store, after a kill in between, names nothing.
        """
        if self._words is not None:
            self._words.commit()
        self.store.write_settings(replace(self._settings, generation=self._settings.generation + 1))

    def close(self) -> None:
        """Let go of the words; what was not finished never counts."""
        self._opened.close()

    def _writer(self) -> LexicalWriter:
        if self._words is None:
            self._words = self._opened.enter_context(open_words(self._directory, self._settings.words))
        return self._words


@contextmanager
def change_index(directory: Path) -> Iterator[IndexWriter]:
    """Change the index in `directory`: all of the block or, after an error, nothing.

    Raises:
        IndexFault: as `change_store`, or the words cannot be written.
    """
    with change_store(directory) as store:
        writer = IndexWriter(store, directory)
        try:
            yield writer
            writer.finish()
        finally:
            writer.close()


def refresh_vectors(directory: Path, *, always: bool = False) -> None:
    """Write the FAISS file anew where it is gone, or much came after it or was removed since.

    `always`: also where anything did, or its bytes have changed.

    Nobody waits for it: the vectors are read a few thousand at a time, and what is changed meanwhile counts as
    changed after the file.

    Raises:
        IndexFault: the index cannot be read or written.
    """
    with open_store(directory) as store:
        settings, last = store.settings(), store.last_passage()
        recent = store.count_vectors(settings.vector_last)
        count = store.count_vectors()
    few = 0 if always else min(max(_FEW, (count - recent) // 10), _MOST_RECENT)
    if recent <= few and settings.vector_gone <= few and _is_there(directory, settings.vector_digest, always):
        return
    dimension = settings.dimension
    index = derive_filed(lambda: _tables(directory, dimension, last), dimension, count)
    digest = save_filed(directory, index)
    with change_store(directory) as store:
        now = store.settings()
        gone = max(0, now.vector_gone - settings.vector_gone)
        store.write_settings(replace(now, vector_digest=digest, vector_last=last, vector_gone=gone))
    remove_stale_vectors(directory, digest)


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
