"""A question in English, in the Chinese words that reports use: 宁波市 2023年 新增 养老床位 多少.

It is no translation. Each phrase that the glossary (`answers/knowledge/english.csv`) knows, the longest first, stands for
the words that reports have for it; places and years come first and what is asked comes last, as people type key words; of
«the output of grain» the grain comes first. Words of no use to a search are left out, and what the glossary does not know,
names above all, stays as it was typed. Forms of a word are told by their stems (Porter's second stemmer, `snowballstemmer`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from answers.understanding.places import Mention, Places, named_places
from indexer.errors import KnowledgeError

GLOSSARY = Path(__file__).parents[1] / "knowledge" / "english.csv"
"""English words and phrases, what reports say for them, and where in a question that stands."""

_CHINESE = re.compile("[一-鿿]")
_TWO_WORDS = re.compile(r"[A-Za-z]{2,}(?:[^A-Za-z]|[^A-Za-z][A-Za-z][^A-Za-z])+[A-Za-z]{2,}")
# What follows an apostrophe is of the word (Xi'an), but for the s of a possessive.
_WORD = re.compile(
    r"(?<!['’])[A-Za-z]+(?:[&.]?[A-Za-z]|['’](?!s\b)[A-Za-z])*(?:\d+(?:\.\d+)?)?|\d+(?:[,.]\d+)*%?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_CHINESE_SCALES = ((12, "万亿"), (8, "亿"), (4, "万"))


class _Part(Enum):
    """Where the words for a phrase stand."""

    BODY = ""
    FIRST = "first"  # the time, beside the places
    ASK = "ask"  # what is asked, at the end
    OF = "of"  # what follows comes before what precedes
    BREAK = "break"  # nothing of its own: the phrase before it ends


@dataclass(frozen=True, slots=True)
class _Words:
    """Chinese words, and where they stand."""

    text: str
    part: _Part


@dataclass(frozen=True, slots=True)
class _Glossary:
    """Phrases as they are written and by the stems of their words."""

    written: dict[tuple[str, ...], _Words]
    stems: dict[tuple[str, ...], _Words]
    longest: int

    def at(self, words: Sequence[str], start: int) -> tuple[int, _Words] | None:
        """The longest phrase that begins with this word: how many words it has, and what it stands for."""
        phrase = tuple(word.lower() for word in words[start : start + self.longest])
        stems = _stems(phrase)
        for size in range(len(phrase), 0, -1):
            found = self.written.get(phrase[:size]) or self.stems.get(stems[:size])
            if found is not None:
                return size, found
        return None


def is_english(query: str) -> bool:
    """Whether a question is one in English: two words at least, and no Chinese character."""
    return not _CHINESE.search(query) and bool(_TWO_WORDS.search(query))


def in_chinese(query: str) -> str:
    """The question in the words of the reports, with blanks between them.

    Raises:
        KnowledgeError: the glossary cannot be read.
    """
    found = list(_in_order(query, named_places(query)))
    first = [one.text for one in found if one.part is _Part.FIRST]
    asked = [one.text for one in found if one.part is _Part.ASK]
    return " ".join(dict.fromkeys(filter(None, [*first, *_body(found), *asked])))


def _in_order(query: str, places: Places) -> Iterator[_Words]:
    """The words for each phrase and each name of a place, from left to right.

    A phrase that holds a name is the phrase: the Yangtze River Delta, aid to Tibet.
    """
    found, glossary = list(_WORD.finditer(query)), _glossary()
    words = [word.group() for word in found]
    named = {mention.start: mention for mention in places.mentions}
    start = 0
    while start < len(words):
        mention = named.get(found[start].start())
        inside = 1 if mention is None else sum(mention.start <= w.start() < mention.end for w in found)
        size, known = glossary.at(words, start) or (0, None)
        if known is None or (mention is not None and size < inside):
            size, known = (inside, _named(mention, places)) if mention else _unknown(words, start)
        yield known
        start += size


def _named(mention: Mention, places: Places) -> _Words:
    if mention.regions:
        return _Words(" ".join(region.name for region in mention.regions), _Part.FIRST)
    return _Words("各省" if places.every_province else "全国", _Part.FIRST)


def _unknown(words: Sequence[str], start: int) -> tuple[int, _Words]:
    """How many words stand for what, where the glossary does not know them: a number, a year, a name."""
    word, after = words[start], words[start + 1 : start + 2]
    if _NUMBER.fullmatch(word) and after and after[0] in _SCALES:
        return 2, _Words(_scaled(word, after[0]), _Part.BODY)
    if _YEAR.fullmatch(word):
        return 1, _Words(f"{word}年", _Part.FIRST)
    # A name in Latin letters stands in no report, but for those that are no words: PM2.5, AI.
    return 1, _Words(word if word.upper() == word else "", _Part.BODY)


def _scaled(number: str, scale: str) -> str:
    """50 million is 5000万."""
    value = Decimal(number.replace(",", "")).scaleb(_SCALES[scale])
    power, sign = next(((p, s) for p, s in _CHINESE_SCALES if value >= 10**p), (0, ""))
    return f"{value.scaleb(-power).normalize():f}{sign}"


def _body(found: Sequence[_Words]) -> Iterator[str]:
    """What neither comes first nor last, with the phrases around «of» turned round."""
    around: list[list[str]] = [[]]
    for one in (*found, _Words("", _Part.BREAK)):
        if one.part is _Part.BODY:
            around[-1].append(one.text)
        elif one.part is _Part.OF:
            around.append([])
        elif one.part is _Part.BREAK:
            for phrase in reversed(around):
                yield from phrase
            around = [[]]


@lru_cache(maxsize=1)
def _glossary() -> _Glossary:
    written: dict[tuple[str, ...], _Words] = {}
    try:
        with GLOSSARY.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                phrase = tuple(_WORD.findall(row["english"].lower()))
                written.setdefault(phrase, _Words(row["chinese"], _Part(row["part"])))
    except (OSError, KeyError, ValueError) as error:
        raise KnowledgeError(
            f"英文词表 {GLOSSARY} 读不出来（{error}）。请重新安装程序。",
            f"The glossary {GLOSSARY} cannot be read ({error}). Install the program again.",
        ) from error
    stems: dict[tuple[str, ...], _Words] = {}
    # Of words with one stem the shortest is the plainest: urban, not urbanised.
    for phrase in sorted(written, key=lambda phrase: (sum(map(len, phrase)), phrase)):
        stems.setdefault(_stems(phrase), written[phrase])
    return _Glossary(written, stems, max(map(len, written)))


def _stems(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(_stem, words))


@lru_cache(maxsize=10_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    import snowballstemmer  # all its languages with it, which only questions in English need

    return snowballstemmer.stemmer("english")
