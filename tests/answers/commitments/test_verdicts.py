"""Every rule of what becomes of a target, by the examples beside it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import track
from answers.commitments.tracking.verdict_rules import RULES
from answers.commitments.tracking.verdicts import GUARDS
from tests.answers.commitments.test_tracking import report

EXAMPLE = re.compile(r"«(.+?)» «(.+?)» → (\S+)$", re.M)


@pytest.mark.parametrize("rule", [*RULES, *GUARDS], ids=lambda rule: rule.__name__)
def test_a_rule_decides_its_examples(rule: Callable[..., object]) -> None:
    examples = EXAMPLE.findall(rule.__doc__ or "")
    assert examples, "a rule without an example"
    for target, said, status in examples:
        found = track(report(2023, "稳中有进。", target), report(2024, said, "再接再厉。"))[-1]
        assert (found.rule, found.status, found.reason != "") == (rule.__name__, Status(status), True)


def test_no_two_rules_have_one_name() -> None:
    names = [rule.__name__ for rule in (*RULES, *GUARDS)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("target", "said", "reason"),
    [
        ("外贸出口额3万亿元以上。", "外贸出口额2.98万亿元。", "目标 3万亿元以上，结果 2.98万亿元，差 0.67%"),
        ("地区生产总值增长6%。", "地区生产总值增长5.7%。", "目标 6%，结果 5.7%，差 0.3 个百分点"),
        ("地区生产总值增长6%—6.5%。", "地区生产总值增长5%。", "目标 6—6.5%，结果 5%，差 1 个百分点"),
        ("地区生产总值增长8%左右。", "地区生产总值增长3%。", "目标 8%左右，结果 3%，约差 5 个百分点"),
        ("城镇新增就业100万人。", "城镇新增就业120万人。", "目标 100万人，结果 120万人，多 20%"),
        ("城镇新增就业100万人。", "城镇新增就业超过120万人。", "目标 100万人，结果 超过120万人"),
        ("居民消费价格涨幅控制在3%以内。", "居民消费价格上涨4%。", "目标 3%以内，结果 4%，多 1 个百分点"),
        ("城镇新增就业100万人。", "城镇新增就业100万人。", "目标 100万人，结果 100万人"),
    ],
)
def test_a_reason_says_by_how_much_the_result_is_off(target: str, said: str, reason: str) -> None:
    (found,) = track(report(2023, "稳中有进。", target), report(2024, said, "再接再厉。"))
    assert found.reason == reason
