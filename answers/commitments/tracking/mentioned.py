"""A clause of a later report that speaks of a target's indicator without a number."""

from __future__ import annotations

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
        rank = mentions(wanted, clause.name)
        if rank and not tally(text, clause.span):
            rank += 2 * bool(SAID_MISSED.search(clause.sentence.of(text)))
            if rank > highest:
                best, highest = clause, rank
    if best is None:
        return None
    section = best.passage.section
    return Commitment(
        Place.of(later, section, best.span), best.span, best.span.of(text), None, target.object, "",
        StatementKind.ACHIEVED, (later.year or 1) - 1, best.sentence, section,
    )  # fmt: skip
