"""The README: short, with commands that work and a picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.project.documents import commands_of

README = ROOT / "README.md"
COMMANDS = commands_of(README)


def test_the_readme_has_commands_and_is_short() -> None:
    assert len(COMMANDS) >= 6
    assert len(README.read_text(encoding="utf-8").splitlines()) < 100


@pytest.mark.parametrize("command", COMMANDS)
def test_files_that_the_readme_names_are_there(command: str) -> None:
    for name in re.findall(r"[\w./-]+\.(?:txt|py|toml)\b", command):
        assert (ROOT / name).exists(), name


def test_ci_runs_the_test_command_of_the_readme() -> None:
    tests = [c for c in COMMANDS if c.endswith("-m pytest")]
    assert len(tests) == 1
    assert tests[0] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_picture_is_there_and_small() -> None:
    (name,) = re.findall(r"!\[.*\]\((.*\.png)\)", README.read_text(encoding="utf-8"))
    picture = Path(ROOT / name).read_bytes()
    assert picture.startswith(b"\x89PNG") and len(picture) < 300_000
