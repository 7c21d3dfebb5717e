"""`wenbao mcp`: the library for assistants, over stdio or HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from indexer.command_line import Directory, tell
from wenbao.extras import MissingExtra


def start_mcp(
    http: Annotated[
        bool, typer.Option("--http", help="用 HTTP，只有本机能访问 Over HTTP, for this computer alone")
    ] = False,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="HTTP 的端口 Port of HTTP")] = 8502,
    index: Directory = None,
) -> None:
    """让支持 MCP 的助手使用文库（默认经 stdio）。Serve the library to assistants that speak MCP, over stdio by default."""
    try:
        from wenbao.mcp.server import run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise MissingExtra("mcp", "mcp") from error
    from wenbao.library import Library

    library = Library.open(index)
    if http:
        # Nothing goes to standard output over stdio but the protocol.
        tell(f"http://127.0.0.1:{port}/mcp")
    run(library, port if http else None)
