"""Every row of every table fits the examples beside it, and none of the counter-examples."""

from __future__ import annotations

import pytest

from answers.knowledge.tables import Row, every_row


@pytest.mark.parametrize("row", [pytest.param(row, id=place) for place, row in every_row()])
def test_a_row_fits_its_examples_and_nothing_like_its_counter_examples(row: Row) -> None:
    pattern = row.pattern
    assert [example for example in row.match if not pattern.search(example)] == []
    assert [example for example in row.unlike if pattern.search(example)] == []
