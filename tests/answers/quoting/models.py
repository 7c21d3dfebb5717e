"""Language models that misbehave, behind an OpenAI-compatible address on this machine."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What a model was sent."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def data(self) -> dict[str, Any]:
        """The question and the passages of the message of the user."""
        lines = self.body["messages"][1]["content"].split("\n")
        assert len(lines) == 3 and lines[0] == lines[2]
        read = json.loads(lines[1])
        assert isinstance(read, dict)
        return read


@dataclass(slots=True)
class Model:
    """A model at an address, and what it was sent."""

    url: str
    requests: list[Request] = field(default_factory=list)


@contextmanager
def model(behaviour: Behaviour) -> Iterator[Model]:
    """A server that behaves so to every request."""
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found.requests.append(Request(self.path, dict(self.headers), body))
            try:
                behaviour(self, body)
            except OSError:
                stopped.is_set()  # who asked hung up

        do_GET = do_POST

        def log_message(self, format: str, *args: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Model(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()


def sends(status: int, body: bytes, **headers: str) -> Behaviour:
    """Any reply at all."""

    def behave(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def says(content: Any) -> Behaviour:
    """A reply of a model in its envelope."""
    message = {"role": "assistant", "content": content}
    return sends(200, json.dumps({"choices": [{"message": message}]}, ensure_ascii=False).encode())


def writes(*rows: tuple[str, list[tuple[str, str]]]) -> Behaviour:
    """Sentences, each with what it quotes: the name of a passage, and words."""
    sentences = [
        {"text": text, "quotes": [{"passage": name, "text": words} for name, words in quotes]}
        for text, quotes in rows
    ]
    return says(json.dumps({"sentences": sentences}, ensure_ascii=False))


def drips(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """A byte now and then, without an end."""
    handler.send_response(200)
    handler.end_headers()
    for _n in range(600):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def drips_headers(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """The same, before there is a body."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _n in range(600):
        handler.wfile.write(b"a")
        handler.wfile.flush()
        time.sleep(0.05)


def sleeps(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """Nothing at all for a long time."""
    time.sleep(3)


def hangs_up(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """Nothing, and at once."""
    handler.connection.close()


def streams(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """Events, though nobody asked for a stream, and garbage among them."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()
    handler.wfile.write(b'data: {"choices":[{"delta":{"content":"{"}}]}\n\ndata: \xff\xfe\x00garbage\n\n')


def floods(handler: BaseHTTPRequestHandler, _: dict[str, Any]) -> None:
    """More than anybody wants, without saying how much."""
    handler.send_response(200)
    handler.end_headers()
    for _n in range(200):
        handler.wfile.write(b"x" * 100_000)


def obeys(handler: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """A model that does whatever a report tells it: it says what stands between 「 and 」, and believes it."""
    data = json.loads(body["messages"][1]["content"].split("\n")[1])
    (passage,) = [one for one in data["passages"] if "「" in one["text"]]
    told = passage["text"].partition("「")[2].partition("」")[0]
    writes((told, [(passage["passage"], told[:4])]))(handler, body)
