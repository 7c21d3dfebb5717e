"""The small chart of the ledger: how many targets and results each topic has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from answers.commitments.summary import TopicCount
from views.commitments.layout import topic_rows
from views.commitments.wording import CommitmentsWording

_COLOURS = ("#c8102e", "#94a3b8")
_HEIGHT = 22  # pixels a bar


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
