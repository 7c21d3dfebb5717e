"""The chart of one indicator over years: targets and results as two lines, each number written at its point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from answers.quantities.scales import scale
from views.shared.chart import axis, line_ticks, names_axis, unit_title

_COLOURS = ("#6b7280", "#c8102e")  # targets, results


def chain_chart(points: Sequence[dict[str, Any]], unit: str, ink: str) -> Any:
    """Two lines over the years: `points` have year, kind, value and label (`views.tracking.layout.chain_points`).

    `ink`: the colour of letters beside them.
    """
    kinds = list(dict.fromkeys(point["kind"] for point in points))
    factor, prefix = scale([point["value"] for point in points])
    rows = [{**point, "value": point["value"] / factor} for point in points]
    ticks = line_ticks([row["value"] for row in rows] or [0.0])
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(**names_axis(ink, labelAngle=0))),
        y=alt.Y(
            "value:Q",
            title=None,
            axis=alt.Axis(**axis(ink, values=ticks)),
            scale=alt.Scale(domain=[ticks[0], ticks[-1]], nice=False, zero=False),
        ),
        color=alt.Color(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=kinds, range=list(_COLOURS[: len(kinds)])),
            legend=alt.Legend(orient="bottom", labelColor=ink, labelFontSize=13),
        ),
        tooltip=[
            alt.Tooltip("year:O", title=" "),
            alt.Tooltip("kind:N", title="\u2002"),
            alt.Tooltip("label:N", title="\u2003"),
        ],
    )
    drawn = base.mark_line() + base.mark_point(filled=True, size=60)
    labels = base.mark_text(dy=-12, fontSize=13).encode(text="label:N")
    return (drawn + labels).properties(height=320, title=unit_title(prefix + unit, ink))
