"""The words of an index: which text each passage is found by, and the folder that holds them."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from indexer.errors import IndexFault
from indexer.report.report import Report
from indexer.store.catalogue import ReportEntry
from indexer.store.database import open_store
from indexer.store.lexical import LexicalIndex
from indexer.store.lexical_files import LexicalDamage, damaged_files
from indexer.store.lexical_writer import LexicalText, LexicalWriter
from indexer.store.servers import servers_of
from indexer.text.characters import simplified

_COMMIT_EVERY = 500  # reports


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
        complete_words(directory, directory / name)
        return LexicalWriter(directory / name)


def mend_words(directory: Path) -> None:
    """Make the words of a local index whole: derived anew where their files are not those that were written.

    Raises:
        IndexFault: they cannot be written.
    """
    with open_store(directory) as store:
        words = directory / store.settings().words
    try:
        altered = bool(damaged_files(words))
    except (LexicalDamage, OSError):
        altered = True
    if altered:
        with LexicalWriter(words, anew=True) as writer:
            _complete(directory, writer, frozenset())
    else:
        complete_words(directory, words)


def complete_words(directory: Path, words: Path) -> None:
    """Write into `words` the words of the reports of the index in `directory` that are not in it.

    Those of removed reports are taken out; what cannot be read is forgotten. Killed on the way, it goes on from there.

    Raises:
        IndexFault: the index cannot be read, or `words` not be written.
    """
    try:
        with LexicalWriter(words) as writer:
            _complete(directory, writer, LexicalIndex(words).documents())
    except LexicalDamage:
        with LexicalWriter(words, anew=True) as writer:
            _complete(directory, writer, frozenset())
    if servers_of(directory) is not None:
        # Another machine may have put another store into the place of the former one.
        remove_stale_words(directory, words.name)


def _complete(directory: Path, writer: LexicalWriter, held: frozenset[int]) -> None:
    # Only now: who changes a local store waits for these words before the change counts.
    with open_store(directory) as store:
        entries = list(store.entries())
    there = {entry.id for entry in entries}
    for document in held - there:
        writer.remove(document)
    missing = [entry for entry in entries if entry.id not in held]
    for number, entry in enumerate(missing, start=1):
        with open_store(directory) as store:
            report, now = store.report(entry.name), store.entry(entry.name)
        if report is not None and now is not None and now.id == entry.id:
            writer.replace(entry.id, lexical_texts(report, entry))
        if number % _COMMIT_EVERY == 0:
            writer.commit()
    writer.commit()


def lexical_texts(report: Report, entry: ReportEntry) -> list[LexicalText]:
    """The words by which each passage of a report is found: its nearest heading and its own; an aside by none."""
    text = report.simplified
    found = []
    for passage in report.passages:
        headings = report.headings(passage.section)
        heading = simplified(headings[-1]) if headings else ""
        words = "" if report.is_aside(passage.span.start) else f"{heading} {passage.span.of(text)}"
        found.append(LexicalText(entry.first + passage.number, words))
    return found
