"""txtai: an embeddings database, of vectors alone or mixed with BM25 over pairs of characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.peers.chunks import chunks, sizes, without_prefixes, without_title
from benchmarks.peers.protocol import Candidate, FoundSpan, PeerReply, Settings, SourceReport
from benchmarks.peers.vectors import encoder_directory
from embeddings.bundled import PASSAGE_PROMPT, QUERY_PROMPT

_WORDS = {"method": "bm25", "terms": True, "normalize": True}


class Txtai:
    """As in txtai's guides: texts with their numbers into an index, which is then searched."""

    def __init__(self, work: Path) -> None:
        from txtai import Embeddings

        self._made = Embeddings
        self._models: dict[str, object] = {}  # txtai keeps the loaded model here

    def index(self, reports: Sequence[SourceReport], settings: Settings) -> None:
        """As `Peer.index`."""
        # What txtai takes of the model's own prompts is «query: » alone: sentence-transformers has one for documents.
        prompts = (QUERY_PROMPT, PASSAGE_PROMPT) if settings.prefixes else ("", "")
        config = {
            "path": encoder_directory(),
            "method": "sentence-transformers",
            "gpu": False,
            "vectors": {"prompts": dict(zip(("query", "document"), prompts, strict=True))},
        }
        if settings.words:
            least = 1 if settings.characters else 2
            config |= {
                "scoring": {**_WORDS, "tokenizer": {"ngrams": {"ngrams": 2, "nmin": least, "nmax": 2}}}
            }
        self._embeddings = self._made(config, models=self._models)
        self._vectors_share = 1 - settings.words
        made = chunks(reports, settings)
        self._places = [chunk.place for chunk in made]
        self._embeddings.index((number, chunk.text, None) for number, chunk in enumerate(made))

    def ask(self, question: str) -> PeerReply:
        """As `Peer.ask`."""
        found: list[tuple[int, float]] = self._embeddings.search(question, 10, weights=self._vectors_share)
        places: tuple[FoundSpan, ...] = tuple(self._places[number] for number, _ in found)
        return PeerReply(places, None, float(found[0][1]) if found else 0.0)

    def save(self, directory: Path) -> None:
        """As `Peer.save`."""
        self._embeddings.save(str(directory))


def lines(best: Settings) -> tuple[Settings, ...]:
    """Its own segmentation by lines, which are the paragraphs of a report."""
    return (replace(best, size=0, overlap=0),)


def hybrid(best: Settings) -> tuple[Settings, ...]:
    """Words beside the vectors."""
    return tuple(
        replace(best, words=words, characters=one) for words in (0.3, 0.5, 0.7) for one in (False, True)
    )


CANDIDATE = Candidate(
    name="txtai",
    title="txtai",
    make=Txtai,
    first=Settings(),
    rounds=(sizes, lines, without_title, without_prefixes, hybrid),
    reads=False,
)
