"""Where a document comes from: the region that its text names, else its file or folder, else a marked guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.report.documents import fits, named, sorts
from indexer.report.head import Head
from indexer.report.head_lines import meeting_in
from indexer.report.own_places import is_within_another, level_of, own_place, zone_in
from indexer.report.records import Origin
from indexer.report.regions import CITY, COUNTY, PROVINCE, STATE, WHOLE_COUNTRY, Region, region_named, regions
from indexer.text.characters import simplified

_ISSUER = re.compile(
    r"代表(?P<issuer>国务院|[\u4e00-\u9fff]{1,20}?(?:人民政府|特别行政区政府|人民代表大会常务委员会|人大常委会))"
)
_SPEAKS = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,20}?)(?:人民政府|政府)?(?:常务)?(?:副|代理?)?(?:省长|市长|主席|县长|区长|州长|盟长|旗长|专员)"
)
_SAYS = re.compile(r"(?P<body>[\u4e00-\u9fff、]{2,24}?)关于")
_HOUSE = re.compile(r"(?P<rest>[\u4e00-\u9fff]{0,20}?)(?=关于|\d|工作|第|$)")
_OF_ALL = ("71", "81", "82")  # 台湾, 香港 and 澳门 are spoken of everywhere
_GUESS_AT_LEAST = 5  # mentions of a place before it may be proposed
_VOICE_AT_LEAST = 5  # times that a text speaks of its place before that is believed
_LONGEST_NAME = 30
_READ = 100_000  # characters in which it is counted which of Hong Kong and Macau a text speaks of
_CLEARLY = 3  # times as often as of the other
_UP = 3  # folders above a file that may be named after its place


@dataclass(frozen=True, slots=True)
class Place:
    """A region and where it was found.

    Attributes:
        region: its full name; 全国 for the whole country.
        level: 国家, 省, 市 or 县; empty for a town.
        against: another region that `against_origin` names, so that this one is doubtful.
        own_name: of one that no list of regions knows.
        is_level_sure: whether the level is more than what its name suggests.
    """

    region: str
    level: str
    origin: Origin
    against: str = ""
    against_origin: Origin | None = None
    own_name: str = ""
    is_level_sure: bool = True

    @property
    def name(self) -> str:
        """Its own name, without what it lies in; empty for the whole country."""
        if self.own_name or self.level == STATE:
            return self.own_name
        region = region_named(self.region)
        return region.name if region is not None else self.region


def find_place(
    name: str,
    folders: Sequence[str],
    declared: Sequence[str],
    head: Head,
    text: str,
    bodies: Sequence[str] = (),
) -> Place | None:
    """The place that a document is about; None where nothing tells.

    `folders` are the names above the file, the nearest first; `declared` are the titles that the file gives itself;
    `bodies` those that stand below it.
    """
    around = _folder_region(folders)
    issuer = _ISSUER.search(head.opening)
    meeting = head.meeting or next(filter(None, map(meeting_in, declared)), None)
    if (
        (meeting is not None and meeting.is_national)
        or (issuer is not None and issuer["issuer"] == "国务院")
        or fits("national", head.text)
        or any(fits("addressed", line) for line in head.lines)
        or (bodies and all(map(_is_of_country, bodies)))
        or ((says := _SAYS.match(head.title)) and _is_of_country(says["body"]))
        or (head.bodies and all(map(_is_of_country, head.bodies)))
    ):
        return _national(Origin.TEXT, around)
    if any(fits("national", title) for title in declared):
        return _national(Origin.DECLARED, around)
    zone = next(filter(None, map(zone_in, (head.title, *declared))), None)
    if zone is not None:
        lies_in, inner = (zone[1].full, zone[1].name) if zone[1] is not None else ("", "")
        own_name = zone[0].removeprefix(lies_in).removeprefix(inner)
        return Place(f"{lies_in}{own_name}", COUNTY, Origin.TEXT, own_name=zone[0], is_level_sure=False)
    spoken_for = (
        *((f"{meeting.place}人大",) if meeting else ()), *((issuer["issuer"],) if issuer else ()), *head.lines, *bodies
    )  # fmt: skip
    titles = (head.title, *declared)
    for words, origin in _evidence(
        name, declared, head, issuer["issuer"] if issuer else "", meeting.place if meeting else "", bodies
    ):
        if origin is Origin.FILE_NAME and (
            own := own_place(spoken_for, titles, text, meeting.place if meeting else "")
        ):
            return _own(own, around)
        region = region_named(words) or _inside(around, words)
        if (
            region is not None
            and is_within_another(region, words)
            and (own := own_place(spoken_for, titles, text, meeting.place if meeting else ""))
        ):
            # 德阳 begins the name of 德阳川市, which no list has.
            return _own(own, around)
        if region is not None and origin is Origin.TEXT and _is_of_house(region, words):
            origin = Origin.GUESS
        elsewhere = region is not None and around is not None and not region.lies_in(around)
        if region is not None and not (origin is Origin.FILE_NAME and elsewhere):
            return _placed(region, origin, around)
        if origin is Origin.TEXT and (territory := _territory(words)) is not None:
            return _placed(territory, origin, around)
    if any(fits("special_form", line) for line in (*head.lines, *declared)):
        territory = _spoken_of(text)
        if territory is not None:
            return _placed(territory, Origin.TEXT, around)
    if "国务院" in name:
        return _national(Origin.FILE_NAME, around)
    if around is not None:
        return _placed(around, Origin.FOLDER, None)
    named_first = region_named(head.first_line)
    if named_first is not None:
        return Place(named_first.full, named_first.level, Origin.GUESS)
    return _guess(text)


def _is_of_country(body: str) -> bool:
    """Whether a body is one of the whole country, and not its office at some place: 国家税务总局南阳市税务局."""
    return fits("of_the_country", body) and region_named(body) is None


def _is_of_house(region: Region, words: str) -> bool:
    """Whether words name a region only within the name of a university or a company: 浙江大学2022年度工作报告."""
    place = words.find(region.short)
    house = _HOUSE.match(words, place + len(region.short)) if place >= 0 else None
    return house is not None and fits("house_of_its_own", house["rest"])


def _own(name: str, around: Region | None) -> Place:
    """A place that no list knows, in the region that its folder names. Which level a 市 has its name does not say."""
    full = f"{around.full}{name}" if around is not None and around.level in (PROVINCE, CITY) else name
    return Place(full, level_of(name), Origin.TEXT, own_name=name, is_level_sure=not name.endswith("市"))


def _inside(around: Region | None, words: str) -> Region | None:
    """The region inside another that words name: 鼓楼区 is in many cities, and only in one place in 南京."""
    if around is None or len(words) > _LONGEST_NAME:
        return None
    region = region_named(around.full + words)
    return region if region is not None and region.name in words else None


def _evidence(
    name: str, declared: Sequence[str], head: Head, issuer: str, meeting: str, bodies: Sequence[str]
) -> Iterator[tuple[str, Origin]]:
    yield meeting, Origin.TEXT
    yield issuer, Origin.TEXT
    yield head.title, Origin.TEXT
    for line in head.lines:
        speaks = _SPEAKS.search(line)
        if speaks:
            yield speaks["place"], Origin.TEXT
    for line in head.lines:
        if fits("body", line) or fits("special", line):
            yield line, Origin.TEXT
    for body in bodies:
        yield body, Origin.TEXT
    for title in declared:
        yield title, Origin.DECLARED
    yield name, Origin.FILE_NAME


def _territory(line: str) -> Region | None:
    """Hong Kong or Macau, where a line names a body that only one of them has."""
    name = named("special", line)
    return region_named(name) if name else None


def _spoken_of(text: str) -> Region | None:
    """Which of Hong Kong and Macau a text speaks of, of which it is known that it is of one of them."""
    words = simplified(text[:_READ])
    counts = [(words.count(region_named(sort.name).short), sort.name) for sort in sorts("special")]  # type: ignore[union-attr]
    (most, name), (other, _) = sorted(counts, reverse=True)
    return region_named(name) if most > _CLEARLY * other else None


def _placed(region: Region, origin: Origin, around: Region | None) -> Place:
    agrees = around is None or region.lies_in(around) or around.lies_in(region)
    if agrees or around is None:
        return Place(region.full, region.level, origin)
    return Place(region.full, region.level, origin, around.full, Origin.FOLDER)


def _national(origin: Origin, around: Region | None) -> Place:
    if around is None:
        return Place(WHOLE_COUNTRY, STATE, origin)
    return Place(WHOLE_COUNTRY, STATE, origin, around.full, Origin.FOLDER)


def _folder_region(folders: Sequence[str]) -> Region | None:
    """The region that one of the folders is named after, the nearest first; one that merely mentions a region is not."""
    for number, folder in enumerate(folders[:_UP]):
        region = region_named(folder) or region_named("".join(reversed(folders[number : number + 2])))
        if region is not None and folder in (
            region.name,
            region.short,
            region.full,
            f"{region.short}{region.level}",
        ):
            return region
    return None


def _guess(text: str) -> Place | None:
    """A place that is named again and again, of the level that the text speaks of; a guess."""
    voice = _voice(text)
    if voice == STATE:
        return Place(WHOLE_COUNTRY, STATE, Origin.GUESS)
    region = _most_mentioned(text, voice)
    return Place(region.full, region.level, Origin.GUESS) if region is not None else None


def level_spoken_of(head: Head, text: str) -> str:
    """The level of the place that a text is of and does not name: 在全县农业农村工作会议上的讲话; empty where nothing tells."""
    told = {sort.name for sort in sorts("voice") for line in head.lines if sort.pattern.search(line)} - {
        STATE
    }
    return told.pop() if len(told) == 1 else _voice(text)


def _voice(text: str) -> str:
    """The level of the place that a text speaks of as its own: 我国, 全省, 我市; empty where it does not."""
    counts = {sort.name: len(sort.pattern.findall(text)) for sort in sorts("voice")}
    best = max(counts, key=lambda level: counts[level])
    others = sum(counts.values()) - counts[best]
    return best if counts[best] >= max(_VOICE_AT_LEAST, others) else ""


def _most_mentioned(text: str, voice: str) -> Region | None:
    levels = {"": (PROVINCE, CITY), PROVINCE: (PROVINCE,), CITY: (PROVINCE, CITY), COUNTY: ()}[voice]
    known = {
        region.code: region
        for region in regions()
        if region.level in levels and len(region.short) >= 2 and not region.code.startswith(_OF_ALL)
    }
    counts = Counter({code: text.count(region.short) for code, region in known.items()})
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _GUESS_AT_LEAST:
        return None
    if len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]:
        return None
    return known[ranked[0][0]]
