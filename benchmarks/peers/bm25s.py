"""bm25s alone: chunks ranked by BM25 over characters and pairs of them, without any model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.peers.chunks import chunks, sizes, without_title
from benchmarks.peers.protocol import Candidate, PeerReply, Settings, SourceReport

_RUN = re.compile(r"[a-z0-9.%]+|[\u3400-\u9fff]+")


class Bm25s:
    """A user who knows that Chinese has no spaces gives it pairs of characters for words."""

    def __init__(self, work: Path) -> None:
        import bm25s

        self._bm25s = bm25s

    def index(self, reports: Sequence[SourceReport], settings: Settings) -> None:
        """As `Peer.index`."""
        self._characters = settings.characters
        made = chunks(reports, settings)
        self._places = [chunk.place for chunk in made]
        self._words = self._bm25s.BM25()
        self._words.index([tokens(chunk.text, self._characters) for chunk in made], show_progress=False)

    def ask(self, question: str) -> PeerReply:
        """As `Peer.ask`."""
        asked = [tokens(question, self._characters)]
        numbers, scores = self._words.retrieve(asked, k=min(10, len(self._places)), show_progress=False)
        return PeerReply(tuple(self._places[int(n)] for n in numbers[0]), None, float(scores[0][0]))

    def save(self, directory: Path) -> None:
        """As `Peer.save`."""
        self._words.save(str(directory))


def tokens(text: str, characters: bool) -> list[str]:
    """Pairs of Chinese characters, and single ones where asked; Latin words and numbers whole.

    >>> tokens("新增6.1万家", False), tokens("新增", True)
    (['新增', '6.1', '万家'], ['新增', '新', '增'])
    """
    found: list[str] = []
    for run in _RUN.findall(text.lower()):
        if run[0] < "\u3400":
            found.append(run)
            continue
        found += [run[i : i + 2] for i in range(len(run) - 1)]
        if characters or len(run) == 1:
            found += run
    return found


def with_characters(best: Settings) -> tuple[Settings, ...]:
    """Single characters beside the pairs."""
    return (replace(best, characters=True),)


CANDIDATE = Candidate(
    name="bm25s",
    title="bm25s alone",
    make=Bm25s,
    first=Settings(),
    rounds=(sizes, without_title, with_characters),
    reads=False,
)
