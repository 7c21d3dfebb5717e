"""Ask many reports the same: each on its own, so that none is missed because another ranks higher."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from answers.answer import Reply
from answers.comparison.cells import CellConfidence, agreeing
from answers.comparison.every_sentence import is_named
from answers.comparison.questions.columns import Column, with_period
from answers.comparison.questions.plan import ComparisonPlan, read_plan
from answers.comparison.table import NOT_ASKED, Cell, Comparison, Row
from answers.comparison.terms import Terms, topic_terms
from answers.engine import Answerer
from answers.errors import QuestionError
from answers.understanding.period import Period
from answers.understanding.question import Understanding, understand
from embeddings import Vectors
from indexer.report.roles import Role
from indexer.twins import twins_among

# Passages of each report that are read. The right one is among the first few of a single report, and
# forty reports must be read in seconds.
_PASSAGES = 3
# A passage that holds the words of the topic is read before one that is as near without them: this much
# similarity, some four standard deviations, for all of them. With half of it 中低收入 came before 低空经济.
_WORDS = 0.06
_VOTERS = 8  # reports that are asked whether a question without a period finds results or targets


@dataclass(frozen=True, slots=True)
class CompareProgress:
    """How many of the searches are done, and the report that was searched last."""

    done: int
    total: int
    document: str


@dataclass(frozen=True, slots=True)
class _Posed:
    """A column with its question read, the vector of it, of shape (dimension,), and the words of its topic."""

    column: Column
    question: Understanding
    vector: Vectors
    terms: Terms


Progress = Callable[[CompareProgress], None]


class Comparer:
    """Compares reports of one index. Safe to use from several threads, as its `Answerer` is."""

    def __init__(self, answerer: Answerer, silence: CellConfidence | None = None) -> None:
        self.answerer = answerer
        self._silence = silence or CellConfidence()

    def plan(
        self, text: str, documents: Collection[str] | None = None, among: Collection[str] | None = None
    ) -> ComparisonPlan | None:
        """How to compare; None where the question compares nothing and no `documents` are given.

        Of a report that is there twice one copy is compared, but where both are among `documents`. `among` are the
        reports of a set: the question chooses among them as among a whole library, and where it chooses none they are
        all compared.

        Raises:
            QuestionError: the question is empty, too long or no question.
            IndexFault: a document is not in the index.
        """
        index, question = self.answerer.index, self.answerer.understand(text)
        if documents is None and among is not None:
            inside = index.catalogue.of(frozenset(among))
            chosen = read_plan(question, inside)
            return chosen or read_plan(question, index.reports, [entry.name for entry in inside])
        if documents is None:
            return read_plan(question, twins_among(index.reports).answering)
        return read_plan(question, index.reports, [index.entry(name).name for name in documents])

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
        columns = [self._settled(self._posed(column), plan.documents) for column in plan.columns]
        replies: list[tuple[Reply | None, ...]] = []
        for number, name in enumerate(plan.documents, 1):
            if cancelled():
                break
            year = self.answerer.index.entry(name).year
            replies.append(
                tuple(self._ask(posed, name) if plan.asks(posed.column, year) else None for posed in columns)
            )
            if progress is not None:
                progress(CompareProgress(number, len(plan.documents), name))
        asked = plan.documents[: len(replies)]
        table = [
            self._column([reply[n] for reply in replies], posed, asked) for n, posed in enumerate(columns)
        ]
        rows = tuple(Row(name, tuple(column[n] for column in table)) for n, name in enumerate(asked))
        return Comparison(
            plan=plan,
            columns=tuple(posed.column for posed in columns),
            rows=rows,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            complete=len(replies) == len(plan.documents),
        )

    def _posed(self, column: Column) -> _Posed:
        index = self.answerer.index
        terms = topic_terms(column.query, index.lexical.frequency, index.catalogue.passages)
        question = replace(understand(column.query), brief=True)
        return _Posed(column, question, self.answerer.encode(question), terms)

    def _ask(self, posed: _Posed, document: str) -> Reply:
        return self.answerer.ask_report(
            posed.question,
            posed.vector,
            document,
            _PASSAGES,
            lambda passage: _WORDS * posed.terms.coverage(passage),
        )

    def _column(self, replies: Sequence[Reply | None], posed: _Posed, documents: Sequence[str]) -> list[Cell]:
        """A cell for each report, also for those that were not asked."""
        asked = {name: reply for name, reply in zip(documents, replies, strict=True) if reply is not None}
        cells = dict(zip(asked, self._cells([*asked.values()], posed, [*asked]), strict=True))
        return [cells.get(name, NOT_ASKED) for name in documents]

    def _cells(self, replies: Sequence[Reply], posed: _Posed, documents: Sequence[str]) -> list[Cell]:
        """The cells of the reports that were asked, weighed against each other."""
        replies = agreeing(replies, self.answerer.index)
        sure = self._silence.confidences(replies, posed.terms, self.answerer.index)
        found = []
        for reply, confidence in zip(replies, sure, strict=True):
            nearest = reply.candidates[0] if reply.candidates else None
            answers = nearest is not None and confidence >= self._silence.threshold
            found.append(Cell(nearest if answers else None, nearest, confidence))
        return [
            cell
            if cell.answer is not None
            else replace(cell, named=is_named(posed.column, document, self.answerer.index))
            for cell, document in zip(found, documents, strict=True)
        ]

    def _settled(self, posed: _Posed, documents: Sequence[str]) -> _Posed:
        """The column with its period: where the question leaves it open, most reports tell it."""
        if posed.column.period is not None:
            return posed
        step = max(1, len(documents) // _VOTERS)
        votes: Counter[Period] = Counter()
        for name in documents[::step][:_VOTERS]:
            reply = self._ask(posed, name)
            period = self._period(name, reply.candidates[0].section) if reply.candidates else None
            if period is not None:
                votes[period] += 1
        if not votes:
            return posed
        return self._posed(with_period(posed.column.query, votes.most_common(1)[0][0]))

    def _period(self, document: str, section: int) -> Period | None:
        report = self.answerer.index.report(document)
        role = report.roles[section]
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
