"""The scale curve: how opening, searching, memory and disk grow with the library.

usage: python -m benchmarks.scale INDEX WORK QUESTIONS.jsonl… [--sizes 7000,165000,1000000] [--json]

INDEX is an index of real reports. For every size a library is written below WORK and asked the questions. Up to
the size of INDEX it holds whole reports of it; beyond, made ones besides (`benchmarks.made_library`), and the table
says how far those are from their originals, and reports from each other.

Every size is measured in a process of its own, so that its memory is its own. Recall is against what scoring
every passage by all its units finds, each of the best 50.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.table import Table

from answers.evaluation.questions import read_gold_questions
from answers.retriever import CANDIDATES, Retriever
from answers.understanding.question import Understanding, understand
from benchmarks.made_library import distances, write_library
from benchmarks.memory import resident
from embeddings import Vectors, load_encoder
from indexer.command_line import out
from indexer.index import ReportIndex, open_index
from indexer.report.records import UnitKind
from indexer.store.database import open_store
from indexer.store.packing import NONE, UnpackedPassages
from indexer.store.rows import StoredPassage

_BEST = 50
_BLOCK = 4_000  # passages scored together where all are
_BYTES = 1 << 20


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


def measure(directory: Path, questions: Sequence[Path]) -> Measured:
    """Ask the library in `directory`; memory is that of this process less what it held before."""
    encoder = load_encoder()
    asked = [understand(gold.question) for gold in read_gold_questions(questions)]
    vectors = encoder.encode_queries([question.search for question in asked])
    before = resident()
    started = time.perf_counter()
    index = open_index(directory, encoder.identity)
    retriever = Retriever(index, encoder)
    opened = time.perf_counter() - started
    region, year = _commonest(index)
    retriever.retrieve(asked[0])
    everywhere = _times(retriever, asked, None)
    there = _times(retriever, asked, region)
    then = _times(retriever, asked, year)
    memory = resident() - before
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
        **asdict(distances(directory)),
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
