"""Where a document comes from: the region that its text names, else its file or folder, else a marked guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from indexer.report.documents import fits, named
from indexer.report.head import Head
from indexer.report.head_lines import Meeting, meeting_in
from indexer.report.own_places import is_within_another, level_of, own_place, place_of_title, zone_in
from indexer.report.records import Origin
from indexer.report.regions import CITY, COUNTY, PROVINCE, STATE, WHOLE_COUNTRY, Region, region_named
from indexer.report.spoken_places import level_of_voice, most_mentioned, territory_spoken_of

_ISSUER = re.compile(
    r"代表(?P<issuer>国务院|[\u4e00-\u9fff]{1,20}?(?:人民政府|特别行政区政府|人民代表大会常务委员会|人大常委会))"
)
_SPEAKS = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,20}?)(?:人民政府|政府)?(?:常务)?(?:副|代理?)?(?:省长|市长|主席|县长|区长|州长|盟长|旗长|专员)"
)
_SAYS = re.compile(r"(?P<body>[\u4e00-\u9fff、]{2,24}?)关于")
_HOUSE = re.compile(r"(?P<rest>[\u4e00-\u9fff]{0,20}?)(?=关于|\d|工作|第|$)")
_LONGEST_NAME = 30
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
    issuer = _ISSUER.search(head.opening)
    told = _Told(
        name,
        tuple(declared),
        head,
        text,
        tuple(bodies),
        _folder_region(folders),
        head.meeting or next(filter(None, map(meeting_in, declared)), None),
        issuer["issuer"] if issuer else "",
    )
    return next(filter(None, (way(told) for way in _WAYS)), None)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a document tells of its place.

    Attributes:
        name: of its file.
        declared: the titles that the file gives itself.
        bodies: those that stand below the text.
        around: the region that a folder above the file is named after.
        meeting: of the house that it was given to.
        issuer: for whom the speaker speaks; empty where the head does not say it.
    """

    name: str
    declared: tuple[str, ...]
    head: Head
    text: str
    bodies: tuple[str, ...]
    around: Region | None
    meeting: Meeting | None
    issuer: str

    @property
    def house(self) -> str:
        """The place whose house met; empty where none is named."""
        return self.meeting.place if self.meeting is not None else ""

    def own_place(self) -> Place | None:
        """The place that it names as its own and no list knows."""
        met = (f"{self.house}人大",) if self.meeting is not None else ()
        issuer = (self.issuer,) if self.issuer else ()
        spoken_for = (*met, *issuer, *self.head.lines, *self.bodies)
        own = own_place(spoken_for, (self.head.title, *self.declared), self.text, self.house)
        return self.called(own, Origin.TEXT) if own else None

    def called(self, own: str, origin: Origin) -> Place:
        """A place of that name, in the region that the folder names. Which level a 市 has its name does not say."""
        is_above = self.around is not None and self.around.level in (PROVINCE, CITY)
        full = f"{self.around.full}{own}" if self.around is not None and is_above else own
        return Place(full, level_of(own), origin, own_name=own, is_level_sure=not own.endswith("市"))


def _of_the_country(told: _Told) -> Place | None:
    """全国, where the text says in any way that it is of the whole country, else where the file's title does."""
    head, bodies = told.head, told.bodies
    if (
        (told.meeting is not None and told.meeting.is_national)
        or told.issuer == "国务院"
        or fits("national", head.text)
        or any(fits("addressed", line) for line in head.lines)
        or (bodies and all(map(_is_of_country, bodies)))
        or ((says := _SAYS.match(head.title)) and _is_of_country(says["body"]))
        or (head.bodies and all(map(_is_of_country, head.bodies)))
    ):
        return _national(Origin.TEXT, told.around)
    if any(fits("national", title) for title in told.declared):
        return _national(Origin.DECLARED, told.around)
    return None


def _zone(told: _Told) -> Place | None:
    """The zone that a title names: 某市高新技术产业开发区管理委员会工作报告."""
    zone = next(filter(None, map(zone_in, (told.head.title, *told.declared))), None)
    if zone is None:
        return None
    lies_in, inner = (zone[1].full, zone[1].name) if zone[1] is not None else ("", "")
    own_name = zone[0].removeprefix(lies_in).removeprefix(inner)
    return Place(f"{lies_in}{own_name}", COUNTY, Origin.TEXT, own_name=zone[0], is_level_sure=False)


