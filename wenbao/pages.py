"""Pages of what is long: some of it, and where the next page begins."""

from __future__ import annotations

from dataclasses import dataclass


# Without slots, as all that a tool of MCP returns: its SDK would take the slot of a field for its default value.
@dataclass(frozen=True)
class Page:
    """Some of what there is.

    Attributes:
        total: how much there is in all.
        offset: how much of it comes before this.
        next_offset: where the next page begins; None on the last.
    """

    total: int
    offset: int
    next_offset: int | None


def next_offset(total: int, offset: int, limit: int | None) -> int | None:
    """Where the page after one of at most `limit` begins; None where nothing is left."""
    return None if limit is None or offset + limit >= total else offset + limit
