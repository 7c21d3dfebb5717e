"""Years of questions and columns of tables."""

from __future__ import annotations

import pytest

from answers.reading.other_column import is_of_other_column, row_around
from answers.understanding.question import understand
from indexer.report.passages import parse_report
from indexer.text.span import Span
from tests.conftest import make_document

TEXT = (
    "某县2024年重点指标\n一、主要预期目标\n指标：合计投资 | 2023年实绩：120亿元 | 2024年目标：135亿元\n"
    "指标：其中：工业 | 45亿元\n今年新增就业5000人。\n项目：学校 | 目标任务：6所"
)
REPORT = parse_report(make_document(TEXT))


def found(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("2023年合计投资多少？", "120亿元", False),
        ("2023年合计投资多少？", "135亿元", True),
        ("2024年合计投资目标多少？", "135亿元", False),
        ("2024年工业投资目标是多少？", "45亿元", True),
        ("工业投资是多少？", "45亿元", False),
        ("2024年新建学校多少所？", "6所", False),
        ("2024年的重点是什么？", "合计投资", False),
    ],
)
def test_a_value_of_the_column_of_another_year_or_of_none_is_told(
    question: str, answer: str, expected: bool
) -> None:
    row = row_around(REPORT, found(answer))
    assert row is not None
    assert is_of_other_column(understand(question), REPORT, row, found(answer)) is expected


def test_prose_is_no_row() -> None:
    assert row_around(REPORT, found("5000人")) is None
