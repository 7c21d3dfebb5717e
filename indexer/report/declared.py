"""What somebody wrote of a document in fields of its own, read as values of its metadata, each beside what the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.report.documents import named, source
from indexer.report.head_lines import date_in, squashed
from indexer.report.own_places import is_place_name, level_of
from indexer.report.places import Place
from indexer.report.records import DocumentKind, FieldOrigin, Metadata, Origin
from indexer.report.regions import (
    COUNTY,
    STATE,
    WHOLE_COUNTRY,
    Region,
    full_name,
    region_called,
    region_named,
)
from indexer.text.characters import normalise
from indexer.text.fields import Said

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12]\d|3[01])(?!\d)")
_ZONE = re.compile(rf"[\u4e00-\u9fff]{{0,14}}{source('zone')}")
_ENDINGS = "县区市旗"
_NO_PART = (
    "地区",
    "市辖区",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
)  # of a former name, or of a list of places


def declared_place(said: Said, found: Place | None) -> Place | None:
    """The place that fields say, in doubt where the text says another; `found` where they say none that is known to be one.

    Where one lies in the other the narrower counts: 江苏省 above a column, 沭阳县 in the text.
    """
    place = _place(normalise(said.place))
    if place is None or (found is not None and _is_within(found.region, place.region)):
        return found
    is_another = (
        found is not None and found.origin is Origin.TEXT and not _is_within(place.region, found.region)
    )
    return replace(place, against=found.region, against_origin=Origin.TEXT) if found and is_another else place


def declared_year(said: Said) -> int | None:
    """The year that fields say; None where they say none."""
    year = _YEAR.search(normalise(said.year))
    return int(year[0]) if year else None


def declared_date(said: Said) -> str:
    """The day that fields say, YYYY-MM-DD; empty where they say none."""
    day = _DAY.search(said.date)
    return f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}" if day else date_in(normalise(said.date))


def declared_name(said: Said, place: Place | None, year: int | None) -> str:
    """What a document without a title may be called by what fields say, 2024年沭阳县政府工作报告; empty where that is too little."""
    kind = normalise(said.kind).strip()
    if named("kind_called", kind.lower()) == DocumentKind.WORK_REPORT:
        kind = DocumentKind.WORK_REPORT.label.zh
    if place is None or not said.place or (year is None and not kind):
        return ""
    of = f"{year}年" if year is not None else ""
    return f"{of}{place.name or WHOLE_COUNTRY}{'' if kind.isascii() else kind}"


def with_declared(found: Metadata, said: Said) -> Metadata:
    """`found` with what fields say of level, issuer, meeting, speaker and kind, in doubt where the text says otherwise."""
    told = {one.field: one for one in found.origins}
    for field, value in _values(said):
        former = getattr(found, field)
        of_text = field in told and told[field].origin is Origin.TEXT
        against = former if of_text and not _agree(value, former) else ""
        told[field] = FieldOrigin(field, Origin.DECLARED, against, Origin.TEXT if against else None)
        # Office and name say more than the name alone.
        kept = former if of_text and not against and value in former else value
        found = replace(found, **{field: kept})  # type: ignore[arg-type]  # each of these fields is a text
    kind = named("kind_called", normalise(said.kind).lower())
    if kind:
        found = replace(found, kind=DocumentKind(kind), kind_chance=1.0)
        told["kind"] = FieldOrigin("kind", Origin.DECLARED)
    return replace(found, origins=tuple(told.values()))


def _values(said: Said) -> Iterator[tuple[str, str]]:
    level = named("level_called", normalise(said.level).lower())
    values = (
        ("level", level), ("issuer", said.issuer), ("meeting", said.meeting), ("speaker", said.speaker)
    )  # fmt: skip
    yield from ((field, normalise(value).strip()) for field, value in values if value)


def _agree(one: str, other: str) -> bool:
    """Whether two say the same, the one perhaps with more words: 县长 王某 and 王某."""
    bare, also = (squashed(words).replace(" ", "") for words in (one, other))
    return bare in also or also in bare


def _is_within(inner: str, outer: str) -> bool:
    """Whether a place is another one or lies in it, by their full names."""
    return outer == WHOLE_COUNTRY or inner.startswith(outer)


def _place(words: str) -> Place | None:
    """The place that words name and nothing else; None where they name none: 华东."""
    words = words.replace(" ", "").strip()
    if full_name(words) == WHOLE_COUNTRY:
        return Place(WHOLE_COUNTRY, STATE, Origin.DECLARED)
    region = region_called(words) or _county(words)
    if region is not None:
        return Place(region.full, region.level, Origin.DECLARED)
    around = region_named(words)
    name = around.name if around is not None and around.name in words else around.short if around else ""
    rest = words.partition(name)[2] if name else words
    if around is not None and rest in _NO_PART:
        return Place(around.full, around.level, Origin.DECLARED)
    full = f"{around.full if around else ''}{rest}"
    if is_place_name(rest) and not rest.endswith("地区"):
        sure = not rest.endswith("市")
        return Place(full, level_of(rest), Origin.DECLARED, own_name=rest, is_level_sure=sure)
    if around is not None and _ZONE.fullmatch(rest):
        return Place(full, COUNTY, Origin.DECLARED, own_name=rest, is_level_sure=False)
    return None


def _county(words: str) -> Region | None:
    """The only county of a short name, 沭阳: in prose it may be a word, in a field for places it is none."""
    found = {region for ending in _ENDINGS if (region := region_called(words + ending)) is not None}
    return found.pop() if len(found) == 1 and len(words) > 1 else None
