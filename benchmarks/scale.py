"""The scale curve: how opening, searching, memory and disk grow with the library.

usage: python -m benchmarks.scale INDEX WORK QUESTIONS.jsonl… [--sizes 7000,165000,1000000] [--json]

INDEX is an index of real reports. For every size a library is written below WORK and asked the questions. Up to
the size of INDEX it holds whole reports of it; beyond, made ones besides: 85 passages drawn from all reports,
under the place and another year of one of them, their vectors moved a little. How far is told by the data: a
made passage is as far from its original as a real passage is from its nearest neighbour in another report, at
the median, and the table says both distances, so that one sees that copies crowd no closer than reports do.

Every size is measured in a process of its own, so that its memory is its own. Recall is against what scoring
every passage by all its units finds, each of the best 50.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.table import Table

from answers.evaluation.questions import read_gold_questions
from answers.retriever import CANDIDATES, Retriever
from answers.understanding.question import Understanding, understand
from embeddings import Encoder, PassageVectors, Vectors, load_encoder
from indexer.command_line import out
from indexer.index import ReportIndex, open_index
from indexer.intake import ensure_index
from indexer.report.records import Document, Metadata, Passage, Section, SectionKind, UnitKind
from indexer.report.report import Report
from indexer.store.database import open_store
from indexer.store.packing import NONE, UnpackedPassages, pack, units_in
from indexer.store.settings import embedded_by
from indexer.store.tables import EmbeddedPassage, EmbeddedReport, Store, StoredPassage
from indexer.store.writing import change_index, refresh_vectors
from indexer.text.span import Span

_PASSAGES = 85  # of a made report
_TOGETHER = 100  # reports written in one transaction
_BEST = 50
_SAMPLE = 2_000  # passages whose neighbours are looked at
_BLOCK = 4_000  # passages scored together where all are
_BYTES = 1 << 20
_NOTE = "made.json"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a library of one size.

    Attributes:
        open_ms: until the first question can be asked, the model apart.
        p50_ms, p95_ms: of retrieval over all reports, the question's vector included.
        region_p95_ms, year_p95_ms: the same among the reports of one region, of one year.
        recall, region_recall: the share of the best 50 passages, by all their units, among the candidates.
        memory_mb: resident at the end, without the model.
        neighbour, copy: median distance (1 - cosine) of a real passage to its nearest in another report, of a
            made one to its original.
    """

    reports: int
    passages: int
    open_ms: float
    p50_ms: float
    p95_ms: float
    region_p95_ms: float
    year_p95_ms: float
    recall: float
    region_recall: float
    memory_mb: float
    disk_mb: float
    words_mb: float
    vectors_mb: float
    neighbour: float
    copy: float


@dataclass(frozen=True, slots=True)
class _Source:
    """The passages of the real reports, to draw from."""

    texts: tuple[str, ...]
    passages: tuple[StoredPassage, ...]
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
        return Distances(**json.loads(note.read_text(encoding="utf-8")))
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
    return _Source(tuple(texts), tuple(passages), nearest_elsewhere(wholes, np.array(owners)))


def nearest_elsewhere(wholes: Vectors, owners: NDArray[np.int64]) -> float:
    """The median distance (1 - cosine) of a passage to its nearest one of another report.

    `wholes` are of shape (passages, dimension); `owners` tells each one's report.
    """
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
    unpacked = UnpackedPassages.of(
        [source.passages[n].packed for n in drawn], source_dimension(source.passages[drawn[0]])
    )
    made = []
    for n, span in enumerate(spans):
        moved = _moved(unpacked.vectors(n), source.distance, dice)
        distances.append(1 - float(moved.whole @ unpacked.wholes[n]))
        units = units_in(source.passages[drawn[n]].packed, n, span)
        digest = number.to_bytes(8, "big") + n.to_bytes(8, "big")
        made.append(EmbeddedPassage(n, digest, pack(units, span, moved)))
    return EmbeddedReport(Report(document, (root,), passages), embedded, tuple(made))


def source_dimension(passage: StoredPassage) -> int:
    """Numbers in the vector of a stored passage."""
    return len(passage.packed.whole) - 2


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


def measure(directory: Path, questions: Sequence[Path]) -> Measured:
    """Ask the library in `directory`; memory is that of this process less what it held before."""
    encoder = load_encoder()
    asked = [understand(gold.question) for gold in read_gold_questions(questions)]
    vectors = encoder.encode_queries([question.search for question in asked])
    before = _resident()
    started = time.perf_counter()
    index = open_index(directory, encoder.identity)
    retriever = Retriever(index, encoder)
    opened = time.perf_counter() - started
    region, year = _commonest(index)
    retriever.retrieve(asked[0])
    everywhere = _times(retriever, asked, None)
    there = _times(retriever, asked, region)
    then = _times(retriever, asked, year)
    memory = _resident() - before
    best, best_there = _exhaustive(directory, index, vectors, region)
    size = {path: path.stat().st_size for path in directory.rglob("*") if path.is_file()}
    return Measured(
        reports=len(index.reports),
        passages=index.catalogue.passages,
        open_ms=opened * 1000,
        p50_ms=float(np.percentile(everywhere, 50)),
        p95_ms=float(np.percentile(everywhere, 95)),
        region_p95_ms=float(np.percentile(there, 95)),
        year_p95_ms=float(np.percentile(then, 95)),
        recall=_recall(index, vectors, best, None),
        region_recall=_recall(index, vectors, best_there, region),
        memory_mb=memory / _BYTES,
        disk_mb=sum(size.values()) / _BYTES,
        words_mb=sum(n for path, n in size.items() if path.parent.name.startswith("words")) / _BYTES,
        vectors_mb=sum(n for path, n in size.items() if path.suffix == ".faiss") / _BYTES,
        **json.loads((directory / _NOTE).read_text(encoding="utf-8")),
    )


