"""A moment as the reader of a page has it on the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def shown_time(at: str, zone: str | None) -> str:
    """A time as the clock of the reader's zone has it, else in UTC: 2026-01-31 16:05."""
    moment = datetime.fromisoformat(at)
    try:
        return moment.astimezone(ZoneInfo(zone or "")).strftime("%Y-%m-%d %H:%M")
    except (ZoneInfoNotFoundError, ValueError):
        return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
