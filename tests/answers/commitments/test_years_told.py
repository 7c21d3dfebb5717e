from __future__ import annotations

from dataclasses import replace

import pytest

from answers.commitments.extraction.extract import commitments
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import Tracked, track
from indexer.report.passages import parse_report
from indexer.report.report import Report
from tests.conftest import make_document

BOTH = "一、2025年和“十四五”时期工作回顾"


def report(year: int, *lines: str) -> Report:
    document = make_document("\n".join(lines), name=f"甲省{year}")
    return parse_report(replace(document, metadata=replace(document.metadata, year=year, region="甲省")))


def pair(target: str, *review: str, heading: str = BOTH) -> Tracked:
    earlier = report(2025, "一、2024年工作回顾", "稳中有进。", "二、2025年重点工作", target)
    later = report(2026, heading, *review, "二、2026年重点工作", "再接再厉。")
    (found,) = track(earlier, later)
    return found


GOAL = "城镇新增就业20万人以上。"
ONE = "过去一年，全省上下顶压前行。"
FIVE = "五年来，我们牢记嘱托。"


@pytest.mark.parametrize(
    "review",
    [
        (ONE, "城镇新增就业22万人。"),
        (ONE, "一是就业稳定。城镇新增就业22万人。"),
        ("刚刚过去的2025年，极不平凡。", "城镇新增就业22万人。"),
        ("2025年是“十四五”收官之年。一年来，经济稳中有进。", "城镇新增就业22万人。"),
        ("2025年是“十四五”收官之年，经济稳中有进。", "城镇新增就业22万人。"),
        ("各位代表，过去的一年很不平凡。", "城镇新增就业22万人。", FIVE, "民生改善。"),
        ("“十四五”时期，成就巨大。", "各位代表！刚刚过去的2025年，经济向好。", "城镇新增就业22万人。"),
        (FIVE, "2025年，城镇新增就业22万人。"),
        (FIVE, "民生持续改善，全年城镇新增就业22万人。"),
    ],
)
def test_under_a_heading_of_both_the_passages_own_words_tell_that_it_is_one_year(
    review: tuple[str, ...],
) -> None:
    assert pair(GOAL, *review).status is Status.EXCEEDED


@pytest.mark.parametrize(
    "review",
    [
        ("城镇新增就业102万人。",),
        (FIVE, "城镇新增就业102万人。"),
        (ONE, "经济向好。", FIVE, "民生改善。", "城镇新增就业102万人。"),
        (ONE, "“十四五”时期是极不平凡的五年。", "城镇新增就业102万人。"),
        (ONE, "2025年目标任务顺利完成，标志着“十四五”圆满收官。", "城镇新增就业102万人。"),
        (ONE, "经济向好。", "这是人民生活品质不断提高的五年。", "城镇新增就业102万人。"),
        (ONE, "累计城镇新增就业102万人。"),
        (ONE, "城镇新增就业年均超过22万人。"),
        (ONE, "近几年，城镇新增就业102万人。"),
        (FIVE, "2025年6月，中央领导来我省考察。", "城镇新增就业102万人。"),
        (FIVE, "2025年，经济总量突破万亿元。", "城镇新增就业102万人。"),
    ],
)
def test_what_is_told_of_several_years_proves_no_goal_of_one(review: tuple[str, ...]) -> None:
    found = pair(GOAL, *review)
    assert (found.status, "多年" in found.reason) == (Status.UNVERIFIED, True)


def test_a_passage_on_several_years_counts_against_a_heading_of_one() -> None:
    found = pair(GOAL, ONE, FIVE, "城镇新增就业102万人。", heading="一、2025年工作回顾")
    assert found.status is Status.UNVERIFIED


def test_a_mean_of_one_year_is_none_of_several() -> None:
    found = pair("细颗粒物年均浓度降至38微克/立方米以下。", ONE, "细颗粒物年均浓度降至36微克/立方米。")
    assert found.status is Status.DONE


