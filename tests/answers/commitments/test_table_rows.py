"""The amounts of tables in the ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answers.commitments.extraction.extract import commitments
from answers.commitments.rows import StatementKind
from indexer.report.passages import parse_report
from tests.conftest import make_document

TARGET, ACHIEVED = StatementKind.TARGET, StatementKind.ACHIEVED
Row = tuple[str, str, StatementKind, int | None]


def rows_of(line: str) -> list[Row]:
    """Object, amount, kind and year of what a line of a table in a report of 2024 states."""
    document = make_document(f"2024年某县政府工作报告\n一、2024年工作安排\n{line}\n")
    document = replace(document, metadata=replace(document.metadata, year=2024))
    found = commitments(parse_report(document))
    return [(row.object, row.text, row.kind, row.year) for row in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "指标：城镇新增就业 | 2023年实绩：5200人 | 2024年目标：5000人",
            [("城镇新增就业", "5200人", ACHIEVED, 2023), ("城镇新增就业", "5000人", TARGET, 2024)],
        ),
        (
            "指标：合计投资 | 2023年：120亿元 | 2024年：135亿元",
            [("合计投资", "120亿元", ACHIEVED, 2023), ("合计投资", "135亿元", TARGET, 2024)],
        ),
        (
            "序号：3 | 项目：改造食堂 | 目标任务：18个 | 责任单位：3个单位",
            [("改造食堂", "18个", TARGET, 2024)],
        ),
        ("指标：其中：工业 | 2024年目标：45亿元", [("工业", "45亿元", TARGET, 2024)]),
        (
            "项目：中心学校 | 建筑面积：8000平方米 | 完成情况：建成校舍3栋",
            [("中心学校建筑面积", "8000平方米", TARGET, 2024), ("中心学校", "3栋", ACHIEVED, 2023)],
        ),
    ],
)
def test_an_amount_is_of_its_row_and_of_the_time_of_its_column(line: str, expected: list[Row]) -> None:
    assert rows_of(line) == expected


def test_a_sentence_is_no_row() -> None:
    assert rows_of("今年新增就业5000人。") == [("就业", "5000人", TARGET, 2024)]
