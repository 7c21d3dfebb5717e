from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from answers.commitments.extraction.extract import commitments
from answers.commitments.rows import Commitment, StatementKind, commitment_row
from indexer.report.passages import parse_report
from indexer.report.report import Report
from tests.conftest import SEED_NAME, make_document
from tests.project.test_cli import Run, run  # noqa: F401
from tests.report_texts import report_texts

REVIEW = "一、2024年工作回顾\n"
TASKS = "二、2025年重点工作\n"


def report(text: str, year: int | None = 2025) -> Report:
    document = make_document(text)
    return parse_report(replace(document, metadata=replace(document.metadata, year=year)))


def rows(sentence: str, part: str = TASKS) -> tuple[Commitment, ...]:
    return commitments(report(part + "（一）概况\n" + sentence))


def said(sentence: str, part: str = TASKS) -> list[tuple[str, str]]:
    return [(row.object, row.text) for row in rows(sentence, part)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("有效发明专利拥有量达5.3万件。", [("有效发明专利拥有量", "5.3万件")]),
        ("新改建农村公路1万公里以上。", [("农村公路", "1万公里")]),
        ("培育10名战略科学家、100名领军人才。", [("战略科学家", "10名"), ("领军人才", "100名")]),
        (
            "实现蔬菜产量270万吨、生猪产能149万头、水产品产量110万吨以上。",
            [("蔬菜产量", "270万吨"), ("生猪产能", "149万头"), ("水产品产量", "110万吨")],
        ),
        (
            "高新技术企业、科技型中小企业贷款分别增长27.7％、31.1％。",
            [("高新技术企业贷款", "27.7％"), ("科技型中小企业贷款", "31.1％")],
        ),
        ("外贸企业达到9570家、增长8.6％。", [("外贸企业", "9570家"), ("外贸企业", "8.6％")]),
        ("新建亿元以上项目1.57万个、总投资10.8万亿元。", [("亿元以上项目", "1.57万个"), ("亿元以上项目总投资", "10.8万亿元")]),
        ("举办论坛、展会等60多场国际性活动。", [("国际性活动", "60")]),
        ("实施节能降碳、环境提升四大工程。", [("节能降碳、环境提升工程", "四大")]),
        ("实施10大类55项民生实事。", [("民生实事", "10大类"), ("民生实事", "55项")]),
        ("5个集群入选国家级特色产业集群。", [("集群入选国家级特色产业集群", "5个")]),
        ("推动80％的中小学纳入教联体。", [("中小学纳入教联体", "80％")]),
        ("城市12分钟急救圈初步形成。", [("城市急救圈", "12分钟")]),
        ("关税总水平由9.8%降至7.5%。", [("关税总水平", "9.8%"), ("关税总水平", "7.5%")]),
        ("出口占全国的6%。", [("出口占全国", "6%")]),
        ("粮食种植面积稳定在171万亩、产量保持14亿斤以上。", [("粮食种植面积", "171万亩"), ("粮食产量", "14亿斤")]),
        ("將建成圖書館5個。", [("图书馆", "5個")]),
    ],
)  # fmt: skip
def test_every_number_is_a_row_with_its_own_object(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert said(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "深化1612体系建设。",
        "发挥“1244”统筹推进机制作用。",
        "推进三期项目建设。",
        "办好第三届博览会。",
        "创建5A级景区。",
        "编制“十四五”规划。",
        "打造一刻钟生活圈。",
        "到2027年基本实现现代化。",
        "3月15日前完成。",
        "总量居全国第3位、进入全国前10位。",
        "落实中央八项规定精神。",
        "贯彻党的二十大精神。",
        "坚持一个中国原则。",
        "开通12345热线。",
        "建成G331公路。",
        "6100万湖北人民备受鼓舞。",
        "支持20万吨级码头建设。",
        "惠及千家万户。",
        "为65岁以上老人体检。",
        "坚持和发展一大批制度。",
        "",
    ],
)
def test_names_dates_ranks_and_thresholds_are_no_commitments(sentence: str) -> None:
    assert said(sentence) == []


def test_a_threshold_stays_in_the_name_of_what_is_counted() -> None:
    assert said("抓实64个预增产值过10亿元的工业新增长点。") == [("预增产值过10亿元的工业新增长点", "64个")]
    assert said("实施500万元以上技改项目3000项。") == [("500万元以上技改项目", "3000项")]


@pytest.mark.parametrize(
    ("sentence", "part", "kind", "year"),
    [
        ("新建学校5所。", REVIEW, StatementKind.ACHIEVED, 2024),
        ("新建学校5所。", TASKS, StatementKind.TARGET, 2025),
        ("目前已建成学校5所。", TASKS, StatementKind.ACHIEVED, 2024),
        ("到2027年建成学校5所。", TASKS, StatementKind.TARGET, 2027),
        ("安排资金比去年增加5亿元。", TASKS, StatementKind.TARGET, 2025),
        ("2023年建成学校5所。", REVIEW, StatementKind.ACHIEVED, 2023),
    ],
)
def test_part_and_words_tell_target_from_result_and_the_year(
    sentence: str, part: str, kind: StatementKind, year: int
) -> None:
    (row,) = rows(sentence, part)
    assert (row.kind, row.year) == (kind, year)


def test_the_glossary_makes_no_commitments() -> None:
    assert commitments(report(TASKS + "新建学校5所。\n名词解释\n1.“双千兆”：覆盖1000个小区。"))[1:] == ()


def test_a_report_of_unknown_year_has_rows_of_unknown_year() -> None:
    (row,) = commitments(report(TASKS + "（一）概况\n新建学校5所。", year=None))
    assert row.year is None


def test_the_seed_report_is_extracted(seed_parsed: Report) -> None:
    found = {(row.object, row.text): row for row in commitments(seed_parsed)}
    assert len(found) > 55
    row = found["有效发明专利拥有量", "5.3万件"]
    shape = commitment_row(row, row.sentence.of(seed_parsed.text))
    assert (shape["value"], shape["unit"], shape["kind"], shape["year"]) == (53000, "件", "target", 2023)
    assert shape["text"] == seed_parsed.text[shape["start"] : shape["end"]]
    assert "有效发明专利拥有量达5.3万件" in shape["sentence"]


@settings(max_examples=100, deadline=None)
@given(report_texts)
def test_every_row_is_verbatim_and_inside_its_sentence(text: str) -> None:
    parsed = report(TASKS + text)
    for row in commitments(parsed):
        assert row.is_verbatim(parsed)
        assert row.sentence.holds(row.span)


def test_the_command_line_prints_rows_without_a_model(run: Run, built_index: Path) -> None:  # noqa: F811
    ended = run("answers", "commitments", "--document", SEED_NAME, "--json", "--index", built_index)
    found = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.status == 0
    assert {"5.3万件", "270万吨"} <= {row["text"] for row in found}
    shown = run("answers", "commitments", "--index", built_index)
    assert shown.status == 0
    assert "53000件" in shown.out.replace("\n", "")


def test_a_report_that_is_not_there_is_an_error(run: Run, built_index: Path) -> None:  # noqa: F811
    ended = run("answers", "commitments", "--document", "乙报告", "--index", built_index)
    assert (ended.status, ended.out) == (2, "")
    assert "乙报告" in ended.err
