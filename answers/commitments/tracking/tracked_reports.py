"""What became of the targets of a report: the one value that the command line, the library, its servers and the page draw.

Results may come from several documents at once: the next report, a communiqué, a list of what was carried out, a
half-year note. Each is followed by itself; of what they say of one target the word that settles it counts, and where two
settle it otherwise nobody but a person does. The row of an outcome names its document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from answers.commitments.extraction.report_rows import ReportRows
from answers.commitments.extraction.unnumbered import unnumbered_commitments
from answers.commitments.rows import StatementKind
from answers.commitments.tracking.doubts import doubts
from answers.commitments.tracking.finding import Told, all_told
from answers.commitments.tracking.judgements import Judged, Judgement, detached, with_judgements
from answers.commitments.tracking.proof import PROVED, Status
from answers.commitments.tracking.results import source_of
from answers.commitments.tracking.track import Tracked, check_pair, track_rows, tracked_row
from answers.commitments.tracking.track_promises import promises_in
from answers.errors import LedgerError
from embeddings.language import Text
from indexer.report.report import Report

# What is told, the most telling first, where no document settles a target.
_TELLING = (Status.UNDER_WAY, Status.UNVERIFIED, Status.NOT_MENTIONED)
_KEPT = frozenset({Status.DONE, Status.EXCEEDED})


@dataclass(frozen=True, slots=True)
class TrackedReports:
    """The targets of one report with what documents say of them, and what people judged.

    Attributes:
        earlier: the report that set the targets.
        later: the documents that were consulted, each once; what people judged is of the first one.
        judged: every target in the order of its text, with the last word of a person where there is one.
        doubts: what speaks against trusting it: one of the reports was hardly read.
    """

    earlier: Report
    later: tuple[Report, ...]
    judged: tuple[Judged, ...]
    doubts: tuple[Text, ...]

    @classmethod
    def of(cls, earlier: Report, later: Sequence[Report], unnumbered: bool = False) -> TrackedReports:
        """What documents say of every target of `earlier`, and also of its promises without a number if `unnumbered`.
        Nobody has judged yet. Each report is read once.

        Raises:
            LedgerError: no document is given, one is of another place than `earlier`, or not later.
        """
        documents = tuple({one.name: one for one in later}.values())
        if not documents:
            raise LedgerError(
                "没有给出说结果的文件。请至少给出一份（--to）。",
                "No document that tells results is given. Give at least one (--to).",
            )
        for one in documents:
            check_pair(earlier, one)
        aims = ReportRows.of(earlier)
        told = tuple(map(ReportRows.telling, documents))
        found = zip(*_followed(aims, told, unnumbered), strict=True)
        return cls(
            earlier,
            documents,
            tuple(Judged(_together(pairs), None) for pairs in found),
            doubts(aims, told[0]),
        )

    def with_judgements(self, made: Sequence[Judgement]) -> TrackedReports:
        """The same with the last word of a person on each target, of all that people `made`."""
        return replace(self, judged=with_judgements(self.pairs, made, self.earlier, self.later[0]))

    def detached(self, made: Sequence[Judgement]) -> tuple[Judgement, ...]:
        """What people judged by the first document that fits no target or promise as it is read today, of all that they `made`."""
        by = self.later[0]
        loose = detached(made, [pair.target for pair in self.pairs], self.earlier, by)
        if loose:  # which may be of promises that were not asked for
            rows = ReportRows.of(self.earlier).rows
            promises = unnumbered_commitments(self.earlier, rows)
            loose = detached(loose, (*rows, *promises), self.earlier, by)
        return loose

    @property
    def pairs(self) -> tuple[Tracked, ...]:
        """What the machine proposes for every target."""
        return tuple(one.tracked for one in self.judged)

    def told(self) -> tuple[Told, ...]:
        """Each target with what is told of it. Worked out on each call, from every sentence of the documents."""
        return all_told(self.judged, self.later)

    def source_of(self, pair: Tracked) -> Report:
        """The document that the outcome of a pair stands in; the first one where it has none."""
        return source_of(pair, self.later)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every target as a JSON object: as `tracked_row`, and the last word of a person under `judgement`."""
        for one in self.judged:
            said = one.judgement
            yield {
                **tracked_row(one.tracked, self.earlier, self.source_of(one.tracked)),
                "judgement": None
                if said is None
                else {"status": said.status.value, "name": said.name, "note": said.note, "at": said.at},
            }


def _followed(aims: ReportRows, told: Sequence[ReportRows], unnumbered: bool) -> Iterator[list[Tracked]]:
    """What each document by itself says of every target, in the order of the text."""
    targets = aims.of_kind(StatementKind.TARGET)
    promises = unnumbered_commitments(aims.report, aims.rows) if unnumbered else ()
    for one in told:
        found = [*track_rows(targets, aims.report, one.report, one.rows)]
        if promises:
            found += promises_in(promises, one.report)
        yield sorted(found, key=lambda pair: pair.target.span)


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
