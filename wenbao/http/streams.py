"""Long work, told while it is done: lines of JSON with each step, then what came of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import asdict
from typing import Any, TypeVar

from starlette.responses import Response, StreamingResponse

from embeddings.errors import WenbaoError
from wenbao.http.line import LongWork
from wenbao.http.problems import Teller
from wenbao.records import Progress

MEDIA_TYPE = "application/x-ndjson"
LINES_TOO: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}}
"""What the OpenAPI document says of an address that answers in lines where they are asked for."""
T = TypeVar("T")


def wants_lines(accept: str | None) -> bool:
    """Whether a header Accept asks for lines."""
    return MEDIA_TYPE in (accept or "")


async def told(
    work: LongWork[T], teller: Teller, lines_of: Callable[[T], Iterable[dict[str, Any]]]
) -> Response:
    """The answer that tells of work while it is done.

    A line each: `{"progress": {"title", "done", "total"}}`, then what `lines_of` makes of the result. What goes wrong
    after the first step is the last line, `{"problem": …}`; before it, it is a problem as any other.

    Raises:
        WenbaoError: the work failed before its first step.
    """
    steps = work.steps()
    first = await anext(steps, None)
    if first is None:
        work.result()

    async def lines() -> AsyncIterator[bytes]:
        try:
            if first is not None:
                yield _progress(first)
            async for step in steps:
                yield _progress(step)
            try:
                for line in lines_of(work.result()):
                    yield _line(line)
            except WenbaoError as error:
                yield _line({"problem": asdict(teller.problem(error))})
        finally:
            work.stop()  # where who asked has gone

    return StreamingResponse(lines(), media_type=MEDIA_TYPE)


def _progress(step: Progress) -> bytes:
    return _line({"progress": asdict(step)})


def _line(line: dict[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
