"""Removing reports on the page 文库, and putting them back."""

from __future__ import annotations

from collections.abc import Sequence

from answers.service import Service
from embeddings import WenbaoError
from indexer.people.changes import Did, note
from indexer.saving.taken_out import let_go, put_back, take_out
from indexer.store.catalogue import ReportEntry
from indexer.store.database import open_store
from indexer.store.rows import EmbeddedReport
from views.library.wording import LibraryWording
from views.shared.done import Undo, attempt, tell
from views.shared.visitor import editing


def remove_report(prepared: Service, report: ReportEntry, words: LibraryWording) -> None:
    """Remove a report, a callback; one that is gone, as with the second of two clicks, is left so without a word."""
    remove_several(prepared, (report,), words)


def remove_several(prepared: Service, reports: Sequence[ReportEntry], words: LibraryWording) -> None:
    """Remove reports, a callback; those that are gone already are left so, and one undo puts all of them back."""
    attempt(lambda: _remove(prepared, reports, words), words.language)


def _remove(prepared: Service, reports: Sequence[ReportEntry], words: LibraryWording) -> None:
    directory = prepared.directory
    with open_store(directory) as store:
        there = [report for report in reports if store.entry(report.name) is not None]
    taken: list[EmbeddedReport] = []
    gone: list[ReportEntry] = []
    try:
        for report in there:
            by = editing()
            whole = take_out(report.name, directory)
            note(directory, by, Did.REMOVED, report.name)
            gone.append(report)
            if whole is not None:
                taken.append(whole)
    finally:
        # Also where one of them could not be removed: those before it are gone, and can be put back.
        if gone:
            _told(prepared, gone, taken, words)


def _told(
    prepared: Service, gone: Sequence[ReportEntry], taken: list[EmbeddedReport], words: LibraryWording
) -> None:
    directory = prepared.directory

    def back() -> None:
        encoder = prepared.encoder
        if encoder is None:
            return
        again = editing()
        failed: list[WenbaoError] = []
        for one in taken:
            try:
                put_back(one, directory, encoder.identity)
            except WenbaoError as error:  # one whose name is taken by now keeps no other out
                failed.append(error)
                continue
            note(directory, again, Did.PUT_BACK, one.report.name)
        if failed:
            raise failed[0]
        tell(_counted(len(taken), words.put_back, words.several_put_back, gone))

    def forget() -> None:
        for one in taken:
            let_go(one, directory)

    said = _counted(len(gone), words.removed, words.several_removed, gone)
    tell(said, Undo(back, forget) if taken else None)


def _counted(count: int, of_one: str, of_several: str, reports: Sequence[ReportEntry]) -> str:
    return of_one.format(title=reports[0].title) if len(reports) == 1 else of_several.format(count=count)
