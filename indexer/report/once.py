"""What is worked out once for the reports of a catalogue: with 10,000 of them a page cannot do it at every rerun."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TypeVar

from indexer.report.described import Described

T = TypeVar("T")
_KEPT = 4  # catalogues: one or two generations of an index, and the reports of a test


def once(work: Callable[[Sequence[Described]], T]) -> Callable[[Sequence[Described]], T]:
    """`work`, whose result for a tuple of reports is kept for the next time that it is asked of that very tuple.

    Only tuples are known again: they never change. Safe to use from several threads.
    """
    known: OrderedDict[int, tuple[Sequence[Described], T]] = OrderedDict()
    lock = threading.Lock()

    @wraps(work)
    def worked_out(reports: Sequence[Described]) -> T:
        if not isinstance(reports, tuple):
            return work(reports)
        with lock:
            found = known.get(id(reports))
            # The tuple is kept too, so that no other one can have its identity meanwhile.
            if found is not None and found[0] is reports:
                known.move_to_end(id(reports))
                return found[1]
        result = work(reports)
        with lock:
            known[id(reports)] = (reports, result)
            while len(known) > _KEPT:
                known.popitem(last=False)
        return result

    return worked_out
