"""The commands `wenbao serve` and `wenbao tokens`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from indexer.command_line import Directory, new_app, print_json, say
from indexer.location import default_index_directory
from wenbao.http.serve import serve
from wenbao.http.settings import Settings
from wenbao.http.tokens import Role, Tokens

tokens_app = new_app("HTTP 接口的令牌。The tokens of the HTTP interface.")
Name = Annotated[str, typer.Argument(help="谁的令牌 Whose token it is")]


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


@tokens_app.command("add")
def add_token(
    name: Name,
    role: Annotated[
        Role, typer.Option("--role", help="reader 只能读，editor 也能改 What it may do")
    ] = Role.READER,
    index: Directory = None,
) -> None:
    """添加令牌，只显示这一次。Add a token; it is shown this once."""
    say(Tokens(index or default_index_directory()).add(name, role))


@tokens_app.command("list")
def list_tokens(index: Directory = None) -> None:
    """列出令牌的名称和角色，每行一个 JSON。List names and roles, a line of JSON each."""
    for token in Tokens(index or default_index_directory()).all():
        print_json({"name": token.name, "role": token.role, "added": token.added})


@tokens_app.command("remove")
def remove_token(name: Name, index: Directory = None) -> None:
    """移除令牌，立即失效。Remove a token; it opens nothing from then on."""
    Tokens(index or default_index_directory()).remove(name)
    say(f"已移除令牌 {name}")
