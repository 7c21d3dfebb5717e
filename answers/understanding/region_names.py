"""The names of places that the national table of divisions does not have, from `answers/knowledge/places.toml`."""

from __future__ import annotations

from dataclasses import dataclass

from answers.knowledge.tables import Row, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Row):
    """A name for several provinces (长三角), or for a part of the country (西部).

    Attributes:
        members: short names of provinces, or names of other groups, with blanks between them.
    """

    members: str


def _words(section: str) -> frozenset[str]:
    return frozenset(word for row in rows(Row, "places", section) for word in row.words)


# Of each one-character and English name the short name of its province.
BY_CHARACTER = {
    character: row.name
    for section in ("lone_character", "paired_character", "listed_character")
    for row in rows(Row, "places", section)
    for character in row.words
}
BY_ENGLISH_NAME = {name.lower(): row.name for row in rows(Row, "places", "english") for name in row.words}
BY_ENGLISH_NAME_OF_CITY = {
    name.lower(): row.name for row in rows(Row, "places", "english_city") for name in row.words
}
WITHOUT_REPORTS = _words("without_reports")
EVERYDAY_CITIES = _words("everyday_city")
EVERYDAY_COUNTIES = _words("everyday_county")
COMMON_WORDS = _words("common_word")
GROUPS = rows(Group, "places", "group")

_PARTS = {word: row.members for row in rows(Group, "places", "direction") for word in row.words}
_MEMBERS = {row.name: row.members for row in GROUPS if row.name} | _PARTS


def provinces(names: str) -> tuple[str, ...]:
    """Short names of the provinces that names of provinces and groups mean, each once, in order."""
    found: dict[str, None] = {}
    for name in names.split():
        found.update(dict.fromkeys(provinces(_MEMBERS[name]) if name in _MEMBERS else [name]))
    return tuple(found)


# Of each part of the country (西部) the short names of its provinces.
DIRECTIONS = {word: provinces(word) for word in _PARTS}
