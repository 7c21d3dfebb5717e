"""LangChain: its recursive splitter, the bundled encoder in sentence-transformers, FAISS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.chunks import chunks, sizes, without_prefixes, without_title
from benchmarks.peers.protocol import Candidate, FoundSpan, PeerReply, Settings, SourceReport
from benchmarks.peers.vectors import encoder_directory
from embeddings.bundled import PASSAGE_PROMPT, QUERY_PROMPT
from indexer.text.span import Span


class LangChain:
    """As in LangChain's guides: documents into a FAISS store, the nearest of them for a question."""

    def __init__(self, work: Path) -> None:
        from langchain_huggingface import HuggingFaceEmbeddings

        self._embeddings = HuggingFaceEmbeddings(
            model_name=encoder_directory(),
            model_kwargs={"device": "cpu", "local_files_only": True},
        )

    def index(self, reports: Sequence[SourceReport], settings: Settings) -> None:
        """As `Peer.index`."""
        from langchain_community.vectorstores import FAISS
        from langchain_core.documents import Document

        normal = {"normalize_embeddings": True}
        prompts = (PASSAGE_PROMPT, QUERY_PROMPT) if settings.prefixes else ("", "")
        self._embeddings.encode_kwargs = {**normal, "prompt": prompts[0]}
        self._embeddings.query_encode_kwargs = {**normal, "prompt": prompts[1]}
        documents = [
            Document(
                chunk.text,
                metadata={
                    "name": chunk.place.document,
                    "start": chunk.place.span.start,
                    "end": chunk.place.span.end,
                },
            )
            for chunk in chunks(reports, settings)
        ]
        self._store = FAISS.from_documents(documents, self._embeddings)

    def ask(self, question: str) -> PeerReply:
        """As `Peer.ask`."""
        found = self._store.similarity_search_with_score(question, k=10)
        places = tuple(
            FoundSpan(about.metadata["name"], Span(about.metadata["start"], about.metadata["end"]))
            for about, _ in found
        )
        return PeerReply(places, None, -float(found[0][1]))

    def save(self, directory: Path) -> None:
        """As `Peer.save`."""
        self._store.save_local(str(directory))


CANDIDATE = Candidate(
    name="langchain",
    title="LangChain + e5 + FAISS",
    make=LangChain,
    first=Settings(),
    rounds=(sizes, without_title, without_prefixes),
    reads=False,
)
