"""Ledgers of reports that exist in memory only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from answers.commitments.stored import StoredLedger
from answers.commitments.stored_file import changing
from answers.commitments.stored_rows import insert, statements_of
from indexer.report.report import Report
from indexer.store.catalogue import ReportEntry


def entry_of(key: int, report: Report) -> ReportEntry:
    """The entry that a store would have for a report under this number."""
    document = report.document
    return ReportEntry(
        key, report.name, report.metadata, document.text_digest, document.source, document.source_digest,
        1, len(report.passages), len(report.text), "",
    )  # fmt: skip


def stored(directory: Path, reports: Sequence[Report]) -> StoredLedger:
    """A ledger in the directory of these reports, numbered from 1."""
    with changing(directory) as connection:
        for key, report in enumerate(reports, 1):
            insert(connection, entry_of(key, report), "", statements_of(report))
    return StoredLedger(directory)
