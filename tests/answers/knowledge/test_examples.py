"""Every row of every table fits the examples beside it, and none of the counter-examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from answers.knowledge.tables import Row, every_row, rows
from answers.understanding.places import named_places
from answers.understanding.region_names import GROUPS, Group, provinces


def short_names(question: str) -> set[str]:
    return {region.short for mention in named_places(question).mentions for region in mention.regions}


def names_its_province(row: Row, question: str) -> bool:
    return row.name in short_names(question)


def names_its_provinces(row: Row, question: str) -> bool:
    (group,) = (group for group in (*GROUPS, *rows(Group, "places", "direction")) if group.match == row.match)
    wanted = set(provinces(group.members))
    return any({region.short for region in m.regions} == wanted for m in named_places(question).mentions)


def names_its_city(row: Row, question: str) -> bool:
    return bool(set(row.words) & short_names(question))


def fits_its_words(row: Row, question: str) -> bool:
    return row.pattern.search(question) is not None


# Rows whose examples are whole questions, read as questions are; all others are tried by their own words.
READ: dict[str, Callable[[Row, str], bool]] = {
    "places.lone_character": names_its_province,
    "places.paired_character": names_its_province,
    "places.listed_character": names_its_province,
    "places.english": names_its_province,
    "places.group": names_its_provinces,
    "places.direction": names_its_provinces,
    "places.everyday_city": names_its_city,
}


@pytest.mark.parametrize(("place", "row"), [pytest.param(*found, id=found[0]) for found in every_row()])
def test_a_row_fits_its_examples_and_nothing_like_its_counter_examples(place: str, row: Row) -> None:
    fits = READ.get(place.split()[0], fits_its_words)
    assert [example for example in row.match if not fits(row, example)] == []
    assert [example for example in row.unlike if fits(row, example)] == []
