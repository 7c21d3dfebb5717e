"""Libraries of any size for the scale curve: whole reports of a real index, and beyond it made ones.

A made report holds passages drawn from all reports, under the place and another year of one of them, their vectors
moved a little: as far from their originals as a real passage is from its nearest neighbour in another report, at
the median, so that copies crowd no closer than reports do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings import Encoder, PassageVectors, Vectors
from indexer.intake import ensure_index
from indexer.report.records import Document, Metadata, Passage, Section, SectionKind
from indexer.report.report import Report
from indexer.store.database import open_store
from indexer.store.packing import UnpackedPassages, pack, units_in
from indexer.store.rows import EmbeddedPassage, EmbeddedReport, StoredPassage
from indexer.store.settings import embedded_by
from indexer.store.store import Store
from indexer.store.writing import change_index, refresh_vectors
from indexer.text.span import Span

_PASSAGES = 85  # of a made report
_TOGETHER = 100  # reports written in one transaction
_SAMPLE = 2_000  # passages whose neighbours are looked at
_NOTE = "made.json"


@dataclass(frozen=True, slots=True)
class _Source:
    """The passages of the real reports, to draw from."""

    texts: tuple[str, ...]
    passages: tuple[StoredPassage, ...]
    dimension: int
    distance: float


@dataclass(frozen=True, slots=True)
class Distances:
    """Median distances (1 - cosine): of a real passage to its nearest in another report, of a made one to its original."""

    neighbour: float
    copy: float


def write_library(source: Path, directory: Path, size: int, encoder: Encoder) -> Distances:
    """Write an index of about `size` passages, unless it is there from an earlier run.

    Raises:
        IndexFault: the source cannot be read, or the directory not be written.
    """
    note = directory / _NOTE
    if note.exists():
        return distances(directory)
    ensure_index(directory, encoder)
    neighbours: list[float] = []
    copies: list[float] = []
    waiting: list[EmbeddedReport] = []
    for report in _reports(source, size, encoder, neighbours, copies):
        waiting.append(report)
        if len(waiting) == _TOGETHER:
            _write(directory, waiting)
    _write(directory, waiting)
    refresh_vectors(directory, always=True)
    found = Distances(float(np.median(neighbours or [0.0])), float(np.median(copies or [0.0])))
    note.write_text(json.dumps(asdict(found)), encoding="utf-8")
    return found


def _write(directory: Path, waiting: list[EmbeddedReport]) -> None:
    with change_index(directory) as writer:
        for report in waiting:
            writer.add(report)
    waiting.clear()


def _reports(
    source: Path, size: int, encoder: Encoder, neighbours: list[float], copies: list[float]
) -> Iterator[EmbeddedReport]:
    """Real reports in an order that is the same every time, then made ones."""
    embedded = embedded_by(encoder.identity)
    dice = np.random.default_rng(0)
    with open_store(source) as store:
        entries = list(store.entries())
        order = [entries[n] for n in dice.permutation(len(entries))]
        written = 0
        for entry in order:
            report = store.report(entry.name)
            if written >= size or report is None:
                break
            yield EmbeddedReport(report, embedded, tuple(_kept(store.passages_of(entry.id))))
            written += entry.passages
        if written >= size:
            return
        found = _source(store, [entry.id for entry in order], encoder.identity.dimension)
    neighbours.append(found.distance)
    known = [entry.metadata for entry in order]
    for number in range((size - written) // _PASSAGES):
        yield _made(number, known[number % len(known)], found, dice, embedded, copies)


def _kept(passages: Sequence[StoredPassage]) -> Iterator[EmbeddedPassage]:
    for stored in passages:
        yield EmbeddedPassage(stored.passage.number, stored.id.to_bytes(16, "big"), stored.packed)


def _source(store: Store, documents: Sequence[int], dimension: int) -> _Source:
    texts: list[str] = []
    passages: list[StoredPassage] = []
    owners: list[int] = []
    names = {entry.id: entry.name for entry in store.entries()}
    for document in documents:
        report = store.report(names[document])
        assert report is not None
        for stored in store.passages_of(document):
            texts.append(stored.passage.span.of(report.text))
            passages.append(stored)
            owners.append(document)
    wholes = UnpackedPassages.of([one.packed for one in passages], dimension).wholes
    return _Source(tuple(texts), tuple(passages), dimension, nearest_elsewhere(wholes, np.array(owners)))


def nearest_elsewhere(wholes: Vectors, owners: NDArray[np.int64]) -> float:
    """The median distance (1 - cosine) of a passage to its nearest one of another report.

    `wholes` are of shape (passages, dimension); `owners` tells each one's report.

    Raises:
        ValueError: there is no other report.
    """
    if len(np.unique(owners)) < 2:
        raise ValueError("passages can only be moved about among two reports or more")
    sample = np.random.default_rng(1).choice(len(wholes), min(_SAMPLE, len(wholes)), replace=False)
    nearest = []
    for rows in np.array_split(sample, max(1, len(sample) // 200)):
        scores = wholes[rows] @ wholes.T
        scores[owners[rows][:, None] == owners[None, :]] = -1
        nearest.extend(scores.max(axis=1).tolist())
    return 1 - float(np.median(nearest))


def _made(
    number: int,
    like: Metadata,
    source: _Source,
    dice: np.random.Generator,
    embedded: str,
    distances: list[float],
) -> EmbeddedReport:
    drawn = dice.integers(len(source.passages), size=_PASSAGES)
    texts = [source.texts[n] for n in drawn]
    ends = np.cumsum([len(text) for text in texts]).tolist()
    spans = [Span(end - len(text), end) for text, end in zip(texts, ends, strict=True)]
    year = 1950 + number % 70
    name = f"{like.region or '全国'}{year}-{number}"
    document = Document(name, "".join(texts), replace(like, title=name, year=year), f"{name}.txt", "0" * 64)
    root = Section(0, None, 0, SectionKind.ROOT, Span(0, 0), Span(0, ends[-1]))
    passages = tuple(Passage(n, 0, span) for n, span in enumerate(spans))
    unpacked = UnpackedPassages.of([source.passages[n].packed for n in drawn], source.dimension)
    made = []
    for n, span in enumerate(spans):
        moved = _moved(unpacked.vectors(n), source.distance, dice)
        distances.append(1 - float(moved.whole @ unpacked.wholes[n]))
        units = units_in(source.passages[drawn[n]].packed, n, span)
        digest = number.to_bytes(8, "big") + n.to_bytes(8, "big")
        made.append(EmbeddedPassage(n, digest, pack(units, span, moved)))
    return EmbeddedReport(Report(document, (root,), passages), embedded, tuple(made))


def _moved(vectors: PassageVectors, distance: float, dice: np.random.Generator) -> PassageVectors:
    """All vectors of a passage moved by one step, so far that its own is `distance` from where it was."""
    step = dice.standard_normal(len(vectors.whole)).astype(np.float32)
    step -= (step @ vectors.whole) * vectors.whole
    # cos = 1 / sqrt(1 + s²) for a step of length s across the vector.
    step *= np.sqrt(1 / (1 - distance) ** 2 - 1) / np.linalg.norm(step)
    return PassageVectors(_unit(vectors.whole + step), _unit(vectors.parts + step))


def _unit(vectors: Vectors) -> Vectors:
    found: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return found


def distances(directory: Path) -> Distances:
    """What `write_library` found when it wrote the library in `directory`."""
    return Distances(**json.loads((directory / _NOTE).read_text(encoding="utf-8")))
