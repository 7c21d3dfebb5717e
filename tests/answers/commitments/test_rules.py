"""Every rule of what a number measures, by the example beside it."""

from __future__ import annotations

import re
import time

import pytest

from answers.commitments.extraction.measured import measured
from answers.commitments.extraction.rules import RULES, Rule
from answers.commitments.extraction.verbs import level_at_end
from answers.quantities.amounts import quantities
from indexer.text.sentences import Clauses
from indexer.text.span import Span


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_reads_its_example(rule: Rule) -> None:
    examples = re.findall(r"«(.+?)» → (.*?),(?: (.+))?$", rule.__doc__ or "", re.M)
    assert examples, "a rule without an example"
    for text, thing, verb in examples:
        sentence = Span(0, len(text))
        last = measured(text, Clauses.of(text, sentence), tuple(quantities(text, sentence)))[-1]
        assert (last.object, last.action, last.rule) == (thing, verb, rule.__name__)


@pytest.mark.parametrize(
    ("words", "start", "verb"),
    [
        ("粮食产量比上年增长", 4, "增长"),
        ("有效发明专利拥有量达到了", 9, "达到了"),
        ("贷款余额稳步增长到", 4, "增长到"),
        ("失业率保持稳定在", 3, "保持稳定在"),
        ("高质量建设", None, ""),
        ("增长的", None, ""),
        ("了", None, ""),
        ("", None, ""),
    ],
)
def test_the_verbs_of_level_are_read_from_the_end(words: str, start: int | None, verb: str) -> None:
    level = level_at_end(words)
    assert (level and level.start, level.verb if level else "") == (start, verb)


@pytest.mark.parametrize("end", ["", "粮"])
def test_a_long_line_of_verbs_takes_no_time(end: str) -> None:
    started = time.process_time()
    level = level_at_end("稳定增长到达到超过" * 200 + end)
    assert (level is None) == bool(end)
    assert time.process_time() - started < 1
