"""What is asked of the ledger, and a row of it with what is known of its report."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from answers.citation import cited
from answers.commitments.extraction.extract import commitments
from answers.commitments.extraction.unnumbered import unnumbered_commitments
from answers.commitments.rows import Commitment, StatementKind
from answers.commitments.topics import Topic, topic_of
from answers.errors import LedgerError
from answers.quantities.amounts import Bound
from embeddings.language import Language
from indexer.report.report import Report
from indexer.text.characters import simplified, without_signs

LONGEST_WORDS = 500
"""Characters that are searched for in the ledger at once, as many as a question may have."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger with what is known of its report, so that it can be searched and cited by itself.

    Attributes:
        region: as in the report's metadata; empty where unknown.
        report_year: the year whose tasks the report sets.
        source_digest: SHA-256 of the report's file.
        topic: the field that the statement belongs to.
        sentence: the words of the sentence around the statement.
    """

    row: Commitment
    region: str
    report_year: int | None
    source_digest: str
    topic: Topic
    sentence: str

    def citation(self, language: Language = "zh") -> str:
        """As `answers.citation.citation` of the row."""
        return cited(self.sentence, self.row.sentence, self.row.place, self.source_digest, language)


class Order(StrEnum):
    """How found entries are sorted."""

    PLACE = "place"  # reports as they were given, then the order of the text
    LARGEST = "largest"
    SMALLEST = "smallest"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Filter:
    """What to keep; an empty field keeps everything.

    Attributes:
        documents, regions, report_years, kinds, bounds: any of these. A region finds those within it
            (浙江 finds 浙江省宁波市).
        but: names of reports that are left out: those that are there twice, whose other copy is asked.
        years: the years that the statements are about.
        topics: any of these fields.
        topic: words in the headings above the statement or in what it measures.
        text: words that must all stand in sentence, object or headings; blanks part them.
        numbered: only statements with a number.
        unit: 件, 元, % …; amounts in other units of its kind (吨 for 斤) are found too.
        low, high: the least and the most that the amount may be, in `unit` where one is given.
    """

    documents: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    report_years: tuple[int, ...] = ()
    but: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kinds: tuple[StatementKind, ...] = ()
    bounds: tuple[Bound, ...] = ()
    topics: tuple[Topic, ...] = ()
    topic: str = ""
    text: str = ""
    numbered: bool = False
    unit: str = ""
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        check_words(self.text)
        check_words(self.topic)
        if self.low is not None and self.high is not None and self.low > self.high:
            raise LedgerError(
                f"数量范围 {self.low:g}—{self.high:g} 不对：下限大于上限。请把两个数对调。",
                f"The range {self.low:g} to {self.high:g} is empty: its lower end is the larger. Swap the two.",
            )


def check_words(words: str) -> None:
    """Refuse what nobody types to search.

    Raises:
        LedgerError: it is longer than 500 characters.
    """
    if len(words) > LONGEST_WORDS:
        raise LedgerError(
            f"检索词太长（{len(words)} 个字，最多 {LONGEST_WORDS} 个）。请只写几个词。",
            f"The words to search for are too long ({len(words)} characters, at most {LONGEST_WORDS}). Give a few.",
        )


def entries(report: Report, unnumbered: bool = False) -> tuple[Entry, ...]:
    """Every statement of a report, in the order of the text; those without a number where asked for."""
    rows = list(commitments(report))
    if unnumbered:
        rows = sorted([*rows, *unnumbered_commitments(report, rows)], key=lambda row: row.span)
    return tuple(_entry(row, report) for row in rows)


def searched_words(entry: Entry) -> str:
    """What full-text search looks in: sentence, object and headings, in the form of `plain_words`."""
    return plain_words(" ".join((entry.sentence, entry.row.object, *entry.row.place.headings)))


def plain_words(words: str) -> str:
    """Words in the one form in which they are searched: Simplified, half-width, small letters."""
    return simplified(unicodedata.normalize("NFKC", without_signs(words))).lower()


def _entry(row: Commitment, report: Report) -> Entry:
    sentence = row.sentence.of(report.text)
    digest = report.document.source_digest
    return Entry(row, report.region, report.year, digest, topic_of(row, sentence), sentence)
