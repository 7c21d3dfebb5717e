"""The documents say what is so: commands, options, links, modules, dependencies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wenbao.command
from scripts.module_list import ROOMS, first_sentence, with_listing
from tests.conftest import ROOT
from tests.project.documents import DOCUMENTS, command_in, commands_of, options_of, real_commands

DOCS = ROOT / "docs"
COMMANDS = real_commands()
TYPED = [
    (document, line, *called)
    for document in DOCUMENTS
    for line in commands_of(document)
    if (called := command_in(line))
]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(
    ("name", "words"),
    [called[2:] for called in TYPED],
    ids=[f"{name_of(d)}: {line}" for d, line, *_ in TYPED],
)
def test_every_command_and_option_in_a_document_exists(name: str, words: list[str]) -> None:
    assert name in COMMANDS, f"there is no command {name}"
    for word in words:
        if word.startswith("--"):
            assert word in options_of(COMMANDS[name]), f"{word} is no option of {name}"


def sections() -> dict[str, str]:
    """The sections of the page on the command line, by the command that each is about."""
    parts = re.split(r"^#+ ", (DOCS / "command-line.md").read_text(encoding="utf-8"), flags=re.M)
    found = {}
    for part in parts:
        head = re.match(r"`((?:python -m|wenbao)[\w ]*)`\n", part)
        if head:
            found[head[1]] = part
    return found


def test_every_command_has_its_section() -> None:
    assert set(sections()) == set(COMMANDS)
    for shared in wenbao.command.SHARED:
        assert f"`{shared.name}`" in sections()["wenbao"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_section_names_the_options_of_its_command_and_no_others(name: str) -> None:
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", sections()[name]))
    assert told == options_of(COMMANDS[name])


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize(
    "document", [DOCS / "architecture.md", DOCS / "contributing.md", DOCS / "guide.md"], ids=name_of
)
def test_files_and_folders_in_a_document_are_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8").partition("<!-- modules")[0]
    for name in re.findall(r"`((?:[a-z_]+/)+[a-z_]*(?:\.\w+)?)`", text):
        assert (ROOT / name).exists(), name
    known = {path.name for room in (*ROOMS, "tests") for path in (ROOT / room).rglob("*.py")} | {"app.py"}
    assert set(re.findall(r"`(\w+\.py)`", text)) <= known


def test_the_list_of_modules_is_that_of_the_code() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert with_listing(text) == text, "run: python -m scripts.module_list"


def test_a_module_says_in_its_first_sentence_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text('"""Runs 1.5 times,\nas fast. And more.\n\nMuch more."""\n', encoding="utf-8")
    assert first_sentence(path) == "Runs 1.5 times, as fast."


def test_every_requirement_is_pinned_and_explained() -> None:
    told = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    named = []
    for path in sorted(ROOT.glob("requirements*.txt")):
        lines = [
            line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] not in "#-"
        ]
        assert all("==" in line for line in lines), path
        named += [line.split("==")[0] for line in lines]
        assert f"`{path.name}`" in told
    assert sorted(named) == sorted(re.findall(r"^\| (\w[\w-]*) \|(?! 用途)", told, re.M)), (
        "each once, and no other"
    )
