"""Writing to the lexical index: documents are added, replaced and removed in place."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy
from tantivy import Query

from indexer.errors import unwritable
from indexer.store.lexical_files import LexicalBusy, LexicalDamage, check_place, clear_files, reading, writing
from indexer.store.lexical_schema import DOCUMENT, HELD, PASSAGE, TOKENS, WHOLE, opened_index, schema
from indexer.store.lexical_tokens import spaced_tokens

_HEAP = 64_000_000  # bytes of passages in memory before they are written
_POLL = 0.05  # seconds


@dataclass(frozen=True, slots=True)
class LexicalText:
    """A passage to index: its number in the store, and its nearest heading and text, in Simplified characters."""

    passage: int
    text: str


class LexicalWriter:
    """Adds, replaces and removes documents; nothing is seen before `commit`, what is not committed is lost.

    One at a time: a second waits. The lock is the system's and goes with a process that is killed.
    """

    def __init__(self, directory: Path, *, anew: bool = False, wait: float = 60.0) -> None:
        """Opens an index to write, or makes an empty one where there is none.

        Args:
            directory: its folder.
            anew: forget what it holds, with the first commit where it can be opened, else at once.
            wait: seconds to wait for another writer.

        Raises:
            LexicalDamage: it cannot be read (not with `anew`).
            LexicalBusy: another process was still writing.
            IndexFault: the folder is another program's, or cannot be written.
        """
        self.directory = directory
        check_place(directory)
        self._writer = _locked(directory, anew, wait)
        with writing(directory):
            # A writer that was killed may have left a file under the very name that the next commit gives.
            self._writer.garbage_collect_files()
        if anew:
            with writing(directory):
                self._writer.delete_all_documents()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Small parts that one-by-one commits leave are put together, else every question would visit each.
        with writing(self.directory):
            self._writer.wait_merging_threads()

    def replace(self, document: int, texts: Sequence[LexicalText]) -> None:
        """Removes what it has of the document and adds these passages.

        Raises:
            IndexFault: it cannot be written.
        """
        self.remove(document)
        spaced = spaced_tokens([text.text for text in texts])
        with writing(self.directory):
            for number, (text, words) in enumerate(zip(texts, spaced, strict=True)):
                entry = tantivy.Document()
                entry.add_unsigned(PASSAGE, text.passage)
                entry.add_unsigned(DOCUMENT, document)
                entry.add_text(TOKENS, words)
                if number == 0:
                    _hold(entry, document, spaced)
                self._writer.add_document(entry)
            if not texts:
                # A document without a word is held, too.
                entry = tantivy.Document()
                entry.add_unsigned(DOCUMENT, document)
                _hold(entry, document, spaced)
                self._writer.add_document(entry)

    def remove(self, document: int) -> None:
        """Removes the passages of a document, where it has any.

        Raises:
            IndexFault: it cannot be written.
        """
        with writing(self.directory):
            # Not by term: of a field of numbers that finds nothing (tantivy-py 0.27).
            held = Query.term_query(schema(), DOCUMENT, document, index_option="basic")
            self._writer.delete_documents_by_query(held)

    def commit(self) -> None:
        """Makes what was done since the last commit last, and seen by every reader that reloads.

        Raises:
            IndexFault: it cannot be written, as on a full disk.
        """
        with writing(self.directory):
            self._writer.commit()


def _hold(entry: tantivy.Document, document: int, spaced: Sequence[str]) -> None:
    """Say in an entry which document it is of, and what the whole of it holds."""
    entry.add_unsigned(HELD, document)
    entry.add_text(WHOLE, " ".join(dict.fromkeys(" ".join(spaced).split())))


def _made(directory: Path, anew: bool) -> tantivy.Index:
    """The index in the folder, made where there is none, and made again where `anew` and unreadable."""
    try:
        with reading(directory):
            return opened_index(directory)
    except LexicalDamage:
        if not anew:
            raise
    clear_files(directory)
    with writing(directory):
        return opened_index(directory)


def _locked(directory: Path, anew: bool, wait: float) -> tantivy.IndexWriter:
    until = time.monotonic() + wait
    while True:
        # Opened again each time: what the other writer left has to be known, or its old files stay for ever.
        index = _made(directory, anew)
        try:
            # One thread, so that the passages of a document stay together: a filter then reads few blocks.
            return index.writer(heap_size=_HEAP, num_threads=1)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise unwritable(directory, error) from error
            if time.monotonic() >= until:
                raise LexicalBusy(directory, wait) from error
        time.sleep(_POLL)
