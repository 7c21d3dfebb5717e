"""What people say of an answer: right, wrong, from the wrong passage, or that the report does not say it.

Kept beside the index, as judgements are: a rebuild or a removal takes nothing from it, and a backup has it. What was
said of a question last counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from answers.answer import Reply
from answers.errors import FeedbackError
from answers.understanding.wanted import Ask
from embeddings.language import Text
from indexer.people.store import FEEDBACK, add_said, has_people, people_or, said
from indexer.report.report import Report
from indexer.text.sentences import sentences
from indexer.text.span import Span, touched

_LONGEST, _LONGEST_NAME = 2000, 100


class Verdict(StrEnum):
    """What a person says of a reply. Of one without an answer RIGHT means that the reports do not say it."""

    RIGHT = "right"
    WRONG = "wrong"
    PASSAGE = "passage"
    ABSENT = "absent"


VERDICTS = {
    Verdict.RIGHT: Text("答得对", "Right"),
    Verdict.WRONG: Text("答案不对", "Wrong answer"),
    Verdict.PASSAGE: Text("段落不对", "Wrong passage"),
    Verdict.ABSENT: Text("报告没有写", "The reports do not say it"),
}


def sayable(reply: Reply) -> tuple[Verdict, ...]:
    """What may be said of a reply: of one without an answer that this is right, or that there is one."""
    return tuple(Verdict) if reply.answer is not None else (Verdict.RIGHT, Verdict.WRONG)


def shown_reports(reply: Reply) -> tuple[str, ...]:
    """The names of the reports that a reply shows, that of the answer first: in them the right words may stand."""
    places = (*(one.place for one in reply.candidates[:1]), *(one.place for one in reply.passages))
    return tuple(dict.fromkeys(place.document for place in places))


@dataclass(frozen=True, slots=True)
class Feedback:
    """A person's word on the reply to a question.

    Attributes:
        kind: what kind of answer was asked for.
        document, answer, sentence: the report, the words and the sentence of the answer; empty where there was none.
        wanted_in, wanted: where the right words stand, and the words; empty where nobody gave them.
        note, name: why, and who says so; may be empty.
        at: when, UTC, ISO 8601 to the second.
    """

    question: str
    verdict: Verdict
    kind: Ask
    document: str
    answer: str
    sentence: str
    wanted_in: str
    wanted: str
    note: str
    name: str
    at: str


def give_feedback(
    directory: Path, reply: Reply, reports: Sequence[Report], verdict: str,
    wanted: str = "", note: str = "", name: str = "",
) -> Feedback:  # fmt: skip
    """Record what a person says of a reply in the index directory, and return it.

    `reports` are those in which the right words may stand, that of the answer first; `verdict` is a Verdict, or its word.

    Raises:
        FeedbackError: the verdict is none that can be said of this reply, a text is too long, `wanted` stands in none of
            the reports, or the file cannot be written.
    """
    if verdict not in sayable(reply):
        raise FeedbackError(
            f"对这个回答不能说 {str(verdict)!r}。可以说：{'、'.join(sayable(reply))}。",
            f"{str(verdict)!r} cannot be said of this reply. Say one of: {', '.join(sayable(reply))}.",
        )
    wanted, note, name = wanted.strip(), note.strip(), name.strip()
    for text, most in ((note, _LONGEST), (wanted, _LONGEST), (name, _LONGEST_NAME)):
        if len(text) > most:
            raise FeedbackError(
                f"“{text[:20]}……”有 {len(text)} 字，最多 {most} 字。请缩短。",
                f"“{text[:20]} …” has {len(text)} characters, at most {most} are kept. Shorten it.",
            )
    holding = next((report.name for report in reports if wanted in report.text), None)
    if wanted and holding is None:
        raise FeedbackError(
            f"在显示的报告里没有这段原文：{wanted[:40]!r}。请从报告中原样复制。",
            f"None of the reports shown says {wanted[:40]!r}. Copy it from the report as it stands.",
        )
    answer = reply.answer
    report = next((one for one in reports if answer and one.name == answer.place.document), None)
    given = Feedback(
        question=reply.question.text,
        verdict=Verdict(verdict),
        kind=reply.question.ask,
        document=answer.place.document if answer else "",
        answer=answer.text if answer else "",
        sentence=answer.sentence.of(report.text).strip() if answer and report else "",
        wanted_in=holding or "" if wanted else "",
        wanted=wanted,
        note=note,
        name=name,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    with people_or(FeedbackError, FEEDBACK, directory) as connection:
        add_said(connection, FEEDBACK, tuple(map(str, astuple(given))))
    return given


def all_feedback(directory: Path) -> tuple[Feedback, ...]:
    """Everything that was ever said of an answer, in order; nothing where nobody has spoken yet.

    Raises:
        FeedbackError: the file is not ours or cannot be read.
    """
    if not has_people(directory):
        return ()
    with people_or(FeedbackError, FEEDBACK, directory) as connection:
        return tuple(_feedback(row) for row in said(connection, FEEDBACK))


def last_words(given: Sequence[Feedback]) -> tuple[Feedback, ...]:
    """Of each question what was said last, in the order of the questions."""
    return tuple({one.question: one for one in given}.values())


def sentence_with(report: Report, words: str) -> str:
    """The sentence of a report in which words stand, or the several that they touch; empty where they do not."""
    at = report.text.find(words)
    if at < 0:
        return ""
    found = touched(sentences(report.text), Span(at, at + len(words)))
    return found.of(report.text).strip() if found else words


def _feedback(row: tuple[str, ...]) -> Feedback:
    question, verdict, kind, *rest = row
    return Feedback(question, Verdict(verdict), Ask(kind), *rest)
