"""The verbs of government work reports, by what they do to the number beside them (`verbs.toml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from answers.knowledge.tables import Row, alternatives, patterns_of, rows, words_of
from indexer.text.digit_words import DIGITS

_verbs = partial(rows, Row, "verbs")
_ADVERB = _verbs("adverb")
_ADVERBS = alternatives(_ADVERB)
_ACTION = _verbs("action")
_PARTICLE = "(?:了|出|好|到(?![位账期港访岗])|至)?"

ADVERB_AT_START = re.compile(f"{_ADVERBS}|{alternatives(_verbs('adverb_at_start'))}")
ADVERB_AT_END = re.compile(f"(?:{_ADVERBS}|{alternatives(_verbs('adverb_at_end'))})$")
ACTION_AT_START = re.compile(f"(?:{patterns_of(_ACTION)}|(?:{words_of(_ACTION)})(?!性|率|圈)){_PARTICLE}")
ACTION_AT_END = re.compile(f"(?P<verb>{words_of(_ACTION)}){_PARTICLE}$")
# Not where the word goes on as a noun: 覆盖率, 吸引力, 投入资金.
TRANSITIVE = re.compile(
    f"(?:{alternatives(_verbs('transitive'))})(?=..)(?!率|量|面|数|人员|企业|额|性|资金|项目投)"
)
PREDICATE = re.compile(alternatives(_verbs("predicate")))
AFTERWARDS = re.compile(alternatives(_verbs("ending")))

TAKES_OBJECT = re.compile(alternatives(_verbs("takes_object")))
REACHED = re.compile(f"(?:{alternatives(_verbs('reached'))})+$")
DRIVES = re.compile(f"^(?:{alternatives(_verbs('drives'))})+(?=..)")
IMPROVES = re.compile(alternatives(_verbs("improves")))
STAGES = words_of(_verbs("stage"))
"""The stages that works come to, as the inside of a regular expression."""

_LEVEL_VERBS = frozenset(word for row in _verbs("level") for word in row.words)
_LINKS = frozenset(word for row in _verbs("link") for word in row.words)
_ADVERB_WORDS = frozenset(word for row in _ADVERB for word in row.words)
_ADVERB_PATTERNS = tuple(re.compile(pattern) for row in _ADVERB for pattern in row.patterns)
_LONGEST_WORD = max(map(len, _LEVEL_VERBS | _ADVERB_WORDS))
_LONGEST_ADVERB = 16  # characters; 较2020年同期 has 8


@dataclass(frozen=True, slots=True)
class Level:
    """The verbs of level that end a clause before its number: 比上年 and 增长到, of «产量比上年增长到».

    Attributes:
        start: where they begin, with the adverbs before them.
        verb: the verbs alone, with what links them to the number.
    """

    start: int
    verb: str


def level_at_end(words: str) -> Level | None:
    """The longest run of adverbs and then verbs of level that ends the words; None where no such verb does.

    It is `(adverb)*(verb link*)+$`. Words that may be cut in many ways (稳定增长到达到超过…) would keep a
    regular expression busy for minutes, so they are read once, from the end: at each place it is known
    whether a run begins at those behind it.
    """
    tail = {len(words)}  # places from which verbs and links, or nothing, lead to the end
    runs: set[int] = set()  # places from which adverbs and then verbs do
    nearest = len(words)  # the first place of either
    for place in range(len(words) - 1, -1, -1):
        if nearest - place > _LONGEST_ADVERB:
            break
        if any(end in tail for end in _word_ends(words, place, _LEVEL_VERBS)):
            tail.add(place)
            runs.add(place)
        elif words[place] in _LINKS and place + 1 in tail:
            tail.add(place)
        if place not in runs and runs and any(end in runs for end in _adverb_ends(words, place)):
            runs.add(place)
        if place in tail or place in runs:
            nearest = place
    if not runs:
        return None
    start = verb = min(runs)
    while (after := next((end for end in _adverb_ends(words, verb) if end in runs), None)) is not None:
        verb = after
    return Level(start, words[verb:])


def begins_with_level(words: str) -> bool:
    """Whether words that end before a number are verbs of level and adverbs alone, so that what they speak of stands
    elsewhere: 达到, 全年上涨."""
    level = level_at_end(words.strip())
    return level is not None and level.start == 0


def _word_ends(words: str, place: int, known: frozenset[str]) -> Iterator[int]:
    """Where the known words that begin at a place end, the longest first."""
    for end in range(min(place + _LONGEST_WORD, len(words)), place, -1):
        if words[place:end] in known:
            yield end


def in_number(words: str, place: int) -> bool:
    """Whether a place is inside a number in characters: 五年 of 一九八五年 is no adverb."""
    return place > 0 and words[place] in DIGITS and words[place - 1] in DIGITS


def _adverb_ends(words: str, place: int) -> Iterator[int]:
    """Where the adverbs that begin at a place end."""
    if in_number(words, place):
        return
    yield from _word_ends(words, place, _ADVERB_WORDS)
    for pattern in _ADVERB_PATTERNS:
        if found := pattern.match(words, place):
            yield found.end()
