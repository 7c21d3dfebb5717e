"""A report with the statements that were read of it: read once, used by all that follows its targets."""

from __future__ import annotations

from dataclasses import dataclass

from answers.commitments.extraction.extract import commitments, statements_told
from answers.commitments.rows import Commitment, StatementKind
from indexer.report.report import Report


@dataclass(frozen=True, slots=True)
class ReportRows:
    """A report with its statements, in the order of its text."""

    report: Report
    rows: tuple[Commitment, ...]

    @classmethod
    def of(cls, report: Report) -> ReportRows:
        """A report with its targets and results."""
        return cls(report, commitments(report))

    @classmethod
    def telling(cls, report: Report) -> ReportRows:
        """A document of any kind from which results are to be read."""
        return cls(report, statements_told(report))

    def of_kind(self, kind: StatementKind) -> list[Commitment]:
        """Its targets, or its results."""
        return [row for row in self.rows if row.kind is kind]