@pytest.mark.parametrize(
    ("target", "outcome", "status"),
    [
        ("常住人口城镇化率达到60%以上。", "常住人口城镇化率达到62%。", Status.EXCEEDED),
        ("常住人口城镇化率达到60%以上。", "常住人口城镇化率达到59%。", Status.MISSED),
        ("技术合同成交额达到50亿元以上。", "技术合同成交额从20亿元增加到52亿元。", Status.EXCEEDED),
        ("常住人口城镇化率提高1个百分点。", "常住人口城镇化率提高5个百分点。", Status.UNVERIFIED),
        ("地区生产总值增长5%以上。", "地区生产总值增长30%。", Status.UNVERIFIED),
        ("新增高速公路通车里程100公里。", "高速公路通车里程达到9000公里。", Status.UNVERIFIED),
        ("新建农村公路100公里。", "新建农村公路900公里。", Status.UNVERIFIED),
    ],
)
def test_in_a_passage_on_several_years_only_a_level_may_be_compared_and_only_with_a_level(
    target: str, outcome: str, status: Status
) -> None:
    assert pair(target, FIVE, outcome).status is status


@pytest.mark.parametrize(
    ("target", "outcome"),
    [
        ("推动20个项目投产。", "支持项目4200个。"),
        ("保护性耕作面积新增200万亩。", "保护性耕作面积达到4179万亩。"),
        ("建设数字乡村试点30个。", "42个数字乡村试点加快推进。"),
        ("常住人口城镇化率超过60%。", "常住人口城镇化率60%。"),
        ("一般公共预算收入增长2.5%。", "一般公共预算收入增长1.7%（同口径增长2.5%以上）。"),
    ],
)
def test_what_the_words_leave_open_is_left_to_a_person(target: str, outcome: str) -> None:
    assert pair(target, ONE, outcome).status is Status.UNVERIFIED


@pytest.mark.parametrize(
    ("target", "outcome", "status"),
    [
        ("城镇调查失业率5.5%以内。", "城镇调查失业率均值5.2%。", Status.DONE),
        ("优良天数比率达到72%以上。", "优良天数比例达到77%。", Status.EXCEEDED),
        ("开工老旧小区改造500个。", "改造老旧小区682个。", Status.EXCEEDED),
        ("治理水土流失面积20万亩。", "治理水土流失23万亩。", Status.EXCEEDED),
        ("户籍人口城镇化率达到47%。", "城镇化率达到64%。", Status.UNVERIFIED),
        ("新增省级重点实验室10家。", "新增国家级重点实验室12家。", Status.NOT_MENTIONED),
        ("新增养老床位1000张。", "新增家庭养老床位1200张。", Status.UNVERIFIED),
    ],
)
def test_names_may_differ_in_words_that_say_nothing_of_what_is_counted(
    target: str, outcome: str, status: Status
) -> None:
    assert pair(target, ONE, outcome).status is status


def years_of_targets(heading: str, *tasks: str) -> list[int | None]:
    made = report(2026, "一、2025年工作回顾", "稳中有进。", heading, *tasks)
    return [row.year for row in commitments(made)]


def test_under_a_heading_of_plan_and_year_the_targets_behind_this_year_are_of_this_year() -> None:
    heading = "二、“十五五”时期主要目标和2026年重点工作"
    plan = "“十五五”时期是关键时期。地区生产总值年均增长5%以上。"
    this_year = (
        "今年是“十五五”开局之年。",
        "新建农村公路4000公里。",
        "力争到“十五五”末高铁里程达到900公里。",
    )
    assert years_of_targets(heading, plan) == [2030]
    assert years_of_targets(heading, plan, *this_year) == [2030, 2026, 2030]
    assert years_of_targets("二、“十五五”时期主要目标", "今年是开局之年。", "新建公路4000公里。") == [2030]
