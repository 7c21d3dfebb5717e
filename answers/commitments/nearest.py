"""Search the ledger by meaning: the one part of it that needs the model.

It stands apart so that who lists, exports or tracks commitments loads neither the model nor the index of vectors.
"""

from __future__ import annotations

from bisect import bisect_left

from answers.commitments.search import Entry, Filter
from answers.commitments.stored import StoredLedger
from answers.engine import Answerer
from answers.understanding.question import understand
from indexer.report.records import UnitKind

_PASSAGES = 300  # whose sentences and clauses are looked at
_NEAREST = 100  # rows kept: further ones have nothing to do with the words


def nearest(ledger: StoredLedger, wanted: Filter, words: str, answerer: Answerer) -> tuple[Entry, ...]:
    """The entries that a filter finds whose sentence or clause is nearest to the words, the nearest first.

    Only the statements in the nearest passages are read.

    Raises:
        QuestionError: the words are empty, too long or no words.
        LedgerError: the ledger cannot be read.
    """
    question, index = understand(words), answerer.index
    names = None
    if wanted != Filter(numbered=wanted.numbered):
        names = [name for name in ledger.names(wanted) if index.catalogue.get(name) is not None]
        if not names:
            return ()
    vector = answerer.encode(question)
    best: dict[Entry, float] = {}
    for passage in index.scored(vector, index.nearest(vector, _PASSAGES, names)):
        entries = ledger.within(wanted, passage.report.name, passage.passage.span)
        starts = [entry.row.span.start for entry in entries]
        for hit in passage.units():
            if hit.unit.kind is UnitKind.PASSAGE:
                continue
            span = hit.unit.span
            for entry in entries[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
                best[entry] = max(hit.score, best.get(entry, -1.0))
    return tuple(sorted(best, key=lambda entry: -best[entry])[:_NEAREST])
