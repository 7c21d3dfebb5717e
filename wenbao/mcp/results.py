"""What the tools return: the library's own records, with what an assistant has to be told beside them.

Every `start` and `end` counts characters of the report's text, and every `text_digest` is the SHA-256 of that
text in UTF-8. They have
no slots: the SDK would take the slot of a field for its default value.
"""

from __future__ import annotations

from dataclasses import dataclass

from wenbao.pages import Page
from wenbao.records import Answer, Cell, Passage, Tracked


@dataclass(frozen=True)
class Asked:
    """What `ask` found.

    Attributes:
        answered: whether the reports answer; where not, `answer` is null and what is in `nearest` is no answer.
        note: the same in words, Chinese and English.
        read_as: the question as it was read.
        answer: a quotation of a report, to be quoted as it is, with its `citation`.
        points: what answers together, in order of place, where it is a list, several measures or all the work of a year; else
            the answer alone.
        confidence: 0..1, the chance that the answer (else the first of `nearest`) is right.
        nearest: further quotations, best first.
        passages: the passages that bear on the question, best first.
    """

    answered: bool
    note: str
    question: str
    read_as: str
    answer: Answer | None
    points: tuple[Answer, ...]
    confidence: float
    nearest: tuple[Answer, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class AskedEach:
    """What `ask_each` found: for each question that was asked in one, in their order, what `ask` finds."""

    replies: tuple[Asked, ...]


@dataclass(frozen=True)
class Passages:
    """What `search_passages` found, best first. `answered` as in `Asked`."""

    answered: bool
    note: str
    question: str
    read_as: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Compared:
    """What `compare` found.

    Attributes:
        cells: report by report; `text` is null where a report does not mention what was asked.
        missing: places that the question names and no report is from.
        note: in words, Chinese and English, what is not there.
    """

    question: str
    cells: tuple[Cell, ...]
    missing: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class TrackedPage(Page):
    """A page of the targets. `doubts`: what speaks against trusting it, Chinese and English."""

    doubts: tuple[str, ...]
    rows: tuple[Tracked, ...]


@dataclass(frozen=True)
class ReportFacts:
    """A report of the library. `document` is the name that the tools ask for; `uri` its text as a resource."""

    document: str
    title: str
    region: str
    level: str
    year: int | None
    characters: int
    text_digest: str
    uri: str


@dataclass(frozen=True)
class FactsPage(Page):
    """A page of the reports."""

    reports: tuple[ReportFacts, ...]
