"""What the name of a file with a comparison says: 江苏、湖北, GDP增长目标, 2025."""

from __future__ import annotations

import re

from answers.comparison.table import Comparison
from answers.knowledge.tables import cue
from answers.understanding.places_of_reports import region_label
from indexer.index import ReportIndex

_FEW = 3  # regions that it says
_TIMES = re.compile(
    "|".join(rf"(?:{cue('period', name).pattern})的?" for name in ("year_ahead", "year_behind"))
)
_ASKED = re.compile(r"(?:分别|各)*(?:是|有|为)?(?:多少|什么|哪些)*[？?]*$")


def said_in_name(comparison: Comparison, index: ReportIndex) -> tuple[str, ...]:
    """The regions where they are few, what was asked, the years, each a part of the name."""
    entries = [index.entry(row.document) for row in comparison.rows]
    regions = dict.fromkeys(region_label(entry) or entry.title for entry in entries)
    topic = "、".join(dict.fromkeys(_topic(column.query) for column in comparison.columns))
    years = sorted({entry.year for entry in entries if entry.year is not None})
    between = "-".join(dict.fromkeys((str(years[0]), str(years[-1])))) if years else ""
    return (*(regions if len(regions) <= _FEW else ()), topic or comparison.plan.question, between)


def _topic(query: str) -> str:
    """今年的GDP增长目标是多少？ is about GDP增长目标."""
    return _ASKED.sub("", _TIMES.sub("", query)).strip() or query
