"""From what people said of answers to a question set that `evaluate` and `calibrate` read.

An answer that somebody found right is the evidence; of a wrong one the right words are, where they were given. What was
only called wrong has no known answer and is left out, as is what was said of a report that is there no more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from answers.evaluation.questions import GoldQuestion, QuestionKind
from answers.evaluation.scoring import Gold
from answers.feedback import Feedback, Verdict, last_words, sentence_with
from answers.quantities.figures import tally
from answers.understanding.wanted import Ask
from embeddings.language import Text
from indexer.report.report import Report
from indexer.text.span import Span

_KINDS = {
    Ask.NUMBER: QuestionKind.NUMBER,
    Ask.LIST: QuestionKind.LIST,
    Ask.MEANS: QuestionKind.MEASURE,
    Ask.WHETHER: QuestionKind.YESNO,
    Ask.FACT: QuestionKind.ENTITY,
}


class Lack(Enum):
    """Why a question is left out of the set."""

    ANSWER = "answer"
    REPORT = "report"


LACKS = {
    Lack.ANSWER: Text("没有说正确的答案是什么", "nobody said what is right"),
    Lack.REPORT: Text("报告不在文库里，或已换成新版", "its report is gone or was replaced"),
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that cannot be in the set, and why."""

    question: str
    lack: Lack


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions whose answers are known, and those that are left out."""

    questions: tuple[GoldQuestion, ...]
    left_out: tuple[LeftOut, ...]

    def written(self) -> bytes:
        """The set as JSON lines, as `read_gold_questions` reads it."""
        lines = [json.dumps(_row(one), ensure_ascii=False) + "\n" for one in self.questions]
        return "".join(lines).encode("utf-8")


def question_set(given: Sequence[Feedback], report: Callable[[str], Report | None]) -> QuestionSet:
    """The set of what was said last of each question; `report` gives a report of the library by its name."""
    found = [_question(one, report) for one in last_words(given)]
    return QuestionSet(
        tuple(one for one in found if isinstance(one, GoldQuestion)),
        tuple(one for one in found if isinstance(one, LeftOut)),
    )


def _question(one: Feedback, report: Callable[[str], Report | None]) -> GoldQuestion | LeftOut:
    id = f"fb-{hashlib.sha256(one.question.encode('utf-8')).hexdigest()[:12]}"
    if one.verdict is Verdict.ABSENT or (one.verdict is Verdict.RIGHT and not one.answer):
        return GoldQuestion(id, QuestionKind.UNANSWERABLE, one.question, (), one.document or None)
    words, document = (one.wanted, one.wanted_in) if one.wanted else (one.answer, one.document)
    if not one.wanted and one.verdict is not Verdict.RIGHT:
        return LeftOut(one.question, Lack.ANSWER)
    known = report(document)
    quote = sentence_with(known, words) if known is not None else ""
    # What was found right stands where it stood: a report may say 增长5% twice.
    if not one.wanted and known is not None and one.sentence in known.text:
        quote = one.sentence
    if not quote:
        return LeftOut(one.question, Lack.REPORT)
    gold = Gold(document, quote, (accepted(one.kind, words),))
    return GoldQuestion(id, _KINDS[one.kind], one.question, (gold,), document)


def accepted(kind: Ask, words: str) -> str:
    """The part of a quotation that an answer must hold: of one that was asked for a number its only figure."""
    figures = tally(words, Span(0, len(words))) if kind is Ask.NUMBER else ()
    return figures[0].bare.of(words) if len(figures) == 1 else words


def _row(one: GoldQuestion) -> dict[str, Any]:
    row: dict[str, Any] = {"id": one.id, "kind": one.kind.value, "question": one.question}
    if one.about is not None:
        row["doc"] = one.about
    gold = [{"doc": g.document, "quote": g.quote, "answers": list(g.answers)} for g in one.gold]
    return {**row, "gold": gold}
