"""What became of a target: the word of the first rule that can tell, and of the guards that hear it.

A guard's docstring ends with an example as a rule's does (`verdict_rules`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from answers.commitments.tracking.case import Case, Verdict, left_open
from answers.commitments.tracking.likeliest import TOGETHER
from answers.commitments.tracking.mentioned import listed_as_missed
from answers.commitments.tracking.proof import PROVED, Status
from answers.commitments.tracking.verdict_rules import by_rules
from answers.reading.years_told import Told

Guard = Callable[[Case, Verdict], Verdict | None]


def second_target_of_the_name(case: Case, verdict: Verdict) -> Verdict | None:
    """The report set another target of the name before: the whole place's, then that of one of its districts.

    «新建学校20所。新建学校5所。» «新建学校25所。» → 待核实
    """
    if verdict.status not in PROVED or not case.aim.another:
        return None
    return left_open("报告前面另有同名的目标，请核对这是否整个地区的")


def several_results(case: Case, verdict: Verdict) -> Verdict | None:
    """One target, of which the result has several parts that do not all come to the same.

    «居民可支配收入增长8%。» «居民可支配收入分别增长7%和10%。» → 待核实
    """
    if verdict.status not in PROVED or not case.aim.listed.size == 1 < case.result.listed.size:
        return None
    group = (
        one
        for one in case.results
        if one.listed.group == case.result.listed.group and one.told is not Told.OVER_SEVERAL
    )
    if all(by_rules(replace(case, result=one)).status is verdict.status for one in group):
        return None
    return left_open("结果分为几项，不都一样")


def one_result_of_several_targets(case: Case, verdict: Verdict) -> Verdict | None:
    """Targets for towns and country, of which the result has fewer numbers.

    «城乡居民人均可支配收入分别增长8%和9%。» «城乡居民人均可支配收入增长8%。» → 待核实
    """
    if verdict.status not in PROVED or not case.target.object.startswith(TOGETHER):
        return None
    if case.result.listed.size >= case.aim.listed.size:
        return None
    return left_open("目标分为几项，结果只有一个数")


def listed_among_the_missed(case: Case, verdict: Verdict) -> Verdict | None:
    """What is left open is less than promised, and the report lists the indicator among those that missed.

    «固定资产投资增长6%左右。» «固定资产投资增长5.8%。固定资产投资、出口总额等指标未能完成预期目标。» → 未完成
    """
    if verdict.status is not Status.UNVERIFIED:
        return None
    # Surely no more than what was promised, though bounds leave open what that proves.
    if case.reached.low >= case.wanted.low:
        return None
    if listed_as_missed(case.target, case.aim.seen.name, case.review, case.later) is None:
        return None
    return Verdict(Status.MISSED, "报告原文说没有完成目标")


GUARDS: tuple[Guard, ...] = (
    second_target_of_the_name,
    several_results,
    one_result_of_several_targets,
    listed_among_the_missed,
)
"""What takes back, or settles after all, what the rules said; each hears the one before it."""


def verdict_of(case: Case) -> Verdict:
    """What became of a target: the word of the first rule that can tell, and of the guards after it."""
    verdict = by_rules(case)
    for guard in GUARDS:
        said = guard(case, verdict)
        if said is not None:
            verdict = replace(said, rule=guard.__name__)
    return verdict
