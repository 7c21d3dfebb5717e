"""The lexical index: BM25 over the characters and pairs of characters of every passage.

Derived from the reports in memory, so that it can never disagree with them. Names and exact terms
are found by it where an embedding sees only the topic.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.report.report import Report
from indexer.text.characters import simplified

if TYPE_CHECKING:
    from bm25s import BM25

_FIRST, _LAST = 0x4E00, 0x9FFF  # Chinese characters
_PAIR = 21  # bits of a character in a pair's code
_LATIN = re.compile(r"[a-z]+|\d+(?:\.\d+)?%?")
_LATIN_CODES = 1 << 50  # codes of words and numbers begin above those of pairs


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A passage that holds words of a query: its report, its number there and its BM25 score."""

    document: str
    passage: int
    score: float


class LexicalIndex:
    """BM25 over all passages. Safe to ask from several threads."""

    def __init__(self, documents: Collection[Report]) -> None:
        self._places: list[tuple[str, int]] = []
        self._first: dict[str, int] = {}
        coded: list[NDArray[np.int64]] = []
        for report in documents:
            self._first[report.name] = len(coded)
            # Once for the whole report: spans stay, since simplifying keeps the length.
            text = report.simplified.lower()
            for number, passage in enumerate(report.passages):
                headings = report.headings(passage.section)
                heading = simplified(headings[-1]) if headings else ""
                coded.append(codes(f"{heading} {passage.span.of(text)}"))
                self._places.append((report.name, number))
        self._sizes = {report.name: len(report.passages) for report in documents}
        self._vocabulary, self._bm25 = _indexed(coded)

    def get_scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of every passage, in the order of reports and their passages."""
        known = self._known(codes(simplified(query).lower()))
        if self._bm25 is None or not known:
            return np.zeros(len(self._places), np.float32)
        return np.asarray(self._bm25.get_scores_from_ids(known), np.float32)

    def retrieve(self, query: str, k: int, documents: Collection[str] | None = None) -> list[LexicalHit]:
        """The `k` passages with the highest scores above nought, best first; only of `documents` where given."""
        return self.best(self.get_scores(query), k, documents)

    def best(
        self, scores: NDArray[np.float32], k: int, documents: Collection[str] | None = None
    ) -> list[LexicalHit]:
        """As `retrieve`, from scores that `get_scores` gave."""
        among = np.arange(len(scores)) if documents is None else self._rows_of(documents)
        order = among[np.argsort(-scores[among], kind="stable")[:k]]
        found = [(self._places[row], float(scores[row])) for row in order]
        return [LexicalHit(document, passage, score) for (document, passage), score in found if score > 0]

    def row(self, document: str, passage: int) -> int:
        """Where a passage stands in what `get_scores` gives."""
        return self._first[document] + passage

    def _rows_of(self, documents: Collection[str]) -> NDArray[np.int64]:
        rows = [np.arange(self._first[name], self._first[name] + self._sizes[name]) for name in documents]
        return np.concatenate([np.empty(0, np.int64), *rows])

    def _known(self, query: NDArray[np.int64]) -> list[int]:
        """The numbers of the query's codes in the vocabulary, without those that no passage holds."""
        if not len(self._vocabulary):
            return []
        found = np.searchsorted(self._vocabulary, query).clip(max=len(self._vocabulary) - 1)
        return [int(n) for n in found[self._vocabulary[found] == query]]


def codes(text: str) -> NDArray[np.int64]:
    """A number for every Chinese character, every pair of neighbours, every Latin word and every figure.

    Characters with pairs ranked better than pairs alone or words of a segmenter (docs/measurements.md);
    numbers instead of strings make the index of 42 reports in a second.
    """
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
    chinese = (points >= _FIRST) & (points <= _LAST)
    pairs = chinese[:-1] & chinese[1:]
    latin = np.fromiter(_latin_codes(text), np.int64)
    return np.concatenate([points[chinese], (points[:-1][pairs] << _PAIR) + points[1:][pairs], latin])


def _latin_codes(text: str) -> Iterator[int]:
    for match in _LATIN.finditer(text):
        yield _LATIN_CODES + zlib.crc32(match[0].encode())


def _indexed(coded: Sequence[NDArray[np.int64]]) -> tuple[NDArray[np.int64], BM25 | None]:
    """The vocabulary, in order, and the BM25 index of the passages; no index where there is no word."""
    if not sum(map(len, coded)):
        return np.empty(0, np.int64), None
    from bm25s import BM25

    vocabulary, numbers = np.unique(np.concatenate(coded), return_inverse=True)
    passages = np.split(numbers, np.cumsum([len(c) for c in coded])[:-1])
    bm25 = BM25(k1=1.2, b=0.75)
    known = {int(code): n for n, code in enumerate(vocabulary)}
    bm25.index(([p.tolist() for p in passages], known), create_empty_token=False, show_progress=False)
    return vocabulary, bm25
