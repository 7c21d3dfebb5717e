"""The words of an index: which text each passage is found by, and the folder that holds them."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from indexer.errors import IndexFault
from indexer.report.report import Report
from indexer.store.catalogue import ReportEntry
from indexer.store.database import open_store
from indexer.store.lexical_writer import LexicalText, LexicalWriter
from indexer.text.characters import simplified


def words_name() -> str:
    """A name for the words of a new store, that no other store ever has: ids of two stores name other passages."""
    return f"words-{uuid.uuid4().hex[:12]}"


def remove_stale_words(directory: Path, name: str) -> None:
    """Remove the words of former stores; files that another program has open go the next time."""
    for path in directory.glob("words-*"):
        if path.name != name:
            shutil.rmtree(path, ignore_errors=True)


def open_words(directory: Path, name: str) -> LexicalWriter:
    """The words of an index, to be changed; derived anew where they are missing or damaged.

    Raises:
        IndexFault: they cannot be written.
    """
    try:
        return LexicalWriter(directory / name)
    except IndexFault:
        derive_words(directory, directory / name)
        return LexicalWriter(directory / name)


def derive_words(directory: Path, words: Path) -> None:
    """Write into `words` the words of the reports of the index in `directory`, whatever was there before.

    Raises:
        IndexFault: the index cannot be read, or `words` not be written.
    """
    with LexicalWriter(words, anew=True) as writer:
        # Only now: who changes the store waits for these words before the change counts.
        with open_store(directory) as store:
            names = store.names()
        for name in names:
            with open_store(directory) as store:
                report, entry = store.report(name), store.entry(name)
            if report is not None and entry is not None:
                writer.replace(entry.id, lexical_texts(report, entry))
        writer.commit()


def lexical_texts(report: Report, entry: ReportEntry) -> list[LexicalText]:
    """The words by which each passage of a report is found: its nearest heading and its own."""
    text = report.simplified
    found = []
    for passage in report.passages:
        headings = report.headings(passage.section)
        heading = simplified(headings[-1]) if headings else ""
        found.append(LexicalText(entry.first + passage.number, f"{heading} {passage.span.of(text)}"))
    return found
