"""What every request passes through: an id, the door, a limit on its size, the log and the counters."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from embeddings.errors import WenbaoError
from indexer.people.changes import By, Door
from wenbao.http import metrics
from wenbao.http.access import JSON_BYTES, Access, Needs, needs_of
from wenbao.http.problems import Teller, answered
from wenbao.http.settings import Settings

log = logging.getLogger("wenbao.http")
_ID = re.compile(r"[\w.-]{1,64}", re.A)
_UNKNOWN = "(none)"  # the route of what has no address here; clients could make up any number of them


@dataclass(slots=True)
class Visit:
    """One request on its way.

    Attributes:
        who: whose token it shows, else the address that it comes from.
        question: what was asked, where the log is to tell that.
        count: counts so many questions more than the address tells, and raises TooOften.
    """

    id: str
    teller: Teller
    most: int
    who: str = ""
    question: str | None = None
    count: Callable[[float], None] = lambda _: None

    @property
    def by(self) -> By:
        """Who does what the request does, for the log of changes."""
        return By(self.who, Door.HTTP)


class Entrance:
    """The door before the application."""

    def __init__(self, app: ASGIApp, settings: Settings, access: Access) -> None:
        self._app = app
        self._settings = settings
        self._access = access
        # The path of the index is nobody's business but its owner's.
        self._private = {str(settings.directory): settings.directory.name or "index"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request = given if _ID.fullmatch(given) else uuid.uuid4().hex
        needs = needs_of(scope["method"], scope["path"])
        teller = Teller(headers, request, self._settings.language, self._private)
        visit = scope.setdefault("state", {})["visit"] = Visit(request, teller, needs.most)
        started, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(MutableHeaders(scope=message), request)
            await send(message)

        client = address = scope["client"][0] if scope.get("client") else ""
        try:
            admitted = self._access.admit(scope["method"], needs, headers, address)
            visit.who = client = admitted.name
            visit.count = partial(self._access.count, admitted)
            seconds = self._settings.seconds * (1 if needs.most == JSON_BYTES else 10)
            await self._app(scope, _limited(receive, headers, needs, seconds), sending)
        except WenbaoError as error:  # at the door; those of the application have their answers already
            await teller.response(error)(scope, receive, sending)
        except HTTPException as error:
            problem = teller.before(
                error.status_code, scope["path"], scope["method"], error.detail, needs.most
            )
            await answered(problem)(scope, receive, sending)
        finally:
            self._note(scope, visit, client, status, time.perf_counter() - started)

    def _note(self, scope: Scope, visit: Visit, client: str, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", _UNKNOWN)
        metrics.count(route, scope["method"], status, seconds)
        told = {
            "request": visit.id, "client": client, "method": scope["method"], "route": route,
            "status": status, "ms": round(seconds * 1000, 1),
        }  # fmt: skip
        if self._settings.log_questions and visit.question is not None:
            told["question"] = visit.question
        log.info("request", extra={"told": told})


def _limited(receive: Receive, headers: Headers, needs: Needs, seconds: float) -> Receive:
    """What is received, as long as it is not more than it may be, and is there within some seconds."""
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > needs.most:
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    had, whole = 0, False
    until = asyncio.get_running_loop().time() + seconds

    async def receiving() -> Message:
        nonlocal had, whole
        if whole:
            return await receive()  # that who asked hangs up
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError as error:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from error
        had += len(message.get("body", b""))
        if had > needs.most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        whole = not message.get("more_body", False)
        return message

    return receiving


def _add_headers(headers: MutableHeaders, request: str) -> None:
    headers["X-Request-ID"] = request
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Cache-Control", "no-store")


class _JsonLines(logging.Formatter):
    """One JSON object a line: when, what sort, what was said, and all that is told of a request."""

    def format(self, record: logging.LogRecord) -> str:
        """A record as a line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        line["said"] = record.getMessage()
        line |= getattr(record, "told", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        # Half of a character, which a question may hold, is written as JSON escapes it.
        return json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def log_as_json() -> None:
    """Let this process write its log to standard error, as lines of JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("wenbao.http", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.INFO)
    logging.captureWarnings(True)
