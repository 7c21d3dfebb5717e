"""The page 说明 says what was measured, and no more."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from views.help.measured import MEASURED, Measured, in_ten

MEASUREMENTS = (ROOT / "docs" / "measurements.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("one", MEASURED, ids=lambda one: one.row)
def test_its_rates_are_those_of_the_measurements(one: Measured) -> None:
    section = MEASUREMENTS.split("## Places that nobody tuned on")[1].split("\n## ")[0]
    (row,) = [line for line in section.splitlines() if line.startswith(f"| {one.row} |")]
    _, _, _, right, _, withheld, false, _ = [cell.strip() for cell in row.strip("|").split("|")]
    found = [float(re.match(r"[\d.]+", cell)[0]) for cell in (right, withheld, false)]  # type: ignore[index]
    assert found == [one.right, one.withheld, one.false]


def test_shares_are_told_as_so_many_of_ten() -> None:
    assert [in_ten(share) for share in (0.83, 0.97, 0.04, 0.0, 0.10)] == ["8", "10", "0.4", "0", "1"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_drawn_in_both_languages(language: str) -> None:
    page = AppTest.from_string(f"from views.help.page import help_page\nhelp_page('{language}')\n").run()
    assert not page.exception
    assert len(page.subheader) == 7 and len(page.table) == 1
