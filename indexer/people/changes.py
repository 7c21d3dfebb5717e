"""The log of changes: who added, corrected, removed, judged what, through which door, and when.

Kept with what people said: sealed, nothing is ever overwritten, a rebuild takes nothing from it and a backup has it.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from embeddings.errors import WenbaoError
from indexer.outcomes import FileResult, Outcome
from indexer.people.store import CHANGES, add_said, has_people, people_or, said


class Door(StrEnum):
    """How somebody came in."""

    PAGE = "page"
    HTTP = "http"
    COMMAND = "command"
    PYTHON = "python"


class Did(StrEnum):
    """What somebody did."""

    ADDED = "added"
    REPLACED = "replaced"
    CORRECTED = "corrected"
    REMOVED = "removed"
    PUT_BACK = "put back"
    JUDGED = "judged"
    SPOKE = "spoke"  # said something of an answer
    KEPT_SET = "kept set"
    REMOVED_SET = "removed set"
    MENDED = "mended"
    BUILT = "built"


class ChangeLogError(WenbaoError):
    """The log of changes cannot be read or written."""


@dataclass(frozen=True, slots=True)
class By:
    """Who does something: a name, empty where nobody had to say it, and the door."""

    name: str
    door: Door


def at_the_command_line() -> By:
    """Who runs a command: the user of the system."""
    try:
        return By(getpass.getuser(), Door.COMMAND)
    except (OSError, KeyError):  # as in a container whose user has no name
        return By("", Door.COMMAND)


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        at: when, UTC, ISO 8601 to the second.
        name: of who did it, as in the list of people; an address or empty where nobody has to say who he is.
        what: the report, or the title of a set of reports; empty where it is neither.
        detail: what was corrected to, judged or said.
    """

    at: str
    name: str
    door: Door
    did: Did
    what: str
    detail: str


def note(directory: Path, by: By, did: Did, what: str | Iterable[str] = "", detail: str = "") -> None:
    """Write down what somebody did, of several reports a line each.

    Raises:
        ChangeLogError: the file is another program's, or cannot be written.
        ServerUnavailable: the server of a shared index is gone.
    """
    _write(directory, by, [(did, one, detail) for one in ([what] if isinstance(what, str) else what)])


def note_added(directory: Path, by: By, results: Iterable[FileResult]) -> None:
    """Write down which reports came of files that somebody added.

    Raises:
        ChangeLogError, ServerUnavailable: as `note`.
    """
    did = {Outcome.ADDED: Did.ADDED, Outcome.REPLACED: Did.REPLACED}
    rows = [
        (did[one.outcome], one.document, one.path.name)
        for one in results
        if one.outcome in did and one.document is not None
    ]
    _write(directory, by, rows)


def changes(directory: Path) -> tuple[Change, ...]:
    """The whole log, the oldest first; nothing where nobody changed anything yet.

    Raises:
        ChangeLogError, ServerUnavailable: as `note`.
    """
    if not has_people(directory):
        return ()
    with people_or(ChangeLogError, CHANGES, directory) as connection:
        return tuple(
            Change(at, name, Door(door), Did(did), what, detail)
            for at, name, door, did, what, detail in said(connection, CHANGES)
        )


def _write(directory: Path, by: By, rows: Sequence[tuple[Did, str, str]]) -> None:
    if not rows:
        return
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with people_or(ChangeLogError, CHANGES, directory) as connection:
        for did, what, detail in rows:
            change = Change(at, by.name, by.door, did, what, detail)
            add_said(connection, CHANGES, tuple(map(str, astuple(change))))
