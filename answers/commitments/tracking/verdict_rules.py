"""What a target and its result prove, as rules: the first that can tells it, and what leaves a pair open comes first.

A rule's docstring begins with what it looks at and ends with an example: a target, what the next report says, and what
becomes of the target. A test tries every example, and that it is this rule that decides it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from answers.commitments.tracking.case import Case, Verdict, left_open
from answers.commitments.tracking.comparable import falls, is_turned
from answers.commitments.tracking.counted_otherwise import (
    more_things_together,
    net_of_what_came,
    not_said_to_be_added,
    number_of_what_works_are_about,
    only_begun,
    other_works,
    total_of_what_was_added,
)
from answers.commitments.tracking.indicators import is_generic, narrower, same_name
from answers.commitments.tracking.levels import same_level
from answers.commitments.tracking.proof import (
    SAID_MISSED,
    Status,
    clause_before,
    first_open_year,
    is_far_below_ceiling,
    is_far_over,
    is_far_under,
    is_less_better,
    is_of_one_year,
)
from answers.knowledge.tables import Row, alternatives, rows
from answers.quantities.amounts import spoken
from answers.reading.years_told import Told
from indexer.text.sentences import PART_MARK

Rule = Callable[[Case], Verdict | None]

_NAMES = frozenset(word for row in rows(Row, "indicators", "unit_of_name") for word in row.words)
_PART_OF_YEAR = re.compile(alternatives(rows(Row, "years_told", "part_of_year")))
_OVER_YEARS = re.compile(alternatives(rows(Row, "years_told", "over_years")))
_UNDER_WAY = re.compile(alternatives(rows(Row, "indicators", "under_way")))
_OTHER_BASIS = re.compile(alternatives(rows(Row, "indicators", "other_basis")))
_DRIVEN = re.compile(alternatives(rows(Row, "indicators", "driven")))
_SURELY_ALIKE = 0.82  # a chance from which two statements that are worded otherwise are of one indicator


def not_due(case: Case) -> Verdict | None:
    """The year of the target is not over.

    «到2027年，森林覆盖率达到40%。» «森林覆盖率达到38%。» → 进行中
    """
    year = case.target.year
    if year is None or case.later.year is None or year < first_open_year(case.later):
        return None
    return Verdict(Status.UNDER_WAY, f"目标年份是 {year} 年，尚未到期")


def target_of_several_years(case: Case) -> Verdict | None:
    """The target is to be met in several years.

    «用5年时间新建学校300所。» «新建学校70所。» → 待核实
    """
    target = case.target
    if not _OVER_YEARS.search(case.earlier.text[target.sentence.start : target.span.start]):
        return None
    return left_open("目标是几年的，这一份报告说的是其中一段")


def sum_of_several_years(case: Case) -> Verdict | None:
    """By its own words the result is a sum, a mean or a change over several years.

    «新建农村公路2000公里。» «累计新建农村公路2300公里。» → 待核实
    """
    return left_open("结果说的是多年的累计、平均或变化") if case.result.told is Told.OVER_SEVERAL else None


def among_several_years(case: Case) -> Verdict | None:
    """The result stands in a passage on several years, and may be of all of them.

    «新建农村公路2000公里。» «五年来，新建农村公路9000公里。» → 待核实
    """
    if case.result.told is not Told.AMONG_SEVERAL or same_level(case.target, case.outcome):
        return None
    if is_of_one_year(case.target, case.reached):
        return None
    return left_open("结果出自说多年工作的段落，不能断定是这一年的")


def of_another_year(case: Case) -> Verdict | None:
    """The result is of another year than the target.

    «新建学校20所。» «2021年，新建学校25所。» → 待核实
    """
    target, outcome = case.target, case.outcome
    if target.year is None or outcome.year is None or target.year == outcome.year:
        return None
    return left_open(f"目标是 {target.year} 年的，结果是 {outcome.year} 年的")


def number_of_a_name(case: Case) -> Verdict | None:
    """The number belongs to a name.

    «实施环境提升四大工程。» «实施环境提升四大工程。» → 待核实
    """
    return left_open("这个数是名称的一部分，再次提到不说明做成") if case.wanted.unit in _NAMES else None


def part_of_the_other(case: Case) -> Verdict | None:
    """A word that only one name has makes another thing or a part of it.

    «新增养老床位1000张。» «新增失业养老床位1200张。» → 待核实
    """
    if same_name(case.target, case.outcome, case.later.region):
        return None
    sentences = case.target.sentence.of(case.earlier.text), case.outcome.sentence.of(case.later.text)
    part = narrower(case.target, case.outcome, *sentences)
    return left_open(f"只有一份报告说的是“{part}”，请核对是否同一指标") if part else None


def worded_otherwise(case: Case) -> Verdict | None:
    """The names differ, and it is not sure enough that they mean one thing.

    «新增养老床位1000张。» «新增家庭养老床位1200张。» → 待核实
    """
    if case.likeness >= _SURELY_ALIKE or same_name(case.target, case.outcome, case.later.region):
        return None
    return left_open("两份报告的说法不完全相同，请核对是否同一指标")


def only_driven(case: Case) -> Verdict | None:
    """The result is what the work that is told of brought about.

    «进出口总值增长5%。» «开行班列600列，带动进出口400亿元、带动进出口总值增长11.7%。» → 待核实
    """
    if not _DRIVEN.search(clause_before(case.outcome, case.later.text)):
        return None
    return left_open("结果说的是带动起来的部分")


def anything_so_named(case: Case) -> Verdict | None:
    """What is counted is named by one common word, and another thing is done with it.

    «推动20个项目投产。» «支持项目4200个。» → 待核实
    """
    if case.is_share or not is_generic(case.target, case.outcome):
        return None
    return left_open("指标的名称太笼统，请核对是否同一件事")


def said_to_be_missed(case: Case) -> Verdict | None:
    """The later report says itself that the target was missed, and its number is less.

    «广义货币增长13%左右。» «广义货币增长11.3%，低于13%左右的预期目标。» → 未完成
    """
    less = case.reached.high < case.wanted.low and not is_less_better(case.target)
    if not less or not SAID_MISSED.search(case.outcome.sentence.of(case.later.text)):
        return None
    return Verdict(Status.MISSED, "报告原文说没有达到目标")


def turned(case: Case) -> Verdict | None:
    """What was to grow fell, or what was to fall grew. Where less is better that leaves it open.

    «地区生产总值增长6%以上。» «地区生产总值下降1%。» → 未完成
    «居民消费价格涨幅控制在3%以内。» «居民消费价格下降1%。» → 待核实
    """
    if not case.is_share or not is_turned(case.target, case.outcome):
        return None
    went = "增长" if falls(case.target) else "下降"
    reason = f"目标 {spoken(case.wanted)}，结果{went} {spoken(case.reached)}，方向相反"
    return Verdict(Status.UNVERIFIED if is_less_better(case.target) else Status.MISSED, reason)


def works_under_way(case: Case) -> Verdict | None:
    """Works are promised to be seen to, or told to be, which leaves open whether they were done.

    «建设数字乡村试点30个。» «42个数字乡村试点加快推进。» → 待核实
    """
    if case.is_share:
        return None
    text, outcome = case.later.text, case.outcome
    before = PART_MARK.split(text[outcome.sentence.start : outcome.span.start])[-1]
    after = PART_MARK.split(text[outcome.span.end : outcome.sentence.end])[0]
    if not any(map(_UNDER_WAY.search, (case.target.action, before, after))):
        return None
    return left_open("报告说的是在推进，没有说已经做成")


def part_of_the_year(case: Case) -> Verdict | None:
    """The result is only of a part of the year; a count that is reached already is reached.

    «地区生产总值增长6%以上。» «上半年，地区生产总值增长5%。» → 进行中
    """
    before = case.later.text[case.outcome.sentence.start : case.outcome.span.start]
    if not (_PART_OF_YEAR.search(before) or _PART_OF_YEAR.search(case.later.title)):
        return None
    if not case.is_share and case.proven in (Status.DONE, Status.EXCEEDED):
        return None
    return Verdict(Status.UNDER_WAY, f"{case.numbers}，只是一年里一段时间的")


def far_more(case: Case) -> Verdict | None:
    """A count is a multiple of the target and told with another verb.

    «科技领军企业10家。» «科技领军企业达到55家。» → 待核实
    """
    if case.proven is not Status.EXCEEDED or not is_far_over(case.target, case.outcome, case.reached):
        return None
    return left_open(f"{case.numbers}，相差悬殊，请核对是否同一口径")


def far_below_a_usual_ceiling(case: Case) -> Verdict | None:
    """What rises by itself hardly rose: less than «around» is kept, but that is not what was meant.

    «居民消费价格涨幅2%左右。» «居民消费价格上涨0.1%。» → 待核实
    """
    if case.proven is not None or not is_far_under(case.target, case.reached):
        return None
    return left_open(f"{case.numbers}，这类目标按惯例是上限，结果远低于它")


def told_on_another_basis(case: Case) -> Verdict | None:
    """The report gives another number of the same thing behind a result that misses.

    «一般公共预算收入增长2.5%。» «一般公共预算收入增长1.7%（同口径增长2.5%以上）。» → 待核实
    """
    behind = case.later.text[case.outcome.span.end : case.outcome.sentence.end]
    if case.proven is not Status.MISSED or not _OTHER_BASIS.match(behind):
        return None
    return left_open(f"{case.numbers}，报告另给了同口径的数")


def numbers_leave_open(case: Case) -> Verdict | None:
    """Numbers and bounds prove nothing.

    «地区生产总值增长6%左右。» «地区生产总值增长5.8%。» → 待核实
    """
    return left_open(f"{case.numbers}，数字和界限不足以判断") if case.proven is None else None


def numbers_prove(case: Case) -> Verdict | None:
    """Numbers and bounds prove it.

    «城镇新增就业100万人以上。» «城镇新增就业120万人。» → 超额完成
    «城镇新增就业100万人以上。» «城镇新增就业100万人。» → 已完成
    «地区生产总值增长6%以上。» «地区生产总值增长5%。» → 未完成
    """
    status = case.proven
    numbers = case.numbers + (case.difference if status in (Status.MISSED, Status.EXCEEDED) else "")
    if status is None:
        return None
    if status is Status.DONE and is_far_below_ceiling(case.target, case.reached):
        numbers = f"{numbers}，按上限判断；结果远低于目标所说的“左右”"
    return Verdict(status, numbers)


RULES: tuple[Rule, ...] = (
    not_due,
    target_of_several_years,
    sum_of_several_years,
    among_several_years,
    of_another_year,
    number_of_a_name,
    number_of_what_works_are_about,
    part_of_the_other,
    worded_otherwise,
    only_driven,
    anything_so_named,
    total_of_what_was_added,
    not_said_to_be_added,
    net_of_what_came,
    more_things_together,
    only_begun,
    other_works,
    said_to_be_missed,
    turned,
    works_under_way,
    part_of_the_year,
    far_more,
    far_below_a_usual_ceiling,
    told_on_another_basis,
    numbers_leave_open,
    numbers_prove,
)


def by_rules(case: Case) -> Verdict:
    """The word of the first rule that can tell; the last two always can, between them."""
    return next(replace(said, rule=rule.__name__) for rule in RULES if (said := rule(case)) is not None)
