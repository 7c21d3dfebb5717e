"""Removing reports on the page 文库, and putting them back."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from answers.service import Service
from embeddings import WenbaoError
from indexer.errors import MissingReport
from indexer.people.changes import Did, note
from indexer.saving.taken_out import let_go, put_back, take_out
from indexer.store.catalogue import ReportEntry
from indexer.store.rows import EmbeddedReport
from views.library.wording import LibraryWording
from views.shared.done import Done, Undo, attempt, tell, tell_once
from views.shared.visitor import editing


class Removal:
    """Reports to be removed by a button's click, a callback: at once and once, with one undo for all of them.

    The second of two clicks gets the same object. It waits for the first and tells what that did, since Streamlit gives
    up what was clicked again as soon as it touches the session: the removal is done by then, but would not be told.
    Those that somebody else removed meanwhile are left so without a word.
    """

    def __init__(self, prepared: Service, reports: Sequence[ReportEntry], words: LibraryWording) -> None:
        self._prepared = prepared
        self._reports = tuple(reports)
        self._words = words
        self._lock = threading.Lock()
        self._done: Done | None = None

    def __call__(self) -> None:
        """Remove them, or tell again that they were removed."""
        with self._lock:
            if self._done is None:
                attempt(self._remove, self._words.language)
            if self._done is not None:
                tell_once(self._done)

    def _remove(self) -> None:
        directory, by = self._prepared.directory, editing()
        taken: list[EmbeddedReport] = []
        gone: list[ReportEntry] = []
        try:
            for report in self._reports:
                try:
                    whole = take_out(report.name, directory)
                except MissingReport:
                    continue
                note(directory, by, Did.REMOVED, report.name)
                gone.append(report)
                if whole is not None:
                    taken.append(whole)
        finally:
            # Also where one of them could not be removed: those before it are gone, and can be put back.
            if gone:
                self._done = _done(self._prepared, gone, taken, self._words)


def _done(
    prepared: Service, gone: Sequence[ReportEntry], taken: list[EmbeddedReport], words: LibraryWording
) -> Done:
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
    return Done(said, time.monotonic(), Undo(back, forget) if taken else None)


def _counted(count: int, of_one: str, of_several: str, reports: Sequence[ReportEntry]) -> str:
    return of_one.format(title=reports[0].title) if len(reports) == 1 else of_several.format(count=count)
