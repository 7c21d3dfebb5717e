"""The retriever is one as LangChain wants it, and its documents can be cited and checked."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_tests.integration_tests import RetrieversIntegrationTests
from pydantic import ValidationError

from tests.conftest import SEED_NAME
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from wenbao import IndexFault, Library, QuestionError
from wenbao.langchain import WenbaoRetriever

PATENTS = "有效发明专利拥有量达多少件？"
PILES = "今年新建多少个充电桩？"


class TestStandard(RetrieversIntegrationTests):
    """LangChain's own tests of every retriever."""

    @pytest.fixture(autouse=True)
    def _library(self, library: Library) -> None:
        self.library = library

    @property
    def retriever_constructor(self) -> type[WenbaoRetriever]:
        return WenbaoRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"library": self.library}

    @property
    def retriever_query_example(self) -> str:
        return PATENTS


def test_documents_are_the_passages_of_the_library_with_their_places(library: Library) -> None:
    found = WenbaoRetriever(library=library).invoke(PATENTS)
    passages = library.ask(PATENTS).passages[:4]
    assert [one.page_content for one in found] == [passage.text for passage in passages]
    text = library.report(SEED_NAME).text
    (entry,) = library.catalogue
    for document, passage in zip(found, passages, strict=True):
        about = document.metadata
        assert text[about["start"] : about["end"]] == document.page_content, "the text proves it"
        assert (about["report"], about["digest"], about["answered"]) == (SEED_NAME, entry.text_digest, True)
        assert (about["title"], about["score"]) == (passage.title, passage.score)
        assert about["headings"] == list(passage.headings)
    assert len({one.id for one in found}) == 4


def test_several_questions_at_once_and_without_waiting_find_the_same(library: Library) -> None:
    retriever = WenbaoRetriever(library=library, k=2)
    one_by_one = [retriever.invoke(question) for question in (PATENTS, PILES)]

    async def meanwhile() -> tuple[list[list[Document]], list[Document]]:
        return await retriever.abatch([PATENTS, PILES]), await retriever.ainvoke(PATENTS)

    assert retriever.batch([PATENTS, PILES]) == one_by_one
    assert asyncio.run(meanwhile()) == (one_by_one, one_by_one[0])


def test_only_the_reports_that_were_named_are_asked(library: Library, folder: Path) -> None:
    library.add(write_report(folder, "甲", "今年有效发明专利拥有量达9件。"))
    found = WenbaoRetriever(library=library, documents=["甲"]).invoke(PATENTS)
    assert {one.metadata["report"] for one in found} == {"甲"}
    with pytest.raises(IndexFault, match="没有的"):
        WenbaoRetriever(library=library, documents=["没有的"]).invoke(PATENTS)


def test_silence_is_told_and_can_be_had_as_nothing(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "index", encoder=FakeEncoder())
    library.add(write_report(tmp_path, "甲", "今年新增就业20万人。"))
    silent = "火星探测器何时登陆？"
    nearest = WenbaoRetriever(library=library).invoke(silent)
    assert [one.metadata["answered"] for one in nearest] == [False]
    assert WenbaoRetriever(library=library, only_answered=True).invoke(silent) == []


@pytest.mark.parametrize("k", [0, 11, -1])
def test_a_number_of_passages_that_no_reply_has_is_refused(library: Library, k: int) -> None:
    with pytest.raises(ValidationError):
        WenbaoRetriever(library=library, k=k)
    with pytest.raises(ValueError, match="1 到 10"):
        WenbaoRetriever(library=library).invoke(PATENTS, k=k)


def test_a_bad_question_is_the_library_s_error(library: Library) -> None:
    with pytest.raises(QuestionError):
        WenbaoRetriever(library=library).invoke("")
