from __future__ import annotations

import pytest
from hypothesis import given, settings

from answers.quantities.amounts import Amount, Bound, converted, quantities, read_amount, shown, spoken
from indexer.text.numerals import numeral_value
from indexer.text.span import Span
from tests.report_texts import report_texts


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "bound"),
    [
        ("拥有量达5.3万件", 53000, 53000, "件", Bound.EXACT),
        ("提高百分之五", 5, 5, "%", Bound.EXACT),
        ("占两成以上", 20, 20, "%", Bound.AT_LEAST),
        ("建成1—2个", 1, 2, "个", Bound.EXACT),
        ("2—3万家", 20000, 30000, "家", Bound.EXACT),
        ("1.5万—2万人", 15000, 20000, "人", Bound.EXACT),
        ("增长5%～6%", 5, 6, "%", Bound.EXACT),
        ("增长７％左右", 7, 7, "%", Bound.AROUND),
        ("近100万人", 1e6, 1e6, "人", Bound.AROUND),
        ("超13万吨", 130000, 130000, "吨", Bound.OVER),
        ("带动17万多家", 170000, 170000, "家", Bound.OVER),
        ("带动消费300多亿元", 3e10, 3e10, "元", Bound.OVER),
        ("3000余人次", 3000, 3000, "人次", Bound.OVER),
        ("突破了5万亿元", 5e12, 5e12, "元", Bound.OVER),
        ("新增就业70万人以上", 700000, 700000, "人", Bound.AT_LEAST),
        ("每县至少办好1所", 1, 1, "所", Bound.AT_LEAST),
        ("不低于1,500亩", 1500, 1500, "亩", Bound.AT_LEAST),
        ("失业率5.5%以内", 5.5, 5.5, "%", Bound.AT_MOST),
        ("不超过3万元", 30000, 30000, "元", Bound.AT_MOST),
        ("力争新增2—3家", 2, 3, "家", Bound.STRIVE),
        ("力争增长8%以上", 8, 8, "%", Bound.AT_LEAST),
        ("四大工程", 4, 4, "大", Bound.EXACT),
        ("百万户以上", 1e6, 1e6, "户", Bound.AT_LEAST),
        ("三分之一以上", 100 / 3, 100 / 3, "%", Bound.AT_LEAST),
        ("二十五个", 25, 25, "个", Bound.EXACT),
        ("百分之三点五", 3.5, 3.5, "%", Bound.EXACT),
        ("1.1亿吨", 110000000, 110000000, "吨", Bound.EXACT),
        ("户籍人口二百零六万零三百一十五人", 2060315, 2060315, "人", Bound.EXACT),
        ("捐款叁拾贰万零伍佰元", 320500, 320500, "元", Bound.EXACT),
        ("补助一点八亿元", 1.8e8, 1.8e8, "元", Bound.EXACT),
        ("新修水渠四五十条", 40, 50, "条", Bound.EXACT),
        ("少耗电三、四百亿度", 3e10, 4e10, "度", Bound.EXACT),
        ("产钢6亿1800万吨", 618000000, 618000000, "吨", Bound.EXACT),
        ("总产 6 5 2 0 0 万吨", 652000000, 652000000, "吨", Bound.EXACT),
        ("上涨0 ．6 ％", 0.6, 0.6, "%", Bound.EXACT),
        ("受益2300余万人次", 2.3e7, 2.3e7, "人次", Bound.OVER),
        ("二十余万株", 2e5, 2e5, "株", Bound.OVER),
        ("十来个", 10, 10, "个", Bound.AROUND),
        ("突破万亿元", 1e12, 1e12, "元", Bound.OVER),
        ("上百家企业", 100, 100, "家", Bound.OVER),
        ("不足三成", 30, 30, "%", Bound.AT_MOST),
        ("增加一成五", 15, 15, "%", Bound.EXACT),
        ("票价七五折", 75, 75, "%", Bound.EXACT),
        ("票价八折", 80, 80, "%", Bound.EXACT),
        ("降到千分之六点五", 0.65, 0.65, "%", Bound.EXACT),
        ("节约百分之三到五", 3, 5, "%", Bound.EXACT),
        ("增长6%至6.5%", 6, 6.5, "%", Bound.EXACT),
        ("下降－1.5个百分点", -1.5, -1.5, "个百分点", Bound.EXACT),
        ("收入比2.4∶1", 2.4, 2.4, "∶1", Bound.EXACT),
        ("投入产出比1：3.2", 3.2, 3.2, "1∶", Bound.EXACT),
        ("下调3分/千瓦时", 0.03, 0.03, "元/千瓦时", Bound.EXACT),
        ("补助600元/人·月", 600, 600, "元/人/月", Bound.EXACT),
        ("浓度35微克／立方米", 35, 35, "微克/立方米", Bound.EXACT),
        ("新修公路12㎞", 12, 12, "公里", Bound.EXACT),
        ("排放0.13千克", 0.13, 0.13, "千克", Bound.EXACT),
        ("寿命达到70.8岁", 70.8, 70.8, "岁", Bound.EXACT),
        ("节约30亿元", 3e9, 3e9, "元", Bound.EXACT),
    ],
)  # fmt: skip
def test_an_amount_has_a_normal_form(text: str, low: float, high: float, unit: str, bound: Bound) -> None:
    assert read_amount(text) == Amount(low, high, unit, bound)


