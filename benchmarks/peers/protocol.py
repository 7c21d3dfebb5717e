"""What a peer is asked to do, and what it gives: the same for all that are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A report to index: its file, and what this project reads out of it, so that all read the same text."""

    name: str
    title: str
    text: str
    path: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What there is to choose. A peer looks at what it has.

    Attributes:
        size, overlap: of chunks, in characters; size 0: a chunk a line of the report.
        title: whether the report's title stands before the chunk.
        prefixes: whether the encoder is given «query: » and «passage: », as E5 was trained.
        words: the share of words in a score that mixes words and vectors; 0: vectors alone.
        characters: whether words are single characters and pairs of them; else pairs alone.
        candidates: how many passages are read.
        rerank: whether what was retrieved is ranked anew by the relevance that the reader gives it.
        from_null: whether an answer is scored above «there is no answer here» of its own text, as SQuAD 2 has it.
    """

    size: int = 250
    overlap: int = 0
    title: bool = True
    prefixes: bool = True
    words: float = 0.0
    characters: bool = False
    candidates: int = 10
    rerank: bool = False
    from_null: bool = False


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """A part of a report: a passage, or the answer in one. `span` counts characters of the report's text."""

    document: str
    span: Span


@dataclass(frozen=True, slots=True)
class PeerReply:
    """What a peer gives for a question.

    Attributes:
        passages: best first, at most 10.
        answer: None from those that only retrieve, or where nothing was read.
        score: how sure it is; comparable between the questions that one peer is asked.
    """

    passages: tuple[FoundSpan, ...]
    answer: FoundSpan | None
    score: float


Round = Callable[[Settings], tuple[Settings, ...]]
"""The other settings to try, given the best so far."""


class Peer(Protocol):
    """One way to answer questions from reports. Models are loaded when it is made."""

    def index(self, reports: Sequence[SourceReport], settings: Settings) -> None:
        """Index these reports, and no others."""
        ...

    def ask(self, question: str) -> PeerReply:
        """Answer a question from what is indexed."""
        ...

    def save(self, directory: Path) -> None:
        """Write what is indexed into an empty directory, as its users would."""
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A peer, and how its users would tune it.

    Attributes:
        title: what it is, for the table.
        make: makes it; what it needs is imported then. The directory is its own to work in.
        first: the settings that tuning starts from.
        rounds: tried one after the other, each from the best so far.
        reads: whether it gives a span; else the whole first passage is its answer.
    """

    name: str
    title: str
    make: Callable[[Path], Peer]
    first: Settings
    rounds: tuple[Round, ...]
    reads: bool
