"""The bundled model on onnxruntime beside the same weights on sentence-transformers: speed, memory, agreement.

usage: python -m benchmarks.engines [REPORT] [--passages 64] [--json]

Each engine is measured in a process of its own, so that its memory and the time of its imports are its own. The
cosine is that of a passage's vector to the one of sentence-transformers in float32.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from benchmarks.memory import resident
from embeddings import Encoder, PassageText, Vectors
from indexer.command_line import out
from indexer.report.passages import parse_report, passage_text
from indexer.sources import read_document

_SEED = Path(__file__).parents[1] / "seeds" / "000_f7ed5bf6a81e5e31.txt"
_QUERY = "今年要新建多少个充电桩？"
_QUERIES = 20


class Engine(StrEnum):
    """What runs the model."""

    ONNX = "onnxruntime, int8"
    TRANSFORMERS = "sentence-transformers, float32"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of an engine.

    Attributes:
        load_s: imports and weights, until the first text can be embedded.
        query_ms: one question, the median.
        cpu_ms: processor time a passage with its sentences and clauses.
        memory_mb: resident at the end.
    """

    engine: str
    load_s: float
    query_ms: float
    cpu_ms: float
    memory_mb: float


def measure(engine: Engine, report: Path, passages: int, vectors: Path) -> Measured:
    """Embed the first passages of a report with one engine, and save their vectors, in this process."""
    started = time.perf_counter()
    encoder = _loaded(engine)
    encoder.encode_queries([_QUERY])
    loaded = time.perf_counter() - started
    took = []
    for _ in range(_QUERIES):
        started = time.perf_counter()
        encoder.encode_queries([_QUERY])
        took.append(time.perf_counter() - started)
    texts = _texts(report, passages)
    begun = time.process_time()
    found = [encoder.encode_passages([text])[0].whole for text in texts]
    cpu = time.process_time() - begun
    np.save(vectors, np.array(found))
    return Measured(
        engine.value, loaded, float(np.median(took)) * 1000, cpu / len(texts) * 1000, resident() / (1 << 20)
    )


def _loaded(engine: Engine) -> Encoder:
    # Imported here: what the other engine imports does not count.
    if engine is Engine.ONNX:
        from embeddings.onnx_encoder import OnnxEncoder

        return OnnxEncoder()
    from embeddings.bundled_transformer import transformer_directory
    from embeddings.transformer_encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(str(transformer_directory()))


def _texts(report: Path, passages: int) -> list[PassageText]:
    parsed = parse_report(read_document(report))
    texts = [passage_text(parsed, passage) for passage in parsed.passages if parsed.units_of(passage)]
    return texts[:passages]


def least_cosine(one: Vectors, other: Vectors) -> float:
    """The least cosine of vectors of length one, row by row."""
    return float((one * other).sum(axis=1).min())


def compare(
    report: Annotated[Path, typer.Argument()] = _SEED,
    passages: Annotated[int, typer.Option()] = 64,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    only: Annotated[str, typer.Option(hidden=True)] = "",
    vectors: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Measure both engines and print the table."""
    if only and vectors is not None:
        print(json.dumps(asdict(measure(Engine(only), report, passages, vectors))))
        return
    with tempfile.TemporaryDirectory() as folder:
        saved = {engine: Path(folder) / f"{engine.name}.npy" for engine in Engine}
        found = [_in_a_process(engine, report, passages, path) for engine, path in saved.items()]
        cosine = least_cosine(*(np.load(path) for path in saved.values()))
    if as_json:
        print(json.dumps({"engines": [asdict(one) for one in found], "cosine": cosine}))
        return
    table = Table("engine", "load, s", "a question, ms", "CPU a passage, ms", "memory, MB")
    for one in found:
        table.add_row(
            one.engine,
            f"{one.load_s:.1f}",
            f"{one.query_ms:.0f}",
            f"{one.cpu_ms:.0f}",
            f"{one.memory_mb:.0f}",
        )
    out.print(table)
    out.print(f"least cosine of the two: {cosine:.4f}, over {passages} passages")


def _in_a_process(engine: Engine, report: Path, passages: int, vectors: Path) -> Measured:
    command = [
        sys.executable, "-m", "benchmarks.engines", str(report), "--passages", str(passages),
        "--only", engine.value, "--vectors", str(vectors),
    ]  # fmt: skip
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return Measured(**json.loads(ended.stdout.splitlines()[-1]))


if __name__ == "__main__":
    typer.run(compare)
