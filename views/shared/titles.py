"""The titles of reports where one is chosen of several, and the search among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from answers.understanding.places_of_reports import region_label
from indexer.report.described import Described
from indexer.report.once import once
from indexer.text.characters import simplified, typed
from views.shared.wording import SharedWording

D = TypeVar("D", bound=Described)
_LISTED = 30  # names in a line


@once
def titles(reports: Sequence[Described]) -> Mapping[str, str]:
    """For the name of each report its title; where several have the same, each with its name: 政府工作报告（2024）.

    Streamlit tells what is chosen by the words that are shown: of two that read the same it takes the first.
    """
    count = Counter(report.title for report in reports)
    return {
        report.name: report.title if count[report.title] == 1 else f"{report.title}（{report.name}）"
        for report in reports
    }


def matching(reports: Sequence[D], text: str) -> Iterator[D]:
    """The reports whose title, name, region or year hold every word of `text`, in their order."""
    words = typed(text).lower().split()
    for report, about in zip(reports, _searched(reports), strict=True):
        if all(word in about for word in words):
            yield report


@once
def _searched(reports: Sequence[Described]) -> tuple[str, ...]:
    """What each report is found by."""
    parts = ((r.title, r.name, r.region, region_label(r), str(r.year or "")) for r in reports)
    return tuple(simplified(" ".join(part)).lower() for part in parts)


def few_names(names: Sequence[str], words: SharedWording) -> str:
    """Names in a line: all of a few, the first of many and how many there are."""
    listed = words.comma.join(names[:_LISTED])
    return listed if len(names) <= _LISTED else words.and_more.format(names=listed, count=len(names))
