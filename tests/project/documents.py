"""What is read out of the project's documents by their tests."""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path
from typing import Any

import typer

import answers.__main__
import benchmarks.__main__
import indexer.__main__
import wenbao.command
from tests.conftest import ROOT

APPS = {
    "indexer": indexer.__main__.app,
    "answers": answers.__main__.app,
    "benchmarks": benchmarks.__main__.app,
}
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTS += sorted((ROOT / "benchmarks").rglob("*.md"))


def commands_of(document: Path) -> list[str]:
    """The shell commands in a document's code blocks; a line that goes on after a backslash is one command."""
    text = document.read_text(encoding="utf-8").replace("\\\n", " ")
    return [
        line.strip()
        for block in re.findall(r"```(?:sh|bash)\n(.*?)```", text, re.S)
        for line in block.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]


@cache
def real_commands() -> dict[str, Any]:
    """Every command there is, as it is typed: `python -m indexer add`, `python -m benchmarks`, `wenbao tokens add`."""
    found: dict[str, Any] = {}
    for name, app in APPS.items():
        group = typer.main.get_command(app)
        commands = getattr(group, "commands", {})
        found |= {f"python -m {name} {command}": item for command, item in commands.items()}
        if name == "benchmarks":  # the one that does something without a command
            found[f"python -m {name}"] = group
    group = typer.main.get_command(wenbao.command.app)
    shared = {one.name for one in wenbao.command.SHARED}
    for command, item in getattr(group, "commands", {}).items():
        inner = getattr(item, "commands", None)
        if inner is not None:
            found |= {f"wenbao {command} {name}": one for name, one in inner.items()}
        elif command not in shared:
            found[f"wenbao {command}"] = item
    return found | {"wenbao": group}


def command_in(line: str) -> tuple[str, list[str]] | None:
    """The command that a line of a document calls, by its name in `real_commands`, and its arguments.

    None where it calls none of ours. What `wenbao` shares with the other command lines goes by their names.
    """
    match = re.search(r"(?:^|/|\s)(python -m (?:indexer|answers|benchmarks)|wenbao)(?=\s|$)(.*)", line)
    if match is None:
        return None
    words = shlex.split(match[2].split(">")[0].split("|")[0])
    if not words or words[0].startswith("--"):
        return match[1], words
    shared = {one.name: one.module.removesuffix(".__main__") for one in wenbao.command.SHARED}
    if match[1] == "wenbao" and words[0] in shared:
        return f"python -m {shared[words[0]]} {words[0]}", words[1:]
    named = 2 if f"{match[1]} {words[0]}" not in real_commands() and len(words) > 1 else 1
    return " ".join([match[1], *words[:named]]), words[named:]


def options_of(command: Any) -> set[str]:
    """The options of a command, as they are typed."""
    return {
        option
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    } - {"--help"}
