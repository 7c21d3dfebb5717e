"""Rules for numbers that are of the same thing and count it otherwise: added or there, net, begun, several things together.

They are written and tried as the others (`verdict_rules`).
"""

from __future__ import annotations

import re

from answers.commitments.rows import Commitment
from answers.commitments.tracking.case import Case, Verdict, left_open
from answers.commitments.tracking.indicators import adds_more, is_added, is_net, is_total_of_added
from answers.commitments.tracking.proof import clause_before
from answers.knowledge.tables import Row, alternatives, rows

_ABOUT, _REBUILT, _NEWLY_BUILT, _STARTED, _FINISHED, _ADDED, _CAME_TO = (
    re.compile(alternatives(rows(Row, "indicators", section)))
    for section in ("about", "rebuilt", "newly_built", "started", "finished", "added", "came_to")
)


def number_of_what_works_are_about(case: Case) -> Verdict | None:
    """The number is only of what the promised work is about.

    «围绕特色农业五条产业链，建设农业园区。» «特色农业五条产业链。» → 待核实
    """
    if case.is_share or not _ABOUT.match(clause_before(case.target, case.earlier.text)):
        return None
    return left_open("这个数说的是围绕什么去做，不是要做成多少")


def total_of_what_was_added(case: Case) -> Verdict | None:
    """The target is what is to be added, the result what there is.

    «保护性耕作面积新增200万亩。» «保护性耕作面积达到4179万亩。» → 待核实
    """
    if case.is_share or not is_total_of_added(case.target, case.outcome):
        return None
    return left_open("目标是新增的数量，结果是总数")


def not_said_to_be_added(case: Case) -> Verdict | None:
    """The target is what is to be added, and nothing says that the result came to what was there.

    «新增市场主体20万户以上。» «引进项目15个，市场主体38万户。» → 待核实
    «新增上市企业1家、挂牌企业10家。» «交易中心揭牌，挂牌企业20家。» → 待核实
    """
    outcome = case.outcome
    listed = not case.target.action and _ADDED.match(_list_of(case.target, case.earlier.text))
    if case.is_share or not (is_added(case.target) or listed):
        return None
    said_of = clause_before(outcome, case.later.text) + outcome.action + outcome.object
    return None if _CAME_TO.search(said_of) else left_open("目标是新增的数量，结果没有说是新增的")


def net_of_what_came(case: Case) -> Verdict | None:
    """The target is what is to come on balance, the result what came.

    «净增规上工业企业100户。» «新增规上工业企业110户。» → 待核实
    """
    if case.is_share or not is_net(case.target) or is_net(case.outcome):
        return None
    return left_open("目标是净增的数量，结果没有扣除减少的")


def more_things_together(case: Case) -> Verdict | None:
    """The number of the result is of more things together.

    «新增上市公司5家。» «新增上市公司和新三板企业5家。» → 待核实
    """
    if case.is_share or not adds_more(case.target, case.outcome):
        return None
    return left_open("结果是几样东西合起来的数，目标只是其中一样")


def only_begun(case: Case) -> Verdict | None:
    """The target is what is to be finished, the result what was begun.

    «建成公交场站10处、公共停车位2万个。» «开工建设公共停车位2.1万个。» → 待核实
    """
    if case.is_share:
        return None
    wanted, told = _words_of_both(case)
    if not _FINISHED.search(wanted) or not _STARTED.search(told) or _FINISHED.search(told):
        return None
    return left_open("目标是建成的数量，结果是开工的")


def other_works(case: Case) -> Verdict | None:
    """The target is works on what is there, the result what was newly built.

    «改扩建养老服务机构5个。» «新建养老服务机构5个。» → 待核实
    """
    if case.is_share:
        return None
    wanted, told = _words_of_both(case)
    if not _REBUILT.search(wanted) or _NEWLY_BUILT.search(wanted):
        return None
    if not _NEWLY_BUILT.search(told) or _REBUILT.search(told):
        return None
    return left_open("目标是改扩建的数量，结果是新建的")


def _words_of_both(case: Case) -> tuple[str, str]:
    """The words of the clause before each of the two numbers, from where its list begins, and their verbs."""
    target, outcome = case.target, case.outcome
    return (
        clause_before(target, case.earlier.text) + target.action,
        clause_before(outcome, case.later.text) + outcome.action,
    )


def _list_of(row: Commitment, text: str) -> str:
    """The words of a list from its first item to a number, empty where the number is of the first: 新增上市企业1家、
    挂牌企业."""
    before = clause_before(row, text)
    return before if "、" in before else ""
