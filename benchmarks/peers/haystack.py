"""Haystack: its splitter, embedders, in-memory store and extractive reader, which is given our reader's weights.

Haystack's reader loads a Hugging Face checkpoint for question answering. Ours is an ONNX file with a head more, so
`_OurWeights` stands in the place of that checkpoint and gives the logits of start and end; everything else of the reader
(windows, decoding, overlaps) is Haystack's own. What Haystack leaves unused is offered as two choices: the relevance
head ranks what was retrieved, and logits are taken above the first token's, which says «there is no answer here».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.chunks import SEPARATORS, sizes, without_prefixes, without_title
from benchmarks.peers.protocol import Candidate, FoundSpan, PeerReply, Settings, SourceReport
from benchmarks.peers.vectors import encoder_directory
from embeddings.bundled import PASSAGE_PROMPT, QUERY_PROMPT
from embeddings.cross_encoder import LONGEST, MODEL_DIRECTORY
from embeddings.onnx_session import open_session
from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class _Logits:
    start_logits: Any
    end_logits: Any


@dataclass(frozen=True, slots=True)
class _Read:
    """What our reader makes of one question with one text: a logit, and float32 of shape (tokens,) twice."""

    relevance: float
    start: NDArray[np.float32]
    end: NDArray[np.float32]


class _OurWeights:
    """Our reader where Haystack calls a question answering model of transformers.

    What was read is remembered: a passage that was ranked need not be read again for its answer.
    """

    def __init__(self) -> None:
        self._session = open_session(MODEL_DIRECTORY / "model.onnx")
        self._known: dict[bytes, _Read] = {}
        self.from_null = False

    def __call__(self, input_ids: Any, attention_mask: Any) -> _Logits:
        """The logits of a batch, float32 of shape (texts, tokens)."""
        import torch

        starts, ends = np.zeros((2, *input_ids.shape), np.float32)
        for row, (ids, mask) in enumerate(zip(input_ids.numpy(), attention_mask.numpy(), strict=True)):
            length = int(mask.sum())
            read = self.read(ids[:length])
            null = (read.start[0], read.end[0]) if self.from_null else (0.0, 0.0)
            starts[row, :length], ends[row, :length] = read.start - null[0], read.end - null[1]
        return _Logits(torch.from_numpy(starts), torch.from_numpy(ends))

    def read(self, ids: NDArray[np.int64]) -> _Read:
        """One question with one text, as tokens."""
        key = ids.tobytes()
        if key not in self._known:
            relevance, start, end = self._session.run(["relevance", "start", "end"], {"ids": ids[None]})
            self._known[key] = _Read(float(relevance[0]), start[0], end[0])
        return self._known[key]


class Haystack:
    """An indexing pipeline and an extractive one, as in Haystack's guides."""

    def __init__(self, work: Path) -> None:
        from haystack.utils import ComponentDevice
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
            SentenceTransformersTextEmbedder,
        )
        from haystack_integrations.components.readers.transformers import TransformersExtractiveReader
        from transformers import PreTrainedTokenizerFast

        common = {"model": encoder_directory(), "local_files_only": True, "progress_bar": False}
        common |= {"normalize_embeddings": True, "device": ComponentDevice.from_str("cpu")}
        self._documents = SentenceTransformersDocumentEmbedder(**common)
        self._questions = SentenceTransformersTextEmbedder(**common)
        self._reader = TransformersExtractiveReader(max_seq_length=LONGEST, no_answer=False)
        self._reader.tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
            tokenizer_file=str(MODEL_DIRECTORY / "tokenizer.json"), pad_token="<pad>"
        )
        self._reader.tokenizer.backend_tokenizer.no_truncation()
        self._reader.device = ComponentDevice.from_str("cpu")
        self._reader.model = self._weights = _OurWeights()

    def index(self, reports: Sequence[SourceReport], settings: Settings) -> None:
        """As `Peer.index`."""
        from haystack import Document
        from haystack.components.preprocessors import RecursiveDocumentSplitter
        from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        self._settings = settings
        self._documents.prefix, self._questions.prefix = (
            (PASSAGE_PROMPT, QUERY_PROMPT) if settings.prefixes else ("", "")
        )
        splitter = RecursiveDocumentSplitter(
            split_length=settings.size,
            split_overlap=settings.overlap,
            split_unit="char",
            separators=list(SEPARATORS),
        )
        texts = {report.name: report.text for report in reports}
        titles = {report.name: report.title for report in reports}
        whole = [Document(content=report.text, meta={"name": report.name}) for report in reports]
        chunks = []
        for part in splitter.run(whole)["documents"]:
            name, start, words = part.meta["name"], part.meta["split_idx_start"], part.content
            if not words.strip():
                continue
            if not texts[name].startswith(words, start):
                raise ValueError(f"a chunk of {name} does not stand where the splitter says: {words[:20]}")
            head = f"{titles[name]}\n" if settings.title else ""
            about = {"name": name, "start": start, "end": start + len(words), "head": len(head)}
            chunks.append(Document(content=head + words, meta=about))
        # `shared` would let one store see the documents of another.
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine", shared=False)
        self._store.write_documents(self._documents.run(chunks)["documents"])
        self._retriever = InMemoryEmbeddingRetriever(self._store, top_k=10)

    def ask(self, question: str) -> PeerReply:
        """As `Peer.ask`."""
        vector = self._questions.run(question)["embedding"]
        found = self._retriever.run(query_embedding=vector)["documents"]
        read = found[: self._settings.candidates]
        if self._settings.rerank:
            relevance = [self._relevance(question, document.content) for document in read]
            order = sorted(range(len(read)), key=lambda n: -relevance[n])
            read = [read[n] for n in order]
        self._weights.from_null = self._settings.from_null
        answers = [place_of(answer) for answer in self._reader.run(question, read)["answers"]]
        answer, score = next((found for found in answers if found is not None), (None, 0.0))
        passages = (*read, *found[self._settings.candidates :])
        return PeerReply(tuple(_span(document) for document in passages), answer, score)

    def _relevance(self, question: str, text: str) -> float:
        ids = self._reader.tokenizer(question, text, truncation=True, max_length=LONGEST)["input_ids"]
        return self._weights.read(np.array(ids, np.int64)).relevance

    def save(self, directory: Path) -> None:
        """As `Peer.save`."""
        self._store.save_to_disk(str(directory / "store.json"))


def _span(document: Any) -> FoundSpan:
    return FoundSpan(document.meta["name"], Span(document.meta["start"], document.meta["end"]))


def place_of(answer: Any) -> tuple[FoundSpan, float] | None:
    """Where an answer stands in the report, and its score; None in the title before the chunk."""
    about = answer.document.meta
    start = about["start"] - about["head"] + answer.document_offset.start
    end = about["start"] - about["head"] + answer.document_offset.end
    if start < about["start"] or end <= start:
        return None
    return FoundSpan(about["name"], Span(start, end)), float(answer.score)


def scored_from_null(best: Settings) -> tuple[Settings, ...]:
    """Answers above «there is no answer here» of their own text."""
    return (replace(best, from_null=True),)


def reading(best: Settings) -> tuple[Settings, ...]:
    """How many passages are read, and in the order of their similarity or of their relevance."""
    return tuple(replace(best, candidates=n, rerank=rank) for n in (1, 3, 5, 10) for rank in (False, True))


CANDIDATE = Candidate(
    name="haystack",
    title="Haystack + our reader's weights",
    make=Haystack,
    first=Settings(candidates=5),
    rounds=(scored_from_null, sizes, without_title, without_prefixes, reading),
    reads=True,
)
