"""Places that no list knows: towns, zones, former and invented ones, named by a document as the one that it is of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.report.documents import fits, source
from indexer.report.regions import CITY, COUNTY, PROVINCE, Region, region_named

_PARTY = r"(?:中共|中国共产党|政协|中国人民政治协商会议)?"
_BEFORE = rf"(?:^(?:在|关于)?{_PARTY}|(?<=[日在：])|(?<=关于)|(?<=中共)|(?<=政协)|(?<=共产党))"
_NAME = r"(?P<name>[\u4e00-\u9fff]{1,9}?(?:自治[州县旗]|[省市县区旗州盟镇乡]|街道))"
_SPOKEN_FOR = re.compile(rf"{_BEFORE}{_NAME}(?={source('institution')})")
_TITLED = re.compile(rf"^(?:关于)?{_PARTY}{_NAME}(?=[\u4e00-\u9fff“《\d])")
_ZONE = re.compile(
    rf"^(?:(?:19|20)\d\d年度?|关于|中共)*(?P<name>[\u4e00-\u9fff]{{2,14}}?{source('zone')})(?={source('of_a_zone')})"
)
# 2024年辰县政府工作报告, 关于辰县2024年预算执行情况的报告: so formal that the name need not stand in the text again.
_FORMAL = re.compile(
    rf"^(?:关于)?{_PARTY}(?:(?:19|20)\d\d年)?{_NAME}(?:(?:19|20)\d\d年度?(?=[\u4e00-\u9fff]*(?:报告|公报|预算|决算|计划|草案))|(?:人民)?政府工作报告)"
)
_COMMITTEE = re.compile("管理委员会|管委会|党工委")
# How the short name of a place goes on as that of another: 德阳川市, 海东省. No place is called 川市 alone.
_GOES_ON = re.compile(
    r"(?P<inner>[\u4e00-\u9fff][市区镇乡州])|省(?![级内外际])|市(?![场民区政级容])|区(?![域划间位])|[镇乡](?![村域])"
)
_SHORT = 2  # characters of a name whose first one alone is no name
_LEVELS = {"省": PROVINCE, "市": CITY, "州": CITY, "盟": CITY, "县": COUNTY, "旗": COUNTY, "区": COUNTY}
_AGAIN = 2  # times that a name, or what is before its last character, stands in the text


def own_place(spoken_for: Iterable[str], titles: Iterable[str], text: str, house: str = "") -> str:
    """The name of a place that a document has for its own and no list knows; empty where it names none.

    Args:
        house: the place whose house met, which need not be named again.
        spoken_for: what names the house, the government or the office that speaks.
        titles: what the document is called.
        text: all of it; a place that only the title names stands in it again.
    """
    if (met := re.fullmatch(_NAME, house)) and _is_name(met["name"]):
        return house
    for words in spoken_for:
        for found in _SPOKEN_FOR.finditer(words):
            name = found["name"]
            if _is_name(name) and text.count(name[:-1] if len(name) > _SHORT else name) >= _AGAIN:
                return name
    for title in titles:
        if formal := place_of_title(title):
            return formal
        titled = _TITLED.match(title)
        if titled is None or not _is_name(titled["name"]):
            continue
        # What only the file calls the document does not stand in its text.
        again = _AGAIN - (title not in text)
        if text.count(titled["name"]) >= again:
            return titled["name"]
    return ""


def place_of_title(title: str) -> str:
    """The name of a place that no list knows and a formal title is of, 2024年辰县政府工作报告; empty where it names none."""
    found = _FORMAL.match(title)
    return found["name"] if found is not None and _is_name(found["name"]) else ""


def zone_in(words: str) -> tuple[str, Region | None] | None:
    """A zone that a title opens with, and the region it lies in: 内江经济技术开发区, 四川省内江市.

    Where no list knows its place, the zone is one whose committee the title names.
    """
    found = _ZONE.match(words)
    around = region_named(found["name"]) if found else None
    if found is None or (around is not None and found["name"].endswith(around.name)):
        return None
    if around is None and not _COMMITTEE.match(words, found.end()):
        return None
    return found["name"], around


def is_within_another(region: Region, words: str) -> bool:
    """Whether the short name by which words name a region goes on there as the name of another place: 德阳川市."""
    place = words.find(region.short)
    if place < 0 or words.startswith(region.name, place):
        return False
    rest = words[place + len(region.short) :]
    found = _GOES_ON.match(rest)
    return found is not None and not (found["inner"] and fits("no_place", rest))


def level_of(name: str) -> str:
    """The level of a place, by the last character of its name; empty for a town."""
    return _LEVELS.get(name[-1], "")


def is_place_name(words: str) -> bool:
    """Whether words are the name of a place that no list knows, and nothing else: 清溪县, not 开发区."""
    found = re.fullmatch(_NAME, words)
    return found is not None and _is_name(words)


def _is_name(name: str) -> bool:
    region = region_named(name)
    return not fits("no_place", name) and (region is None or is_within_another(region, name))
