"""Which documents are searched beside the reports that a question is about, and how far they are from these.

A report of another place says the same things of other figures: where a place is named it stays out. A report of the same
place and another year comes in where the one asked for holds nothing alike. A notice or a news text is nobody's twin: its
place is often unknown or that of whoever published it, and what it says of the place asked for counts as much. Measured
on both kinds of library (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answers.understanding.places_of_reports import report_places
from answers.understanding.scope import Scope
from indexer.report.described import Described
from indexer.report.once import once
from indexer.report.records import DocumentKind, Metadata

# In similarities, of which one standard deviation within a report is about 0.01. From 0.05 on the questions on five
# provinces among 42 reports find what they find where all other reports are shut out.
_TWIN = 0.08
# Up to 0.01 nothing is lost among 278 policy documents, of which every second that answers is of no known place.
_OTHER = 0.01
_OF_NO_PLACE = frozenset(
    {DocumentKind.POLICY, DocumentKind.REGULATION, DocumentKind.SPEECH, DocumentKind.OTHER}
)


def tells_of_its_place(metadata: Metadata) -> bool:
    """Whether a document speaks for one place and one year, as reports and plans do; so does what may be either."""
    kind = metadata.sure_kind
    return bool(metadata.region) if kind is None else kind not in _OF_NO_PLACE


@dataclass(frozen=True, slots=True)
class Nearness:
    """Where a question looks that is about some reports of a library.

    Attributes:
        preferred: the names of these reports.
        searched: the names of all documents that may answer, these included; None for the whole library.
    """

    preferred: frozenset[str]
    searched: frozenset[str] | None

    @property
    def looks_further(self) -> bool:
        """Whether any others are searched."""
        return self.searched is None or len(self.searched) > len(self.preferred)

    def is_twin(self, document: Described) -> bool:
        """Whether a document says of another place or year what the reports asked for say of theirs."""
        return document.name not in self.preferred and tells_of_its_place(document.metadata)

    def distance(self, document: Described) -> float:
        """What is taken from the similarity of a document's passages."""
        if document.name in self.preferred:
            return 0.0
        return _TWIN if self.is_twin(document) else _OTHER


def nearness(scope: Scope, reports: Sequence[Described]) -> Nearness | None:
    """Where a question of this scope looks; None where all documents are the same to it."""
    if scope.documents is None:
        return None
    preferred = frozenset(scope.documents)
    if scope.strict:
        return Nearness(preferred, preferred)
    if not scope.regions and not scope.national:
        return Nearness(preferred, None)
    library = report_places(reports)
    positions = {library.position[name] for name in preferred}
    near = {
        n for place in library.places if not positions.isdisjoint(place.positions) for n in place.positions
    }
    return Nearness(preferred, frozenset(library.names(near)) | _of_any_place(reports))


@once
def _of_any_place(reports: Sequence[Described]) -> frozenset[str]:
    return frozenset(report.name for report in reports if not tells_of_its_place(report.metadata))
