from __future__ import annotations

import pytest
from hypothesis import given, settings

from answers.quantities.figures import figures
from answers.quantities.units import Measure
from indexer.text.span import Span
from tests.report_texts import report_texts


def found(text: str) -> list[str]:
    return [figure.span.of(text) for figure in figures(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "figure", "bare", "unit", "measure"),
    [
        ("实施重点项目400个以上、完成", "400个以上", "400个", "个", Measure.COUNT),
        ("上市公司突破10家，", "突破10家", "10家", "家", Measure.COUNT),
        ("吞吐量超13万吨。", "超13万吨", "13万吨", "吨", Measure.WEIGHT),
        ("开工保障房4.3万套(间)，", "4.3万套(间)", "4.3万套(间)", "套", Measure.COUNT),
        ("增长5%～6%。", "5%～6%", "5%～6%", "%", Measure.SHARE),
        ("提高百分之五，", "百分之五", "百分之五", "%", Measure.SHARE),
        ("占两成以上", "两成以上", "两成", "成", Measure.SHARE),
        ("建成1—2个", "1—2个", "1—2个", "个", Measure.COUNT),
        ("处二十万元以上五十万元以下罚款", "二十万元以上五十万元以下", "二十万元以上五十万元", "元", Measure.MONEY),
        ("补助1.47万元", "1.47万元", "1.47万元", "元", Measure.MONEY),
        ("外资50亿美元", "50亿美元", "50亿美元", "美元", Measure.MONEY),
        ("不低于1,500亩", "不低于1,500亩", "1,500亩", "亩", Measure.AREA),
        ("里程约30公里左右", "约30公里左右", "30公里", "公里", Measure.LENGTH),
        ("培训3000余人次", "3000余人次", "3000余人次", "人次", Measure.PEOPLE),
        ("压缩至3个工作日", "3个工作日", "3个工作日", "个工作日", Measure.TIME),
        ("下降1.5个百分点以内", "1.5个百分点以内", "1.5个百分点", "个百分点", Measure.SHARE),
        ("装机200万千瓦", "200万千瓦", "200万千瓦", "千瓦", Measure.COUNT),
        ("新增９００家", "９００家", "９００家", "家", Measure.COUNT),
        ("一座大桥", "一座", "一座", "座", Measure.COUNT),
        ("受益4000余万人次。", "4000余万人次", "4000余万人次", "人次", Measure.PEOPLE),
        ("总额一百七十四亿元，", "一百七十四亿元", "一百七十四亿元", "元", Measure.MONEY),
        ("突破万亿元，", "突破万亿元", "万亿元", "元", Measure.MONEY),
        ("结构为25.7:26.8:47.5。", "25.7:26.8:47.5", "25.7:26.8:47.5", "∶", Measure.SHARE),
        ("羊16.4万头（只）以上，", "16.4万头（只）以上", "16.4万头（只）", "头", Measure.COUNT),
        ("寿命达到79.1岁。", "79.1岁", "79.1岁", "岁", Measure.TIME),
        ],
)  # fmt: skip
def test_figures_come_with_unit_and_bound(
    text: str, figure: str, bare: str, unit: str, measure: Measure
) -> None:
    (one,) = figures(text, Span(0, len(text)))
    assert (one.span.of(text), one.bare.of(text), one.unit, one.measure) == (figure, bare, unit, measure)


@pytest.mark.parametrize(
    "text",
    [
        "2023年目标", "到2035年基本实现", "第三届博览会", "第20届", "“1244”体系", "5A级景区", "1/10", "3月15日", "1—5月", "3号线",
        "5G基站", "“十四五”规划", "国务院", "", "二〇二三年", "在2022年、2023年间",
        "2021—2025年规划", "2021-2025年", "2023～2025年", "2023年至2025年",
        # No number is told, or only what one is for.
        "培育数十家企业", "再建几十个站点", "好几十家", "数十亿元", "成千上万户", "成百上千家", "走进千家万户", "每千人床位数", "每十万人",
        # Strokes that divide nothing, halves that are none.
        "3/15前", "第1/3页", "3/4号线", "1/10", "上半年", "统一半径", "一半年", "半数据",
    ],
)  # fmt: skip
def test_years_dates_ranks_and_names_are_no_figures(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["总数达到30000,其中新增5家", "总数达到30000，其中新增5家"])
def test_a_comma_after_a_figure_does_not_belong_to_it(text: str) -> None:
    assert found(text) == ["30000", "5家"]


@pytest.mark.parametrize(
    ("text", "figures_there"),
    [
        ("为企业减负3亿元，自负20%，减少税负5%", ["3亿元", "20%", "5%"]),
        ("负债率60%，正负2%，地下负3层", ["60%", "2%", "3"]),
        ("负增长1.5%", ["1.5%"]),
        ("表1 300亿元", ["1", "300亿元"]),
        ("投资 5 300，收入12 300。", ["5", "300", "12", "300"]),
        ("3 050户", ["3 050户"]),
        ("人数十人、户数十五户", ["十五户"]),
        ("每万人拥有发明专利12件", ["12件"]),
        ("每10万人60件", ["10万人", "60件"]),
        ("供热标准由18℃提高到20℃", ["18℃", "20℃"]),
        ("分别占全省的1/5、1/3和1/4。", ["1/5", "1/3", "1/4"]),
        ("超半数企业、过半数企业、超过半数企业", ["超半数", "过半数", "超过半数"]),
    ],
)
def test_signs_blanks_and_strokes_are_not_read_into_other_words(text: str, figures_there: list[str]) -> None:
    assert found(text) == figures_there


def test_several_figures_come_in_order() -> None:
    text = "种植面积稳定在171万亩、产量保持14亿斤以上，占比30%"
    assert found(text) == ["171万亩", "14亿斤以上", "30%"]


def test_only_the_given_part_is_searched() -> None:
    text = "新增20万人，引进30家"
    assert [figure.span.of(text) for figure in figures(text, Span(7, len(text)))] == ["30家"]


@settings(max_examples=150, deadline=None)
@given(report_texts)
def test_figures_are_in_order_apart_and_hold_their_number(text: str) -> None:
    position = 0
    for figure in figures(text, Span(0, len(text))):
        assert figure.span.start >= position
        assert figure.span.holds(figure.bare)
        assert figure.bare.of(text).strip()
        position = figure.span.end
