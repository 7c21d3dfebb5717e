"""The chart of one quantity in many reports: bars over regions or a line over years, bounds written at the values."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
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
_ABOVE = 0.12  # of a line's height, for the label of its highest point
_AXIS = 70  # pixels of the axis and the unit, which share the height with the bars
_LEVEL = 0.2  # of its value, below and above a line that does not change
_STEPS = (1, 2, 2.5, 5, 10)
_TICKS = 6  # numbers on an axis, at most about so many


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


def round_ticks(low: float, high: float) -> list[float]:
    """The round numbers, three to seven of them, that an axis from below `low` to above `high` is written with."""
    reach = high - low or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(reach / (_TICKS - 1)))
    step = next(power * one for one in _STEPS if power * one * (_TICKS - 1) >= reach * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    # 3 × 0.1 is no 0.3 in binary numbers.
    return [float(f"{number * step:.12g}") for number in range(first, max(last, first + 1) + 1)]


def line_ticks(values: Sequence[float]) -> list[float]:
    """The numbers beside a line, with room above for the label of its highest point."""
    low, high = min(values), max(values)
    if low == high:  # a level line stands in the middle
        low, high = low - _LEVEL * (abs(low) or 1.0), high + _LEVEL * (abs(high) or 1.0)
    ticks = round_ticks(low, high)
    while ticks[-1] - high < _ABOVE * (ticks[-1] - ticks[0]):
        ticks.append(float(f"{2 * ticks[-1] - ticks[-2]:.12g}"))
    return ticks


def names_axis(ink: str, **options: Any) -> dict[str, Any]:
    """An axis of names."""
    return {"labelFontSize": 13, "labelColor": ink, "labelLimit": 160, **options}


def unit_title(unit: str, ink: str) -> Any:
    """The unit of an axis, above it: beside it, it would be written upright."""
    return alt.TitleParams(unit, anchor="start", fontSize=13, fontWeight="normal", color=ink, offset=8)


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
    low, high = (f"{round(number, 4):.10g}" for number in (point.low, point.high))
    return f"{bound_sign(point.amount.bound)}{low}{'' if low == high else '—' + high}{unit}"


def chart(series: Series, index: ReportIndex, over_years: bool, *, sort: bool, ink: str) -> Any:
    """Bars, the largest first if `sort`; a line where the rows are years. `ink`: the colour of letters."""
    rows = chart_rows(series, index, over_years)
    data = alt.InlineData(values=rows)
    # A title that is empty is taken for none, and the name of the column is shown, in English.
    tips = [alt.Tooltip("name:N", title=" "), alt.Tooltip("label:N", title="\u2002")]
    unit = unit_title(series.unit, ink)
    values = [row["value"] for row in rows]
    if over_years:
        ticks = line_ticks(values)
        base = alt.Chart(data).encode(
            x=alt.X("name:O", title=None, axis=alt.Axis(**names_axis(ink, labelAngle=0))),
            y=alt.Y(
                "value:Q",
                title=None,
                axis=alt.Axis(**axis(ink, values=ticks)),
                scale=alt.Scale(domain=[ticks[0], ticks[-1]], nice=False, zero=False),
            ),
            tooltip=tips,
        )
        line = base.mark_line(color=_RED) + base.mark_point(color=_RED, filled=True, size=70)
        labels = base.mark_text(dy=-14, fontSize=13, color=ink).encode(text="label:N")
        return (line + labels).properties(height=260, title=unit)
    order: Any = alt.EncodingSortField("value", order="descending") if sort else None
    ends = _extent(values)
    ticks = [tick for tick in round_ticks(min(0.0, *values), max(0.0, *values)) if ends[0] <= tick <= ends[1]]
    base = alt.Chart(data).encode(
        y=alt.Y("name:N", title=None, sort=order, axis=alt.Axis(**names_axis(ink))),
        x=alt.X(
            "value:Q",
            title=None,
            axis=alt.Axis(**axis(ink, values=ticks)),
            scale=alt.Scale(domain=ends, nice=False),
        ),
        tooltip=tips,
    )
    # What is no exact number is paler: its bar ends where the bound stands.
    bars = base.mark_bar(color=_RED).encode(
        opacity=alt.Opacity("exact:N", scale=alt.Scale(domain=[True, False], range=[0.9, 0.55]), legend=None)
    )
    labels = base.mark_text(align="left", dx=4, fontSize=13, color=ink).encode(text="label:N")
    return (bars + labels).properties(height=_AXIS + _HEIGHT * len(rows), title=unit)


def draw_chart(series: Series, index: ReportIndex, over_years: bool, *, sort: bool) -> None:
    """Draw it, as `chart`."""
    letters = ink()
    shown = (chart_rows(series, index, over_years), series.unit, over_years, sort, letters)
    draw_picture("values", shown, lambda: chart(series, index, over_years, sort=sort, ink=letters))


def _extent(values: Sequence[float]) -> list[float]:
    """From zero, or the lowest value below it, to the highest with room for its label."""
    return [min(0.0, *values) * _LABEL_ROOM, (max(0.0, *values) or 1.0) * _LABEL_ROOM]
