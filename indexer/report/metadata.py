"""Find out what a report is, from its text, its file and the folder that is in: where from, of which year, by whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from indexer.report.closing import closing_of
from indexer.report.correction import CORRECTABLE
from indexer.report.declared import declared_date, declared_name, declared_place, declared_year, with_declared
from indexer.report.head import Head, head_of
from indexer.report.head_lines import bodies_before, date_in, speaker_in, squashed, title_in
from indexer.report.issuers import STATE_COUNCIL, government_of, issuer_of
from indexer.report.kinds import OPENING, kind_of
from indexer.report.places import Place, find_place
from indexer.report.records import SURE, DocumentKind, FieldOrigin, Metadata, Origin
from indexer.report.regions import STATE, full_name, region_called
from indexer.report.spoken_places import level_spoken_of
from indexer.report.years import Year, find_year
from indexer.text.characters import normalise, simplified
from indexer.text.fields import SAID_NOTHING, Said

# What thousands are called.
_BARE = re.compile(
    r"(?:(?:19|20)\d\d年|[一二][九〇○零][〇○零一二三四五六七八九]{2}年)?(?P<what>[省市区县州旗]?(?:人民)?(?:政府工作报告|工作报告)"
    r"|(?:财政年度)?(?:施政报告|施政方针|财政预算案))(?:全文|（全文）)?"
)


_ISSUE = re.compile(r"第?\d{1,4}号[）)]?$")


@dataclass(frozen=True, slots=True)
class FileEvidence:
    """What a file tells of its document beside the text.

    Attributes:
        name: of the file, without suffix.
        folders: the names of the folders above it, the nearest first.
        titles: what it calls itself in front matter, in the head of a page or among its properties; the likelier first.
        address: where on the web it was published.
        is_titled: whether somebody wrote the first title for this very document.
        said: what somebody wrote of it in fields of their own.
    """

    name: str
    folders: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    address: str = ""
    is_titled: bool = False
    said: Said = SAID_NOTHING


def describe(file: FileEvidence | str, text: str) -> Metadata:
    """What a file (or its name alone) and its text say of a report; each field with its origin, unknown ones empty.

    What somebody wrote of the document in fields of its own counts first, save the day, which may be that of its
    publication; then the text. Where the text, the folder or the name say otherwise, that is told with the field. A
    region that is only mentioned more often than any other is a guess, and marked as one.
    """
    file = FileEvidence(file) if isinstance(file, str) else file
    head = head_of(text)
    if not head.joint:
        head = replace(head, joint=next(filter(None, map(bodies_before, file.titles)), ()))
    declared = [squashed(title) for title in file.titles]
    said: dict[str, FieldOrigin] = {}
    values: dict[str, str] = {}

    def know(field: str, value: str, origin: Origin, against: str = "", other: Origin | None = None) -> None:
        if value:
            values[field] = value
            said[field] = FieldOrigin(field, origin, against, other if against else None)

    closing = closing_of(text)
    place = find_place(file.name, file.folders, declared, head, text, closing.bodies)
    place = declared_place(file.said, place)
    year = find_year(file.name, declared, head, text, closing)
    day = declared_date(file.said)
    if own := declared_year(file.said):
        other = str(year.value) if year and year.origin is Origin.TEXT and year.value != own else ""
        year = Year(own, Origin.DECLARED, other)
        said["year"] = FieldOrigin("year", year.origin, other, Origin.TEXT if other else None)
    elif year is not None:
        said["year"] = FieldOrigin(
            "year", year.origin, year.against, Origin.FILE_NAME if year.against else None
        )
    elif day:
        year = Year(int(day[:4]), Origin.GUESS)
        said["year"] = FieldOrigin("year", Origin.GUESS)
    if head.date:
        know("date", head.date, Origin.TEXT, day if day != head.date else "", Origin.DECLARED)
    elif day:
        know("date", day, Origin.DECLARED)
    elif told := next(filter(None, map(date_in, declared)), ""):
        know("date", told, Origin.DECLARED)
    elif closing.bodies:
        know("date", closing.date, Origin.TEXT)
    _know_speaker(head, declared, know)
    if place is not None:
        know("region", place.region, place.origin, place.against, place.against_origin)
        know("level", place.level, place.origin if place.is_level_sure else Origin.GUESS)
    else:
        know("level", level_spoken_of(head, text), Origin.GUESS)
    issuer = issuer_of(place, head, declared, closing.bodies)
    issued = place.origin if place is not None else Origin.TEXT
    know("issuer", issuer.name, issued if issuer.is_told else Origin.GUESS)
    if head.meeting is not None:
        met = head.meeting
        if place is None or place.level == STATE:
            name = ""
        else:
            name = met.place if place.against and place.origin is Origin.DECLARED else place.name
        know("meeting", f"{met.assembly}{name}{met.session}", Origin.TEXT)
    title, origin = _title(file, declared, head, text, place, year.value if year else None)
    against = head.title if origin is Origin.DECLARED and _is_another(title, head.title) else ""
    know("title", title, origin, against, Origin.TEXT)
    know("address", file.address, Origin.DECLARED)
    found = Metadata(
        title=values.pop("title"),
        **values,  # type: ignore[arg-type]  # every field but year and kind is a text
        year=year.value if year else None,
        origins=tuple(said.values()),
    )
    return with_declared(found, file.said)


def with_kind(known: Metadata, text: str) -> Metadata:
    """`known` with the kind of document that its title and its opening tell, unless somebody said that already."""
    if known.kind is not None:
        return known
    told = kind_of(title_in(known.title), simplified(text[: 3 * OPENING]))
    origin = FieldOrigin("kind", Origin.TEXT if told.chance >= SURE else Origin.GUESS)
    return replace(known, kind=told.kind, kind_chance=round(told.chance, 3), origins=(*known.origins, origin))


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
        if field == "kind" and value not in tuple(DocumentKind):
            raise TypeError(f"kind = {value!r}: it is one of {', '.join(DocumentKind)}")
    changes = {
        field: normalise(v).strip() if isinstance(v, str) and field != "kind" else v
        for field, v in changes.items()
    }
    if changes.get("region"):
        # By its full name a place is known everywhere: a report of «南昌市» was found by nobody who asked for 南昌.
        changes["region"] = full_name(str(changes["region"]))
    doubtful = {o.field for o in known.origins if o.is_doubtful}
    guessed = doubtful | {"level", "issuer"} if "region" in doubtful else doubtful
    region = region_called(str(changes.get("region") or ""))
    if region is not None:
        settled = {"level": region.level, "issuer": government_of(region.name)}
        changes = {**{field: value for field, value in settled.items() if field in guessed}, **changes}
    if "kind" in changes:
        known = replace(known, kind_chance=1.0)
        changes = {**changes, "kind": DocumentKind(str(changes["kind"]))}
    kept = tuple(o for o in known.origins if o.field not in changes)
    added = tuple(FieldOrigin(field, origin) for field in changes)
    return replace(known, **changes, origins=kept + added)  # type: ignore[arg-type]


def with_corrections(found: Metadata, former: Metadata) -> Metadata:
    """`found` with what a person said of the same text in `former`."""
    said = {o.field: getattr(former, o.field) for o in former.origins if o.origin is Origin.USER}
    return corrected(found, Origin.USER, **said) if said else found


def _title(
    file: FileEvidence, declared: list[str], head: Head, text: str, place: Place | None, year: int | None
) -> tuple[str, Origin]:
    """What the document is called: as somebody wrote for this very file, else as its text, else as its file.

    «政府工作报告» alone is what thousands are called: place and year belong to it.
    """
    meant = file.titles[0] if file.titles and file.is_titled else ""
    if meant and (title_in(meant) or not head.title):
        return meant, Origin.DECLARED
    subject = next((told for told in map(title_in, declared) if told.startswith("关于")), "")
    if head.title and not (subject and _ISSUE.search(head.title)):
        return _told_apart(head.title, place, year), Origin.TEXT
    if subject:
        return subject, Origin.DECLARED  # 关于调整…的公告 rather than 海关总署公告2022年第73号
    if head.reported is not None:
        return head.reported["title"], Origin.TEXT
    title = next(filter(None, map(title_in, declared)), "")
    if title:
        return _told_apart(title, place, year), Origin.DECLARED
    called = declared_name(file.said, place, year)
    if title_in(called):
        return called, Origin.DECLARED
    # A file's name may say as much (国务院政府工作报告2010), or nothing: 新建文本文档, b7e19.
    says_much = bool(title_in(file.name.rstrip("0123456789年")))
    if head.first_line and not says_much:
        return head.first_line, Origin.GUESS
    if says_much:
        return file.name, Origin.FILE_NAME
    if called:
        return called, Origin.GUESS
    # 000_f7ed: what surely is the report of a government is called what thousands are.
    if place is not None:
        told = kind_of("", simplified(text[: 3 * OPENING]))
        if told.kind is DocumentKind.WORK_REPORT and told.chance >= SURE:
            return _told_apart(DocumentKind.WORK_REPORT.label.zh, place, year), Origin.GUESS
    return file.name, Origin.GUESS


def _is_another(declared: str, own: str) -> bool:
    """Whether a text calls itself something else than its file does: neither name is a part of the other."""
    one, other = (re.sub(r"[\W\d年]", "", simplified(title)) for title in (declared, own))
    return bool(own) and one not in other and other not in one


def _told_apart(title: str, place: Place | None, year: int | None) -> str:
    bare = _BARE.fullmatch(title)
    if bare is None:
        return title
    of = f"{year}年" if year is not None else ""
    if place is None:
        return of + bare["what"]
    own = STATE_COUNCIL if place.level == STATE else place.name
    return f"{of}{own}{bare['what'].lstrip('省市区县州旗')}"


def _know_speaker(head: Head, declared: list[str], know: Callable[..., None]) -> None:
    told = [(head.speaker, Origin.TEXT), *((speaker_in(title), Origin.DECLARED) for title in declared)]
    # Office and name rather than the name alone, which stands in many a title.
    speaker, origin = next(
        (one for one in told if " " in one[0]), next((one for one in told if one[0]), ("", Origin.TEXT))
    )
    know("speaker", speaker, origin)