@pytest.mark.parametrize(
    "text", ["第三届", "“1244”", "5A级景区", "“十四五”", "2025年", "3月15日", "", "一批项目", "数百亿元", "几千万吨", "百折不挠", "推动一二三次产业融合",
        "每天8:30开放", "2026-02-05", "七十年代", "十四五期末", "“二五”普法", "成千上万", "一九七八年", "１９９８年"]
)  # fmt: skip
def test_names_years_and_dates_are_no_amounts(text: str) -> None:
    assert read_amount(text) is None


def test_a_list_that_ends_in_a_unit_has_it_throughout() -> None:
    text = "覆盖率、治理率、普及率分别提高20.9、36.2、54个百分点"
    found = [(q.amount.low, q.amount.unit) for q in quantities(text, Span(0, len(text)))]
    assert found == [(20.9, "个百分点"), (36.2, "个百分点"), (54, "个百分点")]
    text = "1、10件民生实事"
    assert [q.amount.unit for q in quantities(text, Span(0, len(text)))] == ["", "件"]
    text = "分别投入3、5亿元"  # three yuan or three hundred million
    assert [q.amount.unit for q in quantities(text, Span(0, len(text)))] == ["", "元"]


def test_from_one_value_to_another_is_no_range() -> None:
    for text in ("由5个到8个", "从2.9∶1到2.4∶1"):
        assert len(list(quantities(text, Span(0, len(text))))) == 2


def test_units_put_together_convert_where_their_parts_do() -> None:
    price = converted(Amount(1, 1, "元/公斤", Bound.EXACT), "元/吨")
    assert price is not None and shown(price) == "1000元/吨"
    assert converted(Amount(1, 1, "元/公斤", Bound.EXACT), "元/公里") is None
    rate = converted(Amount(6, 6, "‰", Bound.EXACT), "%")
    assert rate is not None and shown(rate) == "0.6%"


def test_a_bound_binds_its_own_number_only() -> None:
    text = "科技投入不低于5%、新增企业30家"
    found = [quantity.amount.bound for quantity in quantities(text, Span(0, len(text)))]
    assert found == [Bound.AT_LEAST, Bound.EXACT]


def test_units_of_one_kind_convert_and_others_do_not() -> None:
    grain = Amount(1.4e9, 1.4e9, "斤", Bound.AT_LEAST)
    assert converted(grain, "吨") == Amount(7e5, 7e5, "吨", Bound.AT_LEAST)
    assert converted(grain, "斤") == grain
    assert converted(grain, "亩") is None


def test_an_amount_is_shown_in_digits() -> None:
    assert shown(Amount(53000, 53000, "件", Bound.OVER)) == "53000件"
    assert shown(Amount(1, 2, "个", Bound.EXACT)) == "1—2个"
    assert shown(Amount(3.2, 3.2, "1∶", Bound.EXACT)) == "1∶3.2"
    assert shown(Amount(2.4, 2.4, "∶1", Bound.EXACT)) == "2.4∶1"


@settings(max_examples=150, deadline=None)
@given(report_texts)
def test_every_text_can_be_read(text: str) -> None:
    for quantity in quantities(text, Span(0, len(text))):
        assert quantity.amount.low <= quantity.amount.high
        assert quantity.figure.bare.of(text)


@pytest.mark.parametrize("number", ["9" * 400, "1" + "亿" * 30, "9" * 35, "1" + "万亿" * 8, "1." + "1" * 300])
def test_a_number_beyond_all_measure_is_no_quantity(number: str) -> None:
    assert read_amount(f"新建{number}个学校") is None


def test_a_number_of_a_million_digits_is_read_without_an_error() -> None:
    assert read_amount("新建" + "1" * 1_000_000 + "个学校") is None
    with pytest.raises(ValueError, match="no number"):
        numeral_value("1" * 1_000_000)


def test_the_largest_amounts_of_reports_are_finite_quantities() -> None:
    amount = read_amount("总量达9999万亿元")
    assert amount is not None and amount.low == 9999e12


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("粮食产量1.3万亿斤以上", "1.3万亿斤以上"),
        ("涨幅3%左右", "3%左右"),
        ("超过53000件", "超过5.3万件"),
        ("力争增长8%", "力争8%"),
        ("建成1—2个", "1—2个"),
        ("缩小到2.4∶1以内", "2.4∶1以内"),
        ("改造1500公里", "1500公里"),
    ],
)
def test_an_amount_is_said_as_people_say_it_with_its_bound(text: str, words: str) -> None:
    amount = read_amount(text)
    assert amount is not None and spoken(amount) == words
