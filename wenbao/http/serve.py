"""Start a server: one worker, or several on one port, until it is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.errors import WenbaoError
from indexer.command_line import tell
from indexer.people.accounts import Accounts
from indexer.people.visits import is_loopback
from wenbao.http.settings import COUNTERS, Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

_NEEDED = ("fastapi", "uvicorn", "python_multipart", "prometheus_client")
_GRACE = 30
"""Seconds that requests may still take when the server is told to stop."""


class ServeError(WenbaoError):
    """A server cannot be started as somebody wants."""


def serve(
    settings: Settings,
    host: str,
    port: int,
    proxies: tuple[str, ...] = (),
    answering: Callable[[Settings], FastAPI] | None = None,
) -> None:
    """Answer requests until the process is told to stop; those that were begun are ended first.

    `proxies`: addresses whose word on who asks is taken (X-Forwarded-For). `answering` takes the place of
    `wenbao.http.application.worker`; it is called in every worker.

    Raises:
        ServeError: the address cannot be listened to, or what the server needs is not installed.
        AccountError: the list of people cannot be read.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise _missing(missing)
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    listening, loopback = _listen(host, port)
    guarded = Accounts(settings.directory).guarded
    settings = replace(settings, loopback=loopback, guarded=guarded)
    with tempfile.TemporaryDirectory(prefix="wenbao-serve-") as shared, listening:
        os.environ[COUNTERS] = shared
        settings = replace(settings, shared=Path(shared))
        config = uvicorn.Config(
            partial(answering or _worker, settings), factory=True, log_config=None, access_log=False, server_header=False,
            workers=settings.workers, timeout_graceful_shutdown=_GRACE, timeout_worker_healthcheck=30,
            proxy_headers=bool(proxies), forwarded_allow_ips=list(proxies),
        )  # fmt: skip
        _say(settings, listening)
        if settings.workers > 1:
            Multiprocess(config, sockets=[listening]).run()
        else:
            # Told to stop, uvicorn ends its requests and then raises the signal once more, for whoever was there before.
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: None)
            uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> tuple[socket.socket, bool]:
    """A socket that listens, and whether only programs of this computer reach it."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server((str(address[0]), port), family=family, backlog=2048)
    except OSError as error:
        raise ServeError(
            f"不能在 {host}:{port} 上监听（{error}）。请换一个地址或端口（--host、--port），或停掉占用它的程序。",
            f"{host}:{port} cannot be listened to ({error}). Choose another address or port (--host, --port), or stop the "
            "program that has it.",
        ) from error
    listening.set_inheritable(True)
    return listening, is_loopback(str(address[0]))


def _say(settings: Settings, listening: socket.socket) -> None:
    host, port = listening.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    tell(f"问报在 http://{name}:{port} 回答，OpenAPI 在 /openapi.json。Answering at http://{name}:{port}")
    if settings.guarded:
        tell("每个请求都要令牌。Every request needs a token.")
    elif settings.read_only:
        tell(
            "没有人员名单，又向网络开放：只能读。用 wenbao people add 添加人员之后才能改。"
            "Open to a network without people: read-only. Add people with wenbao people add to allow changes.",
            "yellow",
        )
    else:
        tell("没有人员名单，只接受本机的请求。No people: requests of this computer only.")


def _worker(settings: Settings) -> FastAPI:
    """What answers in a worker; who looks after workers imports nothing of it."""
    from wenbao.http.application import worker

    return worker(settings)


def _missing(names: Sequence[str]) -> ServeError:
    listed = ", ".join(names)
    return ServeError(
        f"缺少 {listed}。请安装：pip install -r requirements-http.txt（软件包：pip install 'wenbao[http]'）",
        f"{listed} is missing. Install it: pip install -r requirements-http.txt (of the package: pip install "
        "'wenbao[http]')",
    )
