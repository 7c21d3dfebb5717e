"""The scorer of promises that a reader marked: what is lost, what nobody marked, what is named wrongly."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.labelled_promises import LabelScore, read_stretch, score
from tests.answers.commitments.test_tracking import report

TASKS = "新建公园5个、学校8所。改造小区9个。开工建设城西客运站。各项工作再上台阶。"


def marked(**changes: Any) -> dict[str, Any]:
    line = {
        "report": "甲省2023",
        "first": "新建公园",
        "last": "开工建设城西客运站",
        "numbered": [
            {"quote": "新建公园5个", "text": "5个", "object": "公园"},
            {"quote": "学校8所", "text": "8所", "object": "学校"},
            {"quote": "改造小区9个", "text": "9个", "object": "小区"},
        ],
        "unnumbered": [{"quote": "开工建设城西客运站", "object": "城西客运站"}],
    }
    return {**line, **changes}


def scored(**changes: Any) -> LabelScore:
    return score([read_stretch(marked(**changes), report(2023, "稳中有进。", TASKS))])


def test_every_promise_that_is_a_row_is_found() -> None:
    told = scored()
    assert (told.numbered, told.found, told.rows, told.wrong) == (3, 3, 3, 0)
    assert (told.recall, told.precision, told.object_f1) == (1.0, 1.0, 1.0)
    assert (told.unnumbered, told.unnumbered_found, told.unnumbered_named) == (1, 1, 1)


def test_a_row_that_nobody_marked_is_wrong_and_an_optional_one_is_neither() -> None:
    parks, schools, homes = marked()["numbered"]
    assert scored(numbered=[parks, schools]).precision == pytest.approx(2 / 3)
    told = scored(numbered=[parks, schools, {**homes, "optional": True}])
    assert (told.numbered, told.found, told.wrong, told.precision) == (2, 2, 0, 1.0)


def test_a_number_that_is_no_row_is_lost_and_another_name_counts_less() -> None:
    parks, schools, homes = marked()["numbered"]
    told = scored(numbered=[parks, schools, {**homes, "text": "90个"}])
    assert (told.found, told.wrong) == (2, 1)
    assert told.recall == pytest.approx(2 / 3)
    assert scored(numbered=[{**parks, "object": "城市公园"}, schools, homes]).object_f1 < 1


def test_a_stretch_that_is_not_in_the_report_is_an_error() -> None:
    with pytest.raises(LookupError, match="新建机场"):
        scored(first="新建机场")
