"""A question that names no place, put to several reports: which of them, so that it costs no more than a comparison."""

from __future__ import annotations

from collections.abc import Sequence

from answers.answer import Reply
from answers.understanding.places_of_reports import report_places
from indexer.report.described import Described

MOST = 12
"""Reports that are asked at most: some 70 ms each."""


def reports_to_ask(
    reply: Reply, reports: Sequence[Described], among: Sequence[str] | None = None
) -> tuple[str, ...]:
    """The names of the reports to ask one by one; none where the question names a place or there is only one place.

    Those come first whose passages are nearest, then the latest of each place, in the order of the library. `among`:
    only these may be asked.
    """
    if reply.scope.regions or reply.scope.national or reply.scope.missing:
        return ()
    inside = None if among is None else {*among}
    places = [
        [reports[n] for n in place.positions if inside is None or reports[n].name in inside]
        for place in report_places(reports).places
        if place.region
    ]
    years = {*reply.scope.years}
    latest = [
        max((d for d in there if d.year in years), default=None, key=lambda d: d.year or 0)
        or max(there, key=lambda d: d.year or 0)
        for there in places
        if there
    ]
    if len(latest) < 2:
        return ()
    nearest = [passage.place.document for passage in reply.passages]
    order = {name: number for number, name in reversed([*enumerate(nearest)])}
    chosen = sorted(latest, key=lambda one: order.get(one.name, len(nearest)))
    return tuple(one.name for one in chosen[:MOST])
