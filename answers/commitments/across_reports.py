"""One indicator in every report: each report's statement on it, in the unit that most of them use."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from answers.commitments.rows import StatementKind
from answers.commitments.search import Entry, Filter, check_words
from answers.commitments.stored import StoredLedger
from answers.commitments.stored_query import found_by, of_reports, run, tallied_by
from answers.commitments.stored_rows import any_pair, read_entries
from answers.commitments.tracking.indicators import Likeness, Name
from answers.quantities.units import conversions
from indexer.text.characters import typed

_ALIKE = 0.6  # below it two names are taken for different things
_OTHER_YEAR = 0.05  # what a target of another year than its report's has to be more alike by
_WEIGHED = 50_000  # statements by which the characters of names are weighed: with more, reports evenly apart


@dataclass(frozen=True, slots=True)
class Compared:
    """One report's statement on an indicator; None where the report has none."""

    document: str
    title: str
    region: str
    year: int | None
    entry: Entry | None
    likeness: float


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


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A statement whose indicator has a name like the one asked for."""

    key: int
    document: int
    unit: str
    likeness: float


def over_reports(
    ledger: StoredLedger, name: str, kind: StatementKind, unit: str = "", among: Filter | None = None
) -> Indicator:
    """One indicator in every report that has statements with a number, `among` those that a filter chooses.

    Of several statements of a report the one named most alike counts, then the first. Without a unit the one that
    most reports use decides, so that 增长5% is not set beside 5万亿元.

    Raises:
        LedgerError: the name is longer than 500 characters.
    """
    check_words(name)
    wanted = Name.of(typed(name))
    reports = of_reports(among or Filter())
    with ledger.reading() as connection:
        candidates = tuple(_candidates(connection, wanted, kind, reports))
        best = _best(candidates, unit)
        if not unit and best:
            unit = Counter(one.unit for one in best.values()).most_common(1)[0][0]
            if any(one.unit != unit for one in best.values()):
                best = _best(candidates, unit)
        return Indicator(unit, tuple(_compared(connection, best, reports)))


def _candidates(
    connection: sqlite3.Connection, wanted: Name, kind: StatementKind, reports: Filter
) -> Iterator[_Candidate]:
    """The statements of a kind whose indicator shares neighbouring characters with the name, in order of place."""
    if not wanted.form:
        return
    alike = _weights(connection, reports)
    filter_ = replace(reports, kinds=(kind,), numbered=True)
    found = found_by(filter_, f"indicator : ({any_pair(wanted.form)})")
    columns = (
        "s.id, s.document, s.unit, s.year, (SELECT year FROM documents WHERE id = s.document),"
        " (SELECT form FROM quoted WHERE id = s.id)"
    )
    known: dict[str, float] = {}
    for key, document, unit, year, report_year, form in run(
        connection, found.select(columns, "ORDER BY s.id")
    ):
        if form not in known:
            known[form] = alike.of_names(wanted, Name.of_form(form))
        # The report's own year comes before a year further off.
        other = kind is StatementKind.TARGET and year != report_year
        likeness = known[form] - _OTHER_YEAR * other
        if likeness > _ALIKE:
            yield _Candidate(key, document, unit, likeness)


def _weights(connection: sqlite3.Connection, reports: Filter) -> Likeness:
    """How rare characters are in the names of what these reports measure."""
    tallied, found = (by(replace(reports, numbered=True)) for by in (tallied_by, found_by))
    (count,) = run(connection, tallied.select(tallied.count)).fetchone()
    every = max(1, -(-count // _WEIGHED))
    if every > 1:
        found = found.having("s.document % ? = 0", every)
    query = found.select("(SELECT form FROM quoted WHERE id = s.id)")
    return Likeness.of_forms(form for (form,) in run(connection, query))


def _best(candidates: Sequence[_Candidate], unit: str) -> dict[int, _Candidate]:
    """The statement of each report that is named most alike, by the report's number."""
    units = conversions(unit) if unit else {}
    best: dict[int, _Candidate] = {}
    for one in candidates:
        if unit and one.unit not in units:
            continue
        if one.document not in best or one.likeness > best[one.document].likeness:
            best[one.document] = one
    return best


def _compared(
    connection: sqlite3.Connection, best: dict[int, _Candidate], reports: Filter
) -> Iterator[Compared]:
    chosen = [one.key for one in best.values()]
    entries = dict(zip(chosen, read_entries(connection, chosen), strict=True))
    query = tallied_by(replace(reports, numbered=True)).select("DISTINCT s.document")
    sql = f"SELECT id, name, title, region, year FROM documents WHERE id IN ({query.sql}) ORDER BY id"
    for key, name, title, region, year in connection.execute(sql, query.values):
        one = best.get(key)
        entry = entries[one.key] if one is not None else None
        yield Compared(name, title, region, year, entry, one.likeness if one is not None else 0.0)
