"""The words that a sentence may have besides its quotations, and those that it may not leave out of them."""

from __future__ import annotations

import re
from collections import Counter

from answers.knowledge.tables import Row, alternatives, rows
from answers.quoting.names import own_level

_TURNING = rows(Row, "quoting", "turning")
JOINING_WORDS = tuple(dict.fromkeys(word for row in rows(Row, "quoting", "joining") for word in row.words))
"""Words with which a clause may begin though they are not quoted, in the order of the table."""
INSIDE = frozenset(word for row in rows(Row, "quoting", "inside") for word in row.words)
"""Words that may stand inside a clause though they are not quoted."""
COPULAS = frozenset(word for row in rows(Row, "quoting", "copula") for word in row.words)
"""Words that may stand before an amount though they are not quoted."""
SAYING_NOTHING = frozenset(JOINING_WORDS) | INSIDE | COPULAS
"""All of these, wherever they may stand."""
LONGEST_JOINING = max(map(len, SAYING_NOTHING))
_TURNS = re.compile(alternatives(_TURNING))
_SCOPE = re.compile(alternatives(rows(Row, "quoting", "scope")))
_MAY_GO = re.compile(f"(?:{alternatives(rows(Row, 'quoting', 'needless'))})*+")
_OWN = re.compile(alternatives(rows(Row, "quoting", "own_place")))
_ELSEWHERE = re.compile(alternatives(rows(Row, "quoting", "elsewhere")))
_NUMBERING = re.compile(r"\s*[（(]?(?:[一二三四五六七八九十百]+|\d+)(?:[）)]|[、.．](?!\d))\s*")


def turning_words(clause: str) -> Counter[str]:
    """The words of a clause without which it says something else (不, 力争, 基本), and how often each stands there."""
    return Counter(match[0] for match in _TURNS.finditer(clause))


def scope_word(clause: str) -> str:
    """The word of a clause under which what follows stands: 如果; empty where there is none."""
    found = _SCOPE.search(clause)
    return found[0] if found else ""


def may_be_left_out(words: str, place: str) -> bool:
    """Whether a run of words that a sentence leaves out says nothing: 同比, or names the place of the report: 全市 of a city."""
    own, level = _OWN.fullmatch(words), own_level(place)
    return _MAY_GO.fullmatch(words) is not None or (own is not None and bool(level) and words.endswith(level))


def numbering(words: str) -> int:
    """How many characters of a clause only number it: （一）, 1、."""
    found = _NUMBERING.match(words)
    return found.end() if found else 0


def begins_elsewhere(words: str, place: str) -> bool:
    """Whether words begin with the country, the world, or what a report's own place lies in: 全省 in the report of a city."""
    own, level = _OWN.match(words), own_level(place)
    return _ELSEWHERE.match(words) is not None or (own is not None and not (level and own[0].endswith(level)))
