"""The ledger of an index for a command line: brought up to date first, with a bar where that takes a while."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from answers.commitments.stored import StoredLedger
from answers.commitments.stored_update import LedgerProgress, bring_up
from indexer.command_line import err
from indexer.errors import no_report
from indexer.store.database import open_store


def current_ledger(directory: Path, documents: Collection[str] = ()) -> StoredLedger:
    """The ledger of the index in `directory`, up to date; at least for `documents` where these are given.

    Raises:
        IndexFault: there is no sound index, or it has no report of a name.
        LedgerError: the ledger cannot be read or written.
    """
    check_names(directory, documents)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Progress(
        *columns, TimeRemainingColumn(), console=err, transient=True, disable=not err.is_terminal
    ) as bar:
        task = bar.add_task("", total=None, visible=False)

        def told(step: LedgerProgress) -> None:
            # A title may hold brackets, which rich would take for markup.
            title = step.title.replace("[", r"\[")
            bar.update(
                task,
                description=f"找出承诺和结果：{title}",
                completed=step.done,
                total=step.total,
                visible=True,
            )

        bring_up(directory, told, only=documents or None)
    return StoredLedger(directory)


def check_names(directory: Path, documents: Collection[str]) -> None:
    """Raise IndexFault unless the index has a report of each of these names."""
    with open_store(directory) as store:
        for name in documents:
            if store.entry(name) is None:
                raise no_report(name, store.names())
