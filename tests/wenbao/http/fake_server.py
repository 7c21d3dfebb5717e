"""`wenbao serve` with the fake model, to be killed: python -m tests.wenbao.http.fake_server INDEX WORKERS [HOST [RATE]].

Every answer tells the process that gave it (X-Worker). A question with 慢 in it takes a second and a half.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import answers.engine
from answers.reading.similarity_reader import SimilarityReader
from embeddings import Vectors
from tests.fake_encoder import FakeEncoder
from wenbao.http.serve import serve
from wenbao.http.settings import Settings


class SlowEncoder(FakeEncoder):
    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        if any("慢" in text for text in texts):
            time.sleep(1.5)
        return super().encode_queries(texts)


class TellsProcess:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-worker", str(os.getpid()).encode()))
            await send(message)

        await self._app(scope, receive, sending)


def worker(settings: Settings) -> FastAPI:
    """As `wenbao.http.application.worker`, which is imported when the counters know their folder."""
    from wenbao.http import metrics
    from wenbao.http.application import application
    from wenbao.http.entrance import log_as_json

    answers.engine.__dict__["shipped_reader"] = SimilarityReader
    log_as_json()
    metrics.forget_the_dead()
    app = application(settings, SlowEncoder())
    app.add_middleware(TellsProcess)
    return app


def main() -> None:
    # By its name: this module is another one in the workers.
    from tests.wenbao.http import fake_server

    index, workers, *rest = sys.argv[1:]
    host, rate = (*rest, *("127.0.0.1", "0")[len(rest) :])
    settings = Settings(Path(index), workers=int(workers), rate=int(rate))
    serve(settings, host, 0, answering=fake_server.worker)


if __name__ == "__main__":
    main()
