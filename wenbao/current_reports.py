"""The reports of an index as it now is on disk, without a model."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from indexer.errors import no_report
from indexer.report.report import Report
from indexer.reports import open_reports
from indexer.store.catalogue import ReportEntry
from indexer.store.database import has_store, open_store
from indexer.store.settings import StoreSettings


class CurrentReports:
    """Reads the reports in `directory` once for every state of the index. Safe to use from several threads.

    Every method but `exist` raises IndexFault where the index is missing, foreign or damaged.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._read: tuple[StoreSettings, tuple[Report, ...]] | None = None

    def exist(self) -> bool:
        """Whether there is an index at all."""
        return has_store(self._directory)

    def settings(self) -> StoreSettings:
        """What the index remembers of how it was made; other settings mean another state of it."""
        with open_store(self._directory) as store:
            return store.settings()

    def all(self) -> tuple[Report, ...]:
        """Every report, in the order it was added."""
        with self._lock:
            settings = self.settings()
            if self._read is None or self._read[0] != settings:
                self._read = settings, open_reports(self._directory)
            return self._read[1]

    def entries(self) -> tuple[ReportEntry, ...]:
        """What is known of every report without its text, in the order they were added."""
        with open_store(self._directory) as store:
            return tuple(store.entries())

    def entry(self, name: str) -> ReportEntry:
        """The same of one.

        Raises:
            IndexFault: there is no report of that name.
        """
        with open_store(self._directory) as store:
            entry = store.entry(name)
            if entry is None:
                raise no_report(name, store.names())
            return entry

    def named(self, documents: str | Iterable[str] | None) -> tuple[Report, ...]:
        """These reports in their order, each once; all where nobody chose.

        Raises:
            IndexFault: there is no report of a name.
        """
        if documents is None:
            return self.all()
        # Only these are read: a library may have thousands.
        return open_reports(self._directory, list(dict.fromkeys(several(documents))))

    def names(self, documents: str | Iterable[str] | None) -> list[str] | None:
        """The same names, each once, without reading the reports; None where nobody chose.

        Raises:
            IndexFault: there is no report of a name.
        """
        if documents is None:
            return None
        with open_store(self._directory) as store:
            names = list(dict.fromkeys(several(documents)))
            for name in names:
                if store.entry(name) is None:
                    raise no_report(name, store.names())
            return names

    def text_digests(self, names: Iterable[str] | None = None) -> dict[str, str]:
        """SHA-256 of the texts of these reports, or of all, by their names; those that are gone are left out."""
        with open_store(self._directory) as store:
            found = store.entries() if names is None else filter(None, map(store.entry, names))
            return {entry.name: entry.text_digest for entry in found}


def several(names: str | Iterable[str]) -> list[str]:
    """The names; a lone string is one of them, not its characters."""
    return [names] if isinstance(names, str) else list(names)
