"""The short forms of the genre and what they stand for: 高企, 社零, 固投, CPI, and everyday words for them.

A long form found here is added to the words that are searched for; the question itself stays as typed.
"""

from __future__ import annotations

from answers.knowledge.aliases import aliases

_ALIASES = aliases("search")


def long_forms(query: str) -> tuple[str, ...]:
    """What the short forms and English terms of a question stand for, each once, unless it says so itself."""
    return tuple(dict.fromkeys(name for words, name in _ALIASES if name not in query and words.search(query)))
