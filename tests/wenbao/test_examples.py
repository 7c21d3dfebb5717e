"""The examples in docstrings and in docs/ are true, with the fake model and with the real one."""

from __future__ import annotations

import doctest
import json
import re
import shutil
from pathlib import Path

import pytest

import wenbao.library
from embeddings import SentenceTransformerEncoder
from tests.conftest import ROOT
from wenbao import Endpoint, Library

DOCSTRINGS = [test for test in doctest.DocTestFinder().find(wenbao.library) if test.examples]
LIBRARY, *DOORS = (ROOT / "docs" / f"{name}.md" for name in ("library", "mcp", "quoting"))
# What a language model might have said to the example of docs/quoting.md.
SAID = {
    "sentences": [
        {"text": text, "quotes": [{"passage": "P1", "text": "新建充电桩1500个"}]}
        for text in ("宁波市新建充电桩1500个。", "宁波市新建充电桩2000个。")
    ]
}


def check(test: doctest.DocTest) -> None:
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)


def blocks(page: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.S)


def examples(page: Path) -> doctest.DocTest:
    """The blocks of a page, one after the other in one session."""
    return doctest.DocTestParser().get_doctest("".join(blocks(page)), {}, page.name, str(page), 0)


@pytest.mark.parametrize("test", DOCSTRINGS, ids=lambda test: test.name)
def test_the_examples_of_docstrings_are_true(test: doctest.DocTest, library: Library) -> None:
    test.globs = {"Library": Library, "library": library}
    if test.name == "wenbao.library.Library":
        library.remove(library.reports[0].name)  # this one adds the report itself
    check(test)


@pytest.mark.model
def test_the_examples_of_docstrings_are_true_of_the_real_model(
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    model_encoder: SentenceTransformerEncoder,
) -> None:
    monkeypatch.setattr("wenbao.library.load_encoder", lambda: model_encoder)
    Library.open("made").add("seeds")
    for test in DOCSTRINGS:
        directory = tmp_path_factory.mktemp("docstring")
        shutil.copytree(folder / "seeds", directory / "seeds")
        if test.name != "wenbao.library.Library":  # this one adds the report itself
            shutil.copytree(folder / "made", directory / "my-index")
        monkeypatch.chdir(directory)
        test.globs = {"Library": Library, "library": Library.open("my-index")}
        check(test)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> None:
    """No language model is asked: it said what the page expects."""
    monkeypatch.setattr(Endpoint, "complete", lambda self, messages: json.dumps(SAID))


def test_the_pages_have_examples() -> None:
    assert len(blocks(LIBRARY)) >= 6
    assert all(blocks(page) for page in DOORS)


@pytest.mark.model
@pytest.mark.usefixtures("said")
def test_the_examples_of_the_pages_are_true_of_the_real_model(folder: Path) -> None:
    for page in (LIBRARY, *DOORS):  # the first makes the index
        check(examples(page))
