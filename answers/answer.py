"""The records of a reply: quotations with their place, and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass

from answers.place import Place
from answers.reading.signals import Signals
from answers.understanding.question import Understanding
from answers.understanding.scope import Scope
from indexer.report.report import Report
from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class Answer:
    """A quotation that answers: `text` is `document.text[span]`, and so it is proven before display.

    Attributes:
        sentence, passage: the whole sentence (or the several that it touches) and the passage around the span.
        section: the number of the section that holds it.
        score: how well it answers, comparable within one reply.
    """

    place: Place
    text: str
    span: Span
    sentence: Span
    passage: Span
    section: int
    score: float

    def is_verbatim(self, report: Report) -> bool:
        """Whether the report says this, here, to the letter."""
        text = report.text
        return (
            report.name == self.place.document
            and self.span.end <= len(text)
            and self.span.of(text) == self.text
        )


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that bears on the question, best first in a reply."""

    place: Place
    text: str
    span: Span
    section: int
    score: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What the reports say to a question.

    Attributes:
        scope: which reports were searched, and why.
        candidates: possible answers, best first, at most 10; when abstaining they are only the nearest there is.
        passages: best first, at most 10.
        confidence: 0..1, the chance that the first answer is right.
        abstained: whether the reports are taken not to answer.
        signals: what the confidence was computed from; None where nothing was found.
        elapsed_ms: from the question to this reply.
        apart: how far below the first a further point of one answer may score.
    """

    question: Understanding
    scope: Scope
    candidates: tuple[Answer, ...]
    passages: tuple[FoundPassage, ...]
    confidence: float
    abstained: bool
    signals: Signals | None
    elapsed_ms: float
    apart: float

    @property
    def answer(self) -> Answer | None:
        """The answer; None where the reports are taken not to answer."""
        return None if self.abstained or not self.candidates else self.candidates[0]

    @property
    def others(self) -> tuple[Answer, ...]:
        """The candidates besides the answer that may be right: those that score hardly less, within `apart`, best first."""
        first = self.answer
        if first is None:
            return ()
        return tuple(one for one in self.candidates[1:] if one.score >= first.score - self.apart)
