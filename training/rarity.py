"""Learn how rare pairs of characters are in reports: `python -m training.rarity FOLDER`.

FOLDER holds reports as text or Markdown in UTF-8, such as the unpacked archive of ../shared/reports. A piece of 300 characters of a paragraph is a passage.
A pair that is in fewer passages than one in e⁹ is left out: whatever is not known is as rare.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from answers.reading.said import RAREST, RARITY
from indexer.text.characters import normalise, simplified

_PASSAGE = 300
_HAN = range(0x4E00, 0xA000)


def main(folder: Path) -> None:
    """Write the file."""
    held: Counter[str] = Counter()
    passages = 0
    for path in (path for ending in ("*.md", "*.txt") for path in folder.rglob(ending)):
        for paragraph in simplified(normalise(path.read_text(encoding="utf-8"))).split("\n"):
            for start in range(0, len(paragraph), _PASSAGE):
                passage = paragraph[start : start + _PASSAGE + 1]
                passages += 1
                held.update({passage[n : n + 2] for n in range(len(passage) - 1)})
    weights = {
        pair: math.log(passages / (count + 1))
        for pair, count in held.items()
        if all(ord(character) in _HAN for character in pair)
    }
    known = sorted(pair for pair, weight in weights.items() if weight < RAREST)
    rounded = np.array([round(max(0.0, weights[pair]) * 25) for pair in known], np.uint8)
    np.savez_compressed(RARITY, pairs=np.array(known), weights=rounded)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
