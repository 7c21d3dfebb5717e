"""How far a document is from the reports that a question is about: evidence in ranking, and no wall.

A report of another place, or of another year, says the same things of other figures: it comes in where the reports asked
for hold nothing alike. A notice or a news text is nobody's twin: its place is often unknown or that of whoever published
it, and what it says of the place asked for counts as much. Measured on both kinds of library (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Collection

from indexer.report.described import Described
from indexer.report.records import DocumentKind, Metadata

# In similarities, of which one standard deviation within a report is about 0.01. From 0.05 on five provinces' questions
# among 42 reports find what they find where all other reports are shut out.
TWIN = 0.08
# Up to 0.01 nothing is lost among 278 policy documents, of which every second that answers is of no known place.
_OTHER = 0.01
_OF_NO_PLACE = frozenset(
    {DocumentKind.POLICY, DocumentKind.REGULATION, DocumentKind.SPEECH, DocumentKind.OTHER}
)


def tells_of_its_place(metadata: Metadata) -> bool:
    """Whether a document speaks for one place and one year, as reports and plans do; so does what may be either."""
    kind = metadata.sure_kind
    return bool(metadata.region) if kind is None else kind not in _OF_NO_PLACE


def distance(document: Described, preferred: Collection[str]) -> float:
    """What is taken from the similarity of a document's passages where `preferred` names the reports asked for."""
    if document.name in preferred:
        return 0.0
    return TWIN if tells_of_its_place(document.metadata) else _OTHER
