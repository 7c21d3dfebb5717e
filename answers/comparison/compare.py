"""Ask many reports the same: each on its own, so that none is missed because another ranks higher."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from answers.answer import Reply
from answers.comparison.columns import Column, with_period
from answers.comparison.plan import ComparisonPlan, read_plan
from answers.comparison.silence import Silence
from answers.comparison.table import Cell, Comparison, Row
from answers.engine import Answerer
from answers.errors import QuestionError
from answers.period import Period
from answers.question import understand
from answers.scope import read_scope
from indexer.roles import Role, section_roles

# Passages of each report that are read. The right one is among the first few of a single report, and
# forty reports must be read in seconds.
_PASSAGES = 4
_VOTERS = 8  # reports that are asked whether a question without a period finds results or targets


@dataclass(frozen=True, slots=True)
class CompareProgress:
    """How many of the searches are done, and the report that was searched last."""

    done: int
    total: int
    document: str


Progress = Callable[[CompareProgress], None]


class Comparer:
    """Compares reports of one index. Safe to use from several threads, as its `Answerer` is."""

    def __init__(self, answerer: Answerer, silence: Silence | None = None) -> None:
        self.answerer = answerer
        self._silence = silence or Silence()

    def plan(self, text: str, documents: Collection[str] | None = None) -> ComparisonPlan | None:
        """How to compare; None where the question compares nothing and no `documents` are given.

        Raises:
            QuestionError: the question is empty, too long or no question.
            IndexFault: a document is not in the index.
        """
        question = understand(text)
        index = self.answerer.index
        library = [parsed.document for parsed in index.documents]
        chosen = None if documents is None else [index.document(name).document.name for name in documents]
        return read_plan(question, read_scope(question.query, library), library, chosen)

    def compare(
        self,
        plan: ComparisonPlan,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Comparison:
        """Ask every report of `plan`. Cancelled, the table has the rows that were finished.

        Raises:
            IndexFault: a report is not in the index.
        """
        started = time.perf_counter()
        columns = tuple(self._settled(column, plan.documents) for column in plan.columns)
        vectors = [self.answerer.encode(column.query) for column in columns]
        replies: list[tuple[Reply, ...]] = []
        for number, name in enumerate(plan.documents, 1):
            if cancelled():
                break
            replies.append(
                tuple(
                    self.answerer.ask_report(column.query, vector, name, _PASSAGES)
                    for column, vector in zip(columns, vectors, strict=True)
                )
            )
            if progress is not None:
                progress(CompareProgress(number, len(plan.documents), name))
        table = [self._cells([reply[n] for reply in replies]) for n in range(len(columns))]
        rows = tuple(
            Row(name, tuple(column[n] for column in table))
            for n, name in enumerate(plan.documents[: len(replies)])
        )
        elapsed = (time.perf_counter() - started) * 1000
        return Comparison(plan, columns, rows, elapsed, len(replies) == len(plan.documents))

    def _cells(self, replies: Sequence[Reply]) -> list[Cell]:
        """A column: a cell for each report, weighed against the other reports."""
        sure = self._silence.confidences(replies)
        found = []
        for reply, confidence in zip(replies, sure, strict=True):
            nearest = reply.answers[0] if reply.answers else None
            answers = nearest is not None and confidence >= self._silence.threshold
            found.append(Cell(nearest if answers else None, nearest, confidence))
        return found

    def _settled(self, column: Column, documents: Sequence[str]) -> Column:
        """The column with its period: where the question leaves it open, most reports tell it."""
        if column.period is not None:
            return column
        vector = self.answerer.encode(column.query)
        step = max(1, len(documents) // _VOTERS)
        votes: Counter[Period] = Counter()
        for name in documents[::step][:_VOTERS]:
            reply = self.answerer.ask_report(column.query, vector, name, _PASSAGES)
            if reply.answers:
                role = self._role(name, reply.answers[0].section)
                if role is not None:
                    votes[role] += 1
        winner = votes.most_common(1)
        return with_period(column.query, winner[0][0]) if winner else column

    def _role(self, document: str, section: int) -> Period | None:
        parsed = self.answerer.index.document(document)
        role = section_roles(parsed.document.text, parsed.sections)[section]
        if role in (Role.GLOSSARY, Role.OTHER):
            return None
        return Period.RESULT if role is Role.REVIEW else Period.TARGET


def not_a_comparison(text: str) -> QuestionError:
    """The error for a question that names no reports to compare."""
    return QuestionError(
        f"这个问题没有说要比较哪些报告：{text}。请写出几个地区或年份，例如“江苏、浙江今年的GDP目标”“各省”“近三年”，"
        "或直接选定要比较的报告。",
        f"The question does not say which reports to compare: {text}. Name several regions or years, "
        "or choose the reports to compare.",
    )
