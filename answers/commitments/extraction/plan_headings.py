"""Under which headings a section stands, those of a plan included that goes on over the sections behind it.

A report that begins a term says «二、今后五年发展目标», then tells in 三 to 七 how they are reached, and only under
«八、2012年工作重点» what the year brings: what stands between is of the five years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from answers.commitments.extraction.target_or_result import names_several_years
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.text.characters import simplified


class PlanHeadings:
    """The headings of a report's sections, read once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._carried = dict(_carried(report))
        self._last = (-1, "")

    def above(self, section: int) -> str:
        """The headings above and of a section in simplified characters, that of a plan that goes on over it before them."""
        if section != self._last[0]:
            words = simplified(" ".join(self._report.headings(section)))
            plan = self._carried.get(_top_of(self._report, section))
            self._last = section, words if plan is None else f"{plan} {words}"
        return self._last[1]


def _carried(report: Report) -> Iterator[tuple[int, str]]:
    """The top sections over which a plan goes on, with its heading: those between it and one that names the year."""
    year = report.metadata.planned_year
    this_year = re.compile(f"今年|{year}年" if year is not None else "今年")
    plan, between = "", list[int]()
    for number, section in enumerate(report.sections):
        if section.parent != 0 or not len(section.heading):
            continue
        words = section.heading.of(report.simplified).strip()
        if report.roles[number] is Role.REVIEW:
            continue
        if this_year.search(words):
            yield from ((one, plan) for one in between)
            return
        if names_several_years(words):
            plan, between = words, []
        elif plan:
            between.append(number)


def _top_of(report: Report, section: int) -> int:
    """The section right under the report's own that holds a section."""
    while (parent := report.sections[section].parent) not in (None, 0):
        assert parent is not None
        section = parent
    return section
