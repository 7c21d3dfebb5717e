"""The places that a question names: provinces and cities by full, short, one-character, group and English name.

A short name counts only as a name: 创新 is not 新疆, 云计算 not 云南, 黄河南岸 not 河南.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from answers.understanding.directions import directions
from answers.understanding.region_names import (
    ABBREVIATIONS,
    DIRECTIONS,
    ENGLISH,
    ENGLISH_GROUPS,
    EVERY_PROVINCE,
    EVERYDAY,
    GROUPS,
    MAJOR,
    NATIONAL,
    STRONG,
    STRONGEST,
    TOPIC_OF_GROUP,
    WITHOUT_REPORTS,
)
from answers.understanding.tokens import OTHER_PLACE, PLACE, Token, Tokens
from indexer.report.regions import CITY, COUNTY, PROVINCE, Region, regions


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a question that name places.

    Attributes:
        start: where they begin in the query.
        end: where they end, exclusive.
        regions: the provinces and cities meant; none where all provinces or the State Council are.
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
        regions: the provinces and cities named, each once, provinces of groups included.
        national: whether it asks the State Council's reports.
        every_province: whether it asks all provinces (各省, 各地).
        mentions: the words that name them, in order.
    """

    regions: tuple[Region, ...] = ()
    national: bool = False
    every_province: bool = False
    mentions: tuple[Mention, ...] = ()


_JOIN = "、，,和与及跟同"
_ALL = "".join(ABBREVIATIONS)
# 皖鄂湘豫四省, 浙、苏两省, 京津沪渝四市, 鄂湘等地: what follows says that these are places.
_MARKED = re.compile(
    rf"(?P<run>[{_ALL}](?:[{_JOIN}]?[{_ALL}])+)(?:等)?"
    r"(?:[二两三四五六七八九十\d]+(?:个)?(?:省区市|省市区|省区|省市|省|市|区|地)(?![区方点块])|(?<=等)(?:省|地))"
)
# 川渝, 苏鲁豫皖: a run wholly of characters that everyday words seldom hold; 京沪高铁 names a railway.
_RUN = re.compile(
    rf"(?<![{_ALL}])(?P<run>[{STRONG}](?:[、和与及]?[{STRONG}])+)(?![{_ALL}])"
    r"(?![\u4e00-\u9fff]{0,4}(?:铁路|公路|高速|高铁|客专|城际|线|通道|管道|运河|直流|特高压|大桥|航线|国道|干线|产业园))"
)
# 鄂的, 浙2025年, 在粤, 鲁省: one character with nothing of a word around it.
_ALONE = re.compile(
    rf"(?:(?:^|[，。、；：:？?（(“\s和与跟比]|对比|比较)(?P<first>[{STRONGEST}])(?=的|省|[、和与跟]|今年|去年|(?:19|20)\d\d|[，。：:？?\s]|$)"
    rf"|(?:在|来|入|赴|驻|咱|俺)(?P<inside>[{STRONGEST}])(?![菜剧商文语籍])"
    rf"|(?P<part>[{STRONGEST}苏晋桂])[东西南北中](?=那边|这边|地区|片|老|群众|农|百姓|经济|几)"
    rf"|(?P<province>[{STRONGEST}])省)"
)
# 京津冀鲁豫, 陕甘青宁新, 黑吉辽蒙: a long run may hold characters of everyday words if it plainly ends there.
_LONG_RUN = re.compile(
    rf"(?<![{_ALL}])(?=[{_ALL}]*[{STRONG}])(?P<run>[{_ALL}]{{4,}})(?![{_ALL}])"
    r"(?=[、，,和与及跟等各今去上明的]|(?:19|20)\d\d|[二两三四五六七八九十几这\d]+个?[省地区])"
)
# 黄河南岸 is not 河南, 太湖北部 not 湖北, 泰山东麓 not 山东, 长江西岸 not 江西.
_PART_OF_ANOTHER_NAME = re.compile(r"(?:[黄淮运渭汾洛辽长嫩松太巢泰华衡嵩庐夷]|洞庭|鄱阳)$")
_OF_A_PROVINCE = re.compile(r"会(?:城市|的)|级|际|属")
_CUT_NAMES = frozenset(["河南", "湖北", "湖南", "山东", "江西", "河北", "山西"])
# 对接上海, 融入长三角: whom the region that is asked works with.
_PARTNER = re.compile(r"(?:对接|融入|承接|接轨|携手|联动|面向|辐射|服务)$")
# Of the State Council a province is asked about: 对西藏、新疆有什么支持.
_CARED_FOR = re.compile(r"(?:对|给|向|支持|帮助|援助|推动|推进|促进)$")
# 历年报告点名的是哪些省: the provinces are the answer, not whom it asks.
_OVER_THE_YEARS = re.compile(r"历年|历次|历届|不同年[份度]|各年度?报告")
_AND = re.compile(r"^(?:[、和与及跟]|以及)$")
# 长三角一体化, 海南自贸港, 长春都市圈 are names of their own: what the question is about.
_NAMES_A_TOPIC = re.compile(
    r"一体|协同|双城|大湾区|经济[带圈]|城市群|都市圈|生态绿色|自[由主]贸|自贸港|自由贸易|(?:全面)?振兴|崛起|大开发|冬奥|亚运|世博|进博"
)
_OF_ONE_PLACE = re.compile(r"自贸|自由贸易|冬奥|亚运|世博|进博")


