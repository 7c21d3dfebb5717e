"""Find a quotation that was written down without regard to white space and width."""

from __future__ import annotations

import re

from answers.evaluation.scoring import squash
from indexer.text.span import Span


def find_squashed(text: str, within: Span, words: str) -> Span | None:
    """Where `words` stand in `text`, white space and full-width forms aside; None where they do not."""
    wanted = squash(words)
    squashed: list[str] = []
    origin: list[int] = []
    for position in range(within.start, within.end):
        for character in squash(text[position]):
            squashed.append(character)
            origin.append(position)
    # A figure is not the tail of a longer one: 5% does not stand in 6.5%.
    whole = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    found = re.search(whole + re.escape(wanted), "".join(squashed))
    if found is None or not wanted:
        return None
    return Span(origin[found.start()], origin[found.end() - 1] + 1)
