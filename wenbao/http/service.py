"""What the addresses share: the library, the lines in which its work waits, and whether it is ready."""

from __future__ import annotations

import json
import logging
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from embeddings import Encoder, WenbaoError
from wenbao.http import metrics
from wenbao.http.entrance import Visit
from wenbao.http.line import Line
from wenbao.http.settings import Settings
from wenbao.library import Library

_WARMING = "今年的主要目标是什么？"
_LONG = 10.0
"""How many times as long as a question a comparison or an upload may take."""
_log = logging.getLogger("wenbao.http")


class Service:
    """The library of one worker. Its attributes may be used from any task."""

    def __init__(self, settings: Settings, encoder: Encoder | None = None) -> None:
        """`encoder` takes the place of the model, as in `Library.open`."""
        self.settings = settings
        self.library = Library.open(settings.directory, encoder=encoder, language=settings.language)
        self.asking = Line("asking", settings.at_work, settings.waiting)
        # Each comparison takes seconds of a processor, each upload minutes: questions go on beside one of either.
        self.comparing = Line("comparing", 1, 4)
        self.changing = Line("changing", 1, 8)
        self.reading = Line("reading", 4, 64)
        self.warm = False
        self._warming: Future[None] | None = None
        for line in self.lines:
            metrics.PENDING.labels(line.name).set(0)

    @property
    def directory(self) -> Path:
        """The folder of the index."""
        return self.library.directory

    @property
    def lines(self) -> tuple[Line, ...]:
        """All of them."""
        return self.asking, self.comparing, self.changing, self.reading

    @property
    def seconds(self) -> float:
        """That a question may take."""
        return self.settings.seconds

    @property
    def long_seconds(self) -> float:
        """That a comparison or an upload may take."""
        return self.settings.seconds * _LONG

    def warm_up(self) -> None:
        """Begin to load the models, so that the first question need not wait for them, unless that is done or begun.

        Raises:
            LineFull: too many ask already.
        """
        if not self.warm and (self._warming is None or self._warming.done()):
            self._warming = self.asking.submit(self._load)

    def close(self) -> None:
        """Take no more work."""
        for line in self.lines:
            line.close()

    def _load(self) -> None:
        try:
            self.library.ask(_WARMING)
        except WenbaoError as error:  # no index yet, or no model: whoever asks is told the same
            _log.warning("not ready: %s", error)
        else:
            self.warm = True


@dataclass(frozen=True, slots=True)
class Here:
    """One request: the service that answers it, and what is known of it."""

    service: Service
    visit: Visit


def _here(request: Request) -> Here:
    return Here(request.app.state.service, request.state.visit)


At = Annotated[Here, Depends(_here)]


def as_json(record: Any) -> str:
    """A record of the library as JSON: its fields, in their order, and nothing else."""
    return json.dumps(asdict(record), ensure_ascii=False)


def answer(record: Any, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A record as an answer."""
    return Response(as_json(record).encode("utf-8"), status, media_type="application/json")
