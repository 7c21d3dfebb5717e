"""The tokenizer of the bundled model: whole, or only as much of it as a text needs.

The vocabulary has 250,000 pieces of a hundred languages. Loaded whole it takes a second and 280 MB. But only
a piece that stands in a text can be among its tokens: `LeanTokenizer` finds those pieces first and makes a
tokenizer of them, which gives the same tokens in a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings.e5_file import E5Tokenizer, Pieces

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer
    from tokenizers.normalizers import Normalizer

# Stands for ～ while the rest is normalised; only the tokenizer ever sees it.
_PRIVATE = "\ue000"
_BLANK = "▁"  # what the vocabulary writes for a space
_FACTOR = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2 ** 64
_INVERSE = pow(_FACTOR, -1, 1 << 64)


def whole_tokenizer(source: E5Tokenizer) -> Tokenizer:
    """The tokenizer with all pieces."""
    return _tokenizer(source, _normalizer(source), np.arange(len(source.pieces)))


class LeanTokenizer:
    """Tokens as `whole_tokenizer` gives them, of one text at a time. Safe from several threads."""

    def __init__(self, source: E5Tokenizer) -> None:
        self._source = source
        self._normalizer = _normalizer(source)
        self._finder = _PieceFinder(source.pieces)
        special = (source.bos, source.eos, source.pad, source.unk)
        self._special = [source.pieces[i].text for i in special]
        # What an unknown character costs is counted from the rarest piece.
        self._always = np.array([*special, int(np.argmin(source.pieces.scores))])

    def encode(self, text: str) -> tuple[NDArray[np.int64], Encoding]:
        """The token ids, int64 of shape (tokens,), and what else the library says (but for its ids).

        Special tokens are included; nothing is cut.
        """
        # Special tokens that a text spells out are cut out of it before the rest is looked at.
        plain = text
        for name in self._special:
            plain = plain.replace(name, " ")
        normalized = _BLANK + self._normalizer.normalize_str(plain).replace(" ", _BLANK)
        kept = np.union1d(self._always, self._finder.found_in(normalized))
        encoding = _tokenizer(self._source, self._normalizer, kept).encode(text)
        return kept[encoding.ids].astype(np.int64), encoding


class _PieceFinder:
    """Finds all pieces that stand anywhere in a text.

    A string is known by the sum of its characters times powers of a factor, modulo 2 ** 64, so that those of
    all substrings are differences of running sums. Strings that happen to share a sum do no harm: a piece
    that does not stand in the text is then among those found.
    """

    def __init__(self, pieces: Pieces) -> None:
        blob = np.frombuffer(pieces.blob, np.uint8)
        places = np.concatenate([[0], np.cumsum(blob & 0xC0 != 0x80)])[pieces.offsets]
        sums, scale = _running_sums(pieces.blob.decode("utf-8"))
        keys = (sums[places[1:]] - sums[places[:-1]]) * scale[places[:-1]]
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]
        if (self._keys[1:] == self._keys[:-1]).any():
            raise ValueError("two pieces of the vocabulary share a key")
        self._longest = int(np.diff(places).max())

    def found_in(self, text: str) -> NDArray[np.intp]:
        """The ids of the pieces, in any order, some of them more than once."""
        sums, scale = _running_sums(text)
        keys = np.concatenate(
            [
                (sums[size:] - sums[:-size]) * scale[: len(text) + 1 - size]
                for size in range(1, min(self._longest, len(text)) + 1)
            ]
        )
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        found: NDArray[np.intp] = self._order[at[self._keys[at] == keys]]
        return found


def _running_sums(text: str) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Sums before each character and at the end, and what makes a difference of two begin at power 0."""
    characters = np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.uint64)
    sums = np.zeros(len(text) + 1, np.uint64)
    np.cumsum(characters * _powers(_FACTOR, len(text)), out=sums[1:])
    return sums, _powers(_INVERSE, len(text) + 1)


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    """1, base, base ** 2, … modulo 2 ** 64."""
    powers = np.full(count, base, np.uint64)
    powers[:1] = 1
    return np.cumprod(powers, dtype=np.uint64)


def _normalizer(source: E5Tokenizer) -> Normalizer:
    # Imported here: the page is drawn before models are loaded.
    from tokenizers import Regex, normalizers

    # The file lists its normaliser one code point at a time. All but 45 of the 4,837 rules are what
    # NFKC does; those remove control characters or turn odd white space into a space.
    removed = "".join(rule.character for rule in source.rules if rule.replacement == "")
    blank = "".join(r.character for r in source.rules if r.replacement == " " and r.character != " ")
    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(_character_class(removed)), ""),
            normalizers.Replace(Regex(_character_class(blank)), " "),
            # Ranges are written 5%～6%: the model's own normaliser keeps ～, NFKC would make it ~.
            normalizers.Replace("～", _PRIVATE),
            normalizers.NFKC(),
            normalizers.Replace(_PRIVATE, "～"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )


def _character_class(characters: str) -> str:
    return "[" + "".join(f"\\x{{{ord(character):04X}}}" for character in characters) + "]"


def _tokenizer(source: E5Tokenizer, normalizer: Normalizer, kept: NDArray[np.intp]) -> Tokenizer:
    """A tokenizer of the pieces `kept`, ascending ids; its own ids are positions in that."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors

    def local(token: int) -> int:
        return int(np.searchsorted(kept, token))

    pieces = (source.pieces[i] for i in kept.tolist())
    tokenizer = Tokenizer(
        models.Unigram([(piece.text, piece.score) for piece in pieces], unk_id=local(source.unk))
    )
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    bos, eos, pad, unk = _names(source, (source.bos, source.eos, source.pad, source.unk))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, local(source.bos)), (eos, local(source.eos))],
    )
    tokenizer.add_special_tokens(
        [AddedToken(name, normalized=False, special=True) for name in (bos, pad, eos, unk)]
    )
    return tokenizer


def _names(source: E5Tokenizer, ids: Iterable[int]) -> list[str]:
    return [source.pieces[i].text for i in ids]
