"""What a library answers with: flat records that need no index beside them.

Every `start` and `end` is a half-open span of characters of the report's text: `report.text[start:end]`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work is: `done` of `total` steps, now with the report of this title."""

    title: str
    done: int
    total: int

    @property
    def share(self) -> float:
        """0..1."""
        return min(1.0, self.done / max(1, self.total))

    def __str__(self) -> str:
        return f"{self.share:.0%} {self.title}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A quotation that answers; as a string it is its text.

    Attributes:
        document, title: the report's name and title.
        headings: the headings above, outermost first.
        paragraph: of the report, counted from 1.
        page: of a paged file, counted from 1; None where the file has no pages.
        sentence, passage: the sentence and the passage around it.
        citation: the sentence and its place, fit for print, with the file's digest to check it by.
        score: how well it answers, comparable within one reply.
        is_verbatim: whether the report says this, here, to the letter.
        text_digest: SHA-256 of the report's whole text in UTF-8, to prove the quotation against.
    """

    text: str
    document: str
    title: str
    headings: tuple[str, ...]
    paragraph: int
    page: int | None
    start: int
    end: int
    sentence: str
    passage: str
    citation: str
    score: float
    is_verbatim: bool
    text_digest: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that bears on a question; as a string it is its text. Fields as in `Answer`."""

    text: str
    document: str
    title: str
    headings: tuple[str, ...]
    paragraph: int
    page: int | None
    start: int
    end: int
    score: float
    text_digest: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Reply:
    """What the reports say to a question.

    Attributes:
        read_as: the question as it was read: in Simplified characters, homophones typed by mistake (胡北) as meant.
        answer: None where they are taken not to answer.
        points: what answers together, in order of place: the answer, and its neighbours where it is a list, several
            measures or all the work of a year; empty without an answer.
        candidates: best first, at most 10 unless more are the points of one answer; without an answer they are only the nearest there is.
        passages: best first, at most 10.
        confidence: 0..1, the chance that the first candidate is right.
    """

    question: str
    read_as: str
    answer: Answer | None
    points: tuple[Answer, ...]
    candidates: tuple[Answer, ...]
    passages: tuple[Passage, ...]
    confidence: float
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a report that a written sentence rests on. Fields as in `Answer`."""

    text: str
    document: str
    title: str
    headings: tuple[str, ...]
    paragraph: int
    page: int | None
    start: int
    end: int
    is_verbatim: bool
    text_digest: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence that a language model wrote; as a string it is its text.

    Attributes:
        quotations: what it rests on.
        struck: why it does not stand; None where it does.
    """

    text: str
    quotations: tuple[Quotation, ...]
    struck: str | None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Written:
    """What a language model wrote over the passages of a reply.

    Attributes:
        reply: what the library itself answers; it stands whatever the model wrote.
        sentences: those that rest on their quotations, in the model's order; none where nothing stands.
        struck: those that do not.
        error: what was wrong with the model or its address; None where it replied, or was not asked because the
            reports are silent.
        model, sent_to: which model, and the address that question and passages were sent to.
    """

    reply: Reply
    sentences: tuple[WrittenSentence, ...]
    struck: tuple[WrittenSentence, ...]
    error: str | None
    model: str
    sent_to: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one report says to one column of a comparison.

    Attributes:
        region, year: the report's; empty and None where unknown.
        column: 目标, 结果 or 原文, with the year that it speaks of.
        text, citation, start, end: the quotation; None where the report does not mention it.
        value: the amount in normal form, with its bound; None where the quotation is no amount.
        confidence: 0..1, the chance that what was found answers, also where it was too low to show it.
        text_digest: as in `Answer`.
    """

    document: str
    title: str
    region: str
    year: int | None
    column: str
    text: str | None
    value: str | None
    citation: str | None
    start: int | None
    end: int | None
    confidence: float
    text_digest: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question put to several reports.

    Attributes:
        cells: report by report, in each the columns in their order.
        missing: places that the question names and no report is from.
    """

    question: str
    cells: tuple[Cell, ...]
    missing: tuple[str, ...]
    elapsed_ms: float

    def to_frame(self) -> pandas.DataFrame:
        """A row a cell, a column a field, in their order; years and characters are whole numbers or missing."""
        return _frame(Cell, self.cells)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A statement of the ledger: something that a report promises or says was achieved.

    Attributes:
        text: the number with its unit as written (5.3万件); the clause of a statement without one.
        value, high: the number in normal form (53000), the lower and the upper one of a range; None
            without a number.
        unit: in normal form (件).
        bound: exact, at_least, at_most, over, around or strive; None without a number.
        object, action: what is measured or done, and the verb.
        kind: target or achieved.
        year: the year that the statement is about; None where nothing tells.
        text_digest: as in `Answer`.
    """

    text: str
    document: str
    title: str
    headings: tuple[str, ...]
    paragraph: int
    page: int | None
    start: int
    end: int
    sentence: str
    value: float | None
    high: float | None
    unit: str
    bound: str | None
    object: str
    action: str
    kind: str
    year: int | None
    citation: str
    text_digest: str

    def __str__(self) -> str:
        return self.text


class Rows(list[R], Generic[R]):
    """A list of records that can also be had as a table."""

    def __init__(self, kind: type[R], rows: Iterable[R] = ()) -> None:
        super().__init__(rows)
        self._kind = kind

    def to_frame(self) -> pandas.DataFrame:
        """A row a record, a column a field, in their order, also where there is no row; years, pages and characters
        are whole numbers or missing."""
        return _frame(self._kind, self)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said became of a target: the status, who, why, and when (UTC, ISO 8601)."""

    status: str
    name: str
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class Tracked:
    """A target of one report beside what a later one says of it.

    Attributes:
        indicator: what is measured, in words.
        outcome: the later report's statement; None where it has none.
        status: what the machine proposes; a person's word is in `judgement`.
        reason: what proves it, or why it stays open, in Chinese.
        likeness: 0..1, how alike the two statements name what they measure.
        judgement: the last word of a person; None where nobody has spoken.
    """

    indicator: str
    target: Commitment
    outcome: Commitment | None
    status: str
    reason: str
    likeness: float
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class Tracking:
    """Every target of a report beside what later documents say of it.

    Attributes:
        doubts: what speaks against trusting it, in Chinese and English: one of the reports was hardly read.
    """

    doubts: tuple[str, ...]
    tracked: tuple[Tracked, ...]


