"""What may be said of a report is checked in one place, whoever says it."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.report.correction import CORRECTABLE, LEVELS, YEARS, Correction, CorrectionError
from indexer.report.metadata import corrected, describe
from indexer.report.records import DocumentKind, Metadata, Origin
from indexer.report.regions import CITY, COUNTY, PROVINCE, STATE


def test_what_is_not_given_stays_and_blanks_are_no_part_of_what_is() -> None:
    assert Correction().changes() == {}
    said = Correction(title=" 标题 ", level="", speaker=" ", year=2024, kind=DocumentKind.PLAN)
    assert said.changes() == {
        "title": "标题", "level": "", "speaker": "", "year": 2024, "kind": DocumentKind.PLAN,
    }  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        {"title": " "}, {"year": 1948}, {"year": 2101}, {"year": "2024"}, {"year": True}, {"year": 2023.5}, {"level": "乡"},
        {"level": " 省"}, {"kind": "诗"}, {"issuer": 5}, {"title": []},
    ],
)  # fmt: skip
def test_a_value_that_no_report_can_have_is_refused_and_named(said: dict[str, Any]) -> None:
    ((field, value),) = said.items()
    with pytest.raises(CorrectionError) as caught:
        Correction(**said)
    assert (caught.value.field, caught.value.value) == (field, value)
    assert all(repr(value) in words for words in (caught.value.text.zh, caught.value.text.en))


def test_every_field_that_may_be_corrected_is_one_of_the_metadata() -> None:
    known = describe("甲", "甲市2023年政府工作报告\n今年新增就业20万人。")
    for field in CORRECTABLE:
        given: dict[str, Any] = {"year": YEARS[0], "level": PROVINCE, "kind": DocumentKind.PLAN}
        value = given.get(field, "某某")
        changed = corrected(known, Origin.USER, **Correction(**{field: value}).changes())
        assert isinstance(changed, Metadata) and getattr(changed, field) == value


def test_the_levels_are_those_of_places() -> None:
    assert LEVELS == (STATE, PROVINCE, CITY, COUNTY, "")
