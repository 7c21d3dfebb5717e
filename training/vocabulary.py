"""Prune the multilingual vocabulary to what Chinese and English text needs.

The bundled encoder knows 250,000 pieces of a hundred languages. A Unigram tokenizer without some of its
pieces cuts the same words into smaller ones, so nothing becomes unreadable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer

_SPECIAL = 4  # <s>, <pad>, </s>, <unk> come first
_HAN = re.compile(r"^▁?[\u4e00-\u9fff]+$")
_PLAIN = re.compile(r"^▁?[\x21-\x7e，。、；：？！“”‘’（）《》〈〉【】—…·％～－〔〕①-⑩ⅠⅡⅢⅣⅤ]*$")
_LATIN = re.compile(r"^▁?[A-Za-z]+$")


def kept_pieces(tokenizer: Path, texts: Iterable[str], english: int = 9000) -> list[int]:
    """Ids to keep, ascending: specials, short Han pieces, ASCII, and whatever `texts` are cut into.

    Of Latin pieces the `english` most probable are kept besides; they are mostly English.
    """
    loaded = Tokenizer.from_file(str(tokenizer))
    vocabulary = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    kept = set(range(_SPECIAL))
    for encoding in loaded.encode_batch(list(texts)):
        kept.update(encoding.ids)
    latin = 0
    # Pieces stand in order of probability.
    for number, (piece, _) in enumerate(vocabulary):
        if _LATIN.match(piece) and len(piece) > 3:
            latin += 1
            if latin <= english:
                kept.add(number)
        elif _PLAIN.match(piece) or (_HAN.match(piece) and len(piece.lstrip("▁")) == 1):
            kept.add(number)
    return sorted(kept)


def pruned_tokenizer(tokenizer: Path, kept: Iterable[int]) -> str:
    """The JSON of the tokenizer with only the pieces `kept`, numbered in their order."""
    data = json.loads(tokenizer.read_text(encoding="utf-8"))
    pieces = data["model"]["vocab"]
    data["model"]["vocab"] = [pieces[number] for number in kept]
    return json.dumps(data, ensure_ascii=False)
