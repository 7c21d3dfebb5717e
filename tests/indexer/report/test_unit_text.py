from __future__ import annotations

import pytest

from indexer.report.passages import parse_report
from indexer.report.records import UnitKind
from indexer.report.report import Report
from indexer.report.unit_text import unit_text
from tests.conftest import make_document


def texts(text: str, title: str = "甲市报告") -> dict[UnitKind, str]:
    """The embedded text of the last unit of each kind."""
    report = parse_report(make_document(text, title=title))
    return {unit.kind: unit_text(report, unit) for unit in report.units}


def test_a_unit_is_embedded_with_the_title_and_the_nearest_heading() -> None:
    found = texts("一、总体打算\n（一）扩大开放\n新增外资企业100家。")
    assert found[UnitKind.SENTENCE] == "甲市报告 （一）扩大开放 新增外资企业100家。"


def test_the_heading_is_not_said_twice() -> None:
    found = texts("（一）扩大开放\n新增外资企业100家。")
    assert found[UnitKind.PASSAGE] == "甲市报告 （一）扩大开放\n新增外资企业100家。"


@pytest.mark.parametrize("title", ["甲市报告", ""])
def test_without_a_heading_or_title_the_rest_stands_alone(title: str) -> None:
    assert texts("新增外资企业100家。", title)[UnitKind.SENTENCE] == f"{title} 新增外资企业100家。".strip()


def test_every_unit_of_the_seed_has_its_own_words_in_it(seed_parsed: Report) -> None:
    for unit in seed_parsed.units:
        assert unit.span.of(seed_parsed.text).strip() in unit_text(seed_parsed, unit)
