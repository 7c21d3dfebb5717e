"""Every row of the tables of the reports' own words fits the examples beside it, and none of the counter-examples."""

from __future__ import annotations

import pytest

from indexer.report.documents import TABLES
from indexer.text.tables import Row

FOUND = [pytest.param(row, id=place) for place, row in TABLES.every_row()]


@pytest.mark.parametrize("row", FOUND)
def test_a_row_fits_its_examples_and_nothing_like_its_counter_examples(row: Row) -> None:
    assert [line for line in row.match if not row.pattern.search(line)] == []
    assert [line for line in row.unlike if row.pattern.search(line)] == []
