"""What a government did in a year, or means to do, as a whole: the headings of the part of its report that tells it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from answers.reading.reader import Candidate, LookedUp
from answers.understanding.period import Period
from indexer.index import PassageKey
from indexer.report.records import Section
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.text.headings import MARKER, is_part_name
from indexer.text.sentences import stripped

_FEWEST = 3  # headings that divide a part
_LEAST = 0.15  # of the report: less is one matter of many
_ROLES = {Period.RESULT: (Role.REVIEW,), Period.TARGET: (Role.TASKS, Role.OWN_WORK)}


# How often the headings found are those that a reader would give: of 72 reports of cities looked at, 68 of 70 lists of
# plans and 56 of 63 of results; the rest had no such headings.
_RIGHT = {Period.TARGET: 0.97, Period.RESULT: 0.88}


def find_all_work(report: Report, period: Period | None) -> LookedUp | None:
    """What `report` says of all the work of a period, of the year ahead where none is asked for; None where nothing is divided."""
    wanted = Period.RESULT if period is Period.RESULT else Period.TARGET
    found = tuple(filter(None, (_candidate(report, section) for section in fields_of_work(report, wanted))))
    return LookedUp(found, _RIGHT[wanted], together=True) if found else None


def _candidate(report: Report, section: Section) -> Candidate | None:
    """A heading as an answer; none where it was too long for one passage."""
    heading = stripped(report.text, section.heading)
    passage = report.passage_at(heading.start)
    if not passage.span.holds(heading):
        return None
    return Candidate(PassageKey(report.name, passage.number), heading, heading, 0.0, 0.0, None)


def fields_of_work(report: Report, period: Period) -> tuple[Section, ...]:
    """The sections that divide what a report tells of a period, in order; none where nothing is so divided.

    Of several groups of like headings those count that stand under the year in question, then those that cover
    most of the report, then the uppermost.
    """
    year = report.metadata.planned_year
    asked = None if year is None else str(year if period is Period.TARGET else year - 1)

    def weight(group: list[Section]) -> tuple[bool, int, int]:
        above = report.headings(group[0].parent or 0)
        of_year = asked is not None and any(asked in heading for heading in above)
        return of_year, sum(len(section.span) for section in group), -group[0].depth

    groups = list(_groups(report, _ROLES[period]))
    best = max(groups, key=weight, default=[])
    if sum(len(section.span) for section in best) < _LEAST * len(report.text):
        return ()
    return tuple(best)


def _groups(report: Report, roles: tuple[Role, ...]) -> Iterator[list[Section]]:
    """The headings of one style that divide one section and are mostly of these roles, parts of the report left out."""
    below: dict[int, list[Section]] = {}
    for section in report.sections:
        if section.parent is not None and section.heading.of(report.text).strip():
            below.setdefault(section.parent, []).append(section)
    for sections in below.values():
        for _, alike in groupby(sections, lambda section: _style(report, section)):
            group = list(alike)
            fit = sum(report.roles[section.number] in roles for section in group)
            # 三、2018年工作安排 beside 四、政府自身建设 are parts, 办好民生实事 among nine tasks is one of them.
            longest = max(group, key=lambda section: len(section.span))
            if fit >= _FEWEST and 2 * fit > len(group) and not _names_a_part(report, longest):
                yield group


def _style(report: Report, section: Section) -> str | None:
    marker = MARKER.match(section.heading.of(report.text).lstrip())
    return marker.lastgroup if marker else section.kind.value


def _names_a_part(report: Report, section: Section) -> bool:
    heading = section.heading.of(report.text).strip()
    marker = MARKER.match(heading)
    return is_part_name(heading[marker.end() :] if marker else heading)
