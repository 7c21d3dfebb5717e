"""An index that is open for questions: its catalogue at hand, everything else read when it is asked for."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings import EncoderIdentity, Vectors
from indexer.errors import ChangedIndex, IndexFault, damaged, no_report
from indexer.location import AnyPath, path_of
from indexer.report.records import Passage, Unit, UnitKind
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.reports import proven_report
from indexer.store.catalogue import Catalogue, ReportEntry
from indexer.store.database import open_store
from indexer.store.lexical import LexicalIndex
from indexer.store.packing import NONE, UnpackedPassages, units_in
from indexer.store.rows import StoredPassage
from indexer.store.searching import open_search
from indexer.store.servers import servers_of
from indexer.store.settings import StoreSettings, check_model, embedded_by
from indexer.store.store import Store
from indexer.store.vectors import IdRange, PassageSearch, derive_vectors
from indexer.store.words import complete_words
from indexer.store.writing import refresh_vectors

_KEPT_REPORTS = 64
_LOOKED_THROUGH = 200  # passages that hold all characters and pairs of some words; hardly one has them apart


@dataclass(frozen=True, slots=True)
class PassageKey:
    """Names one passage of the index: the document's name and the passage's number in it."""

    document: str
    number: int


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit that a query found. `score` is a cosine similarity."""

    document: str
    unit: Unit
    score: float


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage compared with a query by all its units.

    Attributes:
        id: its number in the store.
        report: its report's entry.
        whole, sentence, clause: the similarities of the passage, its best sentence and its best clause. A passage
            of short sentences has no clauses: its best sentence stands for them.
        parts: float32 of shape (parts,), of its sentences and clauses in order.
    """

    id: int
    report: ReportEntry
    passage: Passage
    role: Role
    whole: float
    sentence: float
    clause: float
    parts: NDArray[np.float32]
    stored: StoredPassage

    @property
    def key(self) -> PassageKey:
        """What names it."""
        return PassageKey(self.report.name, self.passage.number)

    @property
    def scores(self) -> NDArray[np.float32]:
        """The similarities of all its units, in order, the passage itself first."""
        return np.append(np.float32(self.whole), self.parts)

    def units(self) -> tuple[UnitHit, ...]:
        """Its units with their similarities, best first."""
        units = units_in(self.stored.packed, self.passage.number, self.passage.span)
        hits = [
            UnitHit(self.report.name, unit, float(score))
            for unit, score in zip(units, self.scores, strict=True)
        ]
        return tuple(sorted(hits, key=lambda hit: -hit.score))


class ReportIndex:
    """Reports and their vectors as they were when it was opened. Safe to use from several threads.

    Only the catalogue is held in memory: texts and the vectors of units are read for the passages that are scored.
    """

    def __init__(
        self,
        directory: Path,
        settings: StoreSettings,
        catalogue: Catalogue,
        vectors: PassageSearch,
        lexical: LexicalIndex,
        embedded: str,
    ) -> None:
        self.directory = directory
        self.settings = settings
        self.lexical = lexical
        self._embedded = embedded
        self._catalogue = catalogue
        self._vectors = vectors
        self._read: OrderedDict[str, Report] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def reports(self) -> tuple[ReportEntry, ...]:
        """What is known of every report, in the order it was added."""
        return self._catalogue.entries

    @property
    def catalogue(self) -> Catalogue:
        """The same, to be looked up."""
        return self._catalogue

    def report(self, name: str) -> Report:
        """The report with this name; the last ones that were read are kept.

        Raises:
            IndexFault: there is none, or its text is not what was indexed.
            ChangedIndex: it was removed or replaced meanwhile.
        """
        entry = self.entry(name)
        with self._lock:
            if name in self._read:
                self._read.move_to_end(name)
                return self._read[name]
        with self._store() as store:
            known = store.entry(name)
            found = proven_report(self.directory, store, name)
        if found is None or known is None or known.id != entry.id:
            raise ChangedIndex(self.directory)
        with self._lock:
            self._read[name] = found
            while len(self._read) > _KEPT_REPORTS:
                self._read.popitem(last=False)
        return found

    def entry(self, name: str) -> ReportEntry:
        """What is known of the report with this name.

        Raises:
            IndexFault: there is none.
        """
        found = self._catalogue.get(name)
        if found is None:
            raise no_report(name, [known.name for known in self._catalogue])
        return found

    def nearest(self, query: Vectors, k: int, documents: Collection[str] | None = None) -> list[int]:
        """The ids of the `k` passages nearest to the query vector, best first; only of `documents` where given.

        Raises:
            IndexFault: a document is not in the index.
        """
        among = None
        if documents is not None:
            among = _ranges([self.entry(name) for name in documents])
        elif self.settings.vector_gone:
            # The FAISS file still holds removed reports, and would spend its best places on them.
            among = self._present
        return [hit.passage for hit in self._vectors.retrieve(query, k, among)]

    def worded(self, query: str, k: int, documents: Collection[str] | None = None) -> list[int]:
        """The ids of the `k` passages that hold the words of a query best; only of `documents` where given.

        Raises:
            IndexFault: a document is not in the index.
        """
        among = None if documents is None else [self.entry(name).id for name in documents]
        return [hit.number for hit in self.lexical.best(query, k, among)]

    def says(self, words: str) -> bool:
        """Whether some report has these words, in Simplified characters, side by side."""
        holding = self.lexical.holding(words, _LOOKED_THROUGH)
        entries = sorted(self.reports, key=attrgetter("first"))
        owners = {bisect_right(entries, number, key=attrgetter("first")) - 1 for number in holding}
        return any(words in self.report(entries[owner].name).simplified for owner in sorted(owners))

    def scored(self, query: Vectors, passages: Sequence[int]) -> list[ScoredPassage]:
        """These passages compared with the query by all their units; those that were removed are left out."""
        with self._store() as store:
            return self._scored(query, store.passages(passages))

    def scored_report(self, query: Vectors, document: str) -> list[ScoredPassage]:
        """Every passage of one report that says something, compared with the query, in order.

        Raises:
            IndexFault: the document is not in the index.
        """
        with self._store() as store:
            return self._scored(query, store.passages_of(self.entry(document).id))

    @contextmanager
    def _store(self) -> Iterator[Store]:
        """The store that this was opened from; its ids name something else in any other.

        Raises:
            ChangedIndex: another one has taken its place.
        """
        with open_store(self.directory) as store:
            # The name of the words is a store's own: no other store ever has it.
            if store.settings().words != self.settings.words:
                raise ChangedIndex(self.directory)
            yield store

    def _scored(self, query: Vectors, stored: Sequence[StoredPassage]) -> list[ScoredPassage]:
        known = [(found, self._catalogue.with_id(found.document)) for found in stored]
        here = [(found, entry) for found, entry in known if entry is not None]
        if not here:
            return []
        try:
            unpacked = UnpackedPassages.of([found.packed for found, _ in here], self.settings.dimension)
            if not unpacked.fit([len(found.passage.span) for found, _ in here]):
                raise ValueError("a unit that crosses the bounds of its passage")
        except (ValueError, TypeError) as error:
            raise damaged(self.directory, str(error)) from error
        wholes, parts = unpacked.scores(query)
        sentences = unpacked.best(parts, UnitKind.SENTENCE)
        clauses = unpacked.best(parts, UnitKind.CLAUSE)
        clauses = np.where(clauses > NONE, clauses, sentences)
        ends = np.cumsum(unpacked.counts).tolist()
        starts = [0, *ends[:-1]]
        scored = [
            ScoredPassage(
                found.id, entry, found.passage, found.role, whole, sentence, clause, parts[start:end], found
            )
            for (found, entry), whole, sentence, clause, start, end in zip(
                here, wholes.tolist(), sentences.tolist(), clauses.tolist(), starts, ends, strict=True
            )
        ]
        return scored

    @cached_property
    def _present(self) -> list[IdRange]:
        return _ranges(self._catalogue.entries)

    @cached_property
    def stale(self) -> tuple[ReportEntry, ...]:
        """The reports whose vectors were made in another way than those of today, and could be made anew."""
        return tuple(entry for entry in self.reports if entry.embedded != self._embedded)


def _ranges(entries: Sequence[ReportEntry]) -> list[IdRange]:
    return [IdRange(entry.first, entry.first + entry.passages) for entry in entries]


def open_index(directory: AnyPath, encoder: EncoderIdentity) -> ReportIndex:
    """Open the index in `directory` for questions embedded by `encoder`.

    Raises:
        ModelMismatch: it was made with another model.
        IndexFault: it is missing, foreign or damaged.
    """
    directory = path_of(directory)
    with open_store(directory) as store:
        settings = store.settings()
        check_model(directory, settings, encoder)
        catalogue = Catalogue(store.entries())
        vectors = open_search(directory, store)
    if vectors is None:
        # A directory that cannot be written still answers: this process derives them for itself.
        with suppress(IndexFault):
            refresh_vectors(directory, always=True)
        with open_store(directory) as store:
            settings = store.settings()
            catalogue = Catalogue(store.entries())
            vectors = open_search(directory, store) or derive_vectors(store)
    words = _open_words(directory, settings.words, catalogue)
    return ReportIndex(directory, settings, catalogue, vectors, words, embedded_by(encoder))


def _open_words(directory: Path, name: str, catalogue: Catalogue) -> LexicalIndex:
    """The words of the reports, completed where some are missing, derived anew where they are damaged."""
    try:
        words = LexicalIndex(directory / name)
        held, there = words.documents(), {entry.id for entry in catalogue}
        # Who changes a local index changes its words, too.
        if held == there or (held >= there and servers_of(directory) is None):
            return words
    except IndexFault:
        pass
    try:
        complete_words(directory, directory / name)
        return LexicalIndex(directory / name)
    except IndexFault:
        # A directory that cannot be written still answers: for this process alone they are derived elsewhere.
        elsewhere = Path(tempfile.mkdtemp(prefix="wenbao-words-"))
        atexit.register(shutil.rmtree, elsewhere, ignore_errors=True)
        complete_words(directory, elsewhere)
        return LexicalIndex(elsewhere)
