"""The examples in docstrings and in docs/library.md are true, with the fake model and with the real one."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest

import wenbao.library
from embeddings import SentenceTransformerEncoder
from tests.conftest import ROOT
from wenbao import Library

DOCSTRINGS = [test for test in doctest.DocTestFinder().find(wenbao.library) if test.examples]
PAGE = ROOT / "docs" / "library.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


def check(test: doctest.DocTest) -> None:
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)


def page() -> doctest.DocTest:
    """The blocks of docs/library.md, one after the other in one session."""
    return doctest.DocTestParser().get_doctest("".join(BLOCKS), {}, PAGE.name, str(PAGE), 0)


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


def test_the_page_has_examples() -> None:
    assert len(BLOCKS) >= 5


@pytest.mark.model
def test_the_examples_of_the_page_are_true_of_the_real_model(folder: Path) -> None:
    check(page())
