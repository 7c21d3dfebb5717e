"""Short forms, everyday words, English terms and what they stand for, from `aliases.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from answers.knowledge.tables import Row, in_order, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Alias(Row):
    uses: tuple[str, ...]


def aliases(use: Literal["search", "topic", "indicator"]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Words and the name that they stand for, in the order of the table: what the table says each use is for."""
    return tuple(
        (re.compile(in_order([row]), re.IGNORECASE if row.any_case else 0), row.name)
        for row in rows(_Alias, "aliases", "alias")
        if use in row.uses
    )
