"""Every row of the tables of the reports' own words fits the examples beside it, and none of the counter-examples."""

from __future__ import annotations

import pytest

from indexer.report import documents
from indexer.report.roles import Role
from indexer.text import part_names
from indexer.text.headings import is_part_name
from indexer.text.part_names import PARTS
from indexer.text.tables import Row

FOUND = [
    pytest.param(row, id=place)
    for tables in (documents.TABLES, part_names.TABLES)
    for place, row in tables.every_row()
]


@pytest.mark.parametrize("row", FOUND)
def test_a_row_fits_its_examples_and_nothing_like_its_counter_examples(row: Row) -> None:
    assert [line for line in row.match if not row.pattern.search(line)] == []
    assert [line for line in row.unlike if row.pattern.search(line)] == []


@pytest.mark.parametrize(("role", "end"), [(part.name, end) for part in PARTS for end in part.ends])
def test_a_line_that_ends_as_parts_of_a_role_do_is_a_name_and_its_heading_tells_the_role(
    role: str, end: str
) -> None:
    assert is_part_name(f"全县{end}")
    assert [part.name for part in PARTS if part.pattern.search(end)] == [Role(role)]
