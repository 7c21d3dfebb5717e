"""The lexical index: BM25 over the characters and pairs of characters of every passage and every document, on disk.

Names and exact terms are found by it where an embedding sees only the topic. It is derived from the
reports and knows only the numbers that the store gave to documents and passages. Tantivy keeps it:
files mapped into memory, commits that are there whole or not at all, and a search that skips what
cannot come among the best (block-max WAND, Ding and Suel 2011).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from indexer.store.lexical_files import LexicalDamage, damaged_files, reading
from indexer.store.lexical_schema import DOCUMENT, HELD, PASSAGE, TOKENS, WHOLE, opened_index, schema
from indexer.store.lexical_tokens import is_one_token, tokens
from indexer.text.characters import simplified

# Tantivy's BM25 has k1 1.2 and b 0.75 and multiplies by k1 + 1, which changes no order. The retriever's
# weight of words was fitted to scores without that factor.
_FACTOR = 1 / 2.2
# A question has 20 to 60 tokens. Of a text pasted in their place the rarest decide.
_MOST_TOKENS = 128
# Places in the lists of passages that one question may go through to find candidates: 200,000 passages stay
# below it; among a million, common characters ("发", "的") have no say in the first look (docs/measurements.md).
_POSTINGS = 1_000_000
_FIRST_LOOK = 5  # times as many passages as wanted, which are then scored with every token
_FEW_DOCUMENTS = 100  # so few are searched with every token at once
_FEW_NUMBERS = 2000  # so few are looked up one by one quicker than as a set


@dataclass(frozen=True, slots=True)
class LexicalHit:
    """A passage or a document that holds words of a query: its number in the store and its BM25 score."""

    number: int
    score: float


class LexicalIndex:
    """What was committed when it was opened or last reloaded. Safe to ask from several threads."""

    def __init__(self, directory: Path) -> None:
        """Opens an index.

        Raises:
            LexicalDamage: there is none, or it cannot be read.
        """
        self.directory = directory
        with reading(directory):
            if not tantivy.Index.exists(str(directory)):
                raise LexicalDamage(directory, "meta.json")
            self._index = opened_index(directory)
            self._searcher = self._index.searcher()
            self._count = _documents(self._searcher)

    def reload(self) -> None:
        """Sees what other processes have committed since.

        Raises:
            LexicalDamage: it cannot be read any more.
        """
        with reading(self.directory):
            self._index.reload()
            self._searcher = self._index.searcher()
            self._count = _documents(self._searcher)

    def best(self, query: str, k: int, documents: Collection[int] | None = None) -> list[LexicalHit]:
        """The `k` passages with the highest scores above nought, best first; only of `documents` where given.

        Among very many passages the commonest characters do not choose the candidates; all tokens score them.

        Raises:
            LexicalDamage: a file cannot be read.
        """
        if k <= 0 or (documents is not None and not documents):
            return []
        with reading(self.directory):
            searcher = self._searcher
            found = _known(searcher, query)
            among = None if documents is None else _numbered(DOCUMENT, documents)
            first = found[: _affordable(found, documents)]
            if len(first) == len(found):
                return _hits(searcher, _scoring(found), k, among)
            candidates = [hit.number for hit in _hits(searcher, _scoring(first), _FIRST_LOOK * k, among)]
            return _hits(searcher, _scoring(found), k, _numbered(PASSAGE, candidates))

    def scores(self, query: str, passages: Sequence[int]) -> NDArray[np.float32]:
        """The BM25 score of each of `passages`, in their order: 0 where it holds no word of the query.

        Raises:
            LexicalDamage: a file cannot be read.
        """
        if not len(passages):
            return np.empty(0, np.float32)
        with reading(self.directory):
            searcher = self._searcher
            among = _numbered(PASSAGE, set(passages))
            hits = _hits(searcher, _scoring(_known(searcher, query)), len(passages), among)
        found = {hit.number: hit.score for hit in hits}
        return np.fromiter((found.get(passage, 0.0) for passage in passages), np.float32, len(passages))

    def held(self, query: str, documents: Sequence[int]) -> NDArray[np.float32]:
        """How much of a query each of `documents` holds anywhere, in their order: the sum of its tokens' rarity.

        The rarity of a token is its inverse document frequency as in BM25, over documents: a name that one document
        holds counts, what all of them hold says nothing.

        Raises:
            LexicalDamage: a file cannot be read.
        """
        if not len(documents):
            return np.empty(0, np.float32)
        with reading(self.directory):
            searcher = self._searcher
            known = _known(searcher, query, WHOLE)
            rarity = [(one, _rarity(one.passages, self._count)) for one in known]
            parts = [
                Query.const_score_query(
                    Query.term_query(schema(), WHOLE, one.token, index_option="basic"), one.count * rare
                )
                for one, rare in rarity
            ]
            scoring = Query.boolean_query([(Occur.Should, part) for part in parts])
            hits = _hits(searcher, scoring, len(documents), _numbered(DOCUMENT, set(documents)), HELD)
        found = {hit.number: hit.score / _FACTOR for hit in hits}
        return np.fromiter((found.get(document, 0.0) for document in documents), np.float32, len(documents))

    def frequency(self, word: str) -> int:
        """In how many passages a character, a pair of characters or a word in Latin letters stands.

        Raises:
            LexicalDamage: a file cannot be read.
        """
        # A pair of Chinese characters stands nowhere that each of them does not; a question asks for hundreds.
        looked_up = [word] if is_one_token(word) else tokens(word)
        with reading(self.directory):
            return min((int(self._searcher.doc_freq(TOKENS, t)) for t in looked_up), default=0)

    def holding(self, words: str, k: int) -> list[int]:
        """Passages that hold every token of some words, at most `k`: among these are all that have them side by side.

        Raises:
            LexicalDamage: a file cannot be read.
        """
        with reading(self.directory):
            terms = [Query.term_query(schema(), TOKENS, t, index_option="basic") for t in {*tokens(words)}]
            every = Query.boolean_query([(Occur.Must, term) for term in terms])
            return [hit.number for hit in _hits(self._searcher, every, k, None)] if terms else []

    def documents(self) -> frozenset[int]:
        """The documents that it holds.

        Raises:
            LexicalDamage: a file cannot be read.
        """
        with reading(self.directory):
            searcher = self._searcher
            if not self._count:
                return frozenset()
            marked = Query.exists_query(HELD)
            places = [place for _, place in searcher.search(marked, self._count, count=False).hits]
            return frozenset(int(n) for n in searcher.fast_field_values(HELD, places) if n is not None)

    def damaged_files(self) -> tuple[str, ...]:
        """The names of its files whose bytes have changed; reads them all."""
        return damaged_files(self.directory)


@dataclass(frozen=True, slots=True)
class _QueryToken:
    """A token of a query that some passage holds: how often it is asked for, how many passages hold it."""

    token: str
    count: int
    passages: int


def _known(searcher: tantivy.Searcher, query: str, field: str = TOKENS) -> list[_QueryToken]:
    """The query's tokens that some passage holds, or some document, rarest first."""
    whole = query.encode("utf-8", "replace").decode("utf-8")  # half a character cannot be converted
    counted = Counter(tokens(simplified(whole)))
    asked = [_QueryToken(t, n, searcher.doc_freq(field, t)) for t, n in counted.items()]
    return sorted((t for t in asked if t.passages), key=lambda t: t.passages)[:_MOST_TOKENS]


