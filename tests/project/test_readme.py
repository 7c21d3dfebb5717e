from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

import answers.__main__
import indexer.__main__

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.strip()
    for block in re.findall(r"```(?:sh|bash)\n(.*?)```", README, re.S)
    for line in block.splitlines()
    if line.strip() and not line.lstrip().startswith("#")
]
APPS = {"indexer": indexer.__main__.app, "answers": answers.__main__.app}


def test_the_readme_has_commands() -> None:
    assert len(COMMANDS) >= 6


@pytest.mark.parametrize("command", [c for c in COMMANDS if re.search(r"python -m (indexer|answers)", c)])
def test_every_command_and_option_of_the_readme_exists(command: str) -> None:
    match = re.search(r"python -m (indexer|answers) (.*)", command)
    assert match
    words = shlex.split(match[2].split(">")[0].split("|")[0])
    group = typer.main.get_command(APPS[match[1]])
    commands = getattr(group, "commands", {})
    assert words[0] in commands, f"{words[0]} is no command of {match[1]}"
    known = {option for parameter in commands[words[0]].params for option in parameter.opts}
    for word in words[1:]:
        if word.startswith("--"):
            assert word in known, f"{word} is no option of {match[1]} {words[0]}"


@pytest.mark.parametrize("command", COMMANDS)
def test_files_that_the_readme_names_are_there(command: str) -> None:
    for name in re.findall(r"[\w./-]+\.(?:txt|py|toml)\b", command):
        assert (ROOT / name).exists(), name


def test_ci_runs_the_test_command_of_the_readme() -> None:
    tests = [c for c in COMMANDS if c.endswith("-m pytest")]
    assert len(tests) == 1
    assert tests[0] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_requirement_is_pinned_and_explained() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    names = [line.split("==")[0] for line in lines if line and not line.startswith("#")]
    assert all("==" in line for line in lines if line and not line.startswith("#"))
    for name in names:
        assert f"| {name} |" in README, f"{name} is not explained in the README"


def test_every_module_is_in_the_architecture_of_the_readme() -> None:
    top = [ROOT / name for name in ("embeddings", "indexer", "answers", "views")]
    inner = [path for path in (ROOT / "answers").iterdir() if (path / "__init__.py").exists()]
    for folder in (*top, *inner):
        for module in folder.glob("*.py"):
            if module.name not in ("__init__.py", "__main__.py"):
                assert f"`{module.stem}`" in README, str(module)
