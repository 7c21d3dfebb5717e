"""Questions that somebody keeps, to ask them again: each with what was changed of its understanding.

Kept with what people said, so a rebuild takes nothing from them and a backup has them. They belong to whoever kept them, by
the name in the list of people; where nobody has to say who he is, to all who use the app. What was said of one last counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import IndexFault
from indexer.people.store import SAVED_QUESTIONS, add_said, has_people, people_or, said

LONGEST = 4000  # characters of a question and of what it is asked with
_KEPT, _GONE = "kept", "gone"


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question that is kept.

    Attributes:
        question: as it is asked, complete.
        address: what was chosen with it, as the query of an address, the question itself included.
    """

    question: str
    address: str


def saved_questions(directory: Path, name: str) -> tuple[SavedQuestion, ...]:
    """What one person keeps, the last kept first; `name` is empty where nobody has to say who he is.

    Raises:
        IndexFault: the file is not ours or cannot be read.
    """
    if not has_people(directory):
        return ()
    kept: dict[SavedQuestion, None] = {}
    with people_or(IndexFault, SAVED_QUESTIONS, directory) as connection:
        for whose, question, address, state, _ in said(connection, SAVED_QUESTIONS):
            if whose == name:
                kept.pop(SavedQuestion(question, address), None)
                if state == _KEPT:
                    kept[SavedQuestion(question, address)] = None
    return tuple(kept)[::-1]


def keep_question(directory: Path, name: str, one: SavedQuestion) -> None:
    """Keep a question; one that is kept already becomes the last.

    Raises:
        IndexFault: it is empty or too long, or the file cannot be written.
    """
    if not one.question.strip() or len(one.question) + len(one.address) > LONGEST:
        raise IndexFault(
            f"这个问题不能收藏：{one.question[:20]!r}，是空的，或连同所选的超过 {LONGEST} 字。请缩短，或少选几项。",
            f"The question {one.question[:20]!r} cannot be kept: it is empty, or longer than {LONGEST} characters with what "
            "is chosen. Shorten it, or choose less.",
        )
    _say(directory, name, one, _KEPT)


def let_go_question(directory: Path, name: str, one: SavedQuestion) -> None:
    """Keep a question no longer.

    Raises:
        IndexFault: the file cannot be written.
    """
    _say(directory, name, one, _GONE)


def _say(directory: Path, name: str, one: SavedQuestion, state: str) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with people_or(IndexFault, SAVED_QUESTIONS, directory) as connection:
        add_said(connection, SAVED_QUESTIONS, (name, one.question, one.address, state, at))
