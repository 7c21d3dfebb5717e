"""The records of a reply: quotations with their place, and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass

from answers.place import Place
from answers.understanding.question import Understanding
from answers.understanding.scope import Scope
from answers.understanding.wanted import Ask
from indexer.report.report import Report
from indexer.text.span import Span

_MOST_POINTS = 6  # of one passage


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
class Signals:
    """What the confidence is made of.

    Attributes:
        lead: how far the answer's passage stands above the next three by similarity, in standard
            deviations of the report's similarities to the question.
        missed: how much nearer another clause is to the question than the answer's, likewise.
        height, passage: how far the answer's clause, and its passage, stand above the mean of the report's similarities to the
            question, likewise.
        contradicts: 1 where the answer's part of the report speaks of the other period than the one
            asked for (this year's target for last year's result), or the report is of another place or year than those
            that the question is about; else 0.
        elsewhere: 1 where the question names places, and the answer is told of none of them; else 0.
        relevance, margin, rival: the trained reader's verdict (`answers.reading.reader.Verdict`).
        in_office, out_of_office: 1 where the question asks who holds an office, or which one somebody holds, and it stands beside
            the name, or does not (`answers.reading.other_office`); else 0.
        of_twin: 1 where the answer is a figure of the twin of what is asked for (`answers.reading.twins`): 支出 for 收入; else 0.
        summed_up, of_one_year: 1 where one year is asked for and the answer sums up several, or several are and it is told of one
            (`answers.reading.other_years`); else 0.
        fills, is_option: how much of the words beside a quiz sheet's blank stands beside the answer, 0..1, and 1 where it is one
            of the options, else 0 (`answers.reading.filled`).
        fits: 0 where a number was asked for and the answer has none of that kind, else 1.
        said, said_before, said_sentence, said_headed, said_passage, said_report: the share of the question's pairs of
            characters, by weight, that stand in the answer's clauses, in these and the clause before, in its
            sentence, in that with the headings above, in its passage with the headings, in its report (`answers.reading.said`).
        unsaid, unsaid_before, unsaid_sentence, unsaid_headed, unsaid_passage, unsaid_report: the weight of the rarest of
            them that does not.
        told: the logit that reports tell what such a question asks, by its words alone (`answers.reading.told`).
        number, several, means, whether: 1 for the kind of answer that is wanted, else 0.
        foreign: 1 where the question is not in Chinese, else 0.
        asked: how many pairs the question has.
        length: of the answer in characters, 60 at most.
        sentence: of its sentence in characters, the logarithm.
        report: 1 where the answer's document speaks for a place and a year, as reports do, else 0 (a policy paper, a news text).
    """

    lead: float
    missed: float
    contradicts: int
    elsewhere: int = 0
    relevance: float = 0.0
    margin: float = 0.0
    rival: float = 0.0
    fits: int = 1
    height: float = 0.0
    passage: float = 0.0
    said: float = 0.0
    said_before: float = 0.0
    said_sentence: float = 0.0
    said_headed: float = 0.0
    said_passage: float = 0.0
    said_report: float = 0.0
    unsaid: float = 0.0
    unsaid_before: float = 0.0
    unsaid_sentence: float = 0.0
    unsaid_headed: float = 0.0
    unsaid_passage: float = 0.0
    unsaid_report: float = 0.0
    told: float = 0.0
    number: int = 0
    several: int = 0
    means: int = 0
    whether: int = 0
    foreign: int = 0
    asked: int = 0
    length: int = 0
    sentence: float = 0.0
    report: int = 1
    in_office: int = 0
    out_of_office: int = 0
    of_twin: int = 0
    summed_up: int = 0
    of_one_year: int = 0
    fills: float = 0.0
    is_option: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """What the reports say to a question.

    Attributes:
        scope: which reports were searched, and why.
        candidates: possible answers, best first, at most 10 where they are not `together`; when abstaining they are only the nearest there is.
        passages: best first, at most 10.
        confidence: 0..1, the chance that the first answer is right.
        abstained: whether the reports are taken not to answer.
        signals: what the confidence was computed from; None where nothing was found.
        elapsed_ms: from the question to this reply.
        apart: how far below the first a further point of one answer may score.
        together: whether the candidates are one answer, in its order.
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
    together: bool = False

    @property
    def answer(self) -> Answer | None:
        """The answer; None where the reports are taken not to answer."""
        return None if self.abstained or not self.candidates else self.candidates[0]

    @property
    def points(self) -> tuple[Answer, ...]:
        """What answers together, in order of place: the answer and, where measures or a list were asked for, its neighbours.

        Empty where the reports are taken not to answer.
        """
        first = self.answer
        if first is None or self.together:
            return () if first is None else self.candidates
        if self.question.ask not in (Ask.MEANS, Ask.LIST):
            return (first,)
        near = [
            one
            for one in self.candidates
            if one.place.document == first.place.document
            and one.passage == first.passage
            and one.score >= first.score - self.apart
        ]
        return tuple(sorted(near[:_MOST_POINTS], key=lambda one: one.span))

    @property
    def others(self) -> tuple[Answer, ...]:
        """The candidates besides the answer that may be right: those that score hardly less, within `apart`, best first."""
        first = self.answer
        if first is None or self.together:
            return ()
        return tuple(one for one in self.candidates[1:] if one.score >= first.score - self.apart)
