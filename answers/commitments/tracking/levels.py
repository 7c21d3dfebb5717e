"""Whether two numbers say how something stands, so that one of several years may be compared with one of a single year."""

from __future__ import annotations

import re
from functools import partial

from answers.commitments.rows import Commitment
from answers.knowledge.tables import Row, alternatives, rows
from answers.reading.years_told import stands_at

_cues = partial(rows, Row, "years_told")
_STANDING = re.compile(f"(?:{alternatives(_cues('standing'))})$")
_RISES_TO = re.compile(alternatives(_cues("rises_to")))


def same_level(target: Commitment, outcome: Commitment) -> bool:
    """Whether both numbers say how something stands, not how much was done or how much it changed: then that of several
    years is the last one's."""
    if not (stands_at(target.action) and stands_at(outcome.action)):
        return False
    return bool(_RISES_TO.fullmatch(outcome.action)) or all(
        _STANDING.search(row.object) for row in (target, outcome)
    )
