"""Addresses that tell of the server: alive, ready, and what Prometheus counts."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import Response

from wenbao.http import metrics
from wenbao.http.service import At, answer
from wenbao.version import version

router = APIRouter(tags=["server"])


@dataclass(frozen=True, slots=True)
class Health:
    """The server runs; `read_only`: whether nobody may change anything here."""

    version: str
    read_only: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether questions are answered at once: there are reports, and the models are loaded.

    Attributes:
        reports: how many reports there are.
        warm: whether this worker has its models loaded.
    """

    ready: bool
    reports: int
    warm: bool


@router.get("/v1/health", response_model=Health)
async def health(here: At) -> Response:
    """Whether the server runs."""
    settings = here.service.settings
    return answer(Health(version(), settings.read_only))


@router.get("/v1/ready", response_model=Readiness, responses={503: {"model": Readiness}})
async def ready(here: At) -> Response:
    """Whether questions are answered at once; 503 where they are not yet, or there is no report."""
    service = here.service
    reports = await service.reading.do(lambda: len(service.library.catalogue), service.seconds)
    if reports:
        service.warm_up()  # where it failed before, or there was nothing to answer from
    is_ready = bool(reports) and service.warm
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return answer(Readiness(is_ready, reports, service.warm), status)


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def counted(here: At) -> Response:
    """What is counted of all workers, for Prometheus. It needs a token where others do."""
    for line in here.service.lines:
        metrics.PENDING.labels(line.name).set(line.pending)
    return Response(metrics.exposition(), media_type=metrics.MEDIA_TYPE)
