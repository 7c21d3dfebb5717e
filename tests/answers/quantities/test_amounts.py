from __future__ import annotations

import pytest
from hypothesis import given, settings

from answers.quantities.amounts import Amount, Bound, converted, quantities, read_amount, shown
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
    ],
)  # fmt: skip
def test_an_amount_has_a_normal_form(text: str, low: float, high: float, unit: str, bound: Bound) -> None:
    assert read_amount(text) == Amount(low, high, unit, bound)


@pytest.mark.parametrize(
    "text", ["第三届", "“1244”", "5A级景区", "“十四五”", "2025年", "3月15日", "", "一批项目"]
)
def test_names_years_and_dates_are_no_amounts(text: str) -> None:
    assert read_amount(text) is None


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
