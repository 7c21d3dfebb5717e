from __future__ import annotations

import pytest

from indexer.report.documents import Row, rows, tables

ROWS = [pytest.param(row, id=f"{section}-{row.name}") for section in tables() for row in rows(section)]


@pytest.mark.parametrize("row", ROWS)
def test_every_row_fits_its_examples_and_not_the_others(row: Row) -> None:
    assert row.match and row.unlike
    assert [line for line in row.match if not row.pattern.search(line)] == []
    assert [line for line in row.unlike if row.pattern.search(line)] == []
