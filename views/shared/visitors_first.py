"""What somebody asks goes before what the app asks by itself: the examples wait until no visitor's question is answered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOOK = 0.5  # seconds after which what waits looks whether it was told to stop


class VisitorsFirst:
    """How many questions of visitors are being answered. Safe to use from several threads."""

    def __init__(self) -> None:
        self._asked = 0
        self._changed = threading.Condition()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Around the answering of what a visitor asked."""
        with self._changed:
            self._asked += 1
        try:
            yield
        finally:
            with self._changed:
                self._asked -= 1
                self._changed.notify_all()

    def give_way(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Wait until no visitor's question is being answered, or `cancelled` says that nothing is to be done any more."""
        with self._changed:
            while self._asked and not cancelled():
                self._changed.wait(_LOOK)


visitors_first = VisitorsFirst()
"""That of this process: all its sessions ask the same model."""
