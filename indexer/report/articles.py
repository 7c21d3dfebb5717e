"""The articles of a rule, by their numbers."""

from __future__ import annotations

import re

from indexer.report.records import Passage, SectionKind
from indexer.report.report import Report
from indexer.text.numerals import whole_number

_NUMBER = re.compile(r"第(?P<number>[^条]{1,9})条")


def article_number(report: Report, passage: Passage) -> int | None:
    """The number of the article that a passage stands in; None where it stands in none."""
    section = report.sections[passage.section]
    if section.kind is not SectionKind.ARTICLE:
        return None
    found = _NUMBER.match(report.text, section.heading.start)
    return whole_number(found["number"]) if found else None
