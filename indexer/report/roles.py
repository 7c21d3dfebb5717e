"""What a section of a report is for: last year's results are not this year's targets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from indexer.report.records import Section, SectionKind


class Role(StrEnum):
    """The part a section plays in a report."""

    REVIEW = "review"
    REQUIREMENTS = "requirements"
    TASKS = "tasks"
    OWN_WORK = "own work"
    GLOSSARY = "glossary"
    OTHER = "other"


_GLOSSARY = re.compile(r"名词|注释|术语|说明$")
_OWN_WORK = re.compile(
    r"自身建设|政府建设|政府.{0,4}治理|人民满意的?(?:服务型)?政府|(?:服务型|现代|效能|法治|廉洁|阳光|实干)政府|"
    r"依法行政|依法履职|廉洁从政|反腐败"
)
_REVIEW = re.compile(
    r"回顾|过去[一五]?年(?!.*建议)|工作情况|发展成就|取得新成效|"
    r"(?:19|20)\d\d年(?:主要)?工作(?:成效|进展|情况)|工作总结"
)
_TASKS = re.compile(
    r"重点(?:工作|任务)|工作(?:安排|任务|部署|建议)|主要(?:任务|工作)|目标|(?:19|20)\d\d年(?:的)?(?:政府)?工作$|"
    r"对.*工作的建议|重点抓好|实事"
)
_REQUIREMENTS = re.compile(r"总体要求|总体部署|总体思路|政策取向|工作思路|指导思想|发展思路")
# What an address to the house is about shows in its text: 政府自身建设 at the end of a report's tasks.
_ADDRESS_OWN_WORK = re.compile(
    r"政府(?:系统)?自身建设|政府自身|建设.{0,8}(?:法治|廉洁|服务型|人民满意)政府|依法行政|过紧日子"
)


def section_roles(text: str, sections: Sequence[Section]) -> tuple[Role, ...]:
    """The role of every section, by number. A section whose heading does not tell has its parent's.

    In a report without a part that reviews the year (a second half, say) a numbered part that names
    no other role sets tasks: that is what such reports are made of. The root and what stands before
    the first heading are `OTHER`.
    """
    roles: list[Role] = []
    begun = False
    for section in sections:
        inherited = roles[section.parent] if section.parent is not None else Role.OTHER
        role = _role(text, section, inherited, begun)
        begun = begun or role in (Role.REVIEW, Role.TASKS, Role.REQUIREMENTS)
        roles.append(role)
    return tuple(roles)


def _role(text: str, section: Section, inherited: Role, begun: bool) -> Role:
    """`begun` says that a section before it reviews the year or sets tasks."""
    if section.kind is SectionKind.ROOT:
        return Role.OTHER
    if section.kind is SectionKind.ADDRESS:
        if inherited is Role.TASKS and _ADDRESS_OWN_WORK.search(section.span.of(text)):
            return Role.OWN_WORK
        return inherited
    if inherited is Role.GLOSSARY:
        return inherited
    named = _named(section.heading.of(text))
    top = section.depth == 1
    if named is not None and (top or _may_change(named, inherited)):
        return named
    if not top or section.kind is SectionKind.PART:
        return inherited
    # A numbered part at the top whose heading is a slogan: the first is the review, later ones tasks.
    first_level = re.match(r"[一二三四五六七八九十]+、", section.heading.of(text))
    if first_level and first_level[0] == "一、" and not begun:
        return Role.REVIEW
    return Role.TASKS


def _named(heading: str) -> Role | None:
    """The role that a heading's words name.

    Requirements together with targets are targets (总体要求和主要目标). Of a review and targets in one
    heading the later counts (重点工作回顾; 发展成就和主要目标).
    """
    if _GLOSSARY.search(heading):
        return Role.GLOSSARY
    if _OWN_WORK.search(heading):
        return Role.OWN_WORK
    reviews = [match.end() for match in _REVIEW.finditer(heading)]
    tasks = [match.end() for match in _TASKS.finditer(heading)]
    if reviews or tasks:
        return Role.REVIEW if max(reviews, default=0) > max(tasks, default=0) else Role.TASKS
    return Role.REQUIREMENTS if _REQUIREMENTS.search(heading) else None


def _may_change(named: Role, inherited: Role) -> bool:
    """Below the top a heading changes the role only where it plainly says so.

    «（四）着力保障民生，做好主要工作» inside the review is still the review.
    """
    if inherited is Role.REVIEW:
        return False
    return named in (Role.OWN_WORK, Role.GLOSSARY) or (named is Role.REQUIREMENTS and inherited is Role.TASKS)