def _documents(searcher: tantivy.Searcher) -> int:
    """How many documents there are."""
    return int(searcher.search(Query.exists_query(HELD), 1).count)  # type: ignore[attr-defined] # the stub leaves it out


def _rarity(holding: int, documents: int) -> float:
    """The inverse document frequency of BM25 (Robertson and Zaragoza 2009) of what so many of all documents hold."""
    return math.log1p((max(0, documents - holding) + 0.5) / (holding + 0.5))


def _affordable(found: Sequence[_QueryToken], documents: Collection[int] | None) -> int:
    """How many tokens, of the rarest first, choose the candidates; one at least."""
    if documents is not None and len(documents) <= _FEW_DOCUMENTS:
        return len(found)
    total = np.cumsum([token.passages for token in found])
    return max(1, int(np.searchsorted(total, _POSTINGS, side="right")))


def _scoring(found: Iterable[_QueryToken]) -> Query:
    parts = []
    for token in found:
        term = Query.term_query(schema(), TOKENS, token.token, index_option="freq")
        parts.append(
            (Occur.Should, term if token.count == 1 else Query.boost_query(term, float(token.count)))
        )
    return Query.boolean_query(parts)


def _numbered(field: str, numbers: Collection[int]) -> Query:
    """The passages with one of the numbers in a field; scores nothing."""
    if len(numbers) > _FEW_NUMBERS:
        found = Query.term_set_query(schema(), field, list(numbers))
    else:
        terms = [Query.term_query(schema(), field, n, index_option="basic") for n in numbers]
        found = Query.boolean_query([(Occur.Should, term) for term in terms])
    return Query.const_score_query(found, 0.0)


def _hits(
    searcher: tantivy.Searcher, scoring: Query, k: int, among: Query | None, field: str = PASSAGE
) -> list[LexicalHit]:
    query = scoring if among is None else Query.boolean_query([(Occur.Must, among), (Occur.Must, scoring)])
    found = searcher.search(query, k, count=False).hits
    numbers = searcher.fast_field_values(field, [place for _, place in found])
    return [
        LexicalHit(int(number), score * _FACTOR)
        for (score, _), number in zip(found, numbers, strict=True)
        if number is not None
    ]
