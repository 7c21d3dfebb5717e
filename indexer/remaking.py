"""An index made anew beside the one that answers takes its place, and loses nothing that others did meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from embeddings import Encoder
from indexer.embedding_line import embedded_reports
from indexer.errors import IndexFault
from indexer.intake import known_in
from indexer.report.metadata import with_corrections
from indexer.report.passages import parse_report
from indexer.report.records import Document
from indexer.report.report import Report
from indexer.store.catalogue import ReportEntry
from indexer.store.database import has_store, open_store
from indexer.store.replacing import take_place
from indexer.store.writing import change_index, refresh_vectors

_AT_ONCE = 64  # reports that are written in one change


def entries_of(directory: Path) -> list[ReportEntry]:
    """What is known of the reports of an index; none where there is no index, or where it cannot be read."""
    return _readable_entries(directory) or []


def _readable_entries(directory: Path) -> list[ReportEntry] | None:
    """The same; None where there is an index that cannot be read."""
    try:
        if not has_store(directory):
            return []
        with open_store(directory) as store:
            return list(store.entries())
    except IndexFault as fault:
        if fault.foreign:
            raise
        return None


def take_over(
    aside: Path,
    directory: Path,
    encoder: Encoder,
    wanted: Callable[[ReportEntry], bool],
    *,
    alone: bool = False,
) -> None:
    """Put the index in `aside` into the place of that in `directory`, once it holds what others changed there.

    What is embedded for that is embedded before anybody has to wait; then it is compared again.

    Args:
        aside: a finished index beside the other.
        directory: the index that answers now.
        encoder: the model of the new index.
        wanted: whether a report of the old index belongs into the new one.
        alone: whether nothing else belongs into it.

    Raises:
        IndexFault: an index cannot be read or written.
        ModelError: the model failed.
    """
    unreadable: set[str] = set()
    while True:
        generation = _generation(directory)
        before, now = _readable_entries(directory), {entry.name: entry for entry in entries_of(aside)}
        if before is None:
            # What cannot be read any more says nothing of what was removed.
            before = []
        elif alone:
            names = {entry.name for entry in before}
            _remove([name for name in now if name not in names], aside)
        changed = [
            entry
            for entry in before
            if entry.name not in unreadable and _lacks(now.get(entry.name), entry, wanted=wanted(entry))
        ]
        if changed:
            for entry in changed:
                document = _document(entry, directory, aside, whole=wanted(entry))
                if document is None:
                    unreadable.add(entry.name)
                else:
                    bring_in([document], aside, encoder)
            continue
        refresh_vectors(aside, always=True)
        if take_place(aside, directory, generation):
            return


def bring_in(
    documents: Iterable[Document],
    directory: Path,
    encoder: Encoder,
    told: Callable[[Report, float], None] = lambda report, share: None,
    known: Path | None = None,
) -> None:
    """Embed documents and put them into an index; of `known`, where given, vectors are taken that fit.

    Raises:
        IndexFault: the index cannot be written.
        ModelError: the model failed.
    """
    reports = (parse_report(document) for document in documents)
    line = embedded_reports(reports, encoder, known_in(known or directory), told)
    while some := list(islice(line, _AT_ONCE)):
        with change_index(directory) as writer:
            for embedded in some:
                writer.add(embedded)


def _generation(directory: Path) -> int | None:
    try:
        with open_store(directory) as store:
            return store.settings().generation
    except IndexFault as fault:
        if fault.foreign:
            raise
        return None


def _lacks(made: ReportEntry | None, entry: ReportEntry, *, wanted: bool) -> bool:
    """Whether a new index has a report otherwise than the old one has it by now."""
    if made is None or made.text_digest != entry.text_digest:
        return wanted
    if wanted and (made.source, made.source_digest) != (entry.source, entry.source_digest):
        return True
    return with_corrections(made.metadata, entry.metadata) != made.metadata


def _document(entry: ReportEntry, directory: Path, aside: Path, *, whole: bool) -> Document | None:
    """The report as it is to be in the new index; None where its text is gone or no longer what was indexed."""
    if not whole:
        with open_store(aside) as store:
            made = store.report(entry.name)
        if made is None:
            return None
        return replace(made.document, metadata=with_corrections(made.document.metadata, entry.metadata))
    try:
        with open_store(directory) as store:
            document = store.document(entry.name)
    except IndexFault:
        return None
    if document is None or document.text_digest != entry.text_digest:
        return None
    return document


def _remove(names: list[str], directory: Path) -> None:
    if names:
        with change_index(directory) as writer:
            for name in names:
                writer.remove(name)
