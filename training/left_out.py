"""Places whose questions the reader does not learn from, so that the confidence can be fitted on what it has not seen."""

from __future__ import annotations

import hashlib
import re

_EVERY = 3  # of so many places one is left out

_YEAR = re.compile(r"\d{4}$")


def is_left_out(document: str) -> bool:
    """Whether the questions on a report (岳阳市2015) are left out: by a digest of its place's name, all its years together."""
    place = _YEAR.sub("", document)
    return int(hashlib.md5(place.encode(), usedforsecurity=False).hexdigest(), 16) % _EVERY == 0
