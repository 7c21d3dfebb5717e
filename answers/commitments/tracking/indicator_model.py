"""How likely two statements are of one indicator: a small learned model over what their words share and lack.

Fitted to pairs of statements by `python -m training.indicator`; the weights lie beside this module. What may never differ
(城镇, 农村) and what a number proves is not for the model to say: those are the guards of `indicators` and `proof`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from answers.commitments.rows import Commitment
from answers.commitments.topics import Topic, topic_of
from answers.commitments.tracking.comparable import number_reached
from answers.commitments.tracking.indicators import Likeness, Name, opposed

WEIGHTS = Path(__file__).with_name("indicator_model.json")
_PART_CUT = re.compile(r"[，；。！？、：,;]")
_CLAUSE_CUT = re.compile(r"[，；。！？：,;]")
_FIGURE = re.compile(r"\d[\d.,]*")
_RARE = 4  # a count from which chance hardly gives it twice
_NEAR_SHARE = 5.0  # percentage points
_BEFORE = 60  # characters of a sentence before a number that may name what it is of


@dataclass(frozen=True, slots=True)
class Statement:
    """A row as the model sees it: what it counts, the words around its number, those of its sentence before it."""

    row: Commitment
    name: Name
    part: Name
    clause: Name
    before: Name
    topic: Topic

    @classmethod
    def of(cls, row: Commitment, text: str) -> Statement:
        """`text`: that of its report."""
        return cls.within(
            row, text[row.sentence.start : row.span.start], text[row.span.end : row.sentence.end]
        )

    @classmethod
    def within(cls, row: Commitment, before: str, after: str) -> Statement:
        """A row with the words of its sentence before and after its number."""
        name = Name.of(row.object)
        part = Name.of(_PART_CUT.split(before)[-1] + _PART_CUT.split(after)[0])
        clause = Name.of(_FIGURE.sub("", _CLAUSE_CUT.split(before)[-1] + _CLAUSE_CUT.split(after)[0]))
        near = Name.of(_FIGURE.sub("", before[-_BEFORE:]) + _CLAUSE_CUT.split(after)[0])
        return cls(row, name, part, clause, near, topic_of(row, before + after))


NAMES = (
    "dice", "mine_in_name", "theirs_in_name", "mine_in_part", "mine_in_clause", "mine_before", "theirs_in_clause",
    "theirs_before", "both_clauses", "same_end", "same_start", "same_run", "length", "their_length",
    "mine_alone", "theirs_alone", "same_verb", "no_verb", "same_unit", "same_topic", "opposed", "is_share",
    "same_number", "near_number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IndicatorModel:
    """A fitted logistic regression: a weight for each of `NAMES`, in their order, and a bias."""

    weights: tuple[float, ...]
    bias: float

    def chance(self, seen: Sequence[float]) -> float:
        """How likely, 0..1, two statements with these features are of one indicator."""
        logit = (
            math.fsum(weight * value for weight, value in zip(self.weights, seen, strict=True)) + self.bias
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def shipped_indicator_model() -> IndicatorModel:
    """The model whose weights lie beside this module, read once."""
    saved = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return IndicatorModel(tuple(saved["weights"][name] for name in NAMES), saved["bias"])


def save_weights(model: IndicatorModel) -> None:
    """Write the weights of a model beside this module, to four digits."""
    weights = {name: round(weight, 4) for name, weight in zip(NAMES, model.weights, strict=True)}
    saved = {"weights": weights, "bias": round(model.bias, 4)}
    WEIGHTS.write_text(json.dumps(saved, indent=1) + "\n", encoding="utf-8")


def features(target: Statement, outcome: Statement, alike: Likeness) -> list[float]:
    """What the model sees of two statements, in the order of `NAMES`; each about 0..1."""
    mine, theirs = target.name.pairs, outcome.name.pairs
    weigh = alike.weigh
    mine_weight, theirs_weight = weigh(mine) or 1.0, weigh(theirs) or 1.0
    in_name = weigh(mine & theirs)
    clauses = weigh(target.clause.pairs & outcome.clause.pairs)
    one, other = target.name.form, outcome.name.form
    shorter = max(1, min(len(one), len(other)))
    verbs = target.row.action, outcome.row.action
    units = tuple(row.amount.unit if row.amount else "" for row in (target.row, outcome.row))
    return [
        2 * in_name / (mine_weight + theirs_weight),
        in_name / mine_weight,
        in_name / theirs_weight,
        weigh(mine & outcome.part.pairs) / mine_weight,
        weigh(mine & outcome.clause.pairs) / mine_weight,
        weigh(mine & outcome.before.pairs) / mine_weight,
        weigh(theirs & target.clause.pairs) / theirs_weight,
        weigh(theirs & target.before.pairs) / theirs_weight,
        clauses / min(weigh(target.clause.pairs) or 1.0, weigh(outcome.clause.pairs) or 1.0),
        _shared_end(one, other) / shorter,
        _shared_end(one[::-1], other[::-1]) / shorter,
        _longest_run(one, other) / max(1, len(one)),
        min(len(one), 12) / 12,
        min(len(other), 12) / 12,
        min(weigh(mine - outcome.before.pairs) / 20, 2.0),
        min(weigh(theirs - target.before.pairs) / 20, 2.0),
        float(verbs[0] == verbs[1]),
        float(not verbs[0] or not verbs[1]),
        float(units[0] == units[1]),
        float(target.topic is outcome.topic),
        float(opposed(one, other)),
        float(units[0] == "%"),
        *_numbers(target.row, outcome.row),
    ]


def _numbers(target: Commitment, outcome: Commitment) -> tuple[float, float]:
    """Whether a count is told to the last digit (so rare a number is no chance), and how near the two are, 0..1."""
    aim, reached = target.amount, number_reached(outcome, target)
    if aim is None or reached is None:
        return 0.0, 0.0
    if aim.unit == "%":
        return 0.0, math.exp(-abs(aim.low - reached.low) / _NEAR_SHARE)
    if aim.low <= 0 or reached.low <= 0:
        return 0.0, 0.0
    same = (aim.low, aim.high) == (reached.low, reached.high) and aim.low >= _RARE
    return float(same), math.exp(-abs(math.log(reached.low / aim.low)))


def _shared_end(one: str, other: str) -> int:
    """How many characters at the end of two names are the same."""
    length = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine != theirs:
            break
        length += 1
    return length


def _longest_run(one: str, other: str) -> int:
    """How long the longest run of characters is that both names hold."""
    longest = 0
    for start in range(len(one)):
        while start + longest < len(one) and one[start : start + longest + 1] in other:
            longest += 1
    return longest
