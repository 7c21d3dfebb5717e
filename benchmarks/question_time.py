"""Where the time of one question goes: understanding, embedding, search, reading.

usage: python -m benchmarks.question_time INDEX QUESTIONS… [--json]

Every question is asked once of the whole index; a few are asked before and do not count. Words are searched beside
the vectors, in a thread of their own, so that the stages may add up to more than the whole on the clock.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.table import Table

from answers.engine import Answerer
from answers.evaluation.questions import read_gold_questions
from answers.reading.cross_reader import CrossReader
from embeddings import Encoder, load_encoder
from embeddings.cross_encoder import CrossEncoder, load_cross_encoder
from indexer.command_line import out
from indexer.index import ReportIndex, open_index

_WARM = 5  # questions before the clock runs


class Stage(StrEnum):
    """A part of answering."""

    UNDERSTANDING = "understanding"
    EMBEDDING = "embedding the question"
    VECTORS = "nearest passages"
    WORDS = "words, beside"
    SCORING = "scoring passages by their units"
    READING = "reading passages"
    SPREAD = "the spread of a report's similarities"
    REST = "decoding and the rest"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class StageTime:
    """What a stage takes, in milliseconds a question: on the clock at the mean, half and nineteen of twenty, and of processors."""

    stage: str
    mean: float
    p50: float
    p95: float
    cpu: float


class _Clock:
    """Adds up what the calls of the stages take within one question."""

    def __init__(self) -> None:
        self.wall: defaultdict[Stage, float] = defaultdict(float)
        self.cpu: defaultdict[Stage, float] = defaultdict(float)

    def watch(self, owner: object, name: str, stage: Stage, *, threads: bool = False) -> None:
        """Count the calls of a method of one object; `threads`: also the processor time of other threads meanwhile."""
        inner: Callable[..., Any] = getattr(owner, name)
        spent = time.process_time if threads else time.thread_time

        def timed(*given: Any, **named: Any) -> Any:
            started, begun = time.perf_counter(), spent()
            try:
                return inner(*given, **named)
            finally:
                self.wall[stage] += time.perf_counter() - started
                self.cpu[stage] += spent() - begun

        setattr(owner, name, timed)


def measure(
    index: ReportIndex, encoder: Encoder, reader: CrossEncoder, questions: Sequence[str]
) -> list[StageTime]:
    """Ask the questions of an index, with these models; their calls stay counted afterwards."""
    answerer, clock = Answerer(index, encoder, CrossReader(index, reader)), _Clock()
    clock.watch(answerer, "understand", Stage.UNDERSTANDING)
    clock.watch(encoder, "encode_queries", Stage.EMBEDDING)
    clock.watch(index, "nearest", Stage.VECTORS)
    clock.watch(index, "worded", Stage.WORDS)
    clock.watch(index.lexical, "scores", Stage.WORDS)
    clock.watch(index, "scored", Stage.SCORING)
    clock.watch(index, "scored_report", Stage.SPREAD)
    clock.watch(reader, "read", Stage.READING, threads=True)
    for question in questions[:_WARM]:
        answerer.ask(question)
    rows = [_asked(answerer, clock, question) for question in questions]
    return [_summary(stage, rows) for stage in Stage]


_Row = dict[Stage, tuple[float, float]]


def _asked(answerer: Answerer, clock: _Clock, question: str) -> _Row:
    clock.wall.clear()
    clock.cpu.clear()
    started, begun = time.perf_counter(), time.process_time()
    answerer.ask(question)
    wall, cpu = time.perf_counter() - started, time.process_time() - begun
    told = {stage: (clock.wall[stage], clock.cpu[stage]) for stage in [*clock.wall]}
    in_turn = [took for stage, took in told.items() if stage is not Stage.WORDS]
    # What is searched beside costs its processor time all the same.
    rest = wall - sum(took[0] for took in in_turn), cpu - sum(took[1] for took in told.values())
    return {**told, Stage.REST: (max(0.0, rest[0]), max(0.0, rest[1])), Stage.WHOLE: (wall, cpu)}


def _summary(stage: Stage, rows: Sequence[_Row]) -> StageTime:
    found = np.array([row.get(stage, (0.0, 0.0)) for row in rows]) * 1000
    wall, cpu = found[:, 0], found[:, 1]
    half, most = np.percentile(wall, [50, 95])
    return StageTime(stage.value, float(wall.mean()), float(half), float(most), float(cpu.mean()))


def ask(
    index: Annotated[Path, typer.Argument()],
    questions: Annotated[list[Path], typer.Argument()],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Measure and print the table."""
    encoder = load_encoder()
    asked = [question.question for question in read_gold_questions(questions)]
    found = measure(open_index(index, encoder.identity), encoder, load_cross_encoder(), asked)
    if as_json:
        print(json.dumps([asdict(one) for one in found]))
        return
    table = Table(f"{len(asked)} questions, ms", "mean", "p50", "p95", "CPU")
    for one in found:
        table.add_row(one.stage, *(f"{value:.1f}" for value in (one.mean, one.p50, one.p95, one.cpu)))
    out.print(table)


if __name__ == "__main__":
    typer.run(ask)