@dataclass(frozen=True, slots=True)
class SaidWords:
    """Words that somebody spoke of, where the report says them now; as a string they are their text.

    Attributes:
        start, end, text_digest: as in `Answer`; None where the report is gone, or does not say this any more.
    """

    text: str
    document: str
    start: int | None
    end: int | None
    text_digest: str | None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody said of the answer to a question.

    Attributes:
        verdict: right, wrong, passage or absent.
        answer: what was answered; None where there was no answer.
        wanted: the right words; None where nobody gave them.
        name: who said it; empty where nobody had to say.
        at: when, UTC, ISO 8601.
    """

    question: str
    verdict: str
    answer: SaidWords | None
    wanted: SaidWords | None
    note: str
    name: str
    at: str


_TYPES = dict.fromkeys(("year", "page", "paragraph", "start", "end"), "Int64") | {"high": "float"}
"""Of columns that pandas would take for another kind where all, or some, of their values are missing."""


def _frame(kind: type[Any], rows: Iterable[Any]) -> pandas.DataFrame:
    import pandas  # takes a third of a second, and only tables need it

    columns = [field.name for field in fields(kind)]
    frame = pandas.DataFrame([asdict(row) for row in rows], columns=columns)
    types = _TYPES | ({"value": "float"} if "high" in columns else {})  # of a cell it is text: 超5.3万件
    return frame.astype({name: kind for name, kind in types.items() if name in columns})
