"""The places that a question names: provinces, cities and counties by full and short name, provinces by one-character,
group and English name as well.

A short name counts only as a name: 创新 is not 新疆, 云计算 not 云南, 黄河南岸 not 河南.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from answers.knowledge.tables import cue
from answers.understanding.directions import directions
from answers.understanding.region_names import (
    BY_CHARACTER,
    BY_ENGLISH_NAME,
    DIRECTIONS,
    GROUPS,
    WITHOUT_REPORTS,
    provinces,
)
from answers.understanding.tokens import OTHER_PLACE, PLACE, Token, Tokens
from answers.understanding.written_names import possible_counties, spelled_cities, written_names
from indexer.report.regions import PROVINCE, Region, regions


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


_NATIONAL = cue("places", "national")
_NATION = cue("places", "nation")
_EVERY_PROVINCE = cue("places", "every_province")
_ENGLISH_NAMES = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(BY_ENGLISH_NAME)})(?![A-Za-z])", re.I)
_LATIN_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]+(?:['’](?!s\b)[A-Za-z]+)?(?![A-Za-z])")
_GROUPS = tuple((row.pattern, provinces(row.members)) for row in GROUPS)
_LONG_RUN = cue("places", "long_run")
# In this order, each in what the ones before left.
_RUNS = tuple(cue("places", section) for section in ("counted_run", "run", "alone"))
_PARTNER = cue("places", "partner")
_CARED_FOR = cue("places", "cared_for")
_OVER_THE_YEARS = cue("places", "over_the_years")
_AND = cue("places", "joins_names")
_NAMES_A_TOPIC = cue("places", "names_a_topic")
_OF_ONE_PLACE = cue("places", "of_one_place")
_TOPIC_OF_GROUP = cue("places", "topic_of_group")
_DESCRIBES = cue("places", "describes")
_HEADED = cue("places", "headed")


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
    possible = tuple(dict.fromkeys(region for region in possible_counties(query) if region not in found))
    return Places(named, bool(national), bool(every), possible, tuple(in_order))


def _is_asked(nation: re.Match[str], named: tuple[Region, ...]) -> bool:
    """Whether the nation's reports are asked: where other places are named only if it is one of them (江苏和全国)."""
    text, start, end = nation.string, nation.start(), nation.end()
    return not named or any(_AND.match(beside) for beside in (text[start - 1 : start], text[end : end + 1]))


def without_places(query: str, places: Places | None = None) -> str:
    """The query with the names of places and groups blanked out; `places` are those that it names, where they are known."""
    for mention in (places or named_places(query)).mentions:
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
        named = spelled_cities().get(re.sub("['’]", "", match[0]).lower())
        if named is not None and match.start() not in taken:
            found.append(Mention(*match.span(), named))
    names = list(written_names(query))
    for number, name in enumerate(names):
        before, after = query[: name.start], query[name.end :]
        asked = not (_PARTNER.search(before) or (national and _CARED_FOR.search(before)))
        topic = bool(_NAMES_A_TOPIC.match(after))
        if number and _AND.match(query[names[number - 1].end : name.start]):
            asked, topic = found[-1].asked, False  # the last of a list is a place as the first is
        elif (national or number) and _OF_ONE_PLACE.match(after):
            asked = False
        # Of 郑州市长 the place is 郑州: who is asked for is the 市长.
        end = name.end - bool(_HEADED.match(query, name.end - 1))
        found.append(Mention(name.start, end, name.regions, asked, topic))
    if national or any(m.asked for m in found):
        return found
    return [replace(m, asked=True) for m in found]


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
