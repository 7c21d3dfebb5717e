"""A target beside the result that is likeliest of its indicator, and the verdict on the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answers.commitments.rows import Commitment
from answers.commitments.tracking.comparable import number_reached
from answers.commitments.tracking.likeliest import Result, Target
from answers.commitments.tracking.mentioned import Said
from answers.commitments.tracking.proof import Status, by_numbers
from answers.quantities.amounts import Amount, Bound, spoken
from indexer.report.report import Report

_TIMES = 100  # percent: more than that is told by the two numbers alone


@dataclass(frozen=True, slots=True)
class Case:
    """A target beside the result that is likeliest of its indicator; both have numbers of one kind (`comparable`).

    Attributes:
        earlier, later: the reports of the two.
        likeness: how likely both are of one indicator, 0..1.
        results: all results of the later report.
        review: the clauses in which it looks back.
    """

    aim: Target
    result: Result
    earlier: Report
    later: Report
    likeness: float
    results: Sequence[Result]
    review: Sequence[Said]

    @property
    def target(self) -> Commitment:
        """The row of the target."""
        return self.aim.row

    @property
    def outcome(self) -> Commitment:
        """The row of the result."""
        return self.result.row

    @property
    def wanted(self) -> Amount:
        """The number of the target."""
        assert self.target.amount is not None, "only numbers are compared"
        return self.target.amount

    @property
    def reached(self) -> Amount:
        """The number of the result, in the unit of the target."""
        reached = number_reached(self.outcome, self.target)
        assert reached is not None, "only what is comparable is matched"
        return reached

    @property
    def is_share(self) -> bool:
        """Whether the numbers are percentages; else they are counts."""
        return self.wanted.unit == "%"

    @property
    def proven(self) -> Status | None:
        """What the numbers alone prove; None where they prove nothing."""
        return by_numbers(self.target, self.outcome, self.reached, self.later.region)

    @property
    def difference(self) -> str:
        """By how much the result is off what was set, in words: 差0.7%, 差0.3个百分点; empty where that is not exact."""
        exact = (Bound.EXACT, Bound.AROUND)
        aim, reached = self.wanted, self.reached
        if reached.bound not in exact or aim.low <= 0:
            return ""
        if reached.high < aim.low:
            word, from_, by = "差", aim.low, aim.low - reached.high
        elif reached.low > aim.high:
            word, from_, by = "多", aim.high, reached.low - aim.high
        else:
            return ""
        about = "约" if reached.bound is Bound.AROUND or aim.bound is Bound.AROUND else ""
        if aim.unit in ("%", "‰", "个百分点"):
            unit = "个千分点" if aim.unit == "‰" else "个百分点"
            return f"，{about}{word} {round(by, 4):.10g} {unit}"
        share = 100 * by / from_
        return f"，{about}{word} {share:.2g}%" if share < _TIMES else ""

    @property
    def numbers(self) -> str:
        """Both numbers, as a reason has them."""
        return f"目标 {spoken(self.wanted)}，结果 {spoken(self.reached)}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says became of a target, and why, in Chinese. `rule` names it."""

    status: Status
    reason: str
    rule: str = ""


def left_open(reason: str) -> Verdict:
    """Nothing is proven: a person has to look."""
    return Verdict(Status.UNVERIFIED, reason)
