"""Results from several documents at once: the next report, a communiqué, a list of what was carried out, a half-year note.

Each document is followed by itself; of what they say of one target the word that settles it counts, and where two settle
it otherwise nobody but a person does. The row of an outcome names its document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from answers.commitments.tracking.proof import PROVED, Status
from answers.commitments.tracking.track import Tracked, track
from answers.commitments.tracking.track_promises import track_all
from answers.errors import LedgerError
from indexer.report.report import Report

# What is told, the most telling first, where no document settles a target.
_TELLING = (Status.UNDER_WAY, Status.UNVERIFIED, Status.NOT_MENTIONED)
_KEPT = frozenset({Status.DONE, Status.EXCEEDED})


def track_over(earlier: Report, later: Sequence[Report], unnumbered: bool = False) -> tuple[Tracked, ...]:
    """Every target of `earlier`, in its order, with what the documents `later` say of it, and also its promises without a
    number if `unnumbered`.

    Raises:
        LedgerError: no document is given, or as `track`.
    """
    if not later:
        raise LedgerError(
            "没有给出说结果的文件。请至少给出一份（--to）。",
            "No document that tells results is given. Give at least one (--to).",
        )
    follow = track_all if unnumbered else track
    found = [follow(earlier, one) for one in _each_once(later)]
    return tuple(map(_together, zip(*found, strict=True)))


def source_of(pair: Tracked, later: Sequence[Report]) -> Report:
    """The document that the outcome of a pair stands in; the first where it has none."""
    name = pair.outcome.place.document if pair.outcome else ""
    return next((one for one in later if one.name == name), later[0])


def dated(report: Report) -> str:
    """When a document is of: the day, else the year; empty where neither is known."""
    return report.metadata.date or (str(report.year) if report.year is not None else "")


def _each_once(reports: Iterable[Report]) -> Iterable[Report]:
    return {report.name: report for report in reports}.values()


def _together(told: tuple[Tracked, ...]) -> Tracked:
    """What one target comes to by what all documents tell of it, the first of equals."""
    proved = [one for one in told if one.status in PROVED]
    if proved:
        best = max(proved, key=lambda one: one.likeness)
        other = next((one for one in proved if (one.status in _KEPT) != (best.status in _KEPT)), None)
        if other is None or other.outcome is None:
            return best
        reason = f"几份文件说的不一致：{other.outcome.place.title}：{other.reason}"
        return replace(best, status=Status.UNVERIFIED, reason=f"{best.reason}；{reason}")
    return min(told, key=lambda one: (_TELLING.index(one.status), -one.likeness))
