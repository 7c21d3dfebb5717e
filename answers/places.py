"""The places that a question names: provinces and cities by full, short, one-character, group and English name.

A short name counts only as a name: 创新 is not 新疆, 云计算 not 云南, 黄河南岸 not 河南.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from answers.region_names import (
    ABBREVIATIONS,
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
from indexer.regions import CITY, COUNTY, PROVINCE, Region, regions


@dataclass(frozen=True, slots=True)
class Places:
    """Where a question looks.

    Attributes:
        regions: the provinces and cities named, each once, provinces of groups included.
        national: whether it asks the State Council's reports.
        every_province: whether it asks all provinces (各省, 各地).
    """

    regions: tuple[Region, ...] = ()
    national: bool = False
    every_province: bool = False


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
# 黄河南岸 is not 河南, 太湖北部 not 湖北, 泰山东麓 not 山东, 长江西岸 not 江西.
_PART_OF_ANOTHER_NAME = re.compile(r"(?:[黄淮运渭汾洛辽长嫩松太巢泰华衡嵩庐夷]|洞庭|鄱阳)$")
_CUT_NAMES = frozenset(["河南", "湖北", "湖南", "山东", "江西", "河北", "山西"])
# 对接上海, 融入长三角: whom the region that is asked works with.
_PARTNER = re.compile(r"(?:对接|融入|承接|接轨|携手|联动|面向|辐射|服务)$")


def named_places(query: str) -> Places:
    """The places that a question in Simplified characters names."""
    national = bool(re.search(NATIONAL, query, re.I))
    single, masked = _names(query)
    grouped, masked = _groups(masked, national or bool(single))
    found = dict.fromkeys([*single, *grouped, *_abbreviated(masked, bool(single or grouped))])
    named = tuple(r for r in found if r.short not in WITHOUT_REPORTS)
    every = not named and not national and bool(re.search(EVERY_PROVINCE, query, re.I))
    return Places(named, national, every)


def without_places(query: str) -> str:
    """The query with the names of places and groups blanked out."""
    return _groups(_names(query)[1], True)[1].replace("　", " ")


def is_well_known(city: Region) -> bool:
    """Whether a city's bare short name surely means the city."""
    return city.short in MAJOR


def provinces_by_short() -> dict[str, Region]:
    """The provinces by their short names."""
    return {region.short: region for region in regions() if region.level == PROVINCE}


def _names(query: str) -> tuple[list[Region], str]:
    """Full, short and English names from left to right, the longest at each place, and the query without them.

    What the group names and abbreviations are then looked for in has the names blanked out, so that 云南
    is not 云.
    """
    found: list[Region] = []
    by_short = provinces_by_short()
    masked = query
    for match in re.finditer("|".join(f"(?<![A-Za-z]){n}(?![A-Za-z])" for n in ENGLISH), query, re.I):
        english = next(name for name in ENGLISH if name.lower() == match[0].lower())
        found.append(by_short[ENGLISH[english]])
    partners: list[Region] = []
    for start, name, region in _chinese_names(query):
        masked = masked[:start] + "　" * len(name) + masked[start + len(name) :]
        (partners if _PARTNER.search(query[:start]) else found).append(region)
    return found or partners, masked


def _chinese_names(query: str) -> Iterator[tuple[int, str, Region]]:
    names, longest = _name_table()
    position = 0
    while position < len(query):
        for size in range(min(longest, len(query) - position), 1, -1):
            name = query[position : position + size]
            region = names.get(name)
            if region is not None and not _is_cut(query[:position], name):
                yield position, name, region
                position += size
                break
        else:
            position += 1


def _is_cut(before: str, name: str) -> bool:
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


def _groups(masked: str, named_besides: bool) -> tuple[list[Region], str]:
    found: list[Region] = []
    by_short = provinces_by_short()
    topics: list[Region] = []
    for pattern, members in (GROUPS | ENGLISH_GROUPS).items():
        match = re.search(pattern, masked, re.I)
        if match is None:
            continue
        before, after = masked[: match.start()], masked[match.end() :]
        if named_besides and re.search(r"[两二三四五六七八九十\d]个?$", before):
            continue  # 江苏、福建两个沿海省份: what the provinces named are, not more of them
        topic = re.match(TOPIC_OF_GROUP, after) or _PARTNER.search(before) or before.endswith(("在", "到"))
        (topics if topic else found).extend(by_short[short] for short in members.split())
        masked = before + "　" * len(match[0]) + after
    # 长三角一体化怎么推进 names nobody else, so its members are asked.
    return found if found or named_besides else topics, masked


def _abbreviated(masked: str, named_besides: bool) -> Iterator[Region]:
    by_short = provinces_by_short()
    for pattern in (_MARKED, _RUN, _ALONE):
        for match in pattern.finditer(masked):
            group = match.lastgroup or "run"
            if named_besides and _PARTNER.search(masked[: match.start(group)]):
                continue
            for character in match[group]:
                if character in ABBREVIATIONS:
                    yield by_short[ABBREVIATIONS[character]]
