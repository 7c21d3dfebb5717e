"""What official documents say of themselves at their heads, as tables: `documents.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.text.tables import Row, Tables

TABLES = Tables(Path(__file__).parent)
_FILE = "documents"


@dataclass(frozen=True, slots=True)
class Sort:
    """Lines that mean one thing.

    Attributes:
        name: what they mean.
        pattern: found in such a line.
    """

    name: str
    pattern: re.Pattern[str]


@cache
def sorts(section: str) -> tuple[Sort, ...]:
    """The rows of one list of the table, in its order.

    Raises:
        KnowledgeError: there is no such list, or a row is not what it should be.
    """
    return tuple(Sort(row.name, row.pattern) for row in TABLES.rows(Row, _FILE, section))


def fits(section: str, line: str) -> bool:
    """Whether a line is of this sort."""
    return _all_of(section).search(line) is not None


def named(section: str, line: str) -> str:
    """What a line means; empty where no row fits it. The first row that fits counts."""
    return next((sort.name for sort in sorts(section) if sort.pattern.search(line)), "")


@cache
def source(section: str) -> str:
    """All rows of a list as one regular expression that stands as a unit inside others."""
    return TABLES.source(_FILE, section)


@cache
def _all_of(section: str) -> re.Pattern[str]:
    return TABLES.cue(_FILE, section)
