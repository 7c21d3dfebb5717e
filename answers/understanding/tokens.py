"""A question as tokens: its characters, and the places and times found in it, each a whole.

Patterns see one sign for every token. So they tell that something was found and never look into it: where 江苏
is known to be a place, «江苏西部» is ⌂西部. A sign that somebody types is a character that nobody knows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

# A place that is asked, a place that is not (对接上海), a year in figures, and what says of which time a report is.
# None of them is a letter, a blank or of two cases, so that no class of a pattern holds it by chance.
PLACE, OTHER_PLACE, YEAR, TIME = "⌂⌀◴◷"
_UNKNOWN = str.maketrans(dict.fromkeys((PLACE, OTHER_PLACE, YEAR, TIME), "\N{REPLACEMENT CHARACTER}"))


@dataclass(frozen=True, slots=True)
class Token:
    """A character of a question, or what was found in it.

    Attributes:
        text: as it is written; a year in Arabic figures.
        sign: the one character that patterns see.
        start: where it begins in the question.
        end: where it ends, exclusive.
    """

    text: str
    sign: str
    start: int
    end: int


@dataclass(frozen=True)
class Tokens:
    """The tokens of a question, or of what was kept of it, in order."""

    tokens: tuple[Token, ...]

    @classmethod
    def of(cls, question: str) -> Tokens:
        """Every character a token, nothing found yet."""
        signs = question.translate(_UNKNOWN)
        return cls(tuple(Token(c, signs[n], n, n + 1) for n, c in enumerate(question)))

    @cached_property
    def signs(self) -> str:
        """What patterns see: as many characters as there are tokens."""
        return "".join(token.sign for token in self.tokens)

    @property
    def text(self) -> str:
        """The words of all tokens."""
        return "".join(token.text for token in self.tokens)

    def joined(self, found: Iterable[Token]) -> Tokens:
        """With each of `found` in place of the characters from its start to its end, if these are all there."""
        wholes = sorted(found, key=lambda token: -token.start)
        if not wholes:
            return self
        tokens = list(self.tokens)
        for whole in wholes:
            first = bisect_left(tokens, whole.start, key=lambda token: token.start)
            last = bisect_left(tokens, whole.end, key=lambda token: token.start)
            if last - first == whole.end - whole.start:
                tokens[first:last] = [whole]
        return Tokens(tuple(tokens))

    def place_of(self, match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
        """Where in the question a match of `signs` begins and ends, exclusive."""
        first, last = match.span(group)
        return self.tokens[first].start, self.tokens[last - 1].end

    def within(self, match: re.Match[str], group: int | str = 0) -> tuple[Token, ...]:
        """The tokens of a match of `signs`."""
        return self.tokens[slice(*match.span(group))]

    def replaced(
        self,
        pattern: re.Pattern[str],
        sign: str,
        where: Callable[[re.Match[str]], bool] = lambda match: True,
    ) -> Tokens:
        """Every match of `signs` made one token of that sign; with an empty sign the matches go.

        Matches for which `where` does not hold stay as they are.
        """
        kept: list[Token] = []
        end = 0
        for match in pattern.finditer(self.signs):
            if match.end() == match.start() or not where(match):
                continue
            kept.extend(self.tokens[end : match.start()])
            if sign:
                kept.append(Token("".join(t.text for t in self.within(match)), sign, *self.place_of(match)))
            end = match.end()
        return Tokens((*kept, *self.tokens[end:]))
