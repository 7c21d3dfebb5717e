"""Sets of reports that somebody put together and named: 华东六省, 我的县.

Kept with what people said, so a rebuild takes nothing from them and a backup has them. A set holds the names of its
reports: one that is removed and added again is in it again. What was said of a set last counts.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import IndexFault, what_to_do
from indexer.store.connection import StoreConnection
from indexer.store.people import FILE_NAME, REPORT_SETS, add_said, has_people, open_people, said

LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class ReportSet:
    """A named set: the names of its reports, at least one, in the order in which they were chosen."""

    title: str
    documents: tuple[str, ...]


def report_sets(directory: Path) -> tuple[ReportSet, ...]:
    """Every set of the index in a folder, in the order in which they were first named.

    Raises:
        IndexFault: the file is not ours or cannot be read.
    """
    if not has_people(directory):
        return ()
    with _opened(directory) as connection:
        last = {title: tuple(json.loads(names)) for title, names, _ in said(connection, REPORT_SETS)}
    return tuple(ReportSet(title, names) for title, names in last.items() if names)


def keep_set(directory: Path, title: str, documents: Sequence[str]) -> ReportSet:
    """Name a set, or say anew what is in it, and return it.

    Raises:
        IndexFault: the title is empty or too long, there is no report in it, or the file cannot be written.
    """
    title, names = " ".join(title.split()), tuple(dict.fromkeys(documents))
    if not title or len(title) > LONGEST_TITLE:
        raise IndexFault(
            f"请给报告组起个名字（1 到 {LONGEST_TITLE} 字），现在是 {title[:20]!r}。",
            f"Give the set a name of 1 to {LONGEST_TITLE} characters; it is {title[:20]!r}.",
        )
    if not names:
        raise IndexFault(
            f"报告组“{title}”里没有报告。请至少选一份。",
            f"There is no report in the set “{title}”. Choose at least one.",
        )
    _say(directory, title, names)
    return ReportSet(title, names)


def remove_set(directory: Path, title: str) -> None:
    """Let go of a set; its reports stay in the library.

    Raises:
        IndexFault: the file cannot be written.
    """
    _say(directory, title, ())


def _say(directory: Path, title: str, documents: Sequence[str]) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with _opened(directory) as connection:
        add_said(connection, REPORT_SETS, (title, json.dumps(documents, ensure_ascii=False), at))


@contextmanager
def _opened(directory: Path) -> Iterator[StoreConnection]:
    try:
        with open_people(directory) as connection:
            yield connection
    except (sqlite3.Error, ValueError) as error:
        path, (zh, en) = directory / FILE_NAME, what_to_do(error)
        raise IndexFault(
            f"报告组的记录 {path} 打不开或写不进去（{error}）。{zh}不要删除这个文件；它若损坏，请从备份恢复。",
            f"The sets of reports in {path} cannot be opened or written ({error}). {en} Do not delete the file; if it is "
            "damaged, restore it from a backup.",
        ) from error
