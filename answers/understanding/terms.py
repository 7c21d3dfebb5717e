"""What of a question is worth a lexical search: its terms and names, without the words that only ask."""

from __future__ import annotations

from answers.knowledge.stop_words import stop_words
from answers.understanding.places import without_places

_STOP_WORDS = stop_words("words")


def terms(search: str) -> str:
    """The words of a question that a passage might hold, place names left out: its own report holds them all.

    `search` is the question in Simplified characters with the long forms of its abbreviations.
    """
    return _STOP_WORDS.sub(" ", without_places(search))
