"""Removing a report on the page 文库, and putting it back."""

from __future__ import annotations

from answers.service import Service
from indexer.people.changes import Did, note
from indexer.saving.taken_out import let_go, put_back, take_out
from indexer.store.catalogue import ReportEntry
from indexer.store.database import open_store
from views.library.wording import LibraryWording
from views.shared.done import Undo, attempt, tell
from views.shared.visitor import editing


def remove_report(prepared: Service, report: ReportEntry, words: LibraryWording) -> None:
    """Remove a report, a callback; one that is gone, as with the second of two clicks, is left so without a word."""
    attempt(lambda: _remove(prepared, report, words), words.language)


def _remove(prepared: Service, report: ReportEntry, words: LibraryWording) -> None:
    directory, by = prepared.directory, editing()
    with open_store(directory) as store:
        if store.entry(report.name) is None:
            return
    taken = take_out(report.name, directory)
    note(directory, by, Did.REMOVED, report.name)

    def back() -> None:
        encoder = prepared.encoder
        if taken is None or encoder is None:
            return
        again = editing()
        put_back(taken, directory, encoder.identity)
        note(directory, again, Did.PUT_BACK, report.name)
        tell(words.put_back.format(title=report.title))

    undo = Undo(back, lambda: let_go(taken, directory)) if taken is not None else None
    tell(words.removed.format(title=report.title), undo)
