"""A quiz sheet's question: a statement with a blank to fill, or options to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from answers.knowledge.tables import cue

_BLANK = cue("quiz", "blank")
_OPTION = cue("quiz", "option")
_CLAUSE_END = re.compile(r"[，,。；;！!？?：:\n]")
_LONGEST = 30  # characters of an option; what is longer is no word of a report to the letter


@dataclass(frozen=True, slots=True)
class Quiz:
    """What a question gives to choose from, or to fill.

    Attributes:
        before, after: the words next to its blank, in the blank's clause, without white space; both empty where there is none.
        options: in their order; empty where there are none.
    """

    before: str = ""
    after: str = ""
    options: tuple[str, ...] = ()

    @property
    def has_blank(self) -> bool:
        """Whether there is a blank with words beside it."""
        return bool(self.before or self.after)

    def __bool__(self) -> bool:
        return self.has_blank or bool(self.options)


NO_QUIZ = Quiz()


def read_quiz(query: str) -> Quiz:
    """Read a question in Simplified characters; one that is of no quiz has neither blank nor options.

    >>> read_quiz("内江研发投入达____亿元，增长77.6%。")
    Quiz(before='内江研发投入达', after='亿元', options=())
    >>> read_quiz("连续多少年无重大火灾？ A.40年 B.41年").options
    ('40年', '41年')
    """
    marks = list(_OPTION.finditer(query))
    # One letter with a point behind it is no list.
    stem, options = query, tuple[str, ...]()
    if len(marks) > 1:
        stem = query[: marks[0].start()]
        ends = [*(mark.start() for mark in marks[1:]), len(query)]
        options = tuple(
            query[m.end() : end].strip(" ，,；;。？?") for m, end in zip(marks, ends, strict=True)
        )
    blank = _BLANK.search(stem)
    if blank is None:
        return Quiz(options=_usable(options))
    before = _CLAUSE_END.split(stem[: blank.start()])[-1]
    after = _CLAUSE_END.split(stem[blank.end() :])[0]
    return Quiz("".join(before.split()), "".join(after.split()), _usable(options))


def _usable(options: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(option for option in options if 0 < len(option) <= _LONGEST)
