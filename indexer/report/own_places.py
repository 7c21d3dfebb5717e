"""Places that no list knows: towns, zones, former and invented ones, named by a document as the one that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.report.regions import CITY, COUNTY, Region, region_named

_PARTY = r"(?:中共|中国共产党|政协|中国人民政治协商会议)?"
_BEFORE = rf"(?:^(?:在|关于)?{_PARTY}|(?<=[日在])|(?<=关于)|(?<=中共)|(?<=政协))"
# 全市, 我县, 自治区 and 经济开发区 are no names, and no name begins with a word of grammar.
_NO_NAME = re.compile(
    r"政协|中共|[全我本各该省市县区州年月日届第在为了与和及对向就由于从被把将受经按以其此这那之的并现请上下]|(?:自治|开发|高新|新|经开|特|地|灾|社|园|库|城|市|辖|大湾|保税|示范|景|老|山|牧|林|矿|沿海|内)区|(?:县|城|超|股|都|上)市|乡镇|集镇|建制镇|有关|部分|试点|重点"
)
_NAME = r"(?P<name>[\u4e00-\u9fff]{1,9}?(?:自治[州县旗]|[市县区旗州盟镇乡]|街道))"
# What follows the name of a place where it is that of who speaks.
_INSTITUTION = (
    r"人民政府|政府|人民代表大会|人大|委员会|第[一二三四五六七八九十\d]{1,3}届|财政局|统计局|审计局|发展(?:和|与)?改革|[\u4e00-\u9fff]{2,6}局(?:局长|$)|"
    r"[市县区州镇乡旗]?[长委]|办事处|代理?[市县区州镇乡]长|常务副|副[市县区州镇乡]长|监察委|人民法院|人民检察院|政协"
)
_SPOKEN_FOR = re.compile(rf"{_BEFORE}{_NAME}(?={_INSTITUTION})")
_TITLED = re.compile(rf"^(?:关于)?{_PARTY}{_NAME}(?=[\u4e00-\u9fff“《\d])")
_ZONE = re.compile(
    r"^(?:关于|中共)?(?P<name>[\u4e00-\u9fff]{2,14}?(?:开发区|高新区|新区|示范区|保税区|工业园区?|度假区|管理区|试验区|合作区))"
    r"(?=人民|管理?委|党工委|应对|关于|财政|统计|20\d\d年|\d{4}年|“|新型|疫情)"
)
_SHORT = 2  # characters of a name whose first one alone is no name
_LEVELS = {"市": CITY, "州": CITY, "盟": CITY, "县": COUNTY, "旗": COUNTY, "区": COUNTY}
_AGAIN = 2  # times that a name, or what is before its last character, stands in the text


def own_place(spoken_for: Iterable[str], titles: Iterable[str], text: str) -> str:
    """The name of a place that a document has for its own and no list knows; empty where it names none.

    Args:
        spoken_for: what names the house, the government or the office that speaks.
        titles: what the document is called.
        text: all of it; a place that only the title names stands in it again.
    """
    for words in spoken_for:
        for found in _SPOKEN_FOR.finditer(words):
            name = found["name"]
            if _is_name(name) and text.count(name[:-1] if len(name) > _SHORT else name) >= _AGAIN:
                return name
    for title in titles:
        titled = _TITLED.match(title)
        if titled is None or not _is_name(titled["name"]):
            continue
        # What only the file calls the document does not stand in its text.
        again = _AGAIN - (title not in text)
        if text.count(titled["name"]) >= again:
            return titled["name"]
    return ""


def zone_in(words: str) -> tuple[str, Region] | None:
    """A zone that a title opens with, and the region it lies in: 内江经济技术开发区, 四川省内江市."""
    found = _ZONE.match(words)
    around = region_named(found["name"]) if found else None
    if found is None or around is None or found["name"].endswith(around.name):
        return None
    return found["name"], around


def level_of(name: str) -> str:
    """The level of a place, by the last character of its name; empty for a town."""
    return _LEVELS.get(name[-1], "")


def _is_name(name: str) -> bool:
    return _NO_NAME.match(name) is None and region_named(name) is None
