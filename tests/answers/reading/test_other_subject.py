"""A province's figure is no answer to a question for its city's, nor last year's to an earlier year's."""

from __future__ import annotations

from pathlib import Path

import pytest

from answers.reading.other_subject import is_of_other_place, is_of_other_year
from answers.understanding.nearness import tells_of_its_place
from answers.understanding.question import understand
from indexer.build import build_index
from indexer.index import open_index
from indexer.report.report import Report
from indexer.text.sentences import sentences
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

REPORT = (
    "一、2024年工作回顾\n"
    "地区生产总值增长3.3%，粮食产量1900万吨。昆明地铁运营里程达到200公里，比2022年多30公里，比二〇二一年多50公里。\n"
    "咖啡豆产量占全国的98%，稳居首位。\n"
    "二、2025年工作安排\n"
    "地区生产总值增长5%左右。\n"
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("elsewhere")
    build_index([write_report(folder, "2025年云南省政府工作报告", REPORT)], folder / "index", FakeEncoder())
    return open_index(folder / "index", FakeEncoder().identity).report("2025年云南省政府工作报告")


@pytest.mark.parametrize(
    ("question", "passage", "elsewhere"),
    [
        ("云南去年的经济增速是多少？", "粮食产量", False),
        ("去年的经济增速是多少？", "粮食产量", False),
        ("各省去年的经济增速是多少？", "粮食产量", False),
        ("昆明地铁有多长？", "粮食产量", False),  # the passage speaks of 昆明
        ("昆明今年的经济增长目标是多少？", "5%左右", True),
        ("曲靖去年粮食产量是多少？", "粮食产量", True),
        ("江苏去年的经济增速是多少？", "粮食产量", True),
        ("云南和江苏去年的经济增速是多少？", "粮食产量", False),
        ("五华区去年粮食产量是多少？", "粮食产量", True),
        ("全国去年粮食产量是多少？", "粮食产量", True),
        ("我国咖啡产量的九成多来自哪里？", "咖啡", False),  # the sentence speaks of the nation
    ],
)
def test_an_answer_is_told_of_a_place_that_is_asked(
    report: Report, question: str, passage: str, elsewhere: bool
) -> None:
    (found,) = [p for p in report.passages if passage in p.span.of(report.text)]
    (sentence,) = [s for s in sentences(report.text, found.span) if passage in s.of(report.text)]
    assert is_of_other_place(understand(question), report, found, sentence) is elsewhere


@pytest.mark.parametrize(
    ("question", "passage", "elsewhere"),
    [
        ("2024年经济增速是多少？", "粮食产量", False),
        ("2025年的增长目标是多少？", "5%左右", False),
        ("2023年粮食产量是多少？", "粮食产量", True),
        ("2022年以来地铁多了几公里？", "粮食产量", False),  # it says 2022
        ("2021年以来地铁多了几公里？", "粮食产量", False),  # so, in Chinese numerals
        ("十四五期间地区生产总值增长多少？", "5%左右", False),
        ("2021年到2023年粮食产量如何？", "粮食产量", False),
    ],
)
def test_an_answer_is_of_a_year_that_is_asked(
    report: Report, question: str, passage: str, elsewhere: bool
) -> None:
    (found,) = [p for p in report.passages if passage in p.span.of(report.text)]
    assert is_of_other_year(understand(question), report, found) is elsewhere


@pytest.mark.parametrize(
    ("question", "elsewhere"),
    [
        ("公积金最多缓缴几个月？", False),
        ("泰州市公积金最多缓缴几个月？", False),  # the document names 泰州, in another passage
        ("宁波市公积金最多缓缴几个月？", True),
        ("宁波和泰州的公积金最多缓缴几个月？", False),
    ],
)
def test_a_notice_must_name_the_place_that_is_asked(tmp_path: Path, question: str, elsewhere: bool) -> None:
    notice = "公积金缓缴常见问答\n各地企业可以申请。泰州市企业由中心办理。\n\n缓缴期限最多6个月。\n"
    build_index([write_report(tmp_path, "9f3c", notice)], tmp_path / "index", FakeEncoder())
    report = open_index(tmp_path / "index", FakeEncoder().identity).report("9f3c")
    assert not tells_of_its_place(report.metadata)
    passage = next(one for one in report.passages if "6个月" in one.span.of(report.text))
    assert is_of_other_place(understand(question), report, passage, passage.span) is elsewhere
