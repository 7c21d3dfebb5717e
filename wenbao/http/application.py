"""The application: addresses behind their entrance, what is told of errors, and the OpenAPI document."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from embeddings import Encoder, WenbaoError
from indexer.people.accounts import Accounts
from wenbao.http import ledger, metrics, questions, reports, said, state
from wenbao.http.access import Access
from wenbao.http.entrance import Entrance, Visit, log_as_json
from wenbao.http.examples import put_examples
from wenbao.http.problems import MEDIA_TYPE, Problem, UnknownParameter, answered
from wenbao.http.rate import Rates
from wenbao.http.service import Service
from wenbao.http.settings import Settings
from wenbao.version import version

_ABOUT = """\
用政府工作报告的原话回答问题。每条引文都带 `text`、`start`、`end` 和 `text_digest`：`GET /v1/reports/{name}/text` 给出正文，
它的 UTF-8 的 SHA-256 就是 `text_digest`，`正文[start:end]` 就是 `text`（按 Unicode 字符数）。

*Answers from government work reports, in their own words. Every quotation has `text`, `start`, `end` and `text_digest`: the
SHA-256 of the UTF-8 of the text that `GET /v1/reports/{name}/text` gives, of which `text` is the characters from `start` to
`end`.*
"""
_TELEMETRY: Any = {
    "tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False,
}  # fmt: skip
# What any address may answer besides.
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A problem, in Chinese and in English",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}
_log = logging.getLogger("wenbao.http")


def worker(settings: Settings) -> FastAPI:
    """The application of one worker of a server, with the log and the counters of the process."""
    log_as_json()
    metrics.forget_the_dead()
    return application(settings)


def application(settings: Settings, encoder: Encoder | None = None) -> FastAPI:
    """The application. `encoder` takes the place of the model, as in `Library.open`."""
    service, rates = Service(settings, encoder), Rates(settings.rate, settings.shared)

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        service.warm_up()
        orphaned = asyncio.create_task(_end_with_parent()) if settings.workers > 1 else None
        yield
        if orphaned is not None:
            orphaned.cancel()
        service.close()
        rates.close()

    app = FastAPI(
        title="问报 Wenbao", version=version() or "0", description=_ABOUT, lifespan=running, responses=_PROBLEMS,
        docs_url=None, redoc_url=None,  # their pages would fetch scripts from elsewhere
        telemetry=_TELEMETRY, dependencies=[Depends(_only_known_parameters)],
    )  # fmt: skip
    app.state.service = service
    for room in (questions, ledger, reports, said, state):
        app.include_router(room.router)
    app.add_exception_handler(WenbaoError, _told)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _before)
    app.add_exception_handler(Exception, _fault)
    app.add_middleware(
        Entrance, settings=settings, access=Access(settings, Accounts(settings.directory), rates)
    )
    if settings.origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=settings.origins, allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=["authorization", "content-type", "x-request-id"], expose_headers=["x-request-id", "retry-after"],
        )  # fmt: skip
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    return app


def _visit(request: Request) -> Visit:
    visit: Visit = request.state.visit
    return visit


async def _only_known_parameters(request: Request) -> None:
    """Refuse a parameter that the OpenAPI document does not name for this address."""
    methods = request.app.openapi()["paths"].get(getattr(request.scope.get("route"), "path", ""), {})
    operation = methods.get(request.method.lower())
    if operation is None:
        return
    known = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
    for name in request.query_params:
        if name not in known:
            raise UnknownParameter(name, known)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, WenbaoError)
    return _visit(request).teller.response(error)


async def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return answered(_visit(request).teller.unfit(error.errors()))


async def _before(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    visit = _visit(request)
    told = visit.teller.before(error.status_code, request.url.path, request.method, error.detail, visit.most)
    headers = dict(error.headers or {})
    route = getattr(request.scope.get("route"), "path", "")
    methods = request.app.openapi()["paths"].get(route)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and methods:
        # The router names the methods of the first address that fits, not of all.
        headers["Allow"] = ", ".join(sorted(map(str.upper, methods)))
    return answered(told, headers)


async def _fault(request: Request, error: Exception) -> Response:
    visit = _visit(request)
    _log.error("fault", exc_info=error, extra={"told": {"request": visit.id}})
    return answered(visit.teller.fault(), {"X-Request-ID": visit.id})


async def _end_with_parent() -> None:
    """End a worker whose supervisor was killed: nobody else would."""
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(1.0)
    os.kill(os.getpid(), signal.SIGTERM)


def _document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the problems and the tokens that every address shares."""
    if app.openapi_schema is not None:
        return app.openapi_schema
    document = FastAPI.openapi(app)
    parts = document["components"]
    parts["schemas"]["Problem"] = TypeAdapter(Problem).json_schema()
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{"token": []}, {}]
    put_examples(document)
    return document
