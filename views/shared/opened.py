"""The passage that is opened beside an answer, named so that the address can say it."""

from __future__ import annotations

from indexer.index import ReportIndex
from indexer.text.span import Span
from views.shared.reading_pane import ShownPassage

_LONGEST = 12  # digits of an offset


def opened_name(passage: ShownPassage) -> str:
    """The characters that are marked, else those of the passage, and the report: 12-18-江苏省2025年政府工作报告."""
    span = passage.marks[0] if passage.marks else passage.passage
    return f"{span.start}-{span.end}-{passage.document}"


def opened_at(name: str, index: ReportIndex) -> ShownPassage | None:
    """What such a name opens: the passage that holds these characters; None where there is none such."""
    start, _, rest = name.partition("-")
    end, _, document = rest.partition("-")
    if not all(part.isascii() and part.isdecimal() and len(part) <= _LONGEST for part in (start, end)):
        return None
    if index.catalogue.get(document) is None or int(start) >= int(end):
        return None
    span = Span(int(start), int(end))
    for passage in index.report(document).passages:
        if passage.span.holds(span):
            marks = () if passage.span == span else (span,)
            return ShownPassage(passage.span, document, passage.section, marks)
    return None
