from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from answers.commitments.extraction.extract import commitments
from answers.commitments.rows import Commitment, StatementKind, commitment_row
from answers.quantities.amounts import Amount, Bound
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
        ("举办论坛、展会等60多场国际性活动。", [("国际性活动", "60多场")]),
        ("实施节能降碳、环境提升四大工程。", [("节能降碳、环境提升工程", "四大")]),
        ("实施10大类55项民生实事。", [("民生实事", "10大类"), ("民生实事", "55项")]),
        ("5个集群入选国家级特色产业集群。", [("集群入选国家级特色产业集群", "5个")]),
        ("推动80％的中小学纳入教联体。", [("中小学纳入教联体", "80％")]),
        ("城市12分钟急救圈初步形成。", [("城市急救圈", "12分钟")]),
        ("关税总水平由9.8%降至7.5%。", [("关税总水平", "7.5%")]),
        ("出口占全国的6%。", [("出口占全国", "6%")]),
        ("粮食种植面积稳定在171万亩、产量保持14亿斤以上。", [("粮食种植面积", "171万亩"), ("粮食产量", "14亿斤")]),
        ("將建成圖書館5個。", [("图书馆", "5個")]),
        ("年末常住人口二百零六万零三百一十五人。", [("年末常住人口", "二百零六万零三百一十五人")]),
        ("粮食总产稳定在 6 5 2 0 0 万吨。", [("粮食总产", "6 5 2 0 0 万吨")]),
        ("惠及群众2300余万人次。", [("群众", "2300余万人次")]),
        ("财政总收入完成12亿元，增长8％。", [("财政总收入", "12亿元"), ("财政总收入", "8％")]),
        ("１９９７年粮食产量达到４９２万吨。", [("粮食产量", "４９２万吨")]),
        ("产值由2010年的162亿元增加到2015年的288亿元，是2005年的3倍。", [("产值", "288亿元"), ("产值", "3倍")]),
        ("居民收入，由5160元增加到7703元。", [("居民收入", "7703元")]),
        ("城乡居民收入比由2.5:1缩小到2.4:1。", [("城乡居民收入比", "2.4:1")]),
        ("覆盖率、治理率分别提高20.9、36.2个百分点。", [("覆盖率", "20.9"), ("治理率", "36.2个百分点")]),
        ("人均预期寿命达到79.1岁。", [("人均预期寿命", "79.1岁")]),
        ("新增公园两三个。", [("公园", "两三个")]),
        ("地区生产总值突破万亿元大关。", [("地区生产总值", "万亿元")]),
        ("固定资产投资增速-3.2%。", [("固定资产投资增速", "-3.2%")]),
        ("抽检食品3250批次。", [("食品", "3250批次")]),
        ("年销售收入超10亿元的龙头企业达100家。", [("年销售收入超10亿元的龙头企业", "100家")]),
        ("累计实施亿元以上重点项目1.3万余个。", [("亿元以上重点项目", "1.3万余个")]),
        ("2.2本级计划投资41万元2.3其他项目投资20万元。", [("本级计划投资", "41万元"), ("其他项目投资", "20万元")]),
        ("今年再建设2000个新民居示范村。", [("新民居示范村", "2000个")]),
        ("城镇登记失业率在4%以内。", [("城镇登记失业率", "4%")]),
        ("全年落实到位资金1680亿元。", [("到位资金", "1680亿元")]),
        (
            "其中一、二、三产业增加值分别增长4%、11%和12%。",
            [("一产业增加值", "4%"), ("二产业增加值", "11%"), ("三产业增加值", "12%")],
        ),
        ("商品零售物价指数控制在104以内。", [("商品零售物价指数", "104")]),
        ("经济总量跃居全省第八，达到156亿元。", [("经济总量", "156亿元")]),
        ("居民消费价格呈前高后低走势，全年上涨5.6%。", [("居民消费价格", "5.6%")]),
        ("20条断头路有15条拉通。", [("断头路", "15条")]),
        ("城镇新增就业52.5万人，比计划目标多2.5万人。", [("城镇新增就业", "52.5万人")]),
        ("启动安居工程“三年行动”，开工率达到99%，建成15万套。", [("开工率", "99%"), ("安居工程", "15万套")]),
        ("产值超500亿元的企业达到5家、超千亿元的达到3家。", [("产值超500亿元的企业", "5家"), ("超千亿元", "3家")]),
        ("每县落户1个10亿元产业项目。", [("10亿元产业项目", "1个")]),
        ("力争引进一至两家外资银行。", [("外资银行", "一至两家")]),
        ("500个重点项目完成投资1200亿元。", [("重点项目", "500个"), ("重点项目投资", "1200亿元")]),
        ("第二产业比重提高两个百分点，三分之二的行政村通了公路。", [("第二产业比重", "两个百分点"), ("行政村通了公路", "三分之二")]),
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
        "实现续航超千公里氢能重卡试产。",
        "建成日处理80吨污泥焚烧厂。",
        "加快城北300万吨钢铁、城西电厂二期等重点项目建设。",
        "时速350公里高铁通达全省。",
        "物价牵涉到千家万户。",
        "充分发挥八亿农民的积极性。",
        "抓好9个方面工作。",
        "按每人500元标准发放。",
        "打造万家惠农贸市场。",
        "迎接中国共产党十四大的召开。",
        "比赛以3∶1获胜。",
        "数百亿元投入使用。",
        "建设同盟220千伏变电站。",
        "入选全国十大创新案例。",
        "向二、三类乡镇推开。",
        "成为全省首个超千亿产业集聚区。",
        "治理十五里河。",
        "服务产值超亿元龙头企业。",
        "完善500万以上的超大城市规划。",
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


def test_what_says_more_is_quoted_and_read_as_more() -> None:
    (row,) = rows("惠及群众2300余万人次。")
    assert row.amount == Amount(2.3e7, 2.3e7, "人次", Bound.OVER)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("工业总产值一九七七年比一九七六年增长百分之十四点三。", 1977),
        ("１９９７年粮食产量达到４９２万吨。", 1997),
        ("1 9 9 7 年粮食产量达到4 9 2 万吨。", 1997),
        ("2018年以来，新建学校5所。", 2024),
        ("2015年旅游收入69亿元，是2010年的2.6倍。", 2015),
    ],
)
def test_a_year_is_read_however_it_is_written(sentence: str, year: int) -> None:
    assert rows(sentence, REVIEW)[-1].year == year


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
