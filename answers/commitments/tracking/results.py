"""Which document a result comes from, and when that is of, where several are consulted at once."""

from __future__ import annotations

from collections.abc import Sequence

from answers.commitments.tracking.track import Tracked
from indexer.report.report import Report


def source_of(pair: Tracked, later: Sequence[Report]) -> Report:
    """The document that the outcome of a pair stands in; the first where it has none."""
    name = pair.outcome.place.document if pair.outcome else ""
    return next((one for one in later if one.name == name), later[0])


def dated(report: Report) -> str:
    """When a document is of: the day, else the year; empty where neither is known."""
    return report.metadata.date or (str(report.year) if report.year is not None else "")
