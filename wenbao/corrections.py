"""What a person may say of a report, checked."""

from __future__ import annotations

from typing import Literal, get_args

from embeddings.errors import WenbaoError
from indexer.report.records import DocumentKind

Level = Literal["国家", "省", "市", "县", ""]
_YEARS = range(1949, 2101)


class CorrectionError(WenbaoError):
    """A correction of a report's title, year, level or kind that no report can have."""


def corrections(
    *, title: str | None, year: int | None, level: Level | None, **others: str | None
) -> dict[str, str | int | None]:
    """The fields that were given, blanks around them trimmed.

    Raises:
        CorrectionError: the title is empty, the year, the level or the kind is none that a report can have.
    """
    if title is not None and not title.strip():
        raise CorrectionError(
            f"报告的标题不能为空：{title!r}。请写出标题，或不改标题。",
            f"A report's title cannot be empty: {title!r}. Give one, or leave the title as it is.",
        )
    if year is not None and year not in _YEARS:
        raise CorrectionError(
            f"年份 {year!r} 不对。请用 {_YEARS[0]} 到 {_YEARS[-1]} 之间的四位年份。",
            f"The year {year!r} is not valid. Give one from {_YEARS[0]} to {_YEARS[-1]}.",
        )
    if level is not None and level not in get_args(Level):
        levels = "、".join(filter(None, get_args(Level)))
        raise CorrectionError(
            f"层级 {level!r} 不对。请用{levels}之一，或留空。",
            f"The level {level!r} is not valid. Give one of {levels}, or an empty one.",
        )
    kind = others.get("kind")
    if kind is not None and kind not in tuple(DocumentKind):
        kinds = ", ".join(DocumentKind)
        raise CorrectionError(
            f"文种 {kind!r} 不对。请用 {kinds} 之一。",
            f"The kind {kind!r} is not valid. Give one of {kinds}.",
        )
    given = {"title": title, "level": level, **others}
    texts = {field: value.strip() for field, value in given.items() if value is not None}
    return {**texts, "year": year} if year is not None else {**texts}
