"""The ledger, every statement of every report: read, searched by filters and words, sorted by amount or place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from answers.commitments.extraction.extract import commitments
from answers.commitments.extraction.unnumbered import unnumbered_commitments
from answers.commitments.rows import Commitment, StatementKind
from answers.commitments.topics import Topic, topic_of
from answers.commitments.tracking.indicators import Likeness, Name
from answers.errors import LedgerError
from answers.quantities.amounts import Bound, converted
from indexer.report.report import Report
from indexer.text.characters import simplified


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger with what is known of its report, so that it can be searched by itself.

    Attributes:
        region: as in the report's metadata; empty where unknown.
        report_year: the year whose tasks the report sets.
        topic: the field that the statement belongs to.
        sentence: the words of the sentence around the statement.
        words: what full-text search looks in: sentence, object and headings, simplified.
    """

    row: Commitment
    region: str
    report_year: int | None
    topic: Topic
    sentence: str
    words: str


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
        years: the years that the statements are about.
        topics: any of these fields.
        topic: words in the headings above the statement or in what it measures.
        text: words that must all stand in sentence, object or headings; blanks part them.
        unit: 件, 元, % …; amounts in other units of its kind (吨 for 斤) are found too.
        low, high: the least and the most that the amount may be, in `unit` where one is given.
    """

    documents: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    report_years: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    kinds: tuple[StatementKind, ...] = ()
    bounds: tuple[Bound, ...] = ()
    topics: tuple[Topic, ...] = ()
    topic: str = ""
    text: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise LedgerError(
                f"数量范围 {self.low:g}—{self.high:g} 不对：下限大于上限。请把两个数对调。",
                f"The range {self.low:g} to {self.high:g} is empty: its lower end is the larger. Swap the two.",
            )


@dataclass(frozen=True, slots=True)
class Compared:
    """One report's statement on an indicator; None where the report has none."""

    document: str
    title: str
    region: str
    entry: Entry | None
    likeness: float


@dataclass(frozen=True, slots=True)
class LedgerProgress:
    """How many of the reports are read, and the title of the one being read now."""

    done: int
    total: int
    title: str


def entries(report: Report, unnumbered: bool = False) -> tuple[Entry, ...]:
    """Every statement of a report, in the order of the text; those without a number where asked for."""
    rows = list(commitments(report))
    if unnumbered:
        rows = sorted([*rows, *unnumbered_commitments(report)], key=lambda row: row.span)
    metadata = report.metadata
    return tuple(_entry(row, report, metadata.region, metadata.year) for row in rows)


def read_ledger(
    reports: Sequence[Report], progress: Callable[[LedgerProgress], None] = lambda progress: None
) -> tuple[Entry, ...]:
    """Every statement of every report, those without a number included.

    Each was compared with its report: one that is not verbatim would be left out.
    """
    found: list[Entry] = []
    for number, report in enumerate(reports):
        progress(LedgerProgress(number, len(reports), report.title))
        rows = entries(report, unnumbered=True)
        found += [entry for entry in rows if entry.row.is_verbatim(report)]
    return tuple(found)


def search(ledger: Iterable[Entry], wanted: Filter, order: Order = Order.PLACE) -> tuple[Entry, ...]:
    """The entries that pass every field of `wanted`, sorted.

    By amount entries of one unit stand together, the commonest unit first; those without a number last.
    """
    found = [entry for entry in ledger if _passes(entry, wanted)]
    if order is Order.YEAR:
        return tuple(sorted(found, key=lambda entry: entry.row.year or 0))
    if order in (Order.LARGEST, Order.SMALLEST):
        return _by_amount(found, wanted.unit, order is Order.LARGEST)
    return tuple(found)


def across_reports(
    ledger: Sequence[Entry], indicator: str, kind: StatementKind = StatementKind.TARGET, unit: str = ""
) -> tuple[Compared, ...]:
    """For each report its statement on one indicator (every province's target for 地区生产总值).

    `unit` tells 增长5% from 达到5万亿元. Of several the one named most alike counts, then the first.
    """
    alike = Likeness.among(entry.row for entry in ledger)
    wanted = Name.of(simplified(indicator))
    best: dict[str, Compared] = {}
    for entry in ledger:
        row, name = entry.row, entry.row.place.document
        nothing = Compared(name, row.place.title, entry.region, None, 0.0)
        known = best.setdefault(name, nothing)
        if row.kind is not kind or row.amount is None:
            continue
        if unit and converted(row.amount, unit) is None:
            continue
        likeness = alike.of_names(wanted, Name.of(row.object))
        # The report's own year comes before a year further off.
        likeness -= 0.05 * (kind is StatementKind.TARGET and row.year != entry.report_year)
        if likeness > max(known.likeness, _ALIKE):
            best[name] = Compared(name, row.place.title, entry.region, entry, likeness)
    return tuple(best.values())


_ALIKE = 0.6


def _entry(row: Commitment, report: Report, region: str, year: int | None) -> Entry:
    sentence = row.sentence.of(report.text)
    words = _plain(" ".join((sentence, row.object, *row.place.headings)))
    return Entry(row, region, year, topic_of(row, sentence), sentence, words)


def _plain(words: str) -> str:
    return simplified(unicodedata.normalize("NFKC", words)).lower()


def _passes(entry: Entry, wanted: Filter) -> bool:
    row = entry.row
    if wanted.documents and row.place.document not in wanted.documents:
        return False
    if wanted.regions and not any(region in entry.region for region in wanted.regions):
        return False
    if wanted.report_years and entry.report_year not in wanted.report_years:
        return False
    if wanted.years and row.year not in wanted.years:
        return False
    if wanted.kinds and row.kind not in wanted.kinds:
        return False
    if wanted.bounds and (row.amount is None or row.amount.bound not in wanted.bounds):
        return False
    if wanted.topics and entry.topic not in wanted.topics:
        return False
    about = _plain(" ".join((row.object, *row.place.headings)))
    if not all(word in about for word in _plain(wanted.topic).split()):
        return False
    if not all(word in entry.words for word in _plain(wanted.text).split()):
        return False
    return _in_range(row, wanted)


def _in_range(row: Commitment, wanted: Filter) -> bool:
    if not wanted.unit and wanted.low is None and wanted.high is None:
        return True
    amount = row.amount
    if amount is not None and wanted.unit:
        amount = converted(amount, wanted.unit)
    if amount is None:
        return False
    if wanted.low is not None and amount.high < wanted.low:
        return False
    return wanted.high is None or amount.low <= wanted.high


def _by_amount(found: Sequence[Entry], unit: str, largest: bool) -> tuple[Entry, ...]:
    numbers: dict[int, tuple[str, float]] = {}
    counts: dict[str, int] = {}
    for place, entry in enumerate(found):
        amount = entry.row.amount
        if amount is None:
            continue
        amount = (converted(amount, unit) if unit else None) or amount
        numbers[place] = (amount.unit, amount.low)
        counts[amount.unit] = counts.get(amount.unit, 0) + 1

    def rank(place: int) -> tuple[bool, int, str, float]:
        if place not in numbers:
            return True, 0, "", 0.0
        name, value = numbers[place]
        return False, -counts[name], name, -value if largest else value

    return tuple(found[place] for place in sorted(range(len(found)), key=rank))
