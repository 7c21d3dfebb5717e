"""What stands below a document's last words: who issued it, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.report.documents import fits
from indexer.report.head_lines import as_written, date_in, squashed
from indexer.text.paragraphs import paragraphs

_LOOKED_AT = 3_000  # characters
_LINES = 14  # from the last one on in which a document closes, what a page puts below it included
_LONGEST_BODY = 40
_DATE = re.compile(
    r"[（(]?(?P<date>\S{4,6}年\S{1,3}月\S{1,3}日)(?:\d{1,2}[时点](?:\d{1,2}分)?)?(?:印发)?[）)]?"
)
_GLUED = re.compile(r"(?P<body>[\u4e00-\u9fff、]{3,40}?)(?P<date>\d{4}年\d{1,2}月\d{1,2}日)$")
_PARTED = re.compile(r"[\s、]+")


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a document.

    Attributes:
        bodies: those that issued it, in order; none where no date stands below them.
        date: YYYY-MM-DD; empty without one.
    """

    bodies: tuple[str, ...] = ()
    date: str = ""


NO_CLOSING = Closing()


def closing_of(text: str) -> Closing:
    """How a text closes; that of a Traditional one in Simplified characters."""
    tail = as_written(text[-_LOOKED_AT:])
    lines = [span.of(tail).strip() for span in paragraphs(tail)]
    for number in range(len(lines) - 1, max(-1, len(lines) - 1 - _LINES), -1):
        line = squashed(lines[number])
        alone = _DATE.fullmatch(line)
        if alone is not None and (date := date_in(alone["date"])):
            return Closing(_bodies_above(lines, number), date)
        glued = _GLUED.search(line)
        if glued is not None:
            whole = glued.start() == 0 and fits("signer", glued["body"])
            return Closing((glued["body"],) if whole else (), date_in(glued["date"]))
    return NO_CLOSING


def _bodies_above(lines: list[str], number: int) -> tuple[str, ...]:
    """The bodies on the lines right above the date, one or several on each."""
    found: list[str] = []
    for line in reversed(lines[:number]):
        bodies = [part for part in _PARTED.split(line) if part]
        if not all(fits("signer", body) for body in bodies):
            bodies = [squashed(line)]
        if len(line) > _LONGEST_BODY or not bodies or not all(fits("signer", body) for body in bodies):
            break
        found = [*bodies, *found]
    return tuple(found)