def _commonest(index: ReportIndex) -> tuple[list[str], list[str]]:
    """The reports of the region, and of the year, that most reports are of."""
    regions = [entry.region for entry in index.reports]
    years = [entry.year for entry in index.reports]
    region, year = max(set(regions), key=regions.count), max(set(years), key=years.count)
    return (
        [entry.name for entry in index.reports if entry.region == region],
        [entry.name for entry in index.reports if entry.year == year],
    )


def _times(retriever: Retriever, asked: Sequence[Understanding], documents: list[str] | None) -> list[float]:
    took = []
    for question in asked:
        started = time.perf_counter()
        retriever.retrieve(question, 10, documents)
        took.append((time.perf_counter() - started) * 1000)
    return took


def _exhaustive(
    directory: Path, index: ReportIndex, vectors: Vectors, documents: Sequence[str]
) -> tuple[list[set[int]], list[set[int]]]:
    """For each question the ids of the best passages by all their units: of all reports, and of some."""
    some = {index.entry(name).id for name in documents}
    ids: list[NDArray[np.int64]] = []
    inside: list[NDArray[np.bool_]] = []
    scores: list[NDArray[np.float32]] = []
    for entries in _blocks(index):
        with open_store(directory) as store:
            passages = [passage for entry in entries for passage in store.passages_of(entry)]
        if passages:
            ids.append(np.array([passage.id for passage in passages], np.int64))
            inside.append(np.array([passage.document in some for passage in passages]))
            scores.append(_scores(passages, vectors))
    table, keys, kept = np.concatenate(scores), np.concatenate(ids), np.concatenate(inside)
    everywhere = [set(keys[np.argsort(-column)[:_BEST]].tolist()) for column in table.T]
    there = [set(keys[kept][np.argsort(-column)[:_BEST]].tolist()) for column in table[kept].T]
    return everywhere, there


def _blocks(index: ReportIndex) -> Iterator[list[int]]:
    block: list[int] = []
    held = 0
    for entry in index.reports:
        block.append(entry.id)
        held += entry.passages
        if held >= _BLOCK:
            yield block
            block, held = [], 0
    yield block


def _scores(passages: Sequence[StoredPassage], vectors: Vectors) -> NDArray[np.float32]:
    """The small-to-big score of every passage for every question, of shape (passages, questions)."""
    unpacked = UnpackedPassages.of([p.packed for p in passages], vectors.shape[1])
    wholes, parts = unpacked.scores(np.ascontiguousarray(vectors.T))
    columns = []
    for number in range(len(vectors)):
        sentences = unpacked.best(parts[:, number], UnitKind.SENTENCE)
        clauses = unpacked.best(parts[:, number], UnitKind.CLAUSE)
        best = np.where(clauses > NONE, clauses, sentences)
        columns.append((wholes[:, number] + sentences + best) / 3)
    return np.stack(columns, axis=1)


def _recall(
    index: ReportIndex, vectors: Vectors, best: Sequence[set[int]], documents: Sequence[str] | None
) -> float:
    shares = []
    for vector, wanted in zip(vectors, best, strict=True):
        found = set(index.nearest(vector, CANDIDATES, documents))
        shares.append(len(found & wanted) / max(1, len(wanted)))
    return float(np.mean(shares))


def _resident() -> int:
    """Bytes of memory this process holds now; the most it ever held where that cannot be told."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [row for row in status.read_text().splitlines() if row.startswith("VmRSS")]
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    source: Path,
    work: Path,
    questions: list[Path],
    sizes: Annotated[str, typer.Option("--sizes")] = "7000,165000,1000000",
    as_json: Annotated[bool, typer.Option("--json")] = False,
    only: Annotated[Path | None, typer.Option("--measure", hidden=True)] = None,
) -> None:
    """Write the libraries, and measure each in a process of its own."""
    if only is not None:
        sys.stdout.write(json.dumps(asdict(measure(only, questions))) + "\n")
        return
    encoder = load_encoder()
    rows = []
    for size in map(int, sizes.split(",")):
        directory = work / str(size)
        write_library(source, directory, size, encoder)
        ended = subprocess.run(
            [
                sys.executable, "-m", "benchmarks.scale", str(source), str(work), *map(str, questions),
                "--measure", str(directory),
            ],
            check=True, capture_output=True, encoding="utf-8",
        )  # fmt: skip
        rows.append(Measured(**json.loads(ended.stdout.splitlines()[-1])))
        if as_json:
            sys.stdout.write(json.dumps(asdict(rows[-1])) + "\n")
            sys.stdout.flush()
    if not as_json:
        table = Table(*(field for field in asdict(rows[0])))
        for row in rows:
            table.add_row(*(f"{value:.4g}" for value in asdict(row).values()))
        out.print(table)


if __name__ == "__main__":
    app()
