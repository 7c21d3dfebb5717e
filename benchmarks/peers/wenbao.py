"""Wenbao itself, as it is shipped."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from answers.engine import Answerer
from answers.errors import QuestionError
from benchmarks.peers.protocol import Candidate, FoundSpan, PeerReply, Settings, SourceReport
from embeddings import load_encoder
from indexer.build import build_index
from indexer.index import open_index


class Wenbao:
    """Nothing is chosen. An index that is in the directory already is used."""

    def __init__(self, work: Path) -> None:
        self._directory = work
        self._encoder = load_encoder()

    def index(self, reports: Sequence[SourceReport], settings: Settings) -> None:
        """As `Peer.index`."""
        build_index([report.path for report in reports], self._directory, self._encoder)
        self._answerer = Answerer(open_index(self._directory, self._encoder.identity), self._encoder)

    def ask(self, question: str) -> PeerReply:
        """As `Peer.ask`."""
        try:
            reply = self._answerer.ask(question)
        except QuestionError:
            return PeerReply((), None, 0.0)
        passages = tuple(FoundSpan(p.place.document, p.span) for p in reply.passages)
        answers = [FoundSpan(answer.place.document, answer.span) for answer in reply.candidates]
        return PeerReply(passages, next(iter(answers), None), reply.confidence)

    def save(self, directory: Path) -> None:
        """As `Peer.save`."""
        shutil.copytree(self._directory, directory, dirs_exist_ok=True)


CANDIDATE = Candidate(
    name="wenbao",
    title="Wenbao",
    make=Wenbao,
    first=Settings(),
    rounds=(),
    reads=True,
)
