"""The places that a question names: provinces, cities and counties by full and short name, provinces by one-character,
group and English name as well.

A short name counts only as a name: 创新 is not 新疆, 云计算 not 云南, 黄河南岸 not 河南.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from answers.knowledge.tables import Row, cue, rows
from answers.understanding.directions import directions
from answers.understanding.region_names import (
    BY_CHARACTER,
    BY_ENGLISH_NAME,
    BY_ENGLISH_NAME_OF_CITY,
    DIRECTIONS,
    EVERYDAY_CITIES,
    EVERYDAY_COUNTIES,
    GROUPS,
    WITHOUT_REPORTS,
    provinces,
)
from answers.understanding.sounds import spelled
from answers.understanding.tokens import OTHER_PLACE, PLACE, Token, Tokens
from indexer.report.regions import CITY, COUNTY, PROVINCE, Region, regions


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a question that name places.

    Attributes:
        start: where they begin in the query.
        end: where they end, exclusive.
        regions: the provinces, cities and counties meant, several where they share the name; none where all provinces or the
            State Council are.
        asked: whether the reports of these places are asked, rather than about these places.
        topic: whether the words are part of what is asked all the same: 长三角一体化.
    """

    start: int
    end: int
    regions: tuple[Region, ...] = ()
    asked: bool = True
    topic: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Where a question looks.

    Attributes:
        regions: the provinces, cities and counties named, each once, provinces of groups included.
        national: whether it asks the State Council's reports.
        every_province: whether it asks all provinces (各省, 各地).
        possible: counties whose short names may be common words (和平, 余姚): meant where there is a report of one.
        mentions: the words that name them, in order.
    """

    regions: tuple[Region, ...] = ()
    national: bool = False
    every_province: bool = False
    possible: tuple[Region, ...] = ()
    mentions: tuple[Mention, ...] = ()


class _Where(Enum):
    """Where a name counts as one."""

    ANYWHERE = auto()
    AT_A_BEGINNING = auto()
    ALONE = auto()
    AFTER_A_NAME = auto()


@dataclass(frozen=True, slots=True)
class _Named:
    """The regions that a name means, and where it counts."""

    regions: tuple[Region, ...]
    where: _Where


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in a question, from `start` to `end`, and the regions that it means."""

    start: int
    end: int
    regions: tuple[Region, ...]


