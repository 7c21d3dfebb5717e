"""The library as a retriever of LangChain: passages with what it takes to cite and to check them.

    from wenbao.langchain import WenbaoRetriever

    retriever = WenbaoRetriever(library=Library.open("my-index"), k=5)
    retriever.invoke("今年新建多少个充电桩？")

`ainvoke`, `batch` and `abatch` come from LangChain; a library may be asked from any thread.
"""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from wenbao.library import Library
from wenbao.records import Passage

MOST = 10
"""As many passages as a reply has."""


class WenbaoRetriever(BaseRetriever):
    """The passages that bear most on a question, best first.

    Attributes:
        k: at most so many, 1 to 10; `invoke(question, k=3)` says it for one question.
        documents: names of the reports that are asked; all where None.
        only_answered: whether nothing is given where the reports are taken not to answer. Otherwise the nearest passages
            are, and their metadata say so.
    """

    library: Library
    k: int = Field(default=4, ge=1, le=MOST)
    documents: list[str] | None = None
    only_answered: bool = False

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None, **_: Any
    ) -> list[Document]:
        """The passages as documents.

        Their metadata: `report` (its name), `title`, `headings`, `paragraph` and `page` from 1 (None without pages),
        `start` and `end` in characters of the report's text, `digest` (SHA-256 of that text), `score`, comparable within one
        question, and `answered`, whether the reports answer.

        Raises:
            ValueError: `k` is not 1 to 10.
            QuestionError, IndexFault, ModelError: as `Library.ask`.
        """
        most = self.k if k is None else k
        if not 1 <= most <= MOST:
            raise ValueError(f"k 要在 1 到 {MOST} 之间，不是 {most}。k is 1 to {MOST}, not {most}.")
        reply = self.library.ask(query, self.documents)
        answered = reply.answer is not None
        if self.only_answered and not answered:
            return []
        return [_document(passage, answered) for passage in reply.passages[:most]]


def _document(passage: Passage, answered: bool) -> Document:
    return Document(
        page_content=passage.text,
        id=f"{passage.text_digest}:{passage.start}-{passage.end}",
        metadata={
            "report": passage.document,
            "title": passage.title,
            "headings": list(passage.headings),
            "paragraph": passage.paragraph,
            "page": passage.page,
            "start": passage.start,
            "end": passage.end,
            "digest": passage.text_digest,
            "score": passage.score,
            "answered": answered,
        },
    )
