"""What may be said of a report in place of what was read: the fields and their values, checked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, get_args

from embeddings.errors import WenbaoError
from indexer.report.records import DocumentKind

Level = Literal["国家", "省", "市", "县", ""]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The highest first; the last is that of no place."""
YEARS = range(1949, 2101)
"""That a report can be of."""


class CorrectionError(WenbaoError):
    """A value that no report can have. `field`: of which it was given."""

    def __init__(self, field: str, value: object, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.field, self.value = field, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a report is, where that was read wrongly. What is None stays; "" empties a field, but not the title.

    Raises:
        CorrectionError: the title is empty, the year, the level or the kind is none that a report can have, another field is
            no text.
    """

    title: str | None = None
    region: str | None = None
    level: Level | None = None
    issuer: str | None = None
    meeting: str | None = None
    date: str | None = None
    speaker: str | None = None
    year: int | None = None
    kind: DocumentKind | None = None

    def __post_init__(self) -> None:
        for field, value in self._given().items():
            _check(field, value)

    def changes(self) -> dict[str, str | int]:
        """The fields that were given, by their names, without blanks around them."""
        return {
            field: value.strip() if isinstance(value, str) and field != "kind" else value
            for field, value in self._given().items()
        }

    def _given(self) -> dict[str, str | int]:
        given = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {field: value for field, value in given if value is not None}


CORRECTABLE = tuple(field.name for field in fields(Correction))
"""The fields of a report's metadata that somebody may correct."""


def _check(field: str, value: object) -> None:
    if field == "year":
        if type(value) is not int or value not in YEARS:
            raise CorrectionError(
                field, value,
                f"年份 {value!r} 不对。请用 {YEARS[0]} 到 {YEARS[-1]} 之间的四位年份。",
                f"The year {value!r} is not valid. Give one from {YEARS[0]} to {YEARS[-1]}.",
            )  # fmt: skip
    elif not isinstance(value, str):
        raise CorrectionError(
            field,
            value,
            f"{field} = {value!r} 不是文字。请写成文字。",
            f"{field} = {value!r} is no text. Give a text.",
        )
    elif field == "title" and not value.strip():
        raise CorrectionError(
            field, value,
            f"报告的标题不能为空：{value!r}。请写出标题，或不改标题。",
            f"A report's title cannot be empty: {value!r}. Give one, or leave the title as it is.",
        )  # fmt: skip
    elif field == "level" and value not in LEVELS:
        levels = "、".join(filter(None, LEVELS))
        raise CorrectionError(
            field, value,
            f"层级 {value!r} 不对。请用{levels}之一，或留空。",
            f"The level {value!r} is not valid. Give one of {levels}, or an empty one.",
        )  # fmt: skip
    elif field == "kind" and value not in tuple(DocumentKind):
        kinds = ", ".join(DocumentKind)
        raise CorrectionError(
            field, value,
            f"文种 {value!r} 不对。请用 {kinds} 之一。",
            f"The kind {value!r} is not valid. Give one of {kinds}.",
        )  # fmt: skip