def named_places(query: str) -> Places:
    """The places that a question in Simplified characters names."""
    national = [Mention(m.start(), m.end()) for m in re.finditer(NATIONAL, query, re.I)]
    mentions = _mentions(query, bool(national))
    found = dict.fromkeys(region for m in mentions if m.asked for region in m.regions)
    named = tuple(r for r in found if r.short not in WITHOUT_REPORTS)
    every: list[Mention] = []
    if not named and not national and not (_OVER_THE_YEARS.search(query) and "哪" in query):
        every = [Mention(m.start(), m.end()) for m in re.finditer(EVERY_PROVINCE, query, re.I)]
    in_order = sorted([*national, *mentions, *every], key=lambda m: (m.start, m.end))
    return Places(named, bool(national), bool(every), tuple(in_order))


def without_places(query: str) -> str:
    """The query with the names of places and groups blanked out."""
    for mention in named_places(query).mentions:
        if mention.regions:
            query = query[: mention.start] + " " * (mention.end - mention.start) + query[mention.end :]
    return query


def is_well_known(city: Region) -> bool:
    """Whether a city's bare short name surely means the city."""
    return city.short in MAJOR


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
    for pattern in (_MARKED, _RUN, _ALONE):
        found += _runs(pattern, _tokens(query, found), named)
    by_short = provinces_by_short()
    for start, end, name in directions(_tokens(query, found)):
        found.append(Mention(start, end, tuple(by_short[short] for short in DIRECTIONS[name].split())))
    return found


def _tokens(query: str, found: Iterable[Mention]) -> Tokens:
    return Tokens.of(query).joined(
        Token(query[m.start : m.end], PLACE if m.asked else OTHER_PLACE, m.start, m.end) for m in found
    )


def _names(query: str, national: bool) -> list[Mention]:
    """Full, short and English names, the longest at each place."""
    found: list[Mention] = []
    by_short = provinces_by_short()
    for match in re.finditer("|".join(f"(?<![A-Za-z]){n}(?![A-Za-z])" for n in ENGLISH), query, re.I):
        english = next(name for name in ENGLISH if name.lower() == match[0].lower())
        found.append(Mention(match.start(), match.end(), (by_short[ENGLISH[english]],)))
    names = list(_chinese_names(query))
    for number, (start, name, region) in enumerate(names):
        before, end = query[:start], start + len(name)
        asked = not (_PARTNER.search(before) or (national and _CARED_FOR.search(before)))
        topic = bool(_NAMES_A_TOPIC.match(query[end:]))
        if number and _AND.match(query[names[number - 1][0] + len(names[number - 1][1]) : start]):
            asked, topic = found[-1].asked, False  # the last of a list is a place as the first is
        elif (national or number) and _OF_ONE_PLACE.match(query[end:]):
            asked = False
        found.append(Mention(start, end, (region,), asked, topic))
    if national or any(m.asked for m in found):
        return found
    return [replace(m, asked=True) for m in found]


def _chinese_names(query: str) -> Iterator[tuple[int, str, Region]]:
    names, longest = _name_table()
    position = 0
    while position < len(query):
        for size in range(min(longest, len(query) - position), 1, -1):
            name = query[position : position + size]
            region = names.get(name)
            if region is not None and not _is_cut(query[:position], name, query[position + size :]):
                yield position, name, region
                position += size
                break
        else:
            position += 1


def _is_cut(before: str, name: str, after: str) -> bool:
    if name.endswith("省") and _OF_A_PROVINCE.match(after):
        return True  # 江苏 has 省会城市 and 省级园区
    return name in _CUT_NAMES and bool(_PART_OF_ANOTHER_NAME.search(before))


@lru_cache(maxsize=1)
def _name_table() -> tuple[dict[str, Region], int]:
    """Names and the region each means: a short name that a province and a city share is the province's."""
    table: dict[str, Region] = {}
    for region in regions():
        if region.level == COUNTY:
            continue
        table.setdefault(region.name, region)
        if len(region.short) >= 2 and not (region.level == CITY and region.short in EVERYDAY):
            table.setdefault(region.short, region)
    return table, max(map(len, table))


def _groups(tokens: Tokens, named_besides: bool, national: bool) -> list[Mention]:
    found: list[Mention] = []
    by_short = provinces_by_short()
    for pattern, members in (GROUPS | ENGLISH_GROUPS).items():
        signs = tokens.signs
        of_pattern: list[Mention] = []
        for match in re.finditer(pattern, signs, re.I):
            before, after = signs[: match.start()], signs[match.end() :]
            if named_besides and re.search(r"(?:[两二三四五六七八九十\d]个?|等)$", before):
                continue  # 北京、天津两个直辖市, 江苏等经济大省: what the places named are, not more of them
            topic = (
                re.match(TOPIC_OF_GROUP, after)
                or _PARTNER.search(before)
                or before.endswith(("在", "到"))
                or (national and _CARED_FOR.search(before))
            )
            regions_meant = tuple(by_short[short] for short in members.split())
            kept = bool(_NAMES_A_TOPIC.match(after))
            of_pattern.append(Mention(*tokens.place_of(match), regions_meant, not topic, kept))
        found += of_pattern
        tokens = tokens.joined(Token("", PLACE if m.asked else OTHER_PLACE, m.start, m.end) for m in of_pattern)
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
        meant = tuple(by_short[ABBREVIATIONS[c]] for c in match[group] if c in ABBREVIATIONS)
        found.append(Mention(*tokens.place_of(match, group), meant, asked))
    return found
