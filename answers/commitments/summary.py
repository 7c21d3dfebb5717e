"""What the ledger comes to: how many rows of which kind, by topic, and one indicator over all reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from answers.commitments.rows import StatementKind
from answers.commitments.search import Compared, Entry, across_reports
from answers.commitments.topics import Topic
from answers.quantities.amounts import converted

_PREFIXES = ((1e8, "亿"), (1e4, "万"))


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows, of these targets and results, and from how many reports."""

    rows: int
    targets: int
    results: int
    reports: int


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How many targets and results a topic has."""

    topic: Topic
    targets: int
    results: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator in every report: `unit` is the one in which its amounts are compared."""

    unit: str
    reports: tuple[Compared, ...]

    @property
    def found(self) -> tuple[Compared, ...]:
        """The reports that speak of it."""
        return tuple(one for one in self.reports if one.entry is not None)

    @property
    def silent(self) -> tuple[Compared, ...]:
        """The reports that do not."""
        return tuple(one for one in self.reports if one.entry is None)


def totals(found: Sequence[Entry]) -> Totals:
    """Counts over the found entries."""
    targets = sum(entry.row.kind is StatementKind.TARGET for entry in found)
    reports = len({entry.row.place.document for entry in found})
    return Totals(len(found), targets, len(found) - targets, reports)


def by_topic(found: Sequence[Entry]) -> tuple[TopicCount, ...]:
    """The topics that occur, the commonest first."""
    counts = Counter((entry.topic, entry.row.kind) for entry in found)
    rows = [TopicCount(t, counts[t, StatementKind.TARGET], counts[t, StatementKind.ACHIEVED]) for t in Topic]
    return tuple(sorted((r for r in rows if r.targets + r.results), key=lambda r: -r.targets - r.results))


def over_reports(ledger: Sequence[Entry], name: str, kind: StatementKind, unit: str = "") -> Indicator:
    """One indicator in every report. Without a unit the one that most reports use decides, so that 增长5%
    is not set beside 5万亿元."""
    found = across_reports(ledger, name, kind, unit)
    if unit:
        return Indicator(unit, found)
    units = Counter(c.entry.row.amount.unit for c in found if c.entry is not None and c.entry.row.amount)
    if not units:
        return Indicator("", found)
    usual = units.most_common(1)[0][0]
    return Indicator(usual, across_reports(ledger, name, kind, usual) if len(units) > 1 else found)


def value_in(entry: Entry, unit: str) -> tuple[float, float] | None:
    """The amount of an entry in a unit, its lower and upper end; None where it cannot be said in it."""
    amount = entry.row.amount
    if amount is not None and unit:
        amount = converted(amount, unit)
    return (amount.low, amount.high) if amount is not None else None


def scale(values: Sequence[float]) -> tuple[float, str]:
    """The factor and the prefix, 万 or 亿, that keep numbers short."""
    largest = max((abs(value) for value in values), default=0.0)
    return next(((factor, prefix) for factor, prefix in _PREFIXES if largest >= factor), (1.0, ""))
