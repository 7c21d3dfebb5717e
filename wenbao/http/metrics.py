"""What Prometheus may know of the server: how many requests, how long, how many wait; never what was asked."""

from __future__ import annotations

import os
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from wenbao.http.settings import COUNTERS

MEDIA_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)

REQUESTS = Counter("wenbao_requests", "Requests that were answered", ("route", "method", "status"))
DURATION = Histogram(
    "wenbao_request_seconds", "From a request to the end of its answer", ("route",), buckets=_SECONDS
)
PENDING = Gauge("wenbao_pending", "Work that is done or waits", ("line",), multiprocess_mode="livesum")
MEMORY = Gauge(
    "wenbao_memory_bytes", "What the worker has of the memory (resident)", multiprocess_mode="liveall"
)
_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")  # a client may make up others
_process = psutil.Process()


def count(route: str, method: str, status: int, seconds: float) -> None:
    """Count a request that is over. `route` is its address with names for what varies in it."""
    REQUESTS.labels(route, method if method in _METHODS else "(other)", str(status)).inc()
    DURATION.labels(route).observe(seconds)
    MEMORY.set(_process.memory_info().rss)


def exposition() -> bytes:
    """Everything that is counted, of all workers, in the format of Prometheus."""
    if COUNTERS not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def forget_the_dead() -> None:
    """Leave out what processes that were killed said of themselves."""
    folder = os.environ.get(COUNTERS)
    if folder is None:
        return
    for pid in {int(path.stem.rpartition("_")[2]) for path in Path(folder).glob("gauge_live*_*.db")}:
        if not psutil.pid_exists(pid):
            mark_process_dead(pid)  # type: ignore[no-untyped-call]
