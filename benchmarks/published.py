"""The benchmarks and their published figures, as `published.toml` has them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from benchmarks.reports import Corpus

_HERE = Path(__file__).parent
QUESTIONS = _HERE / "questions"
_SETS = (QUESTIONS, _HERE.parent / "training" / "questions")


class Scoring(StrEnum):
    """What is done with the sets of a benchmark, and by which scorer.

    QUESTIONS are asked and judged by `answers.evaluation`. COMMITMENTS are rows of the ledger of one report, for
    `scorers/score_commitments.py`. TRACKING pairs are targets with what the next report says of them. OFFICIAL are
    a government's own list of tasks, for `scorers/score_official.py`.
    """

    QUESTIONS = "questions"
    COMMITMENTS = "commitments"
    TRACKING = "tracking"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Sets that are scored together, and what was published of them.

    Attributes:
        corpus: the reports that are asked.
        own_report: every question is asked of the report it was written about.
        published: figures by name; empty where none were published.
    """

    name: str
    title: str
    corpus: Corpus
    scoring: Scoring
    sets: tuple[Path, ...]
    own_report: bool
    published: Mapping[str, float]


def benchmarks() -> tuple[Benchmark, ...]:
    """All benchmarks, in the order of the file."""
    rows = tomllib.loads((_HERE / "published.toml").read_text(encoding="utf-8"))["benchmark"]
    return tuple(_benchmark(row) for row in rows)


def _benchmark(row: Mapping[str, Any]) -> Benchmark:
    return Benchmark(
        name=row["name"],
        title=row["title"],
        corpus=Corpus(row["corpus"]),
        scoring=Scoring(row["scoring"]),
        sets=tuple(_set(name) for name in row["sets"]),
        own_report=row.get("own_report", False),
        published=row.get("figures", {}),
    )


def _set(name: str) -> Path:
    (path,) = [folder / name for folder in _SETS if (folder / name).is_file()]
    return path


def table() -> Iterator[str]:
    """The lines of a Markdown table of all published figures, with the command that measures each again."""
    yield "| 题集 set | 指标 figures | 命令 command |"
    yield "| --- | --- | --- |"
    for benchmark in benchmarks():
        if benchmark.published:
            told = "，".join(f"{name} {shown(name, value)}" for name, value in benchmark.published.items())
            reports = "" if benchmark.corpus is Corpus.SEED else " --reports REPORTS"
            yield f"| {benchmark.title} | {told} | `python -m benchmarks --only {benchmark.name}{reports}` |"


def shown(name: str, value: float) -> str:
    """A figure as it is published: shares with two or three digits, milliseconds and counts whole.

    >>> shown("answer_em", 0.9), shown("precision", 0.995), shown("ms_p50", 89.4), shown("pairs", 48)
    ('0.90', '0.995', '89', '48')
    """
    if name.startswith("ms_") or isinstance(value, int):
        return f"{value:.0f}"
    return f"{value:.3f}".removesuffix("0")
