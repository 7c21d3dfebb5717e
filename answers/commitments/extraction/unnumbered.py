"""Commitments without a number: 开工建设宁波西站. A second kind, which nobody gets without asking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from answers.commitments.extraction.target_or_result import year_of
from answers.commitments.rows import Commitment, StatementKind
from answers.knowledge.tables import Row, alternatives, rows
from answers.place import Place
from answers.quantities.figures import tally
from indexer.report.records import Passage
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.text.sentences import clauses, sentences

_promises = partial(rows, Row, "promises")
# 今年 | 开工建设 | 宁波西站
_CONCRETE = re.compile(
    f"(?:{alternatives(_promises('before'))})*(?P<verb>{alternatives(_promises('verb'))})(?P<object>.{{4,}})"
)
_VAGUE = re.compile(alternatives(_promises("vague")))
_WORK = (Role.TASKS, Role.REQUIREMENTS, Role.OWN_WORK)


def unnumbered_commitments(report: Report) -> tuple[Commitment, ...]:
    """The clauses of a report's plans that promise a thing without saying how much, in their order."""
    original = report.text
    text = report.simplified
    return tuple(
        row
        for passage in report.passages
        if report.role_of(passage) in _WORK and not report.is_aside(passage.span.start)
        for row in _in_passage(report, text, original, passage)
    )


def _in_passage(report: Report, text: str, original: str, passage: Passage) -> Iterator[Commitment]:
    heading = report.sections[passage.section].heading
    for sentence in sentences(text, passage.span):
        if heading.holds(sentence):
            continue
        for clause in clauses(text, sentence):
            match = _CONCRETE.fullmatch(clause.of(text))
            if match is None or tally(text, clause) or _VAGUE.search(match["object"]):
                continue
            year = year_of(
                StatementKind.TARGET, text[sentence.start : clause.end], "", report.metadata.planned_year
            )
            yield Commitment(
                place=Place.of(report, passage.section, clause),
                span=clause,
                text=clause.of(original),
                amount=None,
                object=match["object"],
                action=match["verb"],
                kind=StatementKind.TARGET,
                year=year,
                sentence=sentence,
                section=passage.section,
            )
