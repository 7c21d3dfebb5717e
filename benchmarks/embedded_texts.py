"""Which text to embed and which score to rank by: measure the choices behind the retriever.

usage: python -m benchmarks.embedded_texts QUESTIONS.jsonl SOURCE… [--same RUN_NAME=QUESTION_NAME]

Embeds the passages of the reports four times (alone; after the nearest heading; after place, year and heading;
after title and heading) and ranks them four ways, each question among those of the report that answers it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from answers.evaluation.scoring import squash
from answers.understanding.question import understand
from embeddings import Encoder, PassageText, PassageVectors, Vectors, load_encoder
from indexer.report.passages import parse_report, passage_text, place_and_year
from indexer.report.records import Passage, UnitKind
from indexer.report.report import Report
from indexer.sources import read_document, report_files
from indexer.text.characters import simplified

Best = dict[UnitKind, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one report, and the quotations that answer it."""

    question: str
    document: str
    quotes: tuple[str, ...]


def heading(text: PassageText, report: Report) -> str:
    """What stands in the head beside place and year: the nearest heading, where the passage does not begin with it."""
    return text.head.removeprefix(simplified(place_and_year(report.metadata))).strip()


HEADS: dict[str, Callable[[PassageText, Report], str]] = {
    "none": lambda text, report: "",
    "heading": heading,
    "place + year + heading": lambda text, report: text.head,
    "title + heading": lambda text, report: f"{simplified(report.title)} {heading(text, report)}".strip(),
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


@dataclass(frozen=True, slots=True)
class Embedded:
    """A passage that says something, with its vectors."""

    passage: Passage
    vectors: PassageVectors


def embed(report: Report, head: Callable[[PassageText, Report], str], encoder: Encoder) -> list[Embedded]:
    """The passages of a report that say something, each embedded after this head."""
    passages = [passage for passage in report.passages if report.units_of(passage)]
    texts = [passage_text(report, passage) for passage in passages]
    vectors = encoder.encode_passages([replace(text, head=head(text, report)) for text in texts])
    return [Embedded(passage, found) for passage, found in zip(passages, vectors, strict=True)]


def similarities(report: Report, embedded: Embedded, query: Vectors) -> Best:
    """The largest similarity of the passage's units of each kind."""
    units = report.units_of(embedded.passage)
    scores = [float(embedded.vectors.whole @ query), *(embedded.vectors.parts @ query).tolist()]
    kinds: Best = {}
    for unit, score in zip(units, scores, strict=True):
        kinds[unit.kind] = max(score, kinds.get(unit.kind, -1.0))
    return kinds


def ranks(
    report: Report,
    passages: Sequence[Embedded],
    query: Vectors,
    quotes: tuple[str, ...],
    score: Callable[[Best], float],
) -> int:
    """At which place, from 0, the first passage with a quotation stands."""
    order = sorted(passages, key=lambda one: -score(similarities(report, one, query)))
    for place, found in enumerate(order):
        text = squash(found.passage.span.of(report.text))
        if any(squash(quote) in text for quote in quotes):
            return place
    return len(order)


def main(arguments: list[str]) -> None:
    """Print the table."""
    pairs = [a.removeprefix("--same=").split("=", 1) for a in arguments if a.startswith("--same=")]
    same = {in_questions: in_run for in_run, in_questions in pairs}
    questions, *sources = [Path(a) for a in arguments if not a.startswith("--")]
    report = {path.stem: parse_report(read_document(path)) for path in report_files(sources)}
    items = [item for item in asked(questions, same) if item.document in report]
    encoder = load_encoder()
    queries = encoder.encode_queries([understand(item.question).query for item in items])
    print(
        f"{len(items)} questions, {len(report)} reports\n\n| head | score | @1 | @5 | @10 |\n| --- | --- | --- | --- | --- |"
    )
    for head_name, head in HEADS.items():
        passages = {name: embed(one, head, encoder) for name, one in report.items()}
        for score_name, score in SCORES.items():
            found = np.array(
                [
                    ranks(report[item.document], passages[item.document], query, item.quotes, score)
                    for item, query in zip(items, queries, strict=True)
                ]
            )
            shares = " | ".join(f"{np.mean(found < k):.2f}" for k in (1, 5, 10))
            print(f"| {head_name} | {score_name} | {shares} |")


if __name__ == "__main__":
    main(sys.argv[1:])
