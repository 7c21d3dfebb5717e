"""What of the ledger is shown where, and its small chart: decisions without any drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from answers.commitments.across_reports import Compared, Indicator
from answers.commitments.export import Published
from answers.commitments.rows import StatementKind
from answers.commitments.scales import value_in
from answers.commitments.search import Entry, Filter
from answers.commitments.stored import Counted, TopicCount
from answers.comparison.values import Point, Series
from answers.quantities.amounts import Bound, converted
from answers.quantities.scales import scale
from answers.sheets.naming import file_name
from answers.understanding.places_of_reports import short_region
from answers.understanding.scope import region_label
from indexer.index import ReportIndex
from indexer.report.described import Described
from indexer.text.sentences import clause_around
from indexer.text.span import Span
from views.commitments.wording import CommitmentsWording
from views.shared.chart import axis, names_axis

MOST_EXPORTED = 50_000  # rows of a file that the browser is given
MOST_BARS = 100  # of a chart
MOST_COUNTED = 30  # bars of a picture of totals
_COLOURS = ("#c8102e", "#94a3b8")
_NAMED = 3  # of several regions or topics, in the name of a file
_HEIGHT = 26  # pixels a bar of the chart


@dataclass(frozen=True, slots=True)
class Linked:
    """A place that a link names: the report and the characters."""

    document: str
    span: Span


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
        words.sentence: _said(entry),
    }


def _said(entry: Entry) -> str:
    """The clause of a row; of one without a number that is the row itself."""
    start = entry.row.span.start - entry.row.sentence.start
    span = Span(start, start + len(entry.row.span))
    clause = clause_around(entry.sentence, Span(0, len(entry.sentence)), span)
    return clause.of(entry.sentence).strip()


def filled_columns(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[str]:
    """Those of the columns in which any row has something."""
    return [name for name in columns if any(row[name] not in ("", None) for row in rows)]


def scaled_value(entry: Entry, unit: str, factor: float) -> float | None:
    """The lower end of an amount in a unit, in so many of it."""
    ends = value_in(entry, unit)
    return None if ends is None else ends[0] / factor


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


def topic_chart(counts: Sequence[TopicCount], words: CommitmentsWording, ink: str) -> Any:
    """Bars, the topic with most rows first, targets before results."""
    rows = topic_rows(counts, words)
    kinds = [words.target, words.result]
    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(
            y=alt.Y("topic:N", title=None, sort="-x", axis=alt.Axis(**names_axis(ink, labelLimit=180, labelOverlap=False))),
            x=alt.X("sum(rows):Q", title=None, axis=alt.Axis(**axis(ink, tickMinStep=1))),
            color=alt.Color(
                "kind:N",
                title=None,
                scale=alt.Scale(domain=kinds, range=list(_COLOURS)),
                legend=alt.Legend(orient="top", offset=2, labelColor=ink, labelFontSize=13),
            ),
            order=alt.Order("order:O"),
            tooltip=[
                alt.Tooltip("topic:N", title=" "), alt.Tooltip("kind:N", title="\u2002"), alt.Tooltip("rows:Q", title="\u2003")
            ],
        )
        .properties(height=max(80, _HEIGHT * len(counts) + 90))
    )  # fmt: skip


def region_counts(counts: Sequence[Counted]) -> dict[str, int]:
    """How many rows each region has, by its short name, the commonest first."""
    found: dict[str, int] = {}
    for count in counts:
        name = short_region(str(count.value)) or "—"
        found[name] = found.get(name, 0) + count.rows
    return found


def year_counts(counts: Sequence[Counted]) -> dict[str, int]:
    """How many rows speak of each year, the latest first."""
    return {str(count.value): count.rows for count in counts}


def count_chart(counts: Mapping[str, int], words: CommitmentsWording, ink: str) -> Any:
    """Bars in the order given; of many the first."""
    rows = [{"name": name, "rows": rows} for name, rows in list(counts.items())[:MOST_COUNTED]]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(**names_axis(ink, labelOverlap=False))),
        x=alt.X("rows:Q", title=None, axis=alt.Axis(**axis(ink, tickMinStep=1))),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("rows:Q", title=words.totals_of)],
    )
    return base.mark_bar(color=_COLOURS[0]).properties(height=max(80, _HEIGHT * len(rows) + 40))


def ledger_file(wanted: Filter, words: CommitmentsWording) -> str:
    """The name of a file of the ledger: what it is filtered by, of long lists the first."""
    kinds = [words.kinds[kind] for kind in wanted.kinds]
    topics = [words.topic_names[topic] for topic in wanted.topics]
    said = (kinds, wanted.regions, topics, [wanted.text], map(str, (*wanted.report_years, *wanted.years)))
    return file_name(words.ledger_file, *("_".join(list(part)[:_NAMED]) for part in said))


def indicator_series(indicator: Indicator, rows: Sequence[Compared]) -> Series | None:
    """What is drawn of these reports' statements on an indicator, in 万 or 亿; None where these are fewer than two."""
    points = []
    for one in rows:
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


def one_place(documents: Sequence[Described]) -> bool:
    """Whether several reports are of one place: then they are told apart by their years."""
    return len(documents) > 1 and len({region_label(report) for report in documents}) == 1


def published_at(index: ReportIndex) -> Published:
    """Where on the web the reports of an index were published."""

    def address(document: str) -> str:
        entry = index.catalogue.get(document)
        return entry.metadata.address if entry is not None else ""

    return address


def linked(query: Mapping[str, str], index: ReportIndex) -> Linked | None:
    """The place that a link of an exported ledger names (report, start, end).

    None where it names none, or one that is not in the library.
    """
    name, start, end = query.get("report", ""), query.get("start", ""), query.get("end", "")
    if (
        index.catalogue.get(name) is None
        or not (start.isdecimal() and end.isdecimal())
        or len(start + end) > 20
    ):
        return None
    if not int(start) < int(end) <= index.entry(name).characters:
        return None
    return Linked(name, Span(int(start), int(end)))
