"""The ledger of a whole index: read in the background, once for every generation of the index."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from answers.commitments.search import Entry, entries
from answers.engine import Answerer
from answers.understanding.question import understand
from indexer.index import ReportIndex
from indexer.report.records import UnitKind
from indexer.text.span import Span

_UNITS = 3000  # sentences and clauses looked at
_NEAREST = 100  # rows kept: further ones have nothing to do with the words


@dataclass(frozen=True, slots=True)
class LedgerProgress:
    """How many of the reports are read, and the title of the one being read now."""

    done: int
    total: int
    title: str


class LedgerJob:
    """Reads every statement of every report, in a thread of its own, from the moment it is made.

    Every row was compared with its report: one that is not verbatim would be left out. Safe to use from
    several threads.
    """

    def __init__(self, index: ReportIndex) -> None:
        self._index = index
        self._progress = LedgerProgress(0, len(index.reports), "")
        pool = ThreadPoolExecutor(1, thread_name_prefix="wenbao-ledger")
        self._future: Future[tuple[Entry, ...]] = pool.submit(self._work)
        pool.shutdown(wait=False)

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return self._future.done()

    @property
    def progress(self) -> LedgerProgress:
        """Where it stands."""
        return self._progress

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it ends or the time is over."""
        try:
            self._future.exception(seconds)
        except TimeoutError:
            return

    def entries(self) -> tuple[Entry, ...]:
        """Every row, those without a number included; waits for the end. A fault of the program is raised here."""
        return self._future.result()

    def _work(self) -> tuple[Entry, ...]:
        found: list[Entry] = []
        documents = self._index.reports
        for number, report in enumerate(documents):
            self._progress = LedgerProgress(number, len(documents), report.title)
            rows = entries(report, unnumbered=True)
            found += [entry for entry in rows if entry.row.is_verbatim(report)]
        return tuple(found)


def nearest(found: Sequence[Entry], words: str, answerer: Answerer) -> tuple[Entry, ...]:
    """The entries whose sentence or clause is nearest to the words in meaning, the nearest first.

    Raises:
        QuestionError: the words are empty, too long or no words.
    """
    names = {entry.row.place.document for entry in found}
    if not names:
        return ()
    vector = answerer.encode(understand(words))
    units = answerer.index.retrieve(vector, _UNITS, names)
    rows: dict[str, list[tuple[Span, int]]] = defaultdict(list)
    for number, entry in enumerate(found):
        rows[entry.row.place.document].append((entry.row.span, number))
    for spans in rows.values():
        spans.sort()
    best: dict[int, float] = {}
    for hit in units:
        if hit.unit.kind is UnitKind.PASSAGE:
            continue
        spans = rows[hit.document]
        for span, number in spans[bisect_left(spans, (Span(hit.unit.span.start, hit.unit.span.start), 0)) :]:
            if span.start >= hit.unit.span.end:
                break
            best[number] = max(hit.score, best.get(number, -1.0))
    return tuple(found[number] for number in sorted(best, key=lambda number: -best[number])[:_NEAREST])
