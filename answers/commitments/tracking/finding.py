"""What is told of a target: its status, and where nothing tells what became of it, whether its words stand in the report.

«未提及» would say that a report is silent. It may name the very thing and only not say what became of it, so the one
word is told as two: 没有出现这些词, and 没有找到明确答案. What a person says stays as it was said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from answers.commitments.rows import Commitment
from answers.commitments.tracking.indicators import Likeness, Name
from answers.commitments.tracking.judgements import Judged
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import Tracked
from indexer.report.report import Report
from indexer.text.sentences import sentences

_NAMED = 0.6  # of the weight of a name must stand in one sentence, as in a comparison
_WHY = {
    True: "后一份报告写到了这些词，没有一句说到同一指标的结果",
    False: "后一份报告没有一句话写到这些词",
}


class Finding(StrEnum):
    """What is told of a target: a status, or why there is none. 未提及 is a person's word alone."""

    DONE = Status.DONE.value
    EXCEEDED = Status.EXCEEDED.value
    MISSED = Status.MISSED.value
    UNDER_WAY = Status.UNDER_WAY.value
    UNVERIFIED = Status.UNVERIFIED.value
    UNCLEAR = "没有找到明确答案"
    UNNAMED = "没有出现这些词"
    NOT_MENTIONED = Status.NOT_MENTIONED.value


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine tells of a target, and why, in Chinese."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """In which sentences of reports, by number, each character and pair of characters is, and how rare it is."""

    holding: Mapping[str, Sequence[int]]
    likeness: Likeness

    @classmethod
    def of(cls, reports: Sequence[Report]) -> SentenceWords:
        """Those of reports, their headings and what lies ahead included."""
        names = [
            Name.of(sentence.of(report.simplified))
            for report in reports
            for passage in report.passages
            for sentence in sentences(report.simplified, passage.span)
        ]
        holding: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            for pair in name.pairs:
                holding[pair].append(number)
        return cls(holding, Likeness.of_forms(name.form for name in names))

    def named(self, target: Commitment) -> bool:
        """Whether one sentence has the words of what is measured or promised."""
        name = Name.of(target.object or target.text)
        shares: dict[int, float] = defaultdict(float)
        for pair in name.pairs:
            weight = self.likeness.weigh((pair,))
            for number in self.holding.get(pair, ()):
                shares[number] += weight
        return max(shares.values(), default=0.0) >= _NAMED * self.likeness.weigh(name.pairs)


def proposal(pair: Tracked, later: SentenceWords) -> Proposal:
    """What the machine tells of a target."""
    if pair.status is not Status.NOT_MENTIONED:
        return Proposal(Finding[pair.status.name], pair.reason)
    named = later.named(pair.target)
    return Proposal(Finding.UNCLEAR if named else Finding.UNNAMED, _WHY[named])


@dataclass(frozen=True, slots=True)
class Told:
    """A target with a person's word on it, and what the machine tells of it."""

    judged: Judged
    proposal: Proposal

    @property
    def finding(self) -> Finding:
        """What counts: the person's word, else the machine's."""
        said = self.judged.judgement
        return Finding[said.status.name] if said else self.proposal.finding


def all_told(judged: Sequence[Judged], later: Sequence[Report]) -> tuple[Told, ...]:
    """Each target with what is told of it by the documents `later`."""
    words = SentenceWords.of(later)
    return tuple(Told(one, proposal(one.tracked, words)) for one in judged)
