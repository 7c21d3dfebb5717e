"""What of the ledger is shown where, and its small chart: decisions without any drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from answers.commitments.rows import Commitment, StatementKind
from answers.commitments.search import Compared, Entry
from answers.commitments.summary import Indicator, TopicCount, scale, value_in
from answers.comparison.values import Point, Series
from answers.quantities.amounts import Bound, converted
from answers.understanding.scope import region_label
from indexer.index import ReportIndex
from indexer.report.described import Described
from indexer.report.report import Report
from indexer.text.span import Span
from views.commitments.wording import CommitmentsWording

MOST_ROWS = 1000  # in the table: the browser gets every row anew after each click
_COLOURS = ("#c8102e", "#94a3b8")
_HEIGHT = 22  # pixels a bar of the chart


@dataclass(frozen=True, slots=True)
class Choices:
    """What the ledger has to choose from, the commonest unit first."""

    regions: tuple[str, ...]
    report_years: tuple[int, ...]
    years: tuple[int, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A place that a link names: the report and the characters."""

    document: str
    span: Span


def choices(ledger: Sequence[Entry]) -> Choices:
    """The values that occur."""
    units = Counter(entry.row.amount.unit for entry in ledger if entry.row.amount and entry.row.amount.unit)
    return Choices(
        tuple(dict.fromkeys(entry.region for entry in ledger if entry.region)),
        tuple(sorted({e.report_year for e in ledger if e.report_year is not None}, reverse=True)),
        tuple(sorted({e.row.year for e in ledger if e.row.year is not None}, reverse=True)),
        tuple(unit for unit, _ in units.most_common()),
    )


def entry_row(entry: Entry, label: str, words: CommitmentsWording) -> dict[str, Any]:
    """An entry as a row of the table; `label` names its report shortly."""
    row, amount = entry.row, entry.row.amount
    return {
        words.report: label,
        words.kind: words.target if row.kind is StatementKind.TARGET else words.result,
        words.object: row.object,
        words.action: row.action,
        words.written: row.text,
        words.bound: words.bounds[amount.bound] if amount and amount.bound is not Bound.EXACT else "",
        words.value: amount.low if amount else None,
        words.unit: amount.unit if amount else "",
        words.year: row.year,
        words.topic: words.topic_names[entry.topic],
        words.sentence: entry.sentence,
    }


def report_label(report: Described) -> str:
    """A report in a narrow column: 江苏 2025."""
    meta = report.metadata
    return f"{region_label(report) or meta.title} {meta.year or ''}".strip()


def topic_rows(counts: Sequence[TopicCount], words: CommitmentsWording) -> list[dict[str, Any]]:
    """The data of the chart by topic: a bar for targets and one for results, one behind the other."""
    return [
        {"topic": words.topic_names[count.topic], "kind": kind, "rows": rows, "order": order}
        for count in counts
        for order, (kind, rows) in enumerate(((words.target, count.targets), (words.result, count.results)))
        if rows
    ]


def topic_chart(counts: Sequence[TopicCount], words: CommitmentsWording) -> Any:
    """Bars, the topic with most rows first, targets before results."""
    rows = topic_rows(counts, words)
    kinds = [words.target, words.result]
    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(
            y=alt.Y("topic:N", title=None, sort="-x", axis=alt.Axis(labelLimit=180, labelOverlap=False)),
            x=alt.X("sum(rows):Q", title=None, axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "kind:N",
                title=None,
                scale=alt.Scale(domain=kinds, range=list(_COLOURS)),
                legend=alt.Legend(orient="bottom"),
            ),
            order=alt.Order("order:O"),
            tooltip=[
                alt.Tooltip("topic:N", title=""), alt.Tooltip("kind:N", title=""), alt.Tooltip("rows:Q", title="")
            ],
        )
        .properties(height=max(80, _HEIGHT * len(counts) + 90))
    )  # fmt: skip


def indicator_series(indicator: Indicator) -> Series | None:
    """What is drawn of an indicator: the reports that say it, in 万 or 亿; None where these are fewer than two."""
    points = []
    for one in indicator.found:
        amount = one.entry.row.amount if one.entry else None
        amount = converted(amount, indicator.unit) if amount else None
        if amount is not None:
            points.append(Point(one.document, amount.low, amount.high, amount))
    if len(points) < 2:
        return None
    factor, prefix = scale([point.high for point in points])
    scaled = tuple(Point(p.document, p.low / factor, p.high / factor, p.amount) for p in points)
    return Series(prefix + indicator.unit, scaled, tuple(one.document for one in indicator.silent), ())


def indicator_order(indicator: Indicator, by_value: bool) -> tuple[Compared, ...]:
    """The reports that speak of it, as they were given or the largest value first."""
    if not by_value:
        return indicator.found

    def value(one: Compared) -> float:
        ends = value_in(one.entry, indicator.unit) if one.entry else None
        return -(ends[0] + ends[1]) / 2 if ends else float("inf")

    return tuple(sorted(indicator.found, key=value))


def one_place(documents: Sequence[Report]) -> bool:
    """Whether several reports are of one place: then they are told apart by their years."""
    return len(documents) > 1 and len({region_label(report) for report in documents}) == 1


def linked(query: Mapping[str, str], index: ReportIndex) -> Linked | None:
    """The place that a link of an exported ledger names (report, start, end).

    None where it names none, or one that is not in the library.
    """
    names = {report.name for report in index.reports}
    name, start, end = query.get("report", ""), query.get("start", ""), query.get("end", "")
    if name not in names or not (start.isdecimal() and end.isdecimal()) or len(start + end) > 20:
        return None
    if not int(start) < int(end) <= len(index.report(name).text):
        return None
    return Linked(name, Span(int(start), int(end)))


def linked_row(found: Linked, ledger: Sequence[Entry]) -> Commitment | None:
    """The row at a place; None where there is none, as after a change of the rules that find rows."""
    return next(
        (e.row for e in ledger if e.row.place.document == found.document and e.row.span == found.span), None
    )
