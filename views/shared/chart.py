"""The chart of one quantity in many reports: bars over regions or a line over years, bounds written at the values."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt

from answers.comparison.values import Point, Series, bound_sign
from answers.quantities.amounts import Bound
from answers.understanding.scope import region_label
from indexer.index import ReportIndex
from indexer.report.described import Described
from views.shared.picture import draw_picture
from views.shared.theme import ink

_RED = "#c8102e"
_HEIGHT = 28  # pixels a bar
_LABEL_ROOM = 1.3  # of the longest bar, so that its label is not cut off on a phone
_AXIS = 70  # pixels of the axis and its title, which share the height with the bars


def axis(ink: str, **options: Any) -> dict[str, Any]:
    """An axis of numbers: few round ones without a trailing nought, in a size that can be read."""
    return {
        "tickCount": 5,
        "format": ".4~f",
        "labelColor": ink,
        "titleColor": ink,
        "labelFontSize": 13,
        "titleFontSize": 13,
        **options,
    }


def names_axis(ink: str, **options: Any) -> dict[str, Any]:
    """An axis of names."""
    return {"labelFontSize": 13, "labelColor": ink, "labelLimit": 160, **options}


def row_name(document: Described, over_years: bool) -> str:
    """A report as a row and in the chart: its region, its year, or both; its title where neither is known."""
    region, year = region_label(document), document.year
    if over_years and year is not None:
        return str(year)
    return region or document.title


def chart_rows(series: Series, index: ReportIndex, over_years: bool) -> list[dict[str, Any]]:
    """The points as the chart's data. Rows of one name, as two reports of a region have, carry the year too."""
    names = [row_name(index.entry(point.document), over_years) for point in series.points]
    count = Counter(names)
    return [
        {
            "name": name if count[name] == 1 else f"{name} {index.entry(point.document).year}",
            "low": point.low,
            "high": point.high,
            "value": point.middle,
            "label": point_label(point, series.unit),
            "exact": point.amount.bound is Bound.EXACT,
        }
        for name, point in zip(names, series.points, strict=True)
    ]


def point_label(point: Point, unit: str) -> str:
    """≥ 1600亿斤, 5—6%."""
    low, high = (f"{round(number, 4):g}" for number in (point.low, point.high))
    return f"{bound_sign(point.amount.bound)}{low}{'' if low == high else '—' + high}{unit}"


def chart(series: Series, index: ReportIndex, over_years: bool, *, sort: bool, ink: str) -> Any:
    """Bars, the largest first if `sort`; a line where the rows are years. `ink`: the colour of letters."""
    rows = chart_rows(series, index, over_years)
    data = alt.InlineData(values=rows)
    tips = [alt.Tooltip("name:N", title=""), alt.Tooltip("label:N", title="")]
    if over_years:
        base = alt.Chart(data).encode(
            x=alt.X("name:O", title=None, axis=alt.Axis(**names_axis(ink, labelAngle=0))),
            y=alt.Y(
                "value:Q",
                title=series.unit,
                axis=alt.Axis(**axis(ink)),
                scale=alt.Scale(zero=False, padding=20),
            ),
            tooltip=tips,
        )
        line = base.mark_line(color=_RED) + base.mark_point(color=_RED, filled=True, size=70)
        return (line + base.mark_text(dy=-14, fontSize=13, color=ink).encode(text="label:N")).properties(
            height=260
        )
    order: Any = alt.EncodingSortField("value", order="descending") if sort else None
    base = alt.Chart(data).encode(
        y=alt.Y("name:N", title=None, sort=order, axis=alt.Axis(**names_axis(ink))),
        x=alt.X(
            "value:Q", title=series.unit, axis=alt.Axis(**axis(ink)), scale=alt.Scale(domain=_extent(rows))
        ),
        tooltip=tips,
    )
    # What is no exact number is paler: its bar ends where the bound stands.
    bars = base.mark_bar(color=_RED).encode(
        opacity=alt.Opacity("exact:N", scale=alt.Scale(domain=[True, False], range=[0.9, 0.55]), legend=None)
    )
    labels = base.mark_text(align="left", dx=4, fontSize=13, color=ink).encode(text="label:N")
    return (bars + labels).properties(height=_AXIS + _HEIGHT * len(rows))


def draw_chart(series: Series, index: ReportIndex, over_years: bool, *, sort: bool) -> None:
    """Draw it, as `chart`."""
    letters = ink()
    shown = (chart_rows(series, index, over_years), series.unit, over_years, sort, letters)
    draw_picture("values", shown, lambda: chart(series, index, over_years, sort=sort, ink=letters))


def _extent(rows: list[dict[str, Any]]) -> list[float]:
    """From zero, or the lowest value below it, to the highest with room for its label."""
    values = [row["value"] for row in rows]
    return [min(0.0, *values) * _LABEL_ROOM, (max(0.0, *values) or 1.0) * _LABEL_ROOM]
