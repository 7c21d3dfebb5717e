"""Whether a figure is of the twin of what a question asks for: the 支出 for the 收入, the 城镇居民's for the 农村居民's.

Reports tell such things one beside the other, in the same words but for one, and where only one of them is told a reader
takes it for either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from answers.knowledge.tables import Row, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin(Row):
    """One of several things of a kind. `group` is the word for all of them."""

    group: str


def is_of_twin(query: str, before: str) -> bool:
    """Whether what is told last in the words before a figure is another of a group than the one that `query` asks for.

    Both are in Simplified characters. A question for all of a group at once, or for several, asks for no one of them.
    """
    return any(_tells_another(group, parts, query, before) for group, parts in _groups().items())


def parts_told(matter: str, count: int) -> tuple[Twin, ...]:
    """The `count` things of a group whose word stands in a matter, in order; empty where none does."""
    for group, parts in _groups().items():
        if group in matter and len(parts) == count:
            return parts
    return ()


def _tells_another(group: str, parts: tuple[Twin, ...], query: str, before: str) -> bool:
    asked = [part for part in parts if part.pattern.search(query)]
    if len(asked) != 1 or group in query:
        return False
    told = [*_told(parts, before), *((before.rfind(group), None) for _ in (1,) if group in before)]
    _, nearest = max(told, key=lambda one: one[0], default=(-1, asked[0]))
    return nearest is not asked[0]


def _told(parts: tuple[Twin, ...], before: str) -> Iterator[tuple[int, Twin | None]]:
    """Where each of the parts is told last."""
    for part in parts:
        starts = [match.start() for match in part.pattern.finditer(before)]
        if starts:
            yield starts[-1], part


@cache
def _groups() -> Mapping[str, tuple[Twin, ...]]:
    every = tuple(rows(Twin, "twins", "twin"))
    return {
        group: tuple(t for t in every if t.group == group) for group in dict.fromkeys(t.group for t in every)
    }
