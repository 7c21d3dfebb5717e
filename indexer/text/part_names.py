"""How reports name their parts, as a table: `parts.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import KnowledgeError
from indexer.text.tables import Row, Tables, alternatives, compiled

TABLES = Tables(Path(__file__).parent)
_FILE = "parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Row):
    """What the headings of parts of one role say.

    Attributes:
        name: the role (`indexer.report.roles.Role`).
        ends: what a line without number that is the name of such a part ends with.
    """

    ends: tuple[str, ...] = ()


PARTS = TABLES.rows(Part, _FILE, "part")
_ENDS = "|".join(re.escape(end) for part in PARTS for end in part.ends)
NAME = compiled(rf"{TABLES.source(_FILE, 'line')}|.{{0,24}}(?:{_ENDS})")
"""Of a line that is, all of it, the name of a part."""


def heading_of(role: str) -> re.Pattern[str]:
    """Found in the headings of parts of a role.

    Raises:
        KnowledgeError: a pattern of the table is no regular expression, or there is none for this role.
    """
    return _of(PARTS, role)


def dated_heading_of(role: str) -> re.Pattern[str]:
    """Found in headings of parts of a role that tell their `year`, a group of the pattern.

    Raises:
        KnowledgeError: as `heading_of`.
    """
    return _of(TABLES.rows(Row, _FILE, "dated"), role)


def address_about(role: str) -> re.Pattern[str]:
    """Found in an address to the house that is about what parts of a role are.

    Raises:
        KnowledgeError: as `heading_of`.
    """
    return _of(TABLES.rows(Row, _FILE, "address"), role)


def _of(rows: Iterable[Row], role: str) -> re.Pattern[str]:
    found = alternatives(row for row in rows if row.name == role)
    if not found:
        # Nothing would be found everywhere.
        raise KnowledgeError(
            f"知识表 {_FILE}.toml 里没有名为 {role!r} 的行。请恢复这一行。",
            f"The table {_FILE}.toml has no row named {role!r}. Restore it.",
        )
    return compiled(found)
