"""Embed reports one after the other with all cores at work: while one is embedded the next is read."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass

from embeddings import Encoder
from indexer.report.report import Report
from indexer.store.embedding import KnownVectors, PassageToEmbed, embed_passages, passages_to_embed
from indexer.store.packing import PackedPassage
from indexer.store.rows import EmbeddedPassage, EmbeddedReport
from indexer.store.settings import embedded_by

_AT_ONCE = 8  # passages in one call of the model
_AHEAD = 200  # passages that wait for the model, at most one report more: memory stays bounded
_LOOK = 0.2  # seconds between two looks whether it was stopped
_NICE = 10  # questions that are asked meanwhile go first


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A report whose passages are being embedded."""

    report: Report
    passages: tuple[PassageToEmbed, ...]
    known: dict[bytes, PackedPassage]
    futures: tuple[Future[list[EmbeddedPassage]], ...]


def embedded_reports(
    reports: Iterable[Report],
    encoder: Encoder,
    known: KnownVectors,
    told: Callable[[Report, float], None] = lambda report, share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[EmbeddedReport]:
    """The reports with their vectors, in their order, each as soon as it is embedded.

    `known` looks vectors up by digest: what this model embedded before is not embedded again. `told` hears
    which share of a report is done. Once `cancelled`, no call of the model is begun: those that are under way end, in a
    second or two, and only a report that needs no further one is still given.

    Raises:
        ModelError: the model failed.
    """
    embedded = embedded_by(encoder.identity)
    pool = ThreadPoolExecutor(encoder.parallel, "wenbao-embedding", initializer=_give_way)
    waiting: deque[_Waiting] = deque()

    def stopped() -> bool:
        if cancelled():
            pool.shutdown(
                wait=False, cancel_futures=True
            )  # nothing is begun while we wait for what is under way
            return True
        return False

    try:
        for report in reports:
            if cancelled():
                break
            waiting.append(_begun(report, embedded, known, encoder, pool))
            while sum(len(one.futures) for one in waiting) * _AT_ONCE > _AHEAD:
                made = _finished(waiting.popleft(), embedded, told, stopped)
                if made is None:
                    return
                yield made
        while waiting:
            made = _finished(waiting.popleft(), embedded, told, stopped)
            if made is None:
                return
            yield made
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begun(
    report: Report, embedded: str, known: KnownVectors, encoder: Encoder, pool: ThreadPoolExecutor
) -> _Waiting:
    passages = passages_to_embed(report, embedded)
    found = dict(known([passage.digest for passage in passages]))
    missing = [passage for passage in passages if passage.digest not in found]
    calls = [missing[start : start + _AT_ONCE] for start in range(0, len(missing), _AT_ONCE)]
    futures = [pool.submit(embed_passages, report, some, encoder) for some in calls]
    return _Waiting(report, tuple(passages), found, tuple(futures))


def _finished(
    one: _Waiting, embedded: str, told: Callable[[Report, float], None], stopped: Callable[[], bool]
) -> EmbeddedReport | None:
    """The report once it is embedded; None where it was stopped before, and a call was left to begin."""
    made: dict[int, EmbeddedPassage] = {}
    for number, future in enumerate(one.futures):
        told(one.report, number / len(one.futures))
        while True:
            if stopped() and any(call.cancelled() for call in one.futures):
                return None
            if wait((future,), _LOOK).done:
                break
        made.update((passage.number, passage) for passage in future.result())
    told(one.report, 1.0)
    return EmbeddedReport(
        one.report,
        embedded,
        tuple(
            made.get(p.number) or EmbeddedPassage(p.number, p.digest, one.known[p.digest])
            for p in one.passages
        ),
    )


def _give_way() -> None:
    """Let this thread yield to others of the process; only Linux has priorities of threads."""
    if hasattr(os, "setpriority") and os.uname().sysname == "Linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