_NATIONAL = cue("places", "national")
_NATION = cue("places", "nation")
_EVERY_PROVINCE = cue("places", "every_province")
_ENGLISH_NAMES = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(BY_ENGLISH_NAME)})(?![A-Za-z])", re.I)
_LATIN_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]+(?:['’](?!s\b)[A-Za-z]+)?(?![A-Za-z])")
_JOINS = ("和", "与", "跟", "、")
_LONGEST_LEAD = 4  # characters of `leads_to_a_name`
_SHORTEST_SPELLED = 4  # letters: Jian and Xian are names, Ali is anybody's
_GROUPS = tuple((row.pattern, provinces(row.members)) for row in GROUPS)
_LONG_RUN = cue("places", "long_run")
# In this order, each in what the ones before left.
_RUNS = tuple(cue("places", section) for section in ("counted_run", "run", "alone"))
_CUT_NAMES = frozenset(word for row in rows(Row, "places", "cut_name") for word in row.words)
_PART_OF_ANOTHER_NAME = cue("places", "part_of_another_name")
_OF_A_PROVINCE = cue("places", "of_a_province")
_PARTNER = cue("places", "partner")
_CARED_FOR = cue("places", "cared_for")
_OVER_THE_YEARS = cue("places", "over_the_years")
_AND = cue("places", "joins_names")
_LEADS_TO_A_NAME = cue("places", "leads_to_a_name")
_ENDS_A_NAME = cue("places", "ends_a_name")
_GOES_ON = cue("places", "goes_on")
_NAMES_A_TOPIC = cue("places", "names_a_topic")
_OF_ONE_PLACE = cue("places", "of_one_place")
_TOPIC_OF_GROUP = cue("places", "topic_of_group")
_DESCRIBES = cue("places", "describes")


def named_places(query: str) -> Places:
    """The places that a question in Simplified characters names."""
    national = [Mention(m.start(), m.end()) for m in _NATIONAL.finditer(query)]
    mentions = _mentions(query, bool(national))
    found = dict.fromkeys(region for m in mentions if m.asked for region in m.regions)
    named = tuple(r for r in found if r.short not in WITHOUT_REPORTS)
    if not national:
        national = [Mention(m.start(), m.end()) for m in _NATION.finditer(query) if _is_asked(m, named)]
    every: list[Mention] = []
    if not named and not national and not (_OVER_THE_YEARS.search(query) and "哪" in query):
        every = [Mention(m.start(), m.end()) for m in _EVERY_PROVINCE.finditer(query)]
    in_order = sorted([*national, *mentions, *every], key=lambda m: (m.start, m.end))
    possible = tuple(dict.fromkeys(region for region in _possible(query) if region not in found))
    return Places(named, bool(national), bool(every), possible, tuple(in_order))


def _is_asked(nation: re.Match[str], named: tuple[Region, ...]) -> bool:
    """Whether the nation's reports are asked: where other places are named only if it is one of them (江苏和全国)."""
    before, after = nation.string[: nation.start()], nation.string[nation.end() :]
    return not named or before.endswith(_JOINS) or after.startswith(_JOINS)


def without_places(query: str) -> str:
    """The query with the names of places and groups blanked out."""
    for mention in named_places(query).mentions:
        if mention.regions:
            query = query[: mention.start] + " " * (mention.end - mention.start) + query[mention.end :]
    return query


@lru_cache(maxsize=1)
def provinces_by_short() -> dict[str, Region]:
    """The provinces by their short names."""
    return {region.short: region for region in regions() if region.level == PROVINCE}


def _mentions(query: str, national: bool) -> list[Mention]:
    """Names first, then groups, abbreviations and directions, each in what the earlier ones left.

    So 云南 is not 云, and 西部 counts in the company of names.
    """
    found = _names(query, national)
    named = bool(found)
    found += _runs(_LONG_RUN, _tokens(query, found), False)
    found += _groups(_tokens(query, found), national or named, national)
    named = any(m.asked for m in found)
    for pattern in _RUNS:
        found += _runs(pattern, _tokens(query, found), named)
    by_short = provinces_by_short()
    for start, end, name in directions(_tokens(query, found)):
        found.append(Mention(start, end, tuple(by_short[short] for short in DIRECTIONS[name])))
    return found


def _tokens(query: str, found: Iterable[Mention]) -> Tokens:
    return Tokens.of(query).joined(
        Token(query[m.start : m.end], PLACE if m.asked else OTHER_PLACE, m.start, m.end) for m in found
    )


def _names(query: str, national: bool) -> list[Mention]:
    """Full, short and English names, the longest at each place."""
    found: list[Mention] = []
    by_short = provinces_by_short()
    for match in _ENGLISH_NAMES.finditer(query):
        found.append(Mention(*match.span(), (by_short[BY_ENGLISH_NAME[match[0].lower()]],)))
    taken = {mention.start for mention in found}
    for match in _LATIN_WORD.finditer(query):
        named = _spelled_cities().get(re.sub("['’]", "", match[0]).lower())
        if named is not None and match.start() not in taken:
            found.append(Mention(*match.span(), named))
    names = list(_chinese_names(query))
    for number, name in enumerate(names):
        before, after = query[: name.start], query[name.end :]
        asked = not (_PARTNER.search(before) or (national and _CARED_FOR.search(before)))
        topic = bool(_NAMES_A_TOPIC.match(after))
        if number and _AND.match(query[names[number - 1].end : name.start]):
            asked, topic = found[-1].asked, False  # the last of a list is a place as the first is
        elif (national or number) and _OF_ONE_PLACE.match(after):
            asked = False
        found.append(Mention(name.start, name.end, name.regions, asked, topic))
    if national or any(m.asked for m in found):
        return found
    return [replace(m, asked=True) for m in found]


@lru_cache(maxsize=1)
def _spelled_cities() -> dict[str, tuple[Region, ...]]:
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
    provinces_spelled = {name for region in provinces_by_short().values() for name in spelled(region.short)}
    return {name: tuple(cities) for name, cities in found.items() if name not in provinces_spelled}


def _chinese_names(query: str) -> Iterator[_Name]:
    """Names from left to right, the longest at each place; one inside the other (浙江宁波) is the last of them."""
    held: _Name | None = None
    for name in _each_name(query):
        inside = held and held.end == name.start and [r for r in name.regions if _lies_in(r, held.regions)]
        if held is not None and inside:
            name = _Name(held.start, name.end, tuple(inside))
        elif held is not None:
            yield held
        held = name
    if held is not None:
        yield held


def _each_name(query: str) -> Iterator[_Name]:
    table, longest = _name_table()
    position, last = 0, _Name(-1, -1, ())
    while position < len(query):
        for size in range(min(longest, len(query) - position), 1, -1):
            end = position + size
            named = table.get(query[position:end])
            if named is not None and not _is_cut(query[:position], query[position:end], query[end:]):
                inside = last.end == position and any(_lies_in(r, last.regions) for r in named.regions)
                if inside or _is_there(named.where, query, position, end):
                    last = _Name(position, end, named.regions)
                    yield last
                    position = end
                    break
        else:
            position += 1


def _is_there(where: _Where, query: str, start: int, end: int) -> bool:
    """Whether a name that may be part of other words stands where it can only be a name."""
    if where is _Where.ANYWHERE:
        return True
    if where is _Where.AT_A_BEGINNING:
        return _begins(query, start) and not _GOES_ON.match(query[start:])
    return where is _Where.ALONE and _begins(query, start) and _ends(query, end)


def _begins(query: str, start: int) -> bool:
    return not start or bool(_LEADS_TO_A_NAME.search(query[max(0, start - _LONGEST_LEAD) : start]))


def _ends(query: str, end: int) -> bool:
    return end == len(query) or bool(_ENDS_A_NAME.match(query[end:]))


def _possible(query: str) -> Iterator[Region]:
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

    A county's full name means all that bear it (鼓楼区); the library tells which. Its short name is most often a common word.
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
            _add(table, region.short, region, _Where.ALONE)
    return table, max(map(len, table))


def _add(table: dict[str, _Named], name: str, region: Region, where: _Where) -> None:
    """Add a name, unless a region of another level, or with the name in full, has it already."""
    before = table.get(name)
    if before is None:
        if len(name) > 1:
            table[name] = _Named((region,), where)
    elif region.level == COUNTY and (before.regions[0].level, before.where) == (COUNTY, where):
        table[name] = _Named((*before.regions, region), where)


def _groups(tokens: Tokens, named_besides: bool, national: bool) -> list[Mention]:
    found: list[Mention] = []
    by_short = provinces_by_short()
    for pattern, members in _GROUPS:
        signs = tokens.signs
        of_pattern: list[Mention] = []
        for match in pattern.finditer(signs):
            before, after = signs[: match.start()], signs[match.end() :]
            if named_besides and _DESCRIBES.search(before):
                continue  # 北京、天津两个直辖市, 江苏等经济大省: what the places named are, not more of them
            topic = (
                _TOPIC_OF_GROUP.match(after)
                or _PARTNER.search(before)
                or before.endswith(("在", "到"))
                or (national and _CARED_FOR.search(before))
            )
            regions_meant = tuple(by_short[short] for short in members)
            kept = bool(_NAMES_A_TOPIC.match(after))
            of_pattern.append(Mention(*tokens.place_of(match), regions_meant, not topic, kept))
        found += of_pattern
        tokens = tokens.joined(
            Token("", PLACE if m.asked else OTHER_PLACE, m.start, m.end) for m in of_pattern
        )
    if named_besides or any(m.asked for m in found):
        return found
    # 长三角一体化怎么推进 names nobody else, so its members are asked.
    return [replace(m, asked=True) for m in found]


def _runs(pattern: re.Pattern[str], tokens: Tokens, named_besides: bool) -> list[Mention]:
    """One-character names, those of a run together."""
    found: list[Mention] = []
    by_short = provinces_by_short()
    for match in pattern.finditer(tokens.signs):
        group = match.lastgroup or "run"
        asked = not (named_besides and _PARTNER.search(match.string[: match.start(group)]))
        meant = tuple(by_short[BY_CHARACTER[c]] for c in match[group] if c in BY_CHARACTER)
        found.append(Mention(*tokens.place_of(match, group), meant, asked))
    return found
