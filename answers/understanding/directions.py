"""Parts of the country named by a direction: 西部, 东北, 沿海. They are places only in some surroundings.

中部崛起 is a policy, 西部陆海新通道 a corridor, 河北东部 a corner of one province; 华东和西部, 西部各省 and
«东北今年…» name provinces to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from answers.knowledge.tables import cue, source
from answers.understanding.region_names import DIRECTIONS
from answers.understanding.tokens import OTHER_PLACE, PLACE, Tokens

_WORD = "|".join(sorted(DIRECTIONS, key=len, reverse=True))
_COUNTED = source("places", "counted")
_AFTER = rf"(?!{source('places', 'after_direction')})(?:{_COUNTED})?"
_ONE = rf"(?:{PLACE}+(?:{_COUNTED})?|(?:{_WORD}){_AFTER})"
_JOINED = rf"{source('places', 'joins_directions')}+"
# 河北东部 is in Hebei: what touches a name is no part of the country.
_RUN = re.compile(rf"(?<![{PLACE}{OTHER_PLACE}]){_ONE}(?:{_JOINED}{_ONE})*|{_ONE}(?:{_JOINED}{_ONE})+")
_PART = re.compile(rf"(?<![{PLACE}{OTHER_PLACE}])(?P<word>{_WORD}){_AFTER}")
# 西部各省, 中部六省, 沿海省份 are provinces wherever they stand; 西部地区 may be where something happens.
_PROVINCES = re.compile(rf"(?:{_WORD})(?!地[区方])(?:{_COUNTED})")
_REGION = re.compile(rf"(?:{_WORD})地[区方](?!生产)")
_WHOM = cue("places", "before_asked_direction")
_WHEN = cue("places", "after_asked_direction")
_TOWARDS = cue("places", "towards")
_DESCRIBES = cue("places", "describes")
_POLICY = cue("places", "policy")


def directions(tokens: Tokens) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of every part of the country that a question asks, what counts it included.

    The places already found in it are tokens of their own.
    """
    signs = tokens.signs
    for run in _RUN.finditer(signs):
        text = run[0]
        if not re.search(_WORD, text) or not _asked(signs[: run.start()], text, signs[run.end() :]):
            continue
        for part in _PART.finditer(signs, run.start(), run.end()):
            yield *tokens.place_of(part), part["word"]


def _asked(before: str, run: str, after: str) -> bool:
    if _TOWARDS.search(before) or (PLACE in before and _DESCRIBES.search(before)):
        return False  # 江苏、福建两个沿海省份, 河南等中部省份: what the provinces named are, not more of them
    if _POLICY.match(after):
        return False
    if PLACE in run or _PROVINCES.search(run):
        return True
    return bool(_WHOM.search(before) and (_REGION.search(run) or _WHEN.match(after)))
