"""What a section of a report is for: last year's results are not this year's targets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from indexer.report.done_or_planned import planned_chance
from indexer.report.records import Section, SectionKind
from indexer.report.sections import own_text
from indexer.text.characters import simplified
from indexer.text.digit_words import DIGITS
from indexer.text.headings import is_part_name
from indexer.text.part_names import address_about, heading_of
from indexer.text.span import Span


class Role(StrEnum):
    """The part a section plays in a report."""

    REVIEW = "review"
    REQUIREMENTS = "requirements"
    TASKS = "tasks"
    OWN_WORK = "own work"
    GLOSSARY = "glossary"
    OTHER = "other"


_GLOSSARY = heading_of(Role.GLOSSARY)
_OWN_WORK = heading_of(Role.OWN_WORK)
_REVIEW = heading_of(Role.REVIEW)
_TASKS = heading_of(Role.TASKS)
_REQUIREMENTS = heading_of(Role.REQUIREMENTS)
_SIDES = {Role.REVIEW: Role.REVIEW, Role.TASKS: Role.TASKS, Role.REQUIREMENTS: Role.TASKS}
_LONG = 3_000  # characters: so long a report has both sides
_LONG_OPENING = 1_500  # characters; the head and the greeting have some hundred
_OTHER_SIDE = 0.12  # of its text at least
_TELLING = 80  # characters in which a model can tell results from plans
_SURE = 0.75
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年|“十(?P<plan>[一二三四五六七八九]?)五”")
_ADDRESS_OWN_WORK = address_about(Role.OWN_WORK)


def section_roles(text: str, sections: Sequence[Section], year: int | None = None) -> tuple[Role, ...]:
    """The role of every section, by number. A section whose heading does not tell has its parent's.

    `year` is the one that the report plans for: 2016年主要工作 is a review in a report for 2017. Where the headings
    make a long text all results or all plans they do not tell, and its words do.

    In a report without a part that reviews the year (a second half, say) a numbered part that names
    no other role sets tasks: that is what such reports are made of. The root, which is what stands before
    the first heading, is `OTHER` unless it is long and plainly tells results or plans.
    """
    roles: list[Role] = []
    begun = False
    for section in sections:
        inherited = roles[section.parent] if section.parent is not None else Role.OTHER
        role = _role(text, section, inherited, begun, year, _is_top(text, sections, roles, section))
        begun = begun or role in (Role.REVIEW, Role.TASKS, Role.REQUIREMENTS)
        roles.append(role)
    roles[0] = _opening_role(text, sections)
    if _is_one_sided(sections, roles):
        told = _told_by_words(simplified(text), sections, roles)
        # Half a report has one side whatever tells it.
        return tuple(roles) if _is_one_sided(sections, told) else told
    return tuple(roles)


def _opening_role(text: str, sections: Sequence[Section]) -> Role:
    """The role of what stands before the first heading: in some reports all of the review does."""
    own = own_text(sections, 0)
    if len(own) < _LONG_OPENING:
        return Role.OTHER
    third = len(own) // 3
    stretches = [
        simplified(text[start : start + third]) for start in range(own.start, own.end - third + 1, third)
    ]
    chances = [planned_chance(stretch) for stretch in stretches]
    if max(chances) <= 1 - _SURE:
        return Role.REVIEW
    return Role.TASKS if min(chances) >= _SURE else Role.OTHER


def paragraph_roles(
    report_text: str, sections: Sequence[Section], roles: Sequence[Role], paragraphs: Sequence[Span]
) -> tuple[Role, ...]:
    """The role of every paragraph, in Simplified characters: that of its section, `paragraphs` in the order of the text.

    Where much stands below no heading that tells, one paragraph may review and the next one plan; each has the role that
    its words tell, else that of the one before it.
    """
    long = [
        role is Role.OTHER and len(own_text(sections, number)) >= _LONG_OPENING
        for number, role in enumerate(roles)
    ]
    found: list[Role] = []
    section, before = 0, Role.OTHER
    for paragraph in paragraphs:
        # The section that begins last before the paragraph: sections stand in the order of the text.
        while section + 1 < len(sections) and sections[section + 1].span.start <= paragraph.start:
            section += 1
        if not long[section]:
            found.append(roles[section])
            continue
        before = _told(paragraph.of(report_text), before)
        found.append(before)
    return tuple(found)


def _told(words: str, before: Role) -> Role:
    """The side that words tell, `before` where they tell none or are too few."""
    if len(words) < _TELLING:
        return before
    planned = planned_chance(words)
    return Role.TASKS if planned >= _SURE else Role.REVIEW if planned <= 1 - _SURE else before


def _is_one_sided(sections: Sequence[Section], roles: Sequence[Role]) -> bool:
    sides = {Role.REVIEW: 0, Role.TASKS: 0}
    for section, role in zip(sections, roles, strict=True):
        if role in _SIDES:
            sides[_SIDES[role]] += len(own_text(sections, section.number))
    total = sum(sides.values())
    return total >= _LONG and min(sides.values()) < _OTHER_SIDE * total


def _told_by_words(text: str, sections: Sequence[Section], headings: Sequence[Role]) -> tuple[Role, ...]:
    """The roles of sections by what their texts say; one that says neither has the role of what stands before it."""
    roles: list[Role] = []
    before = Role.OTHER
    for section, told in zip(sections, headings, strict=True):
        if told not in _SIDES:
            roles.append(told)
            continue
        own = own_text(sections, section.number)
        planned = planned_chance((own if len(own) >= _TELLING else section.span).of(text))
        if planned >= _SURE:
            before = told if told is Role.REQUIREMENTS else Role.TASKS
        elif planned <= 1 - _SURE:
            before = Role.REVIEW
        elif before not in _SIDES:
            before = told
        roles.append(before)
    return tuple(roles)


def _is_top(text: str, sections: Sequence[Section], roles: Sequence[Role], section: Section) -> bool:
    """Whether nothing above a section tells what it is for: it is below the root, or a part that only names a field."""
    if section.depth != 2 or section.parent is None:
        return section.depth == 1
    above = sections[section.parent]
    named = is_part_name(above.heading.of(text))
    return above.kind is SectionKind.PART and roles[above.number] is Role.OTHER and not named


def _role(text: str, section: Section, inherited: Role, begun: bool, year: int | None, top: bool) -> Role:
    """`begun` says that a section before it reviews the year or sets tasks; `top` that nothing above it tells."""
    if section.kind is SectionKind.ROOT:
        return Role.OTHER
    if section.kind is SectionKind.ADDRESS:
        if inherited is Role.TASKS and _ADDRESS_OWN_WORK.search(section.span.of(text)):
            return Role.OWN_WORK
        return inherited
    if inherited is Role.GLOSSARY:
        return inherited
    named = _named(section.heading.of(text), year)
    if named is not None and (top or _may_change(named, inherited)):
        return named
    if not top or section.kind is SectionKind.PART:
        return inherited
    # A numbered part at the top whose heading is a slogan: the first is the review, later ones tasks.
    first_level = re.match(r"[一二三四五六七八九十]+、", section.heading.of(text))
    if first_level and first_level[0] == "一、" and not begun:
        return Role.REVIEW
    return Role.TASKS


def _named(heading: str, year: int | None = None) -> Role | None:
    """The role that a heading's words name.

    Requirements together with targets are targets (总体要求和主要目标). Of a review and targets in one
    heading the later counts (重点工作回顾; 发展成就和主要目标). What is named with a year before `year` was done in it:
    过去五年回顾及2016年主要工作.
    """
    if _GLOSSARY.search(heading):
        return Role.GLOSSARY
    if _OWN_WORK.search(heading):
        return Role.OWN_WORK
    years = [(match.start(), _last_year(match)) for match in _YEAR.finditer(heading)] if year else []
    reviews = [match.end() for match in _REVIEW.finditer(heading)]
    tasks = [match.end() for match in _TASKS.finditer(heading)]
    done = [end for end in tasks if _is_past(end, years, year)]
    reviews += done
    tasks = [end for end in tasks if end not in done]
    if years and not tasks and not reviews and not _REQUIREMENTS.search(heading):
        # 一、过去五年及2010年的工作
        (reviews if _is_past(len(heading), years, year) else tasks).append(len(heading))
    if reviews or tasks:
        return Role.REVIEW if max(reviews, default=0) > max(tasks, default=0) else Role.TASKS
    return Role.REQUIREMENTS if _REQUIREMENTS.search(heading) else None


def _last_year(named: re.Match[str]) -> int:
    """The year that a heading names, or the last one of the five-year plan: 2025 of “十四五”."""
    return int(named["year"]) if named["year"] else 2005 + 5 * DIGITS.get(named["plan"], 0)


def _is_past(end: int, years: Sequence[tuple[int, int]], year: int | None) -> bool:
    """Whether the year that is named last before `end` is before the one that the report plans for."""
    before = [named for start, named in years if start < end]
    return bool(before) and year is not None and before[-1] < year


def _may_change(named: Role, inherited: Role) -> bool:
    """Below the top a heading changes the role only where it plainly says so.

    «（四）着力保障民生，做好主要工作» inside the review is still the review.
    """
    if inherited is Role.REVIEW:
        return False
    return named in (Role.OWN_WORK, Role.GLOSSARY) or (named is Role.REQUIREMENTS and inherited is Role.TASKS)
