"""Every text of every page: in both languages, with the same blanks to fill, and said somewhere."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from embeddings.language import Labels, Text, Wording
from tests.conftest import ROOT
from views.shared.wording import HeadWording, SharedWording

for _path in sorted((ROOT / "views").glob("*/wording.py")):
    importlib.import_module(f"views.{_path.parent.name}.wording")
PAGES = SharedWording.__subclasses__()
WORDINGS: list[type[Wording]] = [HeadWording, SharedWording, *PAGES]
CHINESE = re.compile("[\u4e00-\u9fff]+")
# What an English reader has to write or will read in Chinese.
EXAMPLES = {"search_placeholder", "indicator_placeholder", "unnumbered_help", "statuses", "findings"}


def texts(wording: type[Wording]) -> Iterator[tuple[str, Text]]:
    for name, value in vars(wording).items():
        if isinstance(value, Text):
            yield name, value
        elif isinstance(value, Labels):
            yield from ((name, text) for text in value.texts.values())


ALL = [(f"{wording.__name__}.{name}", text) for wording in WORDINGS for name, text in texts(wording)]


def blanks(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def test_every_page_has_its_wording() -> None:
    folders = {path.parent.name for path in (ROOT / "views").glob("*/page.py")}
    assert {wording.__module__.split(".")[1] for wording in PAGES} == folders
    assert all(hasattr(wording, "page_title") for wording in PAGES)


@pytest.mark.parametrize(("name", "text"), ALL, ids=[name for name, _ in ALL])
def test_both_languages_say_it_with_the_same_blanks(name: str, text: Text) -> None:
    assert text.zh.strip() and text.en.strip()
    assert blanks(text.zh) == blanks(text.en)
    assert "" not in blanks(text.zh), "a blank without a name"


@pytest.mark.parametrize(("name", "text"), ALL, ids=[name for name, _ in ALL])
def test_english_is_english(name: str, text: Text) -> None:
    if name.rpartition(".")[2] not in EXAMPLES:
        assert not CHINESE.search(text.en)


def test_no_page_says_a_shared_text_in_other_words() -> None:
    shared = {name for name, _ in texts(SharedWording)}
    for wording in PAGES:
        assert not shared & {name for name, _ in texts(wording)}


def test_no_text_is_left_that_nobody_says() -> None:
    paths = [ROOT / "app.py", *(ROOT / "views").rglob("*.py")]
    said = set(re.findall(r"\.(\w+)\b", "\n".join(path.read_text(encoding="utf-8") for path in paths)))
    assert {name for name, _ in ALL if name.rpartition(".")[2] not in said} == set()
