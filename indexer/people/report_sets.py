"""Sets of reports that somebody put together and named: 华东六省, 我的县.

Kept with what people said, so a rebuild takes nothing from them and a backup has them. A set holds the names of its
reports: one that is removed and added again is in it again. What was said of a set last counts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import IndexFault
from indexer.people.store import REPORT_SETS, add_said, has_people, people_or, said

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
    with people_or(IndexFault, REPORT_SETS, directory) as connection:
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
    with people_or(IndexFault, REPORT_SETS, directory) as connection:
        add_said(connection, REPORT_SETS, (title, json.dumps(documents, ensure_ascii=False), at))
