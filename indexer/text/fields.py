"""Fields in which people say what a document is, known by what they call them: in front matter, above columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from indexer.text.part_names import TABLES
from indexer.text.tables import Row

_ADDRESS = re.compile(r"https?://\S{1,500}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST = 40  # characters of the name of a field


class Field(StrEnum):
    """What a field says of its document."""

    TEXT = "text"
    TITLE = "title"
    NAME = "name"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    PLACE = "place"
    YEAR = "year"
    DATE = "date"
    SPEAKER = "speaker"
    ISSUER = "issuer"
    MEETING = "meeting"
    LEVEL = "level"
    KIND = "kind"
    ADDRESS = "address"


# The outer before the inner: 江苏省, 宿迁市, 沭阳县.
PLACES = (Field.PROVINCE, Field.CITY, Field.COUNTY, Field.PLACE)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote of a document in fields, as it is written; empty where nothing is said.

    Attributes:
        title: what it is called.
        place: where it is from; several parts as one, 江苏省宿迁市沭阳县.
        year, date, speaker, issuer, meeting, level, kind: as the fields of its metadata.
        address: where on the web it was published.
    """

    title: str = ""
    place: str = ""
    year: str = ""
    date: str = ""
    speaker: str = ""
    issuer: str = ""
    meeting: str = ""
    level: str = ""
    kind: str = ""
    address: str = ""

    @property
    def called(self) -> str:
        """What it may be called by year, place and kind, 2024年沭阳县政府工作报告; empty with the place alone, or without it."""
        year = _YEAR.search(self.year)
        return (
            f"{f'{year[0]}年' if year else ''}{self.place}{self.kind}"
            if self.place and (year or self.kind)
            else ""
        )


SAID_NOTHING = Said()


_NAMES = tuple((Field(row.name), row.pattern) for row in TABLES.rows(Row, "fields", "field"))


@lru_cache(maxsize=1024)
def field_called(name: str) -> Field | None:
    """The field that has this name; None where no row of the table fits it."""
    bare = name.strip().strip("*：:").strip()
    if len(bare) > _LONGEST:
        return None
    return next((field for field, pattern in _NAMES if pattern.search(bare)), None)


def said_in(fields: Iterable[tuple[str, str]]) -> Said:
    """What fields say, given as their names and values. Of several that say the same thing the first counts."""
    found: dict[Field, str] = {}
    for name, value in fields:
        field, words = field_called(name), " ".join(value.split())
        if field is Field.ADDRESS:
            address = _ADDRESS.search(words)  # a source may be the name of a newspaper
            words = address[0] if address else ""
        if field is not None and words:
            found.setdefault(field, words)
    return Said(
        title=found.get(Field.TITLE) or found.get(Field.NAME, ""),
        place=_joined(found[field] for field in PLACES if field in found),
        **{
            field.value: found.get(field, "")
            for field in Field
            if field not in (Field.TEXT, Field.TITLE, Field.NAME, *PLACES)
        },
    )


def _joined(parts: Iterable[str]) -> str:
    """The parts of a place as one name, each once: 北京市, 北京市, 海淀区."""
    whole = ""
    for part in parts:
        if whole in part:
            whole = part
        elif part not in whole:
            whole += part
    return whole
