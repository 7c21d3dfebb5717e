"""One question to many reports, each asked alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import answers.__main__
from answers.comparison.compare import CompareProgress, Comparer
from answers.comparison.questions.columns import Column, read_columns, with_period
from answers.comparison.questions.plan import ComparisonPlan, read_plan
from answers.comparison.questions.topic import strip_scope
from answers.comparison.runs import cell_rows, comparison_row
from answers.comparison.table import column_label, column_labels, silence
from answers.engine import Answerer
from answers.understanding.period import Period
from answers.understanding.question import understand
from indexer.build import build_index
from indexer.errors import IndexFault
from indexer.index import open_index
from indexer.report.passages import parse_report
from indexer.report.records import Document, Metadata
from indexer.report.report import Report
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("东三省今年打算怎么鼓励大家生孩子？", "今年打算怎么鼓励大家生孩子？"),
        ("沈白高铁今年能开通吗？辽宁和吉林各怎么说？", "沈白高铁今年能开通吗？"),
        ("长三角三省一市今年GDP增长目标各是多少？", "今年GDP增长目标是多少？"),
        ("近三年国务院报告的赤字率？", "赤字率是多少？"),
        ("各省怎么发展低空经济？", "怎么发展低空经济？"),
        ("湖北、湖南、江西今年的粮食产量目标是多少？哪个最高？", "今年的粮食产量目标是多少？"),
        ("安徽、江西哪个省的GDP目标更高？", "GDP目标是多少？"),
        ("2022年至2025年中央政府工作报告的赤字率拟按多少安排？", "赤字率拟按多少安排？"),
        ("从2018年到2022年，国务院报告里的城镇新增就业目标怎么变化？", "城镇新增就业目标是多少？"),
        ("江苏、浙江怎么推进长三角一体化？", "怎么推进长三角一体化？"),
        ("江苏和浙江的市场主体各有多少户？", "市场主体有多少户？"),
        ("What GDP targets were set in each of the last five years?", "GDP增长目标 什么"),
        ("GDP targets of the Yangtze River Delta provinces", "GDP增长目标是多少？"),
        ("各省今年的地区生产总值目标", "今年的地区生产总值目标是多少？"),
        ("国务院近三年（2023、2024、2025年）的报告把赤字率定在多少？", "赤字率定在多少？"),
        ("不同年龄段的人怎样享受各类服务？", "不同年龄段的人怎样享受各类服务？"),
        ("江苏、浙江", "江苏、浙江"),
        ("江苏2022年的粮食产量目标比2021年的目标高吗？两年各定了多少？", "粮食产量目标，定了多少？"),
        ("江苏2022年新增就业比2021年多还是少？两年各多少人？", "新增就业，多少人？"),
        ("江苏2020年、2021年经济各增长多少，哪年快？", "经济增长多少？"),
        ("江苏2021年GDP增速比2020年高几个百分点", "GDP增速是多少？"),
        ("江苏比湖北的GDP目标高多少", "GDP目标高多少？"),
        ("江苏2020年GDP目标是多少？2021年呢？", "GDP目标是多少？"),
        ("2024年各省份对外贸易总值涨了百分之几？", "对外贸易总值涨了百分之几？"),
        ("西南和华北几个省区去年进出口增幅分别是多少？", "去年进出口增幅是多少？"),
        ("中部和西部省份去年工业生产涨了几个百分点？", "去年工业生产涨了几个百分点？"),
        ("华北、东北和西部这些地方，今年CPI打算涨多少？", "今年CPI打算涨多少？"),
        ("北京、福建、西藏、宁夏等地上一年CPI走势如何？", "上一年CPI走势如何？"),
        ("山东、福建、广西、津冀2024年海洋生产总值是多少？", "海洋生产总值是多少？"),
        ("河南、贵州等中西部省份今年物流费用的目标是多少？", "今年物流费用的目标是多少？"),
        ("内蒙古、东北、中原各地今年肉类总产定在多少吨？", "今年肉类总产定在多少吨？"),
        ("各省区市把物价涨幅定在百分之几？", "物价涨幅定在百分之几？"),
        ("2025年各省在办职业教育上有什么新动作？", "在办职业教育上有什么新动作？"),
        ("2024届大学毕业生在各省区的就业比例有多高？", "2024届大学毕业生就业比例有多高？"),
        ("黑龙江、宁夏等地2024年城市和农村低保涨幅是多少？", "城市和农村低保涨幅是多少？"),
        ("贵州、云南今年怎么建设西部陆海新通道？", "今年怎么建设西部陆海新通道？"),
        ("湖南、湖北怎么推动中部崛起？", "怎么推动中部崛起？"),
        ("江苏、福建今年沿海高铁建到哪了？", "今年沿海高铁建到哪了？"),
        ("东三省怎样推进东北全面振兴？", "怎样推进东北全面振兴？"),
        ("各省区块链产业规模多大？", "区块链产业规模多大？"),
        ("各省都市圈建设有哪些举措？", "都市圈建设有哪些举措？"),
        ("各省今年要建几个省重点实验室？", "今年要建几个省重点实验室？"),
        ("广东和江苏省会城市今年建几条地铁？", "省会城市今年建几条地铁？"),
        ("各省今年在哪些城市试点以旧换新？", "今年在哪些城市试点以旧换新？"),
        ("各省打算用什么办法把地方欠的债消化掉？", "打算用什么办法把地方欠的债消化掉？"),
        ("各省怎么让企业办事更顺、收入更高？", "怎么让企业办事更顺、收入更高？"),
        ("哪些省份提出让民企牵头科研攻关，怎么说的？", "提出让民企牵头科研攻关，怎么说的？"),
        ("历年总理报告里，赤字率各是多少？", "赤字率是多少？"),
        ("各省历年的粮食产量哪个最高？", "粮食产量是多少？"),
        ("2023年和2024年规划建多少所学校？", "2023年和2024年规划建多少所学校？"),
        ("历年报告里，当年养老待遇准备怎么变？", "今年养老待遇准备怎么变？"),
        ("2016年以来，各年报告中地方专项债的额度分别是多少？", "地方专项债的额度是多少？"),
        ("2021到2025年，国务院每年对海南自贸港有什么打算？", "对海南自贸港有什么打算？"),
        ("2021到2025年，国务院每年对中小学义务教育有什么打算？", "对中小学义务教育有什么打算？"),
        ("2013到2018年，国务院报告里中央预算内投资各投向哪里？", "中央预算内投资投向哪里？"),
        ("2021到2025年的国务院报告各说上一年CPI涨了多少？", "上一年CPI涨了多少？"),
    ],
)
def test_every_report_is_asked_the_same_about_itself(question: str, topic: str) -> None:
    assert strip_scope(understand(question)) == topic


def test_a_year_that_lies_ahead_of_the_reports_stays() -> None:
    assert strip_scope(understand("各省到2027年要建成多少公里高铁？"), 2025) == "到2027年要建成多少公里高铁？"
    assert strip_scope(understand("中部和华北的省份，到2024年底一共有多少户？"), 2025) == "一共有多少户？"
    assert (
        strip_scope(understand("截至2024年底各省高速公路总长各是多少公里？"), 2025)
        == "高速公路总长是多少公里？"
    )


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("长三角今年GDP增长目标各是多少？", [Period.TARGET]),
        ("长三角去年造了多少辆车？", [Period.RESULT]),
        ("长三角2024年GDP增速各是多少？", [Period.RESULT]),
        ("近三年国务院报告的赤字率？", [None]),
        ("历年报告里，当年的补助提到多少元？", [Period.TARGET]),
        ("各省今年粮食产量预计比去年增加多少？", [Period.TARGET]),
        ("辽宁、吉林去年的粮食产量和今年的目标分别是多少？", [Period.RESULT, Period.TARGET]),
        ("东北三省今年粮食产量目标和去年实际产量", [Period.TARGET, Period.RESULT]),
        ("湖北省与湖南省2024年零售总额增速及2025年目标", [Period.RESULT, Period.TARGET]),
    ],
)
def test_results_and_targets_have_columns_of_their_own(question: str, periods: list[Period | None]) -> None:
    columns = read_columns(understand(question), strip_scope(understand(question)), [2025, 2025])
    assert [column.period for column in columns] == periods


def test_two_things_asked_for_are_asked_apart() -> None:
    question = "广东和江苏去年的新能源汽车产量和今年的GDP增长目标各是多少"
    assert read_columns(understand(question), strip_scope(understand(question)), [2025]) == (
        Column(Period.RESULT, "去年的新能源汽车产量"),
        Column(Period.TARGET, "今年的GDP增长目标是多少？"),
    )
    question = "辽宁、吉林去年的粮食产量和今年的目标分别是多少？"
    assert [
        column.query
        for column in read_columns(understand(question), strip_scope(understand(question)), [2025])
    ] == [
        "去年粮食产量是多少？",
        "今年粮食产量是多少？",
    ]


def test_several_targets_have_a_column_each_headed_by_what_they_are_of() -> None:
    question = understand("各地今年的经济增长目标和新增就业目标")
    columns = read_columns(question, strip_scope(question), [2025, 2025])
    assert columns == (
        Column(Period.TARGET, "今年经济增长目标是多少？", "经济增长"),
        Column(Period.TARGET, "今年新增就业目标是多少？", "新增就业"),
    )
    assert [column_label(column, 2025) for column in columns] == [
        "经济增长 2025年目标",
        "新增就业 2025年目标",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "各地今年的经济增长目标", "江苏和湖北今年城镇和农村居民收入目标", "各省研发投入与GDP之比目标是多少", "各省今年进出口和外资的目标是多少",
        "各省一产和二产的增长目标",
    ],
)  # fmt: skip
def test_what_is_one_question_has_one_column(text: str) -> None:
    question = understand(text)
    assert len(read_columns(question, strip_scope(question), [2025, 2025])) == 1


def report(region: str, year: int, level: str = "省") -> Report:
    name = f"{region}{year}"
    return parse_report(Document(name, "文", Metadata(name, region, level, year), "", ""))


LIBRARY = [
    report("湖北省", 2024),
    report("湖北省", 2025),
    report("江苏省", 2025),
    report("浙江省宁波市", 2023, "市"),
    *(report("全国", year, "国家") for year in (2022, 2023, 2024, 2025)),
]


def test_all_places_are_those_that_the_library_has_where_there_are_no_provinces() -> None:
    towns = [
        report("江苏省徐州市沛县", 2025, "县"),
        report("浙江省湖州市德清县", 2025, "县"),
        report("浙江省宁波市", 2023, "市"),
        report("全国", 2025, "国家"),
    ]
    found = read_plan(understand("各地今年的经济增长目标和新增就业目标"), towns)
    assert found is not None
    assert set(found.documents) == {one.name for one in towns[:3]}
    with_provinces = read_plan(understand("各地今年的经济增长目标"), [*towns, *LIBRARY])
    assert with_provinces is not None and set(with_provinces.documents) == {"江苏省2025", "湖北省2025"}
    assert read_plan(understand("各省今年的经济增长目标"), towns) is None


def plan(question: str) -> ComparisonPlan | None:
    return read_plan(understand(question), LIBRARY)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("江苏和湖北今年的GDP目标", ["江苏省2025", "湖北省2025"]),
        ("各省怎么发展低空经济？", ["江苏省2025", "湖北省2025"]),
        ("哪些地方提到低空经济？", ["江苏省2025", "浙江省宁波市2023", "湖北省2025"]),
        ("近三年国务院报告的赤字率？", ["全国2023", "全国2024", "全国2025"]),
        ("2022年到2024年国务院报告的赤字率目标", ["全国2022", "全国2023", "全国2024"]),
        ("国务院2022年以来的赤字率目标", ["全国2022", "全国2023", "全国2024", "全国2025"]),
        ("2022年和2023年国务院实际完成的粮食产量", ["全国2023", "全国2024"]),
        ("湖北历年的粮食产量", ["湖北省2024", "湖北省2025"]),
        ("国务院和江苏今年的GDP目标", ["全国2025", "江苏省2025"]),
        ("江苏、四川两地今年的GDP目标", ["江苏省2025"]),
        ("华东和中部各省今年的GDP目标", ["江苏省2025", "湖北省2025"]),
        ("各省要在哪些城市试点？", ["江苏省2025", "湖北省2025"]),
        ("从2023年往后，国务院各年报告的赤字率", ["全国2023", "全国2024", "全国2025"]),
        ("不同年份的总理报告对京津冀的部署", ["全国2022", "全国2023", "全国2024", "全国2025"]),
        # What came about in a year stands in the next report; without a word for either that is what is meant.
        ("国务院2022年、2023年粮食产量各是多少，哪年高？", ["全国2023", "全国2024"]),
        ("国务院2024年和2025年的赤字率各多少", ["全国2024", "全国2025"]),
        ("国务院2023年的赤字率目标比2022年提高了多少", ["全国2022", "全国2023"]),
        ("国务院2023年新增就业目标是多少，实际新增了多少？", ["全国2023", "全国2024"]),
    ],
)
def test_the_question_names_the_reports_to_compare(question: str, names: list[str]) -> None:
    found = plan(question)
    assert found is not None
    assert found.documents == tuple(names)


def test_the_target_of_a_year_is_asked_of_its_report_and_its_result_of_the_next() -> None:
    found = plan("国务院2023年新增就业目标是多少人，实际新增了多少？")
    assert found is not None
    target, result = found.columns
    assert (target.period, result.period) == (Period.TARGET, Period.RESULT)
    assert [(found.asks(target, year), found.asks(result, year)) for year in (2023, 2024)] == [
        (True, False),
        (False, True),
    ]
    assert "新增就业" in target.query and "新增就业" in result.query


@pytest.mark.parametrize(
    "question",
    ["江苏今年的GDP目标", "城乡居民收入分别增长多少？", "国务院2023年提出的赤字率", "宁波和上海怎样抱团发展？", "各类人才怎么引进？",
     "今年退休人员的养老金怎么调整？", "去年来玩的人有多少？", "江苏沿海地区今年怎么发展？", "怎么支持西部地区？"],
)  # fmt: skip
def test_a_question_about_one_place_compares_nothing(question: str) -> None:
    assert plan(question) is None


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    places = (("江苏省", "11所", "10所"), ("湖北省", "22所", "20所"), ("湖南省", "33所", "30所"))
    for place, planned, done in places:
        write_report(
            folder,
            f"2025年{place}政府工作报告",
            f"一、2024年工作回顾\n新建学校{done}，教育事业发展良好。财政收入稳定。\n"
            f"二、2025年重点工作\n新建学校{planned}，办好人民满意的教育。加强绿化。\n",
        )
    write_report(folder, "2025年广东省政府工作报告", "一、2025年重点工作\n扩大港口吞吐量，建设航运中心。\n")
    build_index([folder], folder / "index", FakeEncoder())
    return folder / "index"


@pytest.fixture(scope="module")
def comparer(library: Path) -> Comparer:
    encoder = FakeEncoder()
    return Comparer(Answerer(open_index(library, encoder.identity), encoder))


def test_an_english_topic_is_told_its_period_in_english() -> None:
    (column,) = read_columns(understand("How much grain?"), "How much grain？", [2025])
    assert column == Column(None, "How much grain？")
    assert with_period("How much grain？", Period.RESULT).query == "How much grain last year?"


def test_targets_and_results_never_share_a_column(comparer: Comparer) -> None:
    found = comparer.plan("江苏、湖北、湖南去年新建学校的结果和今年新建学校的目标各是多少所？")
    assert found is not None
    table = comparer.compare(found)
    assert [column.period for column in table.columns] == [Period.RESULT, Period.TARGET]
    nearest = [tuple(cell.nearest.text if cell.nearest else "" for cell in row.cells) for row in table.rows]
    assert nearest == [("10所", "11所"), ("20所", "22所"), ("30所", "33所")]
    assert table.proven(comparer.answerer.index)


def test_a_report_of_another_year_is_not_asked_and_says_so(tmp_path: Path) -> None:
    for year, done, planned in ((2023, "3所", "5所"), (2024, "4所", "6所")):
        write_report(
            tmp_path / "reports",
            f"{year}年江苏省政府工作报告",
            f"一、{year - 1}年工作回顾\n新建学校{done}，教育事业发展良好。\n"
            f"二、{year}年重点工作\n新建学校{planned}，办好人民满意的教育。\n",
        )
    build_index([tmp_path / "reports"], tmp_path / "index", FakeEncoder())
    encoder = FakeEncoder()
    comparer = Comparer(Answerer(open_index(tmp_path / "index", encoder.identity), encoder))
    found = comparer.plan("江苏2023年新建学校目标是多少所，实际新建了多少所？")
    assert found is not None
    table = comparer.compare(found)
    nearest = [[cell.nearest and cell.nearest.text for cell in row.cells] for row in table.rows]
    assert nearest == [["5所", None], [None, "4所"]]
    other = table.rows[0].cells[1]
    assert not other.asked
    assert silence(other, "zh") == "讲的是别的年份"
    assert column_labels(table, comparer.answerer.index, "zh") == ("2023年目标", "2023年结果")
    for row, drawn in zip(cell_rows(table, comparer.answerer.index), table.rows, strict=True):
        (own,) = (cell for cell in drawn.cells if cell.asked)
        assert (row["answer"] is None) == (own.answer is None)


def test_a_report_without_that_part_says_nothing(comparer: Comparer) -> None:
    found = comparer.plan("江苏和广东去年新建了多少所学校？")
    assert found is not None
    rows = {row.document: row.cells[0] for row in comparer.compare(found).rows}
    silent = rows["2025年广东省政府工作报告"]
    assert (silent.answer, silent.nearest, silent.confidence) == (None, None, 0.0)


def test_progress_is_told_and_work_can_be_cancelled(comparer: Comparer) -> None:
    seen: list[CompareProgress] = []
    found = comparer.plan("各省今年新建多少所学校？")
    assert found is not None
    table = comparer.compare(found, seen.append, lambda: len(seen) >= 2)
    assert [(p.done, p.total) for p in seen] == [(1, 4), (2, 4)]
    assert len(table.rows) == 2
    assert not table.complete


def test_the_question_is_embedded_once_for_all_reports(library: Path) -> None:
    encoder = FakeEncoder()
    comparer = Comparer(Answerer(open_index(library, encoder.identity), encoder))
    found = comparer.plan("各省今年新建多少所学校？")
    assert found is not None
    comparer.compare(found)
    assert encoder.queries == ["今年新建多少所学校？"]


def test_reports_chosen_by_the_user_are_compared_whatever_the_question(comparer: Comparer) -> None:
    chosen = ["2025年湖南省政府工作报告", "2025年江苏省政府工作报告"]
    found = comparer.plan("今年新建多少所学校？", chosen)
    assert found is not None
    assert set(found.documents) == set(chosen)
    with pytest.raises(IndexFault, match="没有这份"):
        comparer.plan("今年新建多少所学校？", ["没有这份"])


def test_the_run_format_has_one_cell_for_each_report(comparer: Comparer) -> None:
    found = comparer.plan("各省今年新建多少所学校？")
    assert found is not None
    table = comparer.compare(found)
    index = comparer.answerer.index
    rows = cell_rows(table, index)
    assert [row["document"] for row in rows] == list(found.documents)
    for row in rows:
        if row["answer"] is not None:
            text = index.report(row["document"]).text
            assert text[row["answer"]["start"] : row["answer"]["end"]] == row["answer"]["text"]
    assert comparison_row(table, index)["comparison"] == rows


def test_the_command_line_compares(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("answers.command_line.load_encoder", FakeEncoder)
    run = CliRunner()
    asked = ["江苏和湖北今年新建多少所学校？", "--index", str(library)]
    ended = run.invoke(answers.__main__.app, ["compare", *asked, "--json"])
    assert ended.exit_code == 0, ended.output
    assert len(json.loads(ended.stdout.strip().splitlines()[-1])["comparison"]) == 2
    ended = run.invoke(answers.__main__.app, ["compare", *asked])
    assert "江苏" in ended.stdout
    ended = run.invoke(answers.__main__.app, ["ask", *asked, "--json"])
    assert len(json.loads(ended.stdout.strip().splitlines()[-1])["comparison"]) == 2
    ended = run.invoke(answers.__main__.app, ["compare", "新建多少所学校？", "--index", str(library)])
    assert ended.exit_code != 0
