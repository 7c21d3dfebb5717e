"""The reports of an index without its vectors: for work that needs no model."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from indexer.errors import damaged, no_report
from indexer.report.report import Report
from indexer.store.consistency import report_problems
from indexer.store.database import open_store
from indexer.store.tables import Store


def open_reports(directory: Path, names: Collection[str] | None = None) -> tuple[Report, ...]:
    """The reports of the index in `directory`, those of `names` in their order, else all as added.

    Raises:
        IndexFault: the index is missing, foreign or damaged, a text is not what was indexed, or it
            has no report of a name.
    """
    with open_store(directory) as store:
        reports = {report.name: report for report in proven_reports(directory, store, names)}
        for name in names or ():
            if name not in reports:
                raise no_report(name, store.text_digests())
    return tuple(reports.values() if names is None else (reports[name] for name in dict.fromkeys(names)))


def proven_reports(directory: Path, store: Store, names: Collection[str] | None = None) -> Iterator[Report]:
    """The reports of a store, of `names` where given, each with its text and its spans checked.

    Raises:
        IndexFault: a text is not what was indexed, or a span does not fit it.
    """
    digests = store.text_digests()
    for report in store.reports():
        if names is not None and report.name not in names:
            continue
        if digests[report.name] != report.document.text_digest:
            raise damaged(directory, f"{report.name}: text differs from its digest")
        for problem in report_problems(report):
            raise damaged(directory, f"{problem.document}: {problem.en}")
        yield report
