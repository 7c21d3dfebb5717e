"""Names of places as they are written: which words of a question are one, and which regions it means.

A name that is an everyday word too counts where no other word can be meant: 大同 at the beginning of a question, 余姚 before a
year, 老城区 after 洛阳.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from answers.knowledge.tables import Row, cue, rows
from answers.understanding.region_names import (
    BY_ENGLISH_NAME_OF_CITY,
    COMMON_WORDS,
    EVERYDAY_CITIES,
    EVERYDAY_COUNTIES,
)
from answers.understanding.sounds import spelled
from indexer.report.regions import CITY, COUNTY, PROVINCE, Region, regions

_LONGEST_LEAD = 4  # characters of `leads_to_a_name`
_SHORTEST_SPELLED = 4  # letters: Jian and Xian are names, Ali is anybody's
_CUT_NAMES = frozenset(word for row in rows(Row, "places", "cut_name") for word in row.words)
_PART_OF_ANOTHER_NAME = cue("places", "part_of_another_name")
_OF_A_PROVINCE = cue("places", "of_a_province")
_LEADS_TO_A_NAME = cue("places", "leads_to_a_name")
_ENDS_A_NAME = cue("places", "ends_a_name")
_GOES_ON = cue("places", "goes_on")


class _Where(Enum):
    """Where a name counts as one; after the name of a region that it lies in (浙江|余姚) all but the last two do."""

    ANYWHERE = auto()
    AT_A_BEGINNING = auto()
    AFTER_A_NAME = auto()
    ALONE = auto()  # with nothing after it that another word could be, also after a name
    LAST_OF_NAMES = auto()  # the same, and only after a name


@dataclass(frozen=True, slots=True)
class _Named:
    """The regions that a name means, and where it counts."""

    regions: tuple[Region, ...]
    where: _Where


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name in a question, from `start` to `end`, and the regions that it means."""

    start: int
    end: int
    regions: tuple[Region, ...]


def written_names(query: str) -> Iterator[WrittenName]:
    """Names from left to right, the longest at each place; one inside the other (浙江宁波) is the last of them."""
    held: WrittenName | None = None
    for name in _each_name(query):
        inside = held and held.end == name.start and [r for r in name.regions if _lies_in(r, held.regions)]
        if held is not None and inside:
            name = WrittenName(held.start, name.end, tuple(inside))
        elif held is not None:
            yield held
        held = name
    if held is not None:
        yield held


def _each_name(query: str) -> Iterator[WrittenName]:
    table, longest = _name_table()
    position, last = 0, WrittenName(-1, -1, ())
    while position < len(query):
        for size in range(min(longest, len(query) - position), 1, -1):
            end = position + size
            named = table.get(query[position:end])
            if named is not None and not _is_cut(query[:position], query[position:end], query[end:]):
                inside = last.end == position and any(_lies_in(r, last.regions) for r in named.regions)
                if _is_there(named.where, query, position, end, inside):
                    last = WrittenName(position, end, named.regions)
                    yield last
                    position = end
                    break
        else:
            position += 1


def _is_there(where: _Where, query: str, start: int, end: int, inside: bool) -> bool:
    """Whether a name that may be part of other words stands where it can only be a name.

    ``inside``: it follows the name of a region that it lies in (浙江|余姚).
    """
    if where in (_Where.ALONE, _Where.LAST_OF_NAMES):
        begins = inside or (where is _Where.ALONE and _begins(query, start))
        return begins and _ends(query, end)
    if where is _Where.AT_A_BEGINNING and _begins(query, start) and not _GOES_ON.match(query[start:]):
        return True
    return inside or where is _Where.ANYWHERE


def _begins(query: str, start: int) -> bool:
    return not start or bool(_LEADS_TO_A_NAME.search(query[max(0, start - _LONGEST_LEAD) : start]))


def _ends(query: str, end: int) -> bool:
    return end == len(query) or bool(_ENDS_A_NAME.match(query[end:]))


def possible_counties(query: str) -> Iterator[Region]:
    """Counties by short names that a part of the question begins with, and that may go on as another word."""
    table, longest = _name_table()
    for start in range(len(query)):
        if _begins(query, start):
            sizes = range(min(longest, len(query) - start), 1, -1)
            found = (table.get(query[start : start + size]) for size in sizes)
            named = next((one for one in found if one is not None), None)
            if named is not None and named.where is _Where.ALONE:
                yield from named.regions


def _lies_in(region: Region, others: Iterable[Region]) -> bool:
    return any(region != other and region.lies_in(other) for other in others)


def _is_cut(before: str, name: str, after: str) -> bool:
    if name.endswith("省") and _OF_A_PROVINCE.match(after):
        return True  # 江苏 has 省会城市 and 省级园区
    return name in _CUT_NAMES and bool(_PART_OF_ANOTHER_NAME.search(before))


@lru_cache(maxsize=1)
def _name_table() -> tuple[dict[str, _Named], int]:
    """Names and the regions each means: a short name that a province and a city share is the province's.

    A county's full name means all that bear it (鼓楼区); the library tells which. Its short name may be a common word.
    """
    table: dict[str, _Named] = {}
    for region in regions():
        if region.level == COUNTY:
            if region.name in EVERYDAY_COUNTIES:
                where = _Where.AFTER_A_NAME
            else:
                where = _Where.ANYWHERE if len(region.name) > 2 else _Where.AT_A_BEGINNING
            _add(table, region.name, region, where)
        else:
            _add(table, region.name, region, _Where.ANYWHERE)
            everyday = region.level == CITY and region.short in EVERYDAY_CITIES
            _add(table, region.short, region, _Where.AT_A_BEGINNING if everyday else _Where.ANYWHERE)
    for region in regions():
        if region.level == COUNTY:
            where = _Where.LAST_OF_NAMES if region.short in COMMON_WORDS else _Where.ALONE
            _add(table, region.short, region, where)
    return table, max(map(len, table))


def _add(table: dict[str, _Named], name: str, region: Region, where: _Where) -> None:
    """Add a name, unless a region of another level, or with the name in full, has it already."""
    before = table.get(name)
    if before is None:
        if len(name) > 1:
            table[name] = _Named((region,), where)
    elif region.level == COUNTY and (before.regions[0].level, before.where) == (COUNTY, where):
        table[name] = _Named((*before.regions, region), where)


@lru_cache(maxsize=1)
def spelled_cities() -> dict[str, tuple[Region, ...]]:
    """Cities by their names in Latin letters, several where they sound alike: suzhou is 苏州 and 宿州."""
    found: dict[str, dict[Region, None]] = defaultdict(dict)
    by_name: dict[str, Region] = {}
    for region in regions():
        if region.level == CITY and len(region.short) >= 2:
            by_name.setdefault(region.short, region)
            for name in spelled(region.short):
                if len(name) >= _SHORTEST_SPELLED:
                    found[name][region] = None
    for name, short in BY_ENGLISH_NAME_OF_CITY.items():
        found[name][by_name[short]] = None
    provinces_spelled = {
        name for region in regions() if region.level == PROVINCE for name in spelled(region.short)
    }
    return {name: tuple(cities) for name, cities in found.items() if name not in provinces_spelled}
