"""Sentences that rest on quotations, and what is wrong with those that do not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from answers.place import Place
from embeddings.language import Language, Text
from indexer.report.report import Report
from indexer.text.span import Span


class Reason(StrEnum):
    """Why a sentence was struck out."""

    NO_QUOTATION = "no quotation"
    UNKNOWN_PASSAGE = "unknown passage"
    NOT_VERBATIM = "not verbatim"
    SEVERAL_REPORTS = "several reports"
    NUMBER = "number"
    OWN_WORDS = "own words"
    PUT_TOGETHER = "put together"
    LEFT_OUT = "left out"
    ANOTHER_PLACE = "another place"
    TOO_LONG = "too long"


_SAID = {
    Reason.NO_QUOTATION: Text("没有引文", "it quotes nothing"),
    Reason.UNKNOWN_PASSAGE: Text("引自没有给它的段落：{detail}", "it quotes a passage that it was not given: {detail}"),
    Reason.NOT_VERBATIM: Text("引文不在那一段里：{detail}", "the quotation is not in that passage: {detail}"),
    Reason.SEVERAL_REPORTS: Text("一句里混了几份报告", "it mixes several reports in one sentence"),
    Reason.NUMBER: Text("引文里没有这个数：{detail}", "its quotations do not have this number: {detail}"),
    Reason.OWN_WORDS: Text("引文里没有这些字：{detail}", "its quotations do not have these words: {detail}"),
    Reason.PUT_TOGETHER: Text("引文里这些话不在一起，或次序不同：{detail}", "its quotations do not say this together and in this order: {detail}"),
    Reason.LEFT_OUT: Text("漏了引文所在分句里的“{detail}”", "it leaves out «{detail}» of the clause that it quotes"),
    Reason.ANOTHER_PLACE: Text("引文说的是别的地方：{detail}", "its quotation speaks of another place: {detail}"),
    Reason.TOO_LONG: Text("句子太长（{detail} 字）", "the sentence is too long ({detail} characters)"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Struck:
    """Why a sentence does not stand: the reason, and the number, the words or the quotation that offend."""

    reason: Reason
    detail: str = ""

    def words(self, language: Language = "zh") -> str:
        """The same for people. What the model wrote may be in it: escape it."""
        return _SAID[self.reason].words(language).replace("{detail}", self.detail)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a passage that was given: `text` is `document.text[span]`.

    Attributes:
        passage: the span of the passage, and `section` the number of the section that holds it.
    """

    place: Place
    span: Span
    text: str
    passage: Span
    section: int

    def is_verbatim(self, report: Report) -> bool:
        """Whether the report says this, here, to the letter."""
        return report.name == self.place.document and self.span.of(report.text) == self.text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a language model wrote. It stands where `struck` is None: then it has quotations.

    Attributes:
        quotations: those that are to the letter; of a sentence that was struck out perhaps only some.
    """

    text: str
    quotations: tuple[Quotation, ...]
    struck: Struck | None = None
