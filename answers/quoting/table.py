"""The words that a sentence may have besides its quotations, and those that it may not leave out of them."""

from __future__ import annotations

import re
from collections import Counter

from answers.knowledge.tables import Row, alternatives, rows

_JOINING = rows(Row, "quoting", "joining")
_TURNING = rows(Row, "quoting", "turning")
_NEEDLESS = rows(Row, "quoting", "needless")
JOINING_WORDS = tuple(dict.fromkeys(word for row in _JOINING for word in row.words))
"""Words that join quotations and say nothing, in the order of the table."""
LONGEST_JOINING = max(map(len, JOINING_WORDS))
_TURNS = re.compile(alternatives(_TURNING))


_MAY_GO = re.compile(f"(?:{alternatives((*_JOINING, *_NEEDLESS))})*+")


def turning_words(clause: str) -> Counter[str]:
    """The words of a clause without which it says something else (不, 力争, 基本), and how often each stands there."""
    return Counter(match[0] for match in _TURNS.finditer(clause))


def may_be_left_out(words: str) -> bool:
    """Whether words that a sentence leaves out say nothing: they join, or name the report's own place (全市)."""
    return _MAY_GO.fullmatch(words) is not None
