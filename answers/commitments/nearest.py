"""Search the ledger by meaning: the one part of it that needs the model.

It stands apart so that who lists, exports or tracks commitments loads neither the model nor the index of vectors.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from answers.commitments.search import Entry
from answers.engine import Answerer
from answers.understanding.question import understand
from indexer.report.records import UnitKind
from indexer.text.span import Span

_PASSAGES = 300  # whose sentences and clauses are looked at
_NEAREST = 100  # rows kept: further ones have nothing to do with the words


def nearest(found: Sequence[Entry], words: str, answerer: Answerer) -> tuple[Entry, ...]:
    """The entries whose sentence or clause is nearest to the words in meaning, the nearest first.

    Raises:
        QuestionError: the words are empty, too long or no words.
    """
    names = {entry.row.place.document for entry in found}
    if not names:
        return ()
    vector = answerer.encode(understand(words))
    index = answerer.index
    passages = index.scored(vector, index.nearest(vector, _PASSAGES, names))
    units = [unit for passage in passages for unit in passage.units()]
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
