"""Learn what `answers.understanding.spelling` and `sounds` know: `python -m training.spelling`.

The pairs of characters are those that stand in three questions and more of `training/questions/`, which ask neither the
reports nor the questions of any benchmark. The sounds of the 6,763 characters of GB 2312 are those of pypinyin, all of
each, without tones.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from pypinyin import Style, pinyin

from answers.understanding.sounds import SOUNDS
from answers.understanding.spelling import PAIRS
from indexer.text.characters import simplified

_QUESTIONS = Path(__file__).parent / "questions"
_LEAST = 3
_RUN = re.compile("[一-鿿]+")


def main() -> None:
    """Write the two files."""
    np.savez_compressed(PAIRS, pairs=np.array(sorted(pairs())))
    np.savez_compressed(SOUNDS, sounds=np.array(sorted(sounds())))


def pairs() -> Iterator[str]:
    """The pairs of characters that questions know."""
    seen: Counter[str] = Counter()
    for question in _questions():
        runs = [run[0] for run in _RUN.finditer(simplified(question))]
        seen.update({run[n : n + 2] for run in runs for n in range(len(run) - 1)})
    yield from (pair for pair, count in seen.items() if count >= _LEAST)


def sounds() -> Iterator[str]:
    """Each syllable, without its tone, and its characters: «bo 波播…»."""
    alike: dict[str, list[str]] = defaultdict(list)
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                character = bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue  # five places of the table are empty
            for sound in pinyin(character, style=Style.NORMAL, heteronym=True)[0]:
                alike[sound].append(character)
    yield from (f"{sound} {''.join(characters)}" for sound, characters in alike.items())


def _questions() -> Iterator[str]:
    for name in ("train.jsonl", "contexts.jsonl"):
        for line in (_QUESTIONS / name).read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["question"]
    for line in (_QUESTIONS / "passages.jsonl").read_text(encoding="utf-8").splitlines():
        yield from (asked["question"] for asked in json.loads(line)["questions"])


if __name__ == "__main__":
    main()
