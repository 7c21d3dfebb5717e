"""What of a question is worth a search: its terms and the long forms of its short ones, not the words that only ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from answers.knowledge.aliases import aliases
from answers.knowledge.tables import Row, in_order, rows
from answers.understanding.places import without_places


@dataclass(frozen=True, slots=True, kw_only=True)
class _StopWords(Row):
    left_out_of: tuple[str, ...]


def stop_words(left_out_of: Literal["words", "topic"]) -> re.Pattern[str]:
    """What is left out of the words that passages are searched for, or of the topic of a comparison."""
    return re.compile(
        in_order(row for row in rows(_StopWords, "questions", "stop") if left_out_of in row.left_out_of)
    )


_ALIASES = aliases("search")
_STOP_WORDS = stop_words("words")


def long_forms(query: str) -> tuple[str, ...]:
    """What the short forms and English terms of a question stand for, each once, unless it says so itself.

    They are added to what is searched for; the question stays as typed.
    """
    return tuple(dict.fromkeys(name for words, name in _ALIASES if name not in query and words.search(query)))


def terms(search: str) -> str:
    """The words of a question that a passage might hold, place names left out: its own report holds them all.

    `search` is the question in Simplified characters with the long forms of its abbreviations.
    """
    return _STOP_WORDS.sub(" ", without_places(search))
