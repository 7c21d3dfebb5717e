"""The words that a sentence may have besides its quotations, and those that it may not leave out of them."""

from __future__ import annotations

import re

from answers.knowledge.tables import Row, alternatives, rows

_JOINING = rows(Row, "quoting", "joining")
_TURNING = rows(Row, "quoting", "turning")
JOINING_WORDS = tuple(dict.fromkeys(word for row in _JOINING for word in row.words))
"""Words that join quotations and say nothing, in the order of the table."""
LONGEST_JOINING = max(map(len, JOINING_WORDS))
_TURNS = re.compile(alternatives(_TURNING))


def turning_words(clause: str) -> frozenset[str]:
    """The words of a clause without which it says something else: 不, 力争, 基本."""
    return frozenset(match[0] for match in _TURNS.finditer(clause))
