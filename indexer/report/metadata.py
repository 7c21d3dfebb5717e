"""Find out from its file name and its opening what a report is: where from, of which year, by whom."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import takewhile

from indexer.report.records import FieldOrigin, Metadata, Origin
from indexer.report.regions import CITY, PROVINCE, STATE, WHOLE_COUNTRY, Region, region_named, regions
from indexer.text.numerals import arabic_year, digit_by_digit, numeral_value
from indexer.text.paragraphs import paragraphs

CORRECTABLE = ("title", "region", "level", "issuer", "meeting", "date", "speaker", "year")
_OPENING = 12  # paragraphs in which title, date, speaker, 各位代表 and 我代表…人民政府 stand
_LONGEST_LINE = 80  # a longer paragraph is no line of the report's head
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_DAY = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DATE = re.compile(rf"{_YEAR}年(?P<month>{_DAY})月(?P<day>{_DAY})日")
_MEETING = re.compile(
    r"(?P<place>[\u4e00-\u9fff]*?)(?P<session>第[一二三四五六七八九十]+届(?P<national>全国)?人民代表大会"
    r"第[一二三四五六七八九十]+次会议)"
)
_SPEAKER = re.compile(
    r"(?P<office>(?:代理?)?(?:省长|市长|主席|县长|区长|州长|盟长|旗长|总理|专员))[ \n]*"
    r"(?P<name>[\u4e00-\u9fff]{1,2}? ?[\u4e00-\u9fff·]{1,12}?)(?:同志)?(?= *(?:作政府|作工作|在|代表|[。，\n]|$))"
)
_ISSUER = re.compile(r"我代表(?P<issuer>国务院|[\u4e00-\u9fff]{1,20}?人民政府)")
_REVIEW_YEAR = re.compile(r"(?P<year>20\d\d)年(?:工作|政府工作)?(?:的)?(?:主要)?(?:工作)?回顾")
_TASK_YEAR = re.compile(
    r"(?P<year>20\d\d)年(?:的)?(?:经济社会发展)?(?:政府)?(?:工作|重点|目标|总体|主要|预期)[^回顾\n]{0,12}$",
    re.M,
)
_GUESS_AT_LEAST = 5  # mentions of a place before it may be proposed


@dataclass(frozen=True, slots=True)
class _Found:
    """A value and where it was found."""

    value: str
    origin: Origin


def describe(name: str, text: str) -> Metadata:
    """What file name and text say of a report; each field with its origin, unknown ones empty.

    A region that is only mentioned more often than any other is a guess, and marked as one.
    """
    spans = paragraphs(text)[:_OPENING]
    lines = [span.of(text) for span in spans]
    opening = "\n".join(lines)
    head = "\n".join(
        takewhile(lambda line: not line.startswith("各位代表") and len(line) <= _LONGEST_LINE, lines)
    )
    fields: dict[str, _Found] = {"title": _title(name, lines)}
    meeting = _MEETING.search(re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", head))
    date = _DATE.search(head)
    if date:
        fields["date"] = _Found(_iso(date), Origin.TEXT)
    speaker = _SPEAKER.search(head)
    if speaker:
        office = f"{speaker['office']} {speaker['name'].replace(' ', '')}"
        fields["speaker"] = _Found(office, Origin.TEXT)
    year = _report_year(name, text, date)
    if year:
        fields["year"] = year
    _place(name, text, opening, meeting, fields)
    origins = tuple(FieldOrigin(field, found.origin) for field, found in fields.items())
    values = {field: found.value for field, found in fields.items() if field != "year"}
    return Metadata(
        **values,
        year=int(fields["year"].value) if "year" in fields else None,
        origins=origins,
    )


def corrected(known: Metadata, origin: Origin, **changes: str | int | None) -> Metadata:
    """`known` with the fields in `changes` replaced, each now of `origin`.

    Whoever gives the region settles with it the level and the issuer that were only guessed.

    Raises:
        TypeError: there is no such field, or its value is of another kind.
    """
    for field, value in changes.items():
        if field not in CORRECTABLE:
            raise TypeError(f"no field {field!r} of a report's metadata; there are {', '.join(CORRECTABLE)}")
        right = value is None or type(value) is int if field == "year" else isinstance(value, str)
        if not right:
            raise TypeError(f"{field} = {value!r}: a year is an int or None, every other field a str")
    guessed = {o.field for o in known.origins if o.origin is Origin.GUESS}
    region = region_named(str(changes.get("region") or ""))
    if region is not None:
        settled = {"level": region.level, "issuer": f"{region.name}人民政府"}
        changes = {**{field: value for field, value in settled.items() if field in guessed}, **changes}
    kept = tuple(o for o in known.origins if o.field not in changes)
    added = tuple(FieldOrigin(field, origin) for field in changes)
    return replace(known, **changes, origins=kept + added)  # type: ignore[arg-type]


def with_corrections(found: Metadata, former: Metadata) -> Metadata:
    """`found` with what a person said of the same text in `former`."""
    said = {o.field: getattr(former, o.field) for o in former.origins if o.origin is Origin.USER}
    return corrected(found, Origin.USER, **said) if said else found


def _title(name: str, lines: list[str]) -> _Found:
    for line in lines[:3]:
        if "工作报告" in line and len(line) <= 40 and not line.startswith(("现在", "——")) and len(line) > 8:
            return _Found(line.strip(), Origin.TEXT)
    return _Found(name, Origin.FILE_NAME)


def _report_year(name: str, text: str, date: re.Match[str] | None) -> _Found | None:
    if date:
        return _Found(str(arabic_year(date["year"])), Origin.TEXT)
    head = text[: max(len(text) // 2, 2000)]
    tasks = _TASK_YEAR.search(text)
    review = _REVIEW_YEAR.search(head)
    if review:
        return _Found(str(int(review["year"]) + 1), Origin.TEXT)
    if tasks:
        return _Found(tasks["year"], Origin.TEXT)
    named = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", name)
    return _Found(named[0], Origin.FILE_NAME) if named else None


def _place(
    name: str, text: str, opening: str, meeting: re.Match[str] | None, fields: dict[str, _Found]
) -> None:
    """Region, level, issuer and meeting, from the strongest evidence there is."""
    issuer = _ISSUER.search(opening)
    national = bool(meeting and meeting["national"]) or bool(issuer and issuer["issuer"] == "国务院")
    if national or "国务院" in name:
        origin = Origin.TEXT if national else Origin.FILE_NAME
        fields["region"], fields["level"] = _Found(WHOLE_COUNTRY, origin), _Found(STATE, origin)
        fields["issuer"] = _Found("国务院", origin)
        if meeting:
            fields["meeting"] = _Found(meeting["session"], Origin.TEXT)
        return
    evidence = (
        (meeting["place"] if meeting else "", Origin.TEXT),
        (issuer["issuer"] if issuer else "", Origin.TEXT),
        (fields["title"].value, fields["title"].origin),
        (name, Origin.FILE_NAME),
    )
    region, origin = next(
        ((found, where) for words, where in evidence if (found := region_named(words))), (None, Origin.GUESS)
    )
    if region is None:
        region = _most_mentioned(text)
    if region is None:
        return
    fields["region"] = _Found(region.full, origin)
    fields["level"] = _Found(region.level, origin)
    fields["issuer"] = _Found(f"{region.name}人民政府", origin)
    if meeting:
        fields["meeting"] = _Found(region.name + meeting["session"], Origin.TEXT)


def _most_mentioned(text: str) -> Region | None:
    counts: Counter[str] = Counter()
    known = {region.code: region for region in regions() if region.level in (PROVINCE, CITY)}
    for region in known.values():
        count = text.count(region.short) if len(region.short) >= 2 else 0
        if count:
            counts[region.code] = count
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _GUESS_AT_LEAST:
        return None
    if len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]:
        return None
    return known[ranked[0][0]]


def _iso(date: re.Match[str]) -> str:
    """2024-01-25, of 二〇二四年一月二十五日."""
    month, day = (
        int(numeral_value(date[part])) if "十" in date[part] else digit_by_digit(date[part])
        for part in ("month", "day")
    )
    return f"{arabic_year(date['year']):04d}-{month:02d}-{day:02d}"
