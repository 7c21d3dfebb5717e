"""Build an index from sources: read, parse, embed, and replace the old index at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings import Encoder, EncoderIdentity
from indexer.errors import IndexFault
from indexer.location import AnyPath, Paths, path_of
from indexer.report.passages import PASSAGE_SIZE, UNIT_TEXT_VERSION, parse_report
from indexer.report.report import Report
from indexer.sources import Refusal, read_sources
from indexer.store.database import create_store, open_store
from indexer.store.embedding import EmbeddedUnits, KnownVectors, embed_units
from indexer.store.settings import StoreSettings
from indexer.store.tables import Store
from indexer.store.vectors import VectorIndex, remove_stale_vectors, save_vectors


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """How far a build is: `done` of `total` units embedded, now in the report `document`."""

    document: str
    title: str
    done: int
    total: int


Progress = Callable[[BuildProgress], None]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made, and the files it had to leave out."""

    documents: int
    passages: int
    units: int
    refusals: tuple[Refusal, ...]


def build_index(
    sources: Paths, directory: AnyPath, encoder: Encoder, progress: Progress | None = None
) -> BuildResult:
    """Make the index in `directory` hold exactly the reports in `sources`, one or several paths.

    The index that was there before answers until the new one is whole, and stays if this fails. What
    it embedded with the same model is not embedded again.

    Raises:
        SourceError: a source is missing or nothing in it could be read.
        IndexFault: the directory cannot be written, or holds something that is not our index.
        ModelError: the model failed.
    """
    directory = path_of(directory)
    generation = _next_generation(directory)
    reading = read_sources(sources)
    reports = [parse_report(document) for document in reading.documents]
    embedded = embed_reports(reports, encoder, known_in(directory, encoder.identity), progress)
    with create_store(directory) as store:
        for report, units in zip(reports, embedded, strict=True):
            store.add(report, units)
        digest = seal(directory, store, encoder.identity, generation)
    remove_stale_vectors(directory, digest)
    return BuildResult(
        documents=len(reports),
        passages=sum(len(report.passages) for report in reports),
        units=sum(len(report.units) for report in reports),
        refusals=reading.refusals,
    )


def embed_reports(
    reports: Sequence[Report], encoder: Encoder, known: KnownVectors, progress: Progress | None
) -> list[EmbeddedUnits]:
    """The vectors of several reports, with progress over all of them."""
    total = sum(len(report.units) for report in reports)
    embedded: list[EmbeddedUnits] = []
    before = 0
    for report in reports:

        def told(done: int, report: Report = report, before: int = before) -> None:
            if progress is not None:
                progress(BuildProgress(report.name, report.title, before + done, total))

        embedded.append(embed_units(report, encoder, known, told))
        before += len(report.units)
    return embedded


def known_in(directory: Path, encoder: EncoderIdentity) -> KnownVectors:
    """Looks vectors up in the index in `directory`, where there is a sound one of the same model."""

    def look_up(digests: Sequence[bytes]) -> Mapping[bytes, NDArray[np.float32]]:
        try:
            with open_store(directory) as store:
                if store.settings().encoder != encoder:
                    return {}
                return store.known_vectors(digests, encoder.dimension)
        except IndexFault:
            return {}

    return look_up


def seal(directory: Path, store: Store, encoder: EncoderIdentity, generation: int) -> str:
    """Derive the FAISS file of a store's vectors and write the settings that name it; its SHA-256."""
    digest = save_vectors(directory, VectorIndex.of(store.vectors(encoder.dimension)))
    store.write_settings(
        StoreSettings(
            model=encoder.model,
            dimension=encoder.dimension,
            fingerprint=encoder.fingerprint,
            passage_size=PASSAGE_SIZE,
            unit_text=UNIT_TEXT_VERSION,
            generation=generation,
            vector_digest=digest,
        )
    )
    return digest


def _next_generation(directory: Path) -> int:
    """One more than the store that will be replaced. What is not ours is never replaced."""
    if directory.exists() and not directory.is_dir():
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
