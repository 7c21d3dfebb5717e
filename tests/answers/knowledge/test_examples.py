"""Every row of every table fits the examples beside it, and none of the counter-examples."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from answers.knowledge.tables import Row, every_row, rows
from answers.quantities.amounts import read_amount
from answers.quantities.bounds import Bound
from answers.quantities.figures import tally
from answers.understanding.places import named_places
from answers.understanding.region_names import GROUPS, Group, provinces
from indexer.text.span import Span


def counts_in_its_unit(row: Row, text: str) -> bool:
    for figure in tally(text, Span(0, len(text))):
        unit = row.pattern.match(text, text.rfind(figure.unit, figure.bare.start, figure.bare.end))
        if figure.unit and unit is not None and unit[0] in (figure.unit, *re.split("[/／]", figure.unit)[:1]):
            return True
    return False


def has_its_bound(row: Row, text: str) -> bool:
    amount = read_amount(text)
    return amount is not None and amount.bound is Bound(row.name)


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


def names_its_county(row: Row, question: str) -> bool:
    regions = {region.name for mention in named_places(question).mentions for region in mention.regions}
    return bool(set(row.words) & regions)


def fits_its_words(row: Row, question: str) -> bool:
    return row.pattern.search(question) is not None


# Rows whose examples are read as reports or questions are; all others are tried by their own words.
READ: dict[str, Callable[[Row, str], bool]] = {
    "places.lone_character": names_its_province,
    "places.paired_character": names_its_province,
    "places.listed_character": names_its_province,
    "places.english": names_its_province,
    "places.english_city": names_its_province,
    "places.group": names_its_provinces,
    "places.direction": names_its_provinces,
    "places.everyday_city": names_its_city,
    "places.everyday_county": names_its_county,
    "bounds.bound": has_its_bound,
    "units.unit": counts_in_its_unit,
}


@pytest.mark.parametrize(("place", "row"), [pytest.param(*found, id=found[0]) for found in every_row()])
def test_a_row_fits_its_examples_and_nothing_like_its_counter_examples(place: str, row: Row) -> None:
    fits = READ.get(place.split()[0], fits_its_words)
    assert [example for example in row.match if not fits(row, example)] == []
    assert [example for example in row.unlike if fits(row, example)] == []
