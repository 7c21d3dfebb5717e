"""Every row of every table fits the examples beside it, and none of the counter-examples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from answers.knowledge.tables import Row, every_row
from answers.quantities.amounts import read_amount
from answers.quantities.bounds import Bound
from answers.quantities.figures import tally
from indexer.text.span import Span


def counts_in_its_unit(row: Row, text: str) -> bool:
    for figure in tally(text, Span(0, len(text))):
        unit = row.pattern.match(text, text.rfind(figure.unit, figure.bare.start, figure.bare.end))
        if figure.unit and unit is not None and unit[0] == figure.unit:
            return True
    return False


def has_its_bound(row: Row, text: str) -> bool:
    amount = read_amount(text)
    return amount is not None and amount.bound is Bound(row.name)


def has_its_words(row: Row, text: str) -> bool:
    return row.pattern.search(text) is not None


# Rows whose examples are read as reports are; all others are tried by their own words.
READ: dict[str, Callable[[Row, str], bool]] = {
    "bounds.bound": has_its_bound,
    "units.unit": counts_in_its_unit,
}


@pytest.mark.parametrize(("place", "row"), [pytest.param(*found, id=found[0]) for found in every_row()])
def test_a_row_fits_its_examples_and_nothing_like_its_counter_examples(place: str, row: Row) -> None:
    fits = READ.get(place.split()[0], has_its_words)
    assert [example for example in row.match if not fits(row, example)] == []
    assert [example for example in row.unlike if fits(row, example)] == []
