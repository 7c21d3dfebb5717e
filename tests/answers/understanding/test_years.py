from __future__ import annotations

import pytest

from answers.understanding.years import Years, named_years


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("2024年粮食产量", (2024,)),
        ("2021—2023年的增速", (2021, 2022, 2023)),
        ("2021年至2023年", (2021, 2022, 2023)),
        ("from 2016 to 2018", (2016, 2017, 2018)),
        ("二〇二四年", (2024,)),
        ("二零二四年", (2024,)),
        ("24年的目标", (2024,)),
        ("“十四五”期间", (2021, 2022, 2023, 2024, 2025)),
        ("2023年和2024年", (2023, 2024)),
        ("近20年", ()),
        ("20年来", ()),
        ("第12年", ()),
        ("12年义务教育", ()),
        ("2000家企业", ()),
        ("到2030年", ()),
    ],
)
def test_years_are_named_in_many_ways(query: str, years: tuple[int, ...]) -> None:
    assert named_years(query).named == years


def test_a_horizon_is_no_year_of_a_report() -> None:
    assert named_years("到2030年要有多少").horizons == (2030,)
    assert named_years("By 2027, how many?").horizons == (2027,)


@pytest.mark.parametrize(
    ("query", "reports"),
    [
        ("2016年政府工作报告", (2016,)),
        ("2016年国务院报告", (2016,)),
        ("2011—2013年的政府工作报告", (2011, 2012, 2013)),
        ("近三年（2023、2024、2025年）的报告", (2023, 2024, 2025)),
        ("2016年报名人数", ()),
    ],
)
def test_a_report_is_named_by_its_year(query: str, reports: tuple[int, ...]) -> None:
    assert named_years(query).reports == reports


@pytest.mark.parametrize(
    ("query", "last"),
    [
        ("近三年", 3),
        ("过去五年", 5),
        ("最近两年", 2),
        ("三年来", 3),
        ("the last four years", 4),
        ("近10年", 10),
        ("三年级", 0),
    ],
)
def test_years_are_counted_back(query: str, last: int) -> None:
    assert named_years(query).last == last


def test_relative_years() -> None:
    assert named_years("去年完成多少，今年打算多少").relative == (-1, 0)
    assert named_years("前年").relative == (-2,)
    assert named_years("历年的赤字率").lately
    assert named_years("怎样提高农民收入") == Years()
