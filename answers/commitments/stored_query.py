"""From a filter to the SQL that finds its statements in the ledger's file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace

from answers.commitments.search import Filter, plain_words
from answers.commitments.stored_rows import DOCUMENT_BITS, every, phrase
from answers.quantities.units import conversions

_MOST_NAMES = 500  # names that are bound one by one; more are handed over as one list


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of SQL and the values of its question marks."""

    sql: str
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The statements that a filter finds: the tables to read, `s` among them, and what must hold of a row.

    Attributes:
        factor: how many of the unit asked for one of a row's unit is, as SQL; 1 where no unit is asked for.
        count: what counts them, as SQL.
    """

    tables: Part
    conditions: tuple[Part, ...]
    factor: str = "1.0"
    count: str = "count(*)"

    def select(self, columns: str, rest: str = "", *values: object) -> Part:
        """SELECT these columns of the statements found; `rest`: GROUP BY, ORDER BY, LIMIT with their values."""
        where = " AND ".join(one.sql for one in self.conditions)
        bound = [value for one in self.conditions for value in one.values]
        sql = f"SELECT {columns} FROM {self.tables.sql}{f' WHERE {where}' if where else ''} {rest}"
        return Part(sql, (*self.tables.values, *bound, *values))

    def having(self, sql: str, *values: object) -> Found:
        """Those of them of which this holds too."""
        return replace(self, conditions=(*self.conditions, Part(sql, values)))


def run(connection: sqlite3.Connection, query: Part) -> sqlite3.Cursor:
    """Ask the database."""
    return connection.execute(query.sql, query.values)


def prepare(connection: sqlite3.Connection) -> None:
    """Give a connection what the queries call."""
    connection.create_function("about", 2, _about, deterministic=True)


def found_by(wanted: Filter, words: str = "") -> Found:
    """What a filter finds; `words` is a further query of the full text."""
    documents = _documents(wanted)
    searched = [phrase(word) for word in plain_words(f"{wanted.text} {wanted.topic}").split()]
    query = every([*(f"said : {one}" for one in searched), *([words] if words else [])])
    if query:
        # The full text first: it names the few rows that the other tables are asked of.
        tables = Part("words CROSS JOIN statements AS s ON s.id = words.rowid")
        conditions = [Part("words MATCH ?", (query,))]
        if documents is not None:
            conditions.append(Part(f"s.document IN ({documents.sql})", documents.values))
    elif documents is not None:
        bits = DOCUMENT_BITS
        tables = Part(
            f"({documents.sql} ORDER BY id) AS among CROSS JOIN statements AS s"
            f" ON s.id >= among.id << {bits} AND s.id < (among.id + 1) << {bits}",
            documents.values,
        )
        conditions = []
    else:
        tables, conditions = Part("statements AS s"), []
    factors = conversions(wanted.unit) if wanted.unit else {}
    conditions += _of_row(wanted)
    about = plain_words(wanted.topic).split()
    if about:
        held = " AND ".join("instr(about(q.object, h.path), ?)" for _ in about)
        of_row = "quoted AS q JOIN headings AS h ON h.document = s.document AND h.section = q.section"
        conditions.append(Part(f"EXISTS (SELECT 1 FROM {of_row} WHERE q.id = s.id AND {held})", tuple(about)))
    if factors:
        conditions.append(_one_of("s.unit", factors))
    factor = _factor(factors)
    if wanted.low is not None:
        conditions.append(Part(f"s.high * {factor} >= ?", (wanted.low,)))
    if wanted.high is not None:
        conditions.append(Part(f"s.low * {factor} <= ?", (wanted.high,)))
    return Found(tables, tuple(conditions), factor)


def tallied_by(wanted: Filter) -> Found:
    """What a filter finds, to be counted by report, topic and kind alone: from the tallies, if they tell."""
    if (
        replace(of_reports(wanted), kinds=wanted.kinds, topics=wanted.topics, numbered=wanted.numbered)
        != wanted
    ):
        return found_by(wanted)
    documents = _documents(wanted)
    tables = Part("tallies AS s")
    if documents is not None:
        tables = Part(
            f"({documents.sql}) AS among CROSS JOIN tallies AS s ON s.document = among.id", documents.values
        )
    conditions = [Part("s.numbered")] if wanted.numbered else []
    return Found(tables, (*conditions, *_of_kind(wanted)), count="coalesce(sum(s.statements), 0)")


def of_reports(wanted: Filter) -> Filter:
    """The part of a filter that chooses reports."""
    return Filter(
        documents=wanted.documents, regions=wanted.regions, report_years=wanted.report_years, but=wanted.but
    )


def _documents(wanted: Filter) -> Part | None:
    """The ids of the reports that a filter chooses; None where it takes all."""
    conditions: list[Part] = []
    if wanted.documents:
        conditions.append(_one_of("name", wanted.documents))
    if wanted.regions:
        within = " OR ".join("instr(region, ?)" for _ in wanted.regions)
        conditions.append(Part(f"({within})", wanted.regions))
    if wanted.report_years:
        conditions.append(_one_of("year", wanted.report_years))
    if wanted.but:
        among = _one_of("name", wanted.but)
        conditions.append(Part(f"NOT {among.sql}", among.values))
    if not conditions:
        return None
    where = " AND ".join(one.sql for one in conditions)
    return Part(f"SELECT id FROM documents WHERE {where}", tuple(v for one in conditions for v in one.values))


def _of_row(wanted: Filter) -> list[Part]:
    conditions = [Part("s.unit IS NOT NULL")] if wanted.numbered else []
    if wanted.years:
        conditions.append(_one_of("s.year", wanted.years))
    if wanted.bounds:
        conditions.append(_one_of("s.bound", [bound.value for bound in wanted.bounds]))
    return conditions + _of_kind(wanted)


def _of_kind(wanted: Filter) -> list[Part]:
    conditions = []
    if wanted.kinds:
        conditions.append(_one_of("s.kind", [kind.value for kind in wanted.kinds]))
    if wanted.topics:
        conditions.append(_one_of("s.topic", [topic.value for topic in wanted.topics]))
    return conditions


def _one_of(column: str, values: Iterable[object]) -> Part:
    among = tuple(values)
    if len(among) > _MOST_NAMES:
        return Part(f"{column} IN (SELECT value FROM json_each(?))", (json.dumps(among, ensure_ascii=False),))
    return Part(f"{column} IN ({','.join('?' * len(among))})", among)


def _factor(factors: dict[str, float]) -> str:
    """SQL for the factor of a row's unit. The units are those of a table of the program, never what a user typed."""
    others = {unit: factor for unit, factor in factors.items() if factor != 1.0}
    if not others:
        return "1.0"
    cases = " ".join(f"WHEN {_quoted(unit)} THEN {factor!r}" for unit, factor in others.items())
    return f"(CASE s.unit {cases} ELSE 1.0 END)"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _about(what: str, path: str) -> str:
    return plain_words(" ".join((what, *json.loads(path))))
