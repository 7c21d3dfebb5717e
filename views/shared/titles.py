"""The titles of reports where one is chosen of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from indexer.report.described import Described


def titles(reports: Iterable[Described]) -> dict[str, str]:
    """For the name of each report its title; where several have the same, each with its name: 政府工作报告（2024）.

    Streamlit tells what is chosen by the words that are shown: of two that read the same it takes the first.
    """
    among = tuple(reports)
    count = Counter(report.title for report in among)
    return {
        report.name: report.title if count[report.title] == 1 else f"{report.title}（{report.name}）"
        for report in among
    }
