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


def amounts_of(table: str) -> list[tuple[str, str, float, str]]:
    """Object, words, value and unit of what a table in the final accounts of 2024 states."""
    document = make_document(f"2024年某县财政决算\n{table}\n")
    report = parse_report(replace(document, metadata=replace(document.metadata, year=2024)))
    found = commitments(report)
    assert all(row.text == row.span.of(report.text) for row in found)
    return [(row.object, row.text, row.amount.low, row.amount.unit) for row in found if row.amount]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # The figure is quoted as it stands; its value is in the unit that the table says.
        ("单位：万元\n项目：税收收入 | 决算数：672,300", [("税收收入决算数", "672,300", 6.723e9, "元")]),
        ("项目：税收收入 | 决算数：67.23\n单位：亿元", [("税收收入决算数", "67.23", 6.723e9, "元")]),
        ("项目：税收收入 | 决算数（万元）：672300", [("税收收入决算数", "672300", 6.723e9, "元")]),
        ("指标：生猪出栏 | 单位：万头 | 实绩：28.6", [("生猪出栏", "28.6", 286_000, "头")]),
        ("指标：收入 | 单位：亿元 | 完成%：98.5 | 决算数：3", [("收入决算数", "3", 3e8, "元")]),
        # What has a unit of its own keeps it, and a rate, a rank or a count is not in the table's.
        ("单位：万元\n项目：学校 | 决算数：6所 | 投资：3亿元", [("学校决算数", "6所", 6, "所"), ("学校投资", "3亿元", 3e8, "元")]),
        ("单位：万元\n项目：税收收入 | 增长率：5.1 | 排名：3 | 科目编码：10101", []),
        ("单位：亿元\n项目：人均可支配收入 | 决算数：5", []),
        # Nothing that can be counted in, or several units.
        ("牵头单位：财政局\n项目：税收收入 | 决算数：672300", []),
        ("单位：亿元、%\n项目：税收收入 | 决算数：672300", []),
    ],
)  # fmt: skip
def test_a_number_in_a_table_has_the_unit_of_its_column_its_row_or_its_table(
    table: str, expected: list[tuple[str, str, float, str]]
) -> None:
    assert amounts_of(table) == expected
