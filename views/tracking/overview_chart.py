"""The picture of how the promises of a place stand: a bar for each pair of its reports, parted by what is told."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import altair as alt

from answers.commitments.tracking.finding import Finding, Told
from answers.commitments.tracking.pairs import Series
from indexer.report.described import Described
from views.shared.chart import axis, names_axis
from views.tracking.wording import TrackingWording

# In the order of the bar: kept, open, missed, silent. Each can be told from its neighbours without colour by its place.
_COLOURS = {
    Finding.EXCEEDED: "#14532d",
    Finding.DONE: "#22873f",
    Finding.UNDER_WAY: "#2563eb",
    Finding.UNVERIFIED: "#d97706",
    Finding.MISSED: "#b91c1c",
    Finding.UNCLEAR: "#9ca3af",
    Finding.UNNAMED: "#d1d5db",
    Finding.NOT_MENTIONED: "#e5e7eb",
}
_DARK = (Finding.EXCEEDED, Finding.DONE, Finding.UNDER_WAY, Finding.MISSED)  # white letters are read on these
_MARGIN = 10
_BAR, _AXIS = 34, 70  # pixels of a bar, of the axis
_LETTERS = 0.03  # share of the longest bar that has room for its number


def consecutive(series: Series) -> tuple[tuple[Described, Described], ...]:
    """Each report of a place with the next one."""
    return tuple(pairwise(series.reports))


def pair_label(earlier: Described, later: Described) -> str:
    """2024→2025; titles where years are not known."""
    return "→".join(str(report.year or report.title) for report in (earlier, later))


def overview_rows(shown: Mapping[str, Sequence[Told]], words: TrackingWording) -> list[dict[str, Any]]:
    """The data of the picture: for each pair and finding how many targets, and from where to where its part reaches."""
    longest = max((len(told) for told in shown.values()), default=1)
    rows = []
    for pair, told in shown.items():
        counts, start = Counter(one.finding for one in told), 0
        for order, finding in enumerate(_COLOURS):
            count = counts[finding]
            if not count:
                continue
            rows.append(
                {
                    "pair": pair,
                    "finding": words.findings[finding],
                    "count": count,
                    "start": start,
                    "end": start + count,
                    "middle": start + count / 2,
                    "label": str(count) if count >= _LETTERS * longest else "",
                    "dark": finding in _DARK,
                    "order": order,
                }
            )
            start += count
    return rows


def overview_chart(shown: Mapping[str, Sequence[Told]], words: TrackingWording, ink: str) -> Any:
    """The picture. `ink`: the colour of letters beside it."""
    rows = overview_rows(shown, words)
    there = {row["finding"] for row in rows}
    domain = [words.findings[finding] for finding in _COLOURS if words.findings[finding] in there]
    colours = [colour for finding, colour in _COLOURS.items() if words.findings[finding] in there]
    # Of one pair the numbers in the bar say it all.
    scaled = alt.Axis(**axis(ink, tickMinStep=1)) if len(shown) > 1 else None
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("pair:N", title=None, sort=list(shown), axis=alt.Axis(**names_axis(ink))),
        tooltip=[
            alt.Tooltip("pair:N", title=" "),
            alt.Tooltip("finding:N", title="\u2002"),
            alt.Tooltip("count:Q", title="\u2003"),
        ],
    )
    bars = base.mark_bar().encode(
        x=alt.X("start:Q", title=words.targets_count if len(shown) > 1 else None, axis=scaled),
        x2="end:Q",
        color=alt.Color(
            "finding:N",
            title=None,
            scale=alt.Scale(domain=domain, range=colours),
            legend=None,  # `legend_html`, which goes on in the next line where a screen is narrow
        ),
    )
    labels = base.mark_text(fontSize=13).encode(
        x="middle:Q",
        text="label:N",
        color=alt.condition("datum.dark", alt.value("#ffffff"), alt.value("#111827")),
    )
    return (bars + labels).properties(height=_BAR * len(shown) + (_AXIS if len(shown) > 1 else _MARGIN))


def legend_html(shown: Mapping[str, Sequence[Told]], words: TrackingWording) -> str:
    """What the colours of the picture say, in the order of its bars."""
    there = {one.finding for told in shown.values() for one in told}
    return "".join(
        f"<span class='wb-legend'><i style='background:{colour}'></i>{html.escape(words.findings[finding])}</span>"
        for finding, colour in _COLOURS.items()
        if finding in there
    )
