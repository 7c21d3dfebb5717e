"""The chart of one indicator over years: targets and results as two lines, each number written at its point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

_COLOURS = ("#6b7280", "#c8102e")  # targets, results


def chain_chart(points: Sequence[dict[str, Any]], unit: str) -> Any:
    """Two lines over the years: `points` have year, kind, value and label (`views.tracking.layout.chain_points`)."""
    kinds = list(dict.fromkeys(point["kind"] for point in points))
    base = alt.Chart(alt.InlineData(values=list(points))).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=unit, scale=alt.Scale(zero=False, padding=20)),
        color=alt.Color(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=kinds, range=list(_COLOURS[: len(kinds)])),
            legend=alt.Legend(orient="top"),
        ),
        tooltip=[
            alt.Tooltip("year:O", title=""),
            alt.Tooltip("kind:N", title=""),
            alt.Tooltip("label:N", title=""),
        ],
    )
    drawn = base.mark_line() + base.mark_point(filled=True, size=60)
    return (drawn + base.mark_text(dy=-12).encode(text="label:N")).properties(height=300)
