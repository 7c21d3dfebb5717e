"""The command `wenbao serve`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from indexer.command_line import Directory
from indexer.location import default_index_directory
from wenbao.http.serve import serve
from wenbao.http.settings import Settings


def serve_http(
    host: Annotated[
        str, typer.Option("--host", help="监听的地址，默认只有本机 Address to listen to")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="端口 Port")] = 8700,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="进程数 Processes")] = 1,
    at_work: Annotated[
        int,
        typer.Option(
            "--at-work", min=1, max=64, help="每个进程同时答几个问题 Questions at once in a process"
        ),
    ] = 2,
    waiting: Annotated[
        int,
        typer.Option(
            "--waiting", min=0, max=10_000, help="每个进程最多几个在等 How many may wait in a process"
        ),
    ] = 32,
    rate: Annotated[
        int,
        typer.Option(
            "--rate", min=0, help="一个用户每分钟最多几个问题，0 不限 Questions a minute of one client"
        ),
    ] = 300,
    seconds: Annotated[
        float, typer.Option("--seconds", min=0.1, help="一个问题最多几秒 Seconds that a question may take")
    ] = 60.0,
    language: Annotated[
        Literal["zh", "en"],
        typer.Option("--language", help="引文和错误的语言 Language of citations and errors"),
    ] = "zh",
    origin: Annotated[
        list[str] | None,
        typer.Option("--origin", help="允许的网页来源（CORS）Origin of pages that are let in"),
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option("--proxy", help="信任的反向代理的地址 Address of a proxy that is trusted"),
    ] = None,
    log_questions: Annotated[
        bool, typer.Option("--log-questions", help="日志里写下问题 Write questions into the log")
    ] = False,
    index: Directory = None,
) -> None:
    """用 HTTP 向别的程序提供服务。Serve other programs over HTTP."""
    settings = Settings(
        directory=index or default_index_directory(), language=language, workers=workers, at_work=at_work,
        waiting=waiting, rate=rate, seconds=seconds, origins=tuple(origin or ()), log_questions=log_questions,
    )  # fmt: skip
    serve(settings, host, port, tuple(proxy or ()))
