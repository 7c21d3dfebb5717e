"""Each peer in a process of its own: memory is that peer's, and what it imports changes no other."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import ParamSpec, TypeVar

from answers.evaluation.questions import GoldQuestion
from benchmarks.peers.measuring import Costs, Outcome, costs, measure
from benchmarks.peers.protocol import Candidate, Settings, SourceReport
from benchmarks.peers.trials import Trial
from indexer.command_line import tell

_ENVIRONMENT = {
    # Nothing is fetched and nothing sent.
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
    # A thread each: threads that wait for each other would count as work.
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
_Wanted = ParamSpec("_Wanted")
_Found = TypeVar("_Found")


def candidate(name: str) -> Candidate:
    """The peer of this name; only then its module is imported."""
    found: Candidate = import_module(f"benchmarks.peers.{name}").CANDIDATE
    return found


def measure_apart(name: str, trial: Trial, reports: Sequence[SourceReport], folder: Path) -> Outcome:
    """`measure`, with vectors and indexes kept in the folder."""
    return _apart(_measure, name, trial, reports, folder)


def costs_apart(
    name: str, settings: Settings, reports: Sequence[SourceReport], questions: Sequence[GoldQuestion]
) -> Costs:
    """`costs`, with nothing kept."""
    return _apart(_costs, name, settings, reports, questions)


def _apart(task: Callable[_Wanted, _Found], *arguments: _Wanted.args, **named: _Wanted.kwargs) -> _Found:
    os.environ.update(_ENVIRONMENT)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(task, *arguments, **named).result()


def _measure(name: str, trial: Trial, reports: Sequence[SourceReport], folder: Path) -> Outcome:
    # An index of Wenbao belongs to its reports; the others write nothing while they are asked.
    work = folder / "indexes" / trial.corpus.value
    return measure(candidate(name), trial, reports, work, _kept(name, folder), partial(tell, style="dim"))


def _costs(
    name: str, settings: Settings, reports: Sequence[SourceReport], questions: Sequence[GoldQuestion]
) -> Costs:
    with tempfile.TemporaryDirectory() as work:
        return costs(candidate(name), settings, reports, questions, Path(work))


def _kept(name: str, folder: Path) -> Callable[[bool], AbstractContextManager[None]]:
    """Vectors are kept between peers and runs; those that settings are chosen with are made by the faster engine."""
    if name in ("bm25s", "wenbao"):
        return lambda tuning: nullcontext()
    from benchmarks.peers.vectors import KeptVectors, by_own_engine, kept_vectors
    from embeddings.onnx_encoder import OnnxEncoder

    def kept(tuning: bool) -> AbstractContextManager[None]:
        vectors = KeptVectors(folder / "vectors", "tuning" if tuning else "told")
        return kept_vectors(vectors, by_own_engine(OnnxEncoder()) if tuning else None)

    return kept
