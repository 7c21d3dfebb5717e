"""Which text to embed and which score to rank by: measure the choices behind the retriever.

usage: python -m benchmarks.embedded_texts QUESTIONS.jsonl SOURCE… [--same RUN_NAME=QUESTION_NAME]

Embeds the reports three times (the bare words; with the nearest heading; with title and heading) and
ranks passages four ways, each question among the passages of the report that answers it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answers.evaluation.scoring import squash
from answers.understanding.question import understand
from embeddings import load_encoder
from indexer.report.passages import parse_report, unit_text
from indexer.report.records import Unit, UnitKind
from indexer.report.report import Report
from indexer.sources import read_sources

Best = dict[UnitKind, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one report, and the quotations that answer it."""

    question: str
    document: str
    quotes: tuple[str, ...]


def words(report: Report, unit: Unit) -> str:
    """The unit's bare words."""
    return unit.span.of(report.text).strip()


def with_heading(report: Report, unit: Unit) -> str:
    """The nearest heading and the words."""
    headings = report.headings(report.passages[unit.passage].section)
    return f"{headings[-1] if headings else ''} {words(report, unit)}".strip()


TEXTS: dict[str, Callable[[Report, Unit], str]] = {
    "words": words,
    "heading + words": with_heading,
    "title + heading + words": unit_text,
}
SCORES: dict[str, Callable[[Best], float]] = {
    "passage": lambda b: b[UnitKind.PASSAGE],
    "best sentence": lambda b: b[UnitKind.SENTENCE],
    "best of all": lambda b: max(b.values()),
    "mean of passage, sentence, clause": lambda b: (
        b[UnitKind.PASSAGE] + b[UnitKind.SENTENCE] + b.get(UnitKind.CLAUSE, b[UnitKind.SENTENCE])
    ),
}


def asked(path: Path, same: dict[str, str]) -> Iterator[Asked]:
    """The questions that one report answers."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] not in ("unanswerable", "compare"):
            name = row["gold"][0]["doc"]
            yield Asked(row["question"], same.get(name, name), tuple(g["quote"] for g in row["gold"]))


def ranks(
    report: Report,
    similarities: NDArray[np.float32],
    quotes: tuple[str, ...],
    score: Callable[[Best], float],
) -> int:
    """At which place, from 0, the first passage with a quotation stands."""
    best: dict[int, Best] = {}
    for unit, similarity in zip(report.units, similarities, strict=True):
        kinds = best.setdefault(unit.passage, {})
        kinds[unit.kind] = max(float(similarity), kinds.get(unit.kind, -1.0))
    order = sorted(best, key=lambda number: -score(best[number]))
    for place, number in enumerate(order):
        text = squash(report.passages[number].span.of(report.text))
        if any(squash(quote) in text for quote in quotes):
            return place
    return len(order)


def main(arguments: list[str]) -> None:
    """Print the table."""
    pairs = [a.removeprefix("--same=").split("=", 1) for a in arguments if a.startswith("--same=")]
    same = {in_questions: in_run for in_run, in_questions in pairs}
    questions, *sources = [Path(a) for a in arguments if not a.startswith("--")]
    report = {d.name: parse_report(d) for d in read_sources(sources).documents}
    items = [item for item in asked(questions, same) if item.document in report]
    encoder = load_encoder()
    queries = encoder.encode_queries([understand(item.question).query for item in items])
    print(
        f"{len(items)} questions, {len(report)} reports\n\n| text | score | @1 | @5 | @10 |\n| --- | --- | --- | --- | --- |"
    )
    for text_name, text in TEXTS.items():
        vectors = {n: encoder.encode_passages([text(p, u) for u in p.units]) for n, p in report.items()}
        for score_name, score in SCORES.items():
            found = np.array(
                [
                    ranks(report[item.document], vectors[item.document] @ query, item.quotes, score)
                    for item, query in zip(items, queries, strict=True)
                ]
            )
            shares = " | ".join(f"{np.mean(found < k):.2f}" for k in (1, 5, 10))
            print(f"| {text_name} | {score_name} | {shares} |")


if __name__ == "__main__":
    main(sys.argv[1:])
