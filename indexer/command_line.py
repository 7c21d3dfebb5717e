"""What the two command lines share: how they look, what they print, how they end."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from embeddings import WenbaoError
from indexer.location import index_path

out = Console()
err = Console(stderr=True)

Directory = Annotated[
    Path | None,
    typer.Option(
        "--index",
        help="索引目录，或 milvus://主机:端口/集合 Index directory, or one on servers (WENBAO_INDEX)",
        parser=index_path,
        metavar="DIRECTORY",
        show_default=False,
    ),
]


def new_app(help: str, group: type[TyperGroup] = TyperGroup) -> typer.Typer:
    """A command line without shell completion, whose faults show as plain tracebacks."""
    return typer.Typer(
        help=help, cls=group, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False
    )


def say(line: str) -> None:
    """Print a line as it is, never wrapped, so that a command in it can be copied."""
    out.print(line, markup=False, highlight=False, soft_wrap=True)


def tell(line: str, style: str | None = None) -> None:
    """The same on standard error."""
    err.print(line, style=style, markup=False, highlight=False, soft_wrap=True)


def print_json(row: Mapping[str, Any]) -> None:
    """Print one object on a line of its own, at once, so that who reads a pipe need not wait."""
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def run(app: typer.Typer) -> None:
    """Run the command line; an error the user can mend is one message and exit status 2."""
    if sys.platform == "win32":
        _write_utf8()
    try:
        app()
    except WenbaoError as error:
        tell(str(error), "red")
        raise SystemExit(2) from error


def _write_utf8() -> None:
    """Files and pipes get UTF-8 where the system's code page would be taken, which lacks characters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
