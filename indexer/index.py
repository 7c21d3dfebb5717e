"""An index that is open for questions: its reports in memory and its vectors ready to search."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from embeddings import EncoderIdentity
from indexer.errors import damaged, no_report
from indexer.location import AnyPath, path_of
from indexer.report.records import Unit
from indexer.report.report import Report
from indexer.reports import proven_reports
from indexer.store.database import open_store
from indexer.store.lexical import LexicalIndex
from indexer.store.settings import StoreSettings, check_model
from indexer.store.tables import StoredUnit
from indexer.store.vectors import UnitScore, VectorIndex, load_or_derive


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


class ReportIndex:
    """Reports and their vectors, read once from an index directory and then never changed."""

    def __init__(
        self,
        settings: StoreSettings,
        reports: Collection[Report],
        units: Collection[StoredUnit],
        vectors: VectorIndex,
    ) -> None:
        self.settings = settings
        self._reports = {report.name: report for report in reports}
        self._units = {unit.id: unit for unit in units}
        self._vectors = vectors

    @property
    def reports(self) -> tuple[Report, ...]:
        """Every report, in the order it was added."""
        return tuple(self._reports.values())

    def report(self, name: str) -> Report:
        """The report with this name.

        Raises:
            IndexFault: there is none.
        """
        if name not in self._reports:
            raise no_report(name, self._reports)
        return self._reports[name]

    @cached_property
    def _units_of(self) -> dict[PassageKey, list[int]]:
        grouped: dict[PassageKey, list[int]] = {}
        for key, unit in self._units.items():
            grouped.setdefault(PassageKey(unit.document, unit.unit.passage), []).append(key)
        return grouped

    @cached_property
    def lexical(self) -> LexicalIndex:
        """The words of all passages, indexed on first use."""
        return LexicalIndex(self.reports)

    def retrieve(
        self, query: NDArray[np.float32], k: int, documents: Collection[str] | None = None
    ) -> list[UnitHit]:
        """The `k` units nearest to the query vector, best first; only of `documents` where given.

        Raises:
            IndexFault: a document is not in the index.
        """
        names = None if documents is None else {self.report(name).name for name in documents}
        if names is None or len(names) == len(self._reports):
            # All of them: a selector over every unit would only cost time.
            return self._hits(self._vectors.retrieve(query, k))
        among = [key for where, keys in self._units_of.items() if where.document in names for key in keys]
        return self._hits(self._vectors.retrieve(query, k, among))

    def score_units(self, query: NDArray[np.float32], passages: Collection[PassageKey]) -> list[UnitHit]:
        """Every unit of these passages with its similarity to the query vector, best first."""
        among = [key for passage in passages for key in self._units_of.get(passage, [])]
        return self._hits(self._vectors.retrieve(query, len(among), among))

    def deviation(self, query: NDArray[np.float32], document: str) -> float:
        """How much the similarities of a report's units to the query differ: their standard deviation."""
        passages = [key for key in self._units_of if key.document == document]
        return float(np.std([hit.score for hit in self.score_units(query, passages)]))

    def _hits(self, scores: Sequence[UnitScore]) -> list[UnitHit]:
        found = [(self._units[hit.unit], hit.score) for hit in scores]
        return [UnitHit(unit.document, unit.unit, score) for unit, score in found]

    def changed_sources(self) -> tuple[str, ...]:
        """Names of reports whose file is gone or no longer what was indexed. The index keeps its copy."""
        return tuple(report.name for report in self.reports if not report.document.is_unchanged())


def open_index(directory: AnyPath, encoder: EncoderIdentity) -> ReportIndex:
    """Read the index in `directory` for questions embedded by `encoder`.

    Raises:
        ModelMismatch: it was made with another model or another version of the embedded text.
        IndexFault: it is missing, foreign or damaged, or a text is not what was indexed.
    """
    directory = path_of(directory)
    with open_store(directory) as store:
        settings = store.settings()
        check_model(directory, settings, encoder)
        reports = tuple(proven_reports(directory, store))
        units = store.units()
        vectors = load_or_derive(directory, store, settings)
    if len(vectors) != len(units):
        raise damaged(directory, f"{len(vectors)} vectors for {len(units)} units")
    return ReportIndex(settings, reports, units, vectors)
