"""What official documents say of themselves at their heads, as tables: `documents.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).with_name("documents.toml")


@dataclass(frozen=True, slots=True)
class Row:
    """Lines that mean one thing.

    Attributes:
        name: what they mean.
        pattern: found in such a line.
        match: lines that it fits; at least one.
        unlike: lines that it must not fit (`not` in the file); at least one.
    """

    name: str
    pattern: re.Pattern[str]
    match: tuple[str, ...]
    unlike: tuple[str, ...]


@cache
def rows(section: str) -> tuple[Row, ...]:
    """The rows of one list of the table, in its order.

    Raises:
        KeyError: there is no such list, or a row lacks a column.
    """
    return tuple(_row(raw) for raw in tables()[section])


@cache
def tables() -> dict[str, list[dict[str, Any]]]:
    """All lists of the table, by their names."""
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def fits(section: str, line: str) -> bool:
    """Whether a line is of this sort."""
    return _all_of(section).search(line) is not None


def named(section: str, line: str) -> str:
    """What a line means; empty where no row fits it. The first row that fits counts."""
    return next((row.name for row in rows(section) if row.pattern.search(line)), "")


@cache
def source(section: str) -> str:
    """All rows of a list as one regular expression that stands as a unit inside others."""
    return f"(?:{'|'.join(row.pattern.pattern for row in rows(section))})"


@cache
def _all_of(section: str) -> re.Pattern[str]:
    return re.compile(source(section))


def _row(raw: dict[str, Any]) -> Row:
    pattern = re.compile("|".join(raw["patterns"]))
    return Row(raw["name"], pattern, tuple(raw["match"]), tuple(raw["not"]))
