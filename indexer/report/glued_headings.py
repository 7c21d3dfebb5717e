"""Where a numbered heading ends whose text follows it without a break or a blank, told by a small learned model.

«（一）产业结构继续优化规模以上工业增加值增长7.4%»: nothing but the words tells. Fitted by
`python -m training.glued_headings` to headings of reports and the paragraphs below them; the weights lie beside this module.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indexer.report.linear_model import read_weights

WEIGHTS = Path(__file__).with_name("glued_headings.npz")
LONGEST = 40
"""Characters of a heading, its number aside."""
SEEN = 20
"""Characters behind a place that tell whether a heading ends there."""
_SHORTEST = 4
_NEVER_BEFORE = "，、；：“（《—"
_NEVER_AFTER = "，、；：:。！？,”）》%％—"
_STOP = re.compile("[。！？；：:]")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class GluedHeading:
    """How many characters of some words are a heading, and the chance, 0..1, that it ends there."""

    length: int
    chance: float


def glued_heading(words: str) -> GluedHeading | None:
    """The likeliest heading at the beginning of `words` (Simplified, the number before them left out), if there may be any."""
    words = words[: LONGEST + SEEN].replace(",", "，")
    chances = {place: _chance(features(words, place)) for place in places(words)}
    if not chances:
        return None
    best = max(chances, key=lambda place: chances[place])
    return GluedHeading(best, chances[best])


def places(words: str) -> Iterator[int]:
    """Where a heading at the beginning of `words` may end."""
    stop = _STOP.search(words)
    for place in range(
        _SHORTEST, min(LONGEST, stop.start() if stop else len(words), len(words) - _SHORTEST) + 1
    ):
        if words[place] not in _NEVER_AFTER and words[place - 1] not in _NEVER_BEFORE:
            yield place


def features(words: str, place: int) -> list[str]:
    """What the model sees of a place, each thing once: the runs on both sides, and how long the pieces are."""
    words = _DIGIT.sub("0", words)
    left, right = words[:place], words[place : place + SEEN]
    comma = left.rfind("，")
    former = comma - left.rfind("，", 0, comma) - 1 if comma >= 0 else 0
    next_comma = right.find("，")
    return [
        *(f"<{left[-size:]}" for size in (1, 2, 3)),
        *(f">{right[:size]}" for size in (1, 2, 3, 4)),
        f"|{left[-1]}{right[0]}",
        f"|{left[-2:]}{right[:2]}",
        f"long {place // 3}",
        f"since comma {(place - comma - 1) // 2 if comma >= 0 else '-'}",
        # Headings of two halves are alike in length: 改革攻坚蹄疾步稳，开放合作深化拓展.
        f"halves {max(-4, min(4, place - comma - 1 - former)) if comma >= 0 else '-'}",
        f"to comma {next_comma // 3 if next_comma >= 0 else '-'}",
    ]


def _chance(seen: list[str]) -> float:
    """As `LinearModel.chances` has it, without an array for every one of a text's thousand places."""
    weights, bias = _shipped()
    known = [weight for feature in seen if (weight := weights.get(feature)) is not None]
    return 1 / (1 + math.exp(-(bias + sum(known) / math.sqrt(max(1, len(known))))))


@lru_cache(maxsize=1)
def _shipped() -> tuple[dict[str, float], float]:
    """What each feature adds for a heading that ends, and what is added without any."""
    model = read_weights(WEIGHTS)
    added = (model.weights[:, 1] - model.weights[:, 0]).tolist()
    return {feature: added[row] for feature, row in model.rows.items()}, float(model.bias[1] - model.bias[0])
