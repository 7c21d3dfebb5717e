"""Build an index from sources: read, parse, embed, and replace the old index at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings import Encoder
from indexer.document import ParsedDocument
from indexer.errors import IndexFault
from indexer.passages import PASSAGE_SIZE, parse_document
from indexer.sources import Refusal, read_sources
from indexer.store import StoreSettings, create_store, open_store
from indexer.unit_text import UNIT_TEXT_VERSION, unit_text
from indexer.vectors import VectorIndex, remove_stale_vectors, save_vectors


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a build is: `done` of `total` units embedded, now in the report `document`."""

    document: str
    title: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made, and the files it had to leave out."""

    documents: int
    passages: int
    units: int
    refusals: tuple[Refusal, ...]


def build_index(
    sources: Sequence[Path],
    directory: Path,
    encoder: Encoder,
    progress: Callable[[BuildProgress], None] | None = None,
) -> BuildResult:
    """Make the index in `directory` hold exactly the reports in `sources`.

    The index that was there before answers until the new one is whole, and stays if this fails.

    Raises:
        SourceError: a source is missing or nothing in it could be read.
        IndexFault: the directory cannot be written, or holds something that is not our index.
        ModelError: the model failed.
    """
    generation = _next_generation(directory)
    reading = read_sources(sources)
    parsed = [parse_document(document) for document in reading.documents]
    total = sum(len(p.units) for p in parsed)
    embedded = 0
    with create_store(directory) as store:
        for document in parsed:
            before = embedded

            def report(done: int, _: int, document: ParsedDocument = document, before: int = before) -> None:
                if progress is not None:
                    known = document.document
                    progress(BuildProgress(known.name, known.metadata.title, before + done, total))

            texts = [unit_text(document, unit) for unit in document.units]
            store.add(document, encoder.encode_passages(texts, report))
            embedded += len(texts)
        identity = encoder.identity
        digest = save_vectors(directory, VectorIndex.of(store.vectors(identity.dimension)))
        store.write_settings(
            StoreSettings(
                model=identity.model,
                dimension=identity.dimension,
                fingerprint=identity.fingerprint,
                passage_size=PASSAGE_SIZE,
                unit_text=UNIT_TEXT_VERSION,
                generation=generation,
                vector_digest=digest,
            )
        )
    remove_stale_vectors(directory, digest)
    return BuildResult(len(parsed), sum(len(p.passages) for p in parsed), total, reading.refusals)


def _next_generation(directory: Path) -> int:
    """One more than the store that will be replaced. What is not ours is never replaced."""
    if not directory.exists():
        return 1
    if not directory.is_dir():
        raise IndexFault(
            f"{directory} 是一个文件，不能放索引。请用 --index 指定一个目录。",
            f"{directory} is a file and cannot hold an index. Name a directory with --index.",
        )
    try:
        with open_store(directory) as store:
            return store.settings().generation + 1
    except IndexFault as fault:
        if fault.foreign:
            raise
        return 1
