"""Whether the ledger's file says what was extracted from the reports, to the last column."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from answers.commitments.stored_file import is_there, reading, remove_ledger
from answers.commitments.stored_rows import seal_found
from answers.errors import LedgerError
from indexer.location import AnyPath, path_of
from indexer.reports import Problem


def ledger_problems(directory: AnyPath) -> tuple[Problem, ...]:
    """What is wrong with the ledger of an index; nothing where there is none, for it is made when it is asked for.

    A report that is not in it yet is no problem: `bring_up` adds it.

    Raises:
        LedgerError: it is locked for too long.
    """
    directory = path_of(directory)
    if not is_there(directory):
        return ()
    try:
        with reading(directory) as connection:
            return tuple(_problems(connection))
    except LedgerError as error:
        return (Problem("", error.message("zh"), error.message("en")),)


def mend_ledger(directory: AnyPath) -> None:
    """Remove a ledger that is not what was extracted; it is made anew from the reports.

    Raises:
        LedgerError: as `ledger_problems`.
    """
    directory = path_of(directory)
    if ledger_problems(directory):
        remove_ledger(directory)


def _problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    (word,) = connection.execute("PRAGMA integrity_check").fetchone()
    if word != "ok":
        yield Problem("", f"台账文件损坏：{word}", f"the ledger is damaged: {word}")
    seals = dict(connection.execute("SELECT document, seal FROM seals").fetchall())
    for document, name in connection.execute("SELECT id, name FROM documents ORDER BY id").fetchall():
        if seals.pop(document, None) != seal_found(connection, document):
            yield Problem(
                str(name), "台账里它的条目被改动过（修复时重新生成）",
                "its rows in the ledger were altered (they are made anew by a repair)",
            )  # fmt: skip
    if seals:
        yield Problem("", f"台账缺少 {len(seals)} 份报告", f"the ledger lost {len(seals)} reports")
