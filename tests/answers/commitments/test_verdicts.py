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
