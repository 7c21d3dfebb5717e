from __future__ import annotations

import pytest

from answers.commitments.tracking.indicator_model import (
    NAMES,
    Statement,
    features,
    shipped_indicator_model,
)
from answers.commitments.tracking.indicators import Likeness
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import track
from tests.answers.commitments.test_tracking import pairs, report

OTHERS = "粮食产量达到120亿斤。新建学校7所。改造农村公路310公里。引进外资项目12个。新增绿地5万亩。培训教师3000人次。"


def chance(target: str, outcome: str) -> float:
    """What the model says of the first target and the first result beside which the reports tell of other things."""
    earlier, later = report(2023, "好。", target), report(2024, outcome + OTHERS, "好。")
    from answers.commitments.extraction.extract import commitments

    aim = commitments(earlier)[0]
    told = commitments(later)
    seen = features(
        Statement.of(aim, earlier.text), Statement.of(told[0], later.text), Likeness.among([aim, *told])
    )
    assert len(seen) == len(NAMES)
    return shipped_indicator_model().chance(seen)


@pytest.mark.parametrize(
    ("target", "same", "other"),
    [
        ("新建园区标准厂房35万平方米。", "工业园区新建标准厂房36万平方米。", "新建体育馆场地36万平方米。"),
        ("新增筹建养老床位7000张。", "新筹建养老床位7300张。", "医院床位7300张。"),
        ("分散农户生活污水治理10万户。", "农户生活污水治理10.8万户。", "完成农户危房改造10.8万户。"),
    ],
)
def test_what_is_named_otherwise_is_likelier_the_same_than_another_thing(
    target: str, same: str, other: str
) -> None:
    assert chance(target, same) > 0.5 > chance(target, other)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("农村户厕改建1.27万户。", Status.UNVERIFIED),
        ("海洋生产总值增长9%。", Status.UNVERIFIED),
    ],
)
def test_a_likely_pair_is_settled_only_past_the_guards(outcome: str, status: Status) -> None:
    targets = {
        "农村户厕改建1.27万户。": "农村卫生厕所1.31万户。",
        "海洋生产总值增长9%。": "地区生产总值增长8%。",
    }
    (pair, *_) = track(report(2023, "好。", targets[outcome]), report(2024, outcome + OTHERS, "好。"))
    assert pair.status in (status, Status.NOT_MENTIONED)


@pytest.mark.parametrize(
    ("target", "outcome", "status"),
    [
        ("居民消费价格涨幅控制在3%左右。", "居民消费价格涨幅控制在预期目标以内。", Status.DONE),
        ("农村危房改造12万户。", "农村危房改造超额完成年度任务。", Status.EXCEEDED),
        ("农村危房改造12万户。", "农村危房改造力度加大。", Status.UNVERIFIED),
        ("农村危房改造12万户。", "农村危房改造没有完成年度任务。", Status.MISSED),
        ("坚决打好三大攻坚战。", "坚决打好三大攻坚战。", Status.UNVERIFIED),
        ("地区生产总值增长7%以上。", "前三季度，地区生产总值增长3.5%。", Status.UNDER_WAY),
        ("城镇新增就业10万人以上。", "上半年，城镇新增就业12万人。", Status.EXCEEDED),
        ("用5年时间改扩建乡镇卫生院1230所。", "改扩建乡镇卫生院1074所。", Status.UNVERIFIED),
        ("完成1000万以上农村贫困人口脱贫任务。", "农村贫困人口减少1240万。", Status.EXCEEDED),
        ("分配公租房2000套。", "分配公共租赁住房2300套。", Status.EXCEEDED),
        ("地区生产总值增长8%左右。", "地区生产总值增长8%左右。", Status.DONE),
        ("地区生产总值增长8%—8.5%。", "地区生产总值增长8.2%左右。", Status.DONE),
        ("营造林50万亩。", "营造林38.6万亩。", Status.UNVERIFIED),
        ("城镇新增就业10万人。", "城镇新增就业7万人。", Status.MISSED),
    ],
)
def test_words_parts_of_years_and_ranges_are_told_apart(target: str, outcome: str, status: Status) -> None:
    assert pairs(target, outcome)[0].status is status


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("城镇新增就业11万人。", Status.EXCEEDED),
        ("城镇新增就业52万人。", Status.UNVERIFIED),
        ("城镇新增就业8万人。", Status.MISSED),
    ],
)
def test_among_five_years_a_number_too_small_for_them_is_one_years(outcome: str, status: Status) -> None:
    earlier = report(2023, "好。", "城镇新增就业10万人。")
    (pair,) = track(earlier, report(2024, f"五年来，我们砥砺前行。\n{outcome}", "好。"))
    assert pair.status is status


def test_this_years_targets_are_targets_wherever_they_stand() -> None:
    later = report(2024, "今年全省经济社会发展主要预期目标是：地区生产总值增长11%。", "好。")
    (pair,) = track(report(2023, "好。", "地区生产总值增长12%。"), later)
    assert pair.outcome is None
