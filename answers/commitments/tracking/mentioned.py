"""A clause of a later report that speaks of a target's indicator without a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.commitments.rows import Commitment, StatementKind
from answers.commitments.tracking.indicators import Name, mentions, without_lead
from answers.commitments.tracking.proof import SAID_MISSED
from answers.place import Place
from answers.quantities.figures import tally
from indexer.report.records import Passage
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.text.sentences import clauses, sentences
from indexer.text.span import Span

_JOINT = re.compile("[、和及与]")
_SUMMED_UP = re.compile("等[^、]*$")
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Said:
    """A clause of the later report's review, with its sentence and what it speaks of."""

    passage: Passage
    sentence: Span
    span: Span
    name: Name


def reviewed_clauses(later: Report) -> Iterator[Said]:
    """The clauses in which a report looks back, in order."""
    text = later.text
    for passage in later.passages:
        if later.role_of(passage) is not Role.REVIEW or later.is_aside(passage.span.start):
            continue
        for sentence in sentences(text, passage.span):
            for clause in clauses(text, sentence):
                yield Said(passage, sentence, clause, Name.of(without_lead(clause.of(text))))


def mentioned(target: Commitment, wanted: Name, review: Sequence[Said], later: Report) -> Commitment | None:
    """The clause in the review of `later` that speaks of the target's indicator without a number.

    One that says that the target was missed comes first, then the first one that opens with it.
    """
    best: Said | None = None
    highest = 0
    text = later.text
    for clause in review:
        rank = mentions(wanted, clause.name) or 2 * missed_by_name(wanted, clause, text)
        if rank and not tally(text, clause.span):
            rank += 2 * bool(SAID_MISSED.search(clause.sentence.of(text)))
            if rank > highest:
                best, highest = clause, rank
    if best is None:
        return None
    return _as_row(target, best, later)


def listed_as_missed(
    target: Commitment, wanted: Name, review: Sequence[Said], later: Report
) -> Commitment | None:
    """The clause that lists an indicator by its name among those that missed their targets."""
    clause = next((one for one in review if missed_by_name(wanted, one, later.text)), None)
    return _as_row(target, clause, later) if clause is not None else None


def missed_by_name(wanted: Name, clause: Said, text: str) -> bool:
    """Whether a clause says of an indicator that it was missed, alone or in a list: 投资、出口总额等指标未能完成预期目标."""
    words = clause.span.of(text)
    missed = SAID_MISSED.search(words)
    if missed is None or len(wanted.form) < _SHORTEST_NAME:
        return False
    for item in _JOINT.split(_SUMMED_UP.sub("", without_lead(words[: missed.start()]))):
        name = Name.of(item).form
        if name == wanted.form or (len(name) >= _SHORTEST_NAME and wanted.form.endswith(name)):
            return True
    return False


def _as_row(target: Commitment, best: Said, later: Report) -> Commitment:
    section = best.passage.section
    return Commitment(
        Place.of(later, section, best.span), best.span, best.span.of(later.text), None, target.object, "",
        StatementKind.ACHIEVED, (later.year or 1) - 1, best.sentence, section,
    )  # fmt: skip