def _by_evidence(told: _Told) -> Place | None:
    """The place that the first telling words name, from the house that met down to the file's name."""
    return next(filter(None, (_named_by(told, words, origin) for words, origin in _evidence(told))), None)


def _named_by(told: _Told, words: str, origin: Origin) -> Place | None:
    if origin is Origin.FILE_NAME and (own := told.own_place()) is not None:
        return own
    region = region_named(words) or _inside(told.around, words)
    if region is None:
        territory = _territory(words) if origin is Origin.TEXT else None
        return _placed(territory, origin, told.around) if territory is not None else None
    # 德阳 begins the name of 德阳川市, which no list has.
    if is_within_another(region, words) and (own := told.own_place()) is not None:
        return own
    if origin is Origin.TEXT and _is_of_house(region, words):
        origin = Origin.GUESS
    if origin is Origin.FILE_NAME and told.around is not None and not region.lies_in(told.around):
        return None
    return _placed(region, origin, told.around)


def _by_form(told: _Told) -> Place | None:
    """Hong Kong or Macau, by a form that only their documents have."""
    if not any(fits("special_form", line) for line in (*told.head.lines, *told.declared)):
        return None
    territory = territory_spoken_of(told.text)
    return _placed(territory, Origin.TEXT, told.around) if territory is not None else None


def _by_file(told: _Told) -> Place | None:
    """What the file's name says: a place that no list knows, or the country; else the region that a folder is named after."""
    if own := place_of_title(told.name):
        return told.called(own, Origin.FILE_NAME)
    if "国务院" in told.name:
        return _national(Origin.FILE_NAME, told.around)
    return _placed(told.around, Origin.FOLDER, None) if told.around is not None else None


def _guessed(told: _Told) -> Place | None:
    """The region that the first line names, else the one that is named again and again."""
    named_first = region_named(told.head.first_line)
    if named_first is not None:
        return Place(named_first.full, named_first.level, Origin.GUESS)
    return _guess(told.text)


_WAYS: tuple[Callable[[_Told], Place | None], ...] = (
    _of_the_country, _zone, _by_evidence, _by_form, _by_file, _guessed,
)  # fmt: skip
"""How a place is found, the surest first: the first that finds one counts."""


def _is_of_country(body: str) -> bool:
    """Whether a body is one of the whole country, and not its office at some place: 国家税务总局南阳市税务局."""
    return fits("of_the_country", body) and region_named(body) is None


def _is_of_house(region: Region, words: str) -> bool:
    """Whether words name a region only within the name of a university or a company: 浙江大学2022年度工作报告."""
    place = words.find(region.short)
    house = _HOUSE.match(words, place + len(region.short)) if place >= 0 else None
    return house is not None and fits("house_of_its_own", house["rest"])


def _inside(around: Region | None, words: str) -> Region | None:
    """The region inside another that words name: 鼓楼区 is in many cities, and only in one place in 南京."""
    if around is None or len(words) > _LONGEST_NAME:
        return None
    region = region_named(around.full + words)
    return region if region is not None and region.name in words else None


def _evidence(told: _Told) -> Iterator[tuple[str, Origin]]:
    """The words that may name the place, the surest first, with where they stand."""
    yield told.house, Origin.TEXT
    yield told.issuer, Origin.TEXT
    yield told.head.title, Origin.TEXT
    for line in told.head.lines:
        speaks = _SPEAKS.search(line)
        if speaks:
            yield speaks["place"], Origin.TEXT
    for line in told.head.lines:
        if fits("body", line) or fits("special", line):
            yield line, Origin.TEXT
    for body in told.bodies:
        yield body, Origin.TEXT
    for title in told.declared:
        yield title, Origin.DECLARED
    yield told.name, Origin.FILE_NAME


def _territory(line: str) -> Region | None:
    """Hong Kong or Macau, where a line names a body that only one of them has."""
    name = named("special", line)
    return region_named(name) if name else None


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
    voice = level_of_voice(text)
    if voice == STATE:
        return Place(WHOLE_COUNTRY, STATE, Origin.GUESS)
    region = most_mentioned(text, voice)
    return Place(region.full, region.level, Origin.GUESS) if region is not None else None
