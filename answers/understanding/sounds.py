"""How Chinese characters sound, without tones: the 6,763 of GB 2312, each with all its readings (`training.spelling`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from pathlib import Path

import numpy as np

SOUNDS = Path(__file__).with_name("sounds.npz")
"""Where they are: a row the syllable and its characters."""
_MOST_READINGS = 64  # of one name


@dataclass(frozen=True, slots=True)
class _Sounds:
    """The syllables of a character, and the characters of a syllable."""

    syllables: Mapping[str, tuple[str, ...]]
    characters: Mapping[str, str]


def homophones(character: str) -> list[str]:
    """The other characters with a sound of this one, each once; none of one that is unknown."""
    sounds = _sounds()
    alike = dict.fromkeys("".join(sounds.characters[one] for one in sounds.syllables.get(character, ())))
    return [one for one in alike if one != character]


def spelled(name: str) -> tuple[str, ...]:
    """A name in Latin letters, in all its readings; empty where a character is unknown.

    >>> spelled("西安"), spelled("扬州")
    (('xian',), ('yangzhou',))
    """
    readings = [_sounds().syllables.get(character, ()) for character in name]
    return tuple("".join(one) for one in islice(product(*readings), _MOST_READINGS))


@cache
def _sounds() -> _Sounds:
    with np.load(SOUNDS) as arrays:
        characters = dict(row.split() for row in arrays["sounds"].tolist())
    syllables: dict[str, list[str]] = defaultdict(list)
    for syllable, some in characters.items():
        for character in some:
            syllables[character].append(syllable)
    return _Sounds({one: tuple(found) for one, found in syllables.items()}, characters)
