"""What people say of answers, through the library: the checks are those of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import answers.feedback
from answers.engine import Answerer
from answers.feedback import all_feedback, give_feedback, shown_reports
from answers.service import CurrentAnswerer
from embeddings.errors import WenbaoError
from indexer.people.changes import By, Did, note
from indexer.report.report import Report
from indexer.reports import proven_report
from indexer.store.database import has_store, open_store
from wenbao.pages import Page, next_offset
from wenbao.records import Feedback, SaidWords


class AnswerDiffers(WenbaoError):
    """What somebody speaks of is not what the reports answer now."""

    def __init__(self, said: str | None, now: str | None) -> None:
        super().__init__(
            f"反馈说的答案是 {said!r}，现在的答案是 {now!r}（报告改了，或者问法不同）。请重新提问，再对新的答案反馈。",
            f"The feedback is on the answer {said!r}; now it is {now!r}: reports were changed, or it was asked otherwise. Ask "
            "again, and speak of the new answer.",
        )


def said_of_answer(
    current: CurrentAnswerer, directory: Path, question: str, documents: list[str] | None, answer: str | None,
    verdict: str, wanted: str, note_: str, by: By,
) -> Feedback:  # fmt: skip
    """Ask a question once more, and keep what somebody says of its answer, which must be `answer`, None for none.

    Raises:
        AnswerDiffers: it is not.
        FeedbackError: as `answers.feedback.give_feedback`.
        QuestionError, IndexFault, ModelError: as `Library.ask`.
        ChangeLogError: it is kept, but not in the log of changes.
    """

    def kept(now: Answerer) -> Feedback:
        reply = now.ask(question, documents)
        found = reply.answer.text if reply.answer is not None else None
        if found != answer:
            raise AnswerDiffers(answer, found)
        reports = [now.index.report(name) for name in shown_reports(reply)]
        given = give_feedback(directory, reply, reports, verdict, wanted, note_, by.name)
        return _record(given, {one.name: one for one in reports}.get)

    found = current.with_answerer(kept)
    note(directory, by, Did.SPOKE, found.question, found.verdict)
    return found


@dataclass(frozen=True)
class FeedbackPage(Page):
    """A page of what was said, the newest first."""

    feedback: tuple[Feedback, ...]


def feedback_page(directory: Path, offset: int = 0, limit: int | None = None) -> FeedbackPage:
    """At most `limit` of what was said of answers, all of it by default, from the newest but `offset` on.

    Raises:
        FeedbackError: the file of it cannot be read.
        IndexFault: the index is foreign or damaged.
    """
    newest = all_feedback(directory)[::-1]
    wanted = newest[offset:][:limit]
    names = {name for one in wanted for name in (one.document, one.wanted_in) if name}
    reports: dict[str, Report] = {}
    if has_store(directory):
        with open_store(directory) as store:
            found = {name: proven_report(directory, store, name) for name in names}
        reports = {name: report for name, report in found.items() if report is not None}
    following = next_offset(len(newest), offset, limit)
    return FeedbackPage(len(newest), offset, following, tuple(_record(one, reports.get) for one in wanted))


def _record(one: answers.feedback.Feedback, report: Callable[[str], Report | None]) -> Feedback:
    return Feedback(
        question=one.question,
        verdict=one.verdict.value,
        answer=_words(one.answer, one.document, one.sentence, report) if one.answer else None,
        wanted=_words(one.wanted, one.wanted_in, one.wanted, report) if one.wanted else None,
        note=one.note,
        name=one.name,
        at=one.at,
    )


def _words(words: str, document: str, around: str, report: Callable[[str], Report | None]) -> SaidWords:
    """Words within the sentence around them, where the report has it."""
    there = report(document)
    at = there.text.find(around) if there is not None else -1
    inside = around.find(words)
    if there is None or at < 0 or inside < 0:
        return SaidWords(words, document, None, None, None)
    start = at + inside
    return SaidWords(words, document, start, start + len(words), there.document.text_digest)
