"""Which reports a question is about: the regions and years it names, and no guess beyond them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.document import Document
from indexer.regions import PROVINCE, WHOLE_COUNTRY, Region, regions

# Names of several provinces at once.
_GROUPS = {
    "长三角": "上海 江苏 浙江 安徽",
    "江浙沪": "上海 江苏 浙江",
    "京津冀": "北京 天津 河北",
    "东北三省": "辽宁 吉林 黑龙江",
    "东三省": "辽宁 吉林 黑龙江",
    "川渝": "四川 重庆",
    "成渝": "四川 重庆",
    "陕甘宁": "陕西 甘肃 宁夏",
    "云贵": "云南 贵州",
    "中部六省": "山西 安徽 江西 河南 湖北 湖南",
    "直辖市": "北京 天津 上海 重庆",
    "自治区": "内蒙古 广西 西藏 宁夏 新疆",
}
_ENGLISH = {
    "Beijing": "北京",
    "Tianjin": "天津",
    "Hebei": "河北",
    "Shanxi": "山西",
    "Liaoning": "辽宁",
    "Jilin": "吉林",
    "Heilongjiang": "黑龙江",
    "Shanghai": "上海",
    "Jiangsu": "江苏",
    "Zhejiang": "浙江",
    "Anhui": "安徽",
    "Fujian": "福建",
    "Jiangxi": "江西",
    "Shandong": "山东",
    "Henan": "河南",
    "Hubei": "湖北",
    "Hunan": "湖南",
    "Guangdong": "广东",
    "Guangxi": "广西",
    "Hainan": "海南",
    "Chongqing": "重庆",
    "Sichuan": "四川",
    "Guizhou": "贵州",
    "Yunnan": "云南",
    "Tibet": "西藏",
    "Shaanxi": "陕西",
    "Gansu": "甘肃",
    "Qinghai": "青海",
    "Ningxia": "宁夏",
    "Xinjiang": "新疆",
}
_NATIONAL = re.compile(r"国务院|总理|\bState Council\b|\bPremier\b", re.I)
# 黄河南岸 is not 河南, 太湖北部 not 湖北, 泰山东麓 not 山东.
_PART_OF_ANOTHER_NAME = re.compile(r"[黄太泰洞庭鄱阳巢]$")
_THIS_YEAR = re.compile(r"今年|去年|上年|明年|\bthis year\b|\blast year\b", re.I)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is about.

    Attributes:
        documents: names of the reports to search; None for all.
        regions: short names of the regions understood that have a report.
        missing: short names of provinces that the question names and no report is from, given only
            where it names none that has one.
        years: the years named.
    """

    documents: tuple[str, ...] | None
    regions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def read_scope(query: str, documents: Sequence[Document]) -> Scope:
    """The reports of `documents` that a question in Simplified characters is about.

    A region restricts the search to its reports. A year, or 今年 and 去年, chooses among several
    reports of one region; a year's results stand in the report of the year after.
    """
    named = _named_regions(query)
    found = [document for document in documents if _is_of(document, named, query)]
    missing = tuple(r.short for r in named if r.level == PROVINCE) if not found else ()
    chosen = found or list(documents)
    years = tuple(sorted({int(y) for y in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", query)}))
    fitting = _of_years(chosen, years, query)
    chosen = fitting or chosen
    present = {region.short for region in named if any(_region_of(d) == region for d in found)}
    return Scope(
        documents=None if len(chosen) == len(documents) else tuple(d.name for d in chosen),
        regions=tuple(r.short for r in named if r.short in present),
        missing=missing,
        years=years,
    )


def _named_regions(query: str) -> list[Region]:
    """Provinces and cities by full or short name, group names and English names of provinces."""
    by_short = {region.short: region for region in regions() if region.level == PROVINCE}
    found: dict[str, Region] = {}
    for group, members in _GROUPS.items():
        if group in query and not (group == "自治区" and re.search(r"[\u4e00-\u9fff]{2}自治区", query)):
            found.update({by_short[short].code: by_short[short] for short in members.split()})
    for english, short in _ENGLISH.items():
        if re.search(rf"\b{english}\b", query, re.I):
            found[by_short[short].code] = by_short[short]
    for region in _searchable():
        start = query.find(region.short)
        if start >= 0 and not _PART_OF_ANOTHER_NAME.search(query[:start]):
            known = [other for other in found.values() if other.short == region.short]
            if not known:
                found[region.code] = region
    return list(found.values())


@lru_cache(maxsize=1)
def _searchable() -> tuple[Region, ...]:
    """Regions whose short name may stand for them; provinces come before cities of the same name."""
    return tuple(r for r in regions() if r.level != "县" and len(r.short) >= 2)


@lru_cache(maxsize=1)
def _by_full_name() -> dict[str, Region]:
    return {region.full: region for region in regions()}


def _region_of(document: Document) -> Region | None:
    return _by_full_name().get(document.metadata.region)


def _is_of(document: Document, named: Iterable[Region], query: str) -> bool:
    if document.metadata.region == WHOLE_COUNTRY:
        return bool(_NATIONAL.search(query))
    region = _region_of(document)
    return region is not None and any(region == other for other in named)


def _of_years(documents: Sequence[Document], years: tuple[int, ...], query: str) -> list[Document]:
    """Of several reports of one region those of the years named, or the latest for 今年 and 去年."""
    by_region: dict[str, list[Document]] = {}
    for document in documents:
        by_region.setdefault(document.metadata.region, []).append(document)
    chosen: list[Document] = []
    for reports in by_region.values():
        dated = {d.metadata.year for d in reports if d.metadata.year is not None}
        wanted: set[int] = set()
        if len(dated) > 1 and years:
            wanted = {year for year in dated if year in years or year - 1 in years}
        elif len(dated) > 1 and _THIS_YEAR.search(query):
            wanted = {max(dated)}
        chosen.extend(
            d for d in reports if not wanted or d.metadata.year is None or d.metadata.year in wanted
        )
    return [document for document in documents if document in chosen]
