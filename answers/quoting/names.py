"""How a sentence may name the report that it rests on: by its whole title, its own place, its year with the word 报告.

A title is written by whoever wrote the report, so no part of it lends a sentence words; and a figure of a city is none of
its province's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from answers.understanding.places import named_places
from indexer.report.regions import region_called, regions

_OF_THE_REPORT = (
    r"年(?=[^，。；、]{0,12}报告)"  # what follows a year that is the report's: 2025年政府工作报告
)
_SHORTEST, _LONGEST = 2, 40  # characters of a short name, and of the words in which one is sought
_LEVELS = "省市区县州旗盟"


@lru_cache(maxsize=256)
def name_of(title: str, place: str, year: int | None) -> re.Pattern[str]:
    """What names a report with this title, of this place (its full name; may be empty) and year, wherever it begins."""
    forms = [re.escape(title)] if title else []
    if place:
        *upper, own = _levels(place)
        above = "".join(f"(?:{_or_short(*level)})?" for level in upper)
        forms.append(f"{above}(?:{_or_short(*own)})")
    if year is not None:
        forms.append(f"{year}{_OF_THE_REPORT}")
    return re.compile("|".join(forms) or r"(?!)")


def begins_with_another(words: str, place: str, *, also_within: bool) -> bool:
    """Whether words begin with the name of a province or a city other than a place and what it lies in; `also_within`: or
    with that of a part of it, 武汉 of 湖北省."""
    own = region_called(place)
    return any(
        own is None or not (own.lies_in(region) or (region.lies_in(own) and not also_within))
        for mention in named_places(words[:_LONGEST]).mentions
        if mention.start == 0
        for region in mention.regions
    )


def own_level(place: str) -> str:
    """The character by which a report calls its own place: 市 (全市, 我市) of 浙江省宁波市, 区 of 广西壮族自治区; else empty.

    >>> own_level("浙江省宁波市"), own_level("全国")
    ('市', '')
    """
    return place[-1:] if place[-1:] in _LEVELS else ""


def _levels(place: str) -> list[tuple[str, str]]:
    """The levels of a full name, the largest first, each with its short name; an unknown one is one level."""
    own = region_called(place)
    if own is None:
        return [(place, place)]
    around = [one for one in regions() if own.lies_in(one) and one is not own]
    return [(one.name, one.short) for one in (*around, own)]


def _or_short(name: str, short: str) -> str:
    """A level of a place, whole or short, where that is a name by itself."""
    return re.escape(name) + (f"|{re.escape(short)}" if len(short) >= _SHORTEST and short != name else "")
