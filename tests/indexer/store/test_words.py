"""Words that an index lacks are filled in; only those."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.index import open_index
from indexer.report.report import Report
from indexer.store import words
from indexer.store.catalogue import ReportEntry
from indexer.store.database import change_store, open_store
from indexer.store.lexical import LexicalIndex
from indexer.store.lexical_writer import LexicalText, LexicalWriter
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report


@pytest.fixture
def library(tmp_path: Path, encoder: FakeEncoder) -> Path:
    """An index of five reports."""
    sources = [write_report(tmp_path / "in", name, f"(一)办好{name}的事。") for name in "甲乙丙丁戊"]
    build_index(sources, tmp_path / "index", encoder)
    return tmp_path / "index"


def folder(library: Path) -> Path:
    with open_store(library) as store:
        return library / store.settings().words


def test_only_missing_reports_are_read_and_only_removed_ones_go(
    library: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with LexicalWriter(folder(library)) as writer:
        writer.remove(2)
        writer.replace(77, [LexicalText(99, "办好己的事")])
        writer.commit()
    read: list[str] = []
    derive = words.lexical_texts

    def derived(report: Report, entry: ReportEntry) -> list[LexicalText]:
        read.append(report.name)
        return derive(report, entry)

    monkeypatch.setattr(words, "lexical_texts", derived)
    index = open_index(library, encoder.identity)
    assert read == ["乙"]
    assert index.lexical.documents() == {1, 2, 3, 4, 5}
    assert index.worded("己", 5) == []


def test_words_that_were_stopped_on_the_way_go_on_from_there(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = library / "words-000000000000"
    derive, asked = words.lexical_texts, iter(range(9))

    def dies(*arguments: object) -> list[LexicalText]:
        if next(asked) == 3:
            raise SystemExit
        return derive(*arguments)  # type: ignore[arg-type] # as they were given

    monkeypatch.setattr(words, "_COMMIT_EVERY", 2)
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(words, "lexical_texts", dies)
        words.complete_words(library, anew)
    assert len(LexicalIndex(anew).documents()) == 2
    words.complete_words(library, anew)
    assert LexicalIndex(anew).documents() == {1, 2, 3, 4, 5}


def test_a_report_that_is_removed_meanwhile_is_left_out(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = library / "words-000000000000"
    derive = words.lexical_texts

    def removes(*arguments: object) -> list[LexicalText]:
        with change_store(library) as store:
            store.remove("丙")
        return derive(*arguments)  # type: ignore[arg-type] # as they were given

    monkeypatch.setattr(words, "lexical_texts", removes)
    words.complete_words(library, anew)
    assert LexicalIndex(anew).documents() == {1, 2, 4, 5}
