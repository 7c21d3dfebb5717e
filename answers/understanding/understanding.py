"""What a question was understood to ask, as a record that the user may correct before it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from answers.understanding.period import Period, asked_period
from answers.understanding.question import Ask, Question, asking, understand
from answers.understanding.scope import Scope, chosen_documents, read_scope, region_label
from indexer.report.report import Report


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question, what it wants, where it looks and which time it means.

    Attributes:
        question: the question and the kind of answer wanted.
        scope: the reports to search, and why.
        period: result, target or both as the words tell; None where they do not.
        chosen_period: what the user chose instead; None to go by the words, report by report.
    """

    question: Question
    scope: Scope
    period: Period | None
    chosen_period: Period | None = None


def understood(text: str, documents: Sequence[Report]) -> Understanding:
    """Read a question to be asked of `documents`.

    Raises:
        QuestionError: it is empty, has no letter or figure, or is too long.
    """
    question = understand(text)
    scope = read_scope(question.query, documents)
    return Understanding(question, scope, asked_period(question.query, _newest(scope, documents)))


def corrected(
    understanding: Understanding,
    documents: Sequence[Report],
    *,
    regions: Sequence[str],
    report_years: Sequence[int],
    period: Period,
    ask: Ask,
) -> Understanding:
    """The understanding with what the user chose in place of what was understood."""
    scope = understanding.scope
    if (tuple(regions), tuple(report_years)) != (shown_regions(understanding, documents), scope.report_years):
        # Nothing fits two choices that exclude each other: the regions then count.
        names = chosen_documents(documents, regions, report_years) or chosen_documents(documents, regions, ())
        scope = replace(scope, documents=names if len(names) < len(documents) else None)
    question = understanding.question
    return replace(
        understanding,
        scope=scope,
        question=question if ask is question.ask else asking(question, ask),
        chosen_period=None if period is (understanding.period or Period.BOTH) else period,
    )


def shown_regions(understanding: Understanding, documents: Sequence[Report]) -> tuple[str, ...]:
    """Labels of the regions whose reports the question chose, in the library's order; empty for all."""
    names = understanding.scope.documents
    if names is None:
        return ()
    return tuple(dict.fromkeys(region_label(d) for d in documents if d.name in set(names)))


def _newest(scope: Scope, documents: Sequence[Report]) -> int | None:
    """The year of the newest report in scope: seen from it 2024 is behind or ahead."""
    years = [
        document.year
        for document in documents
        if document.year is not None and (scope.documents is None or document.name in scope.documents)
    ]
    return max(years, default=None)
