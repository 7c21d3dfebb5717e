"""Which questions are put to the peers, over which reports, and by which questions each peer is tuned before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from answers.evaluation.questions import GoldQuestion, QuestionKind, read_gold_questions
from benchmarks.measure import NAMES
from benchmarks.peers.protocol import SourceReport
from benchmarks.peers.scoring import halves
from benchmarks.published import benchmarks
from benchmarks.reports import Corpus
from indexer.sources import read_document

_TUNED_OVER = 5  # reports at least, where the corpus has them


@dataclass(frozen=True, slots=True)
class Trial:
    """Questions over the reports of a corpus.

    Attributes:
        name: of the benchmark that the questions are from.
        tuning: choose settings and thresholds.
        told: what the figures are over.
    """

    name: str
    title: str
    corpus: Corpus
    tuning: tuple[GoldQuestion, ...]
    told: tuple[GoldQuestion, ...]


def trials() -> tuple[Trial, ...]:
    """The seed report and the five provinces by halves; real users' questions whole, tuned by the provinces'."""
    of = {benchmark.name: benchmark for benchmark in benchmarks()}
    asked = {name: read_gold_questions(of[name].sets) for name in ("ningbo", "provinces", "real-users")}
    seed, provinces = halves(asked["ningbo"]), halves(asked["provinces"])
    users = tuple(q for q in asked["real-users"] if q.kind is not QuestionKind.COMPARE)
    return (
        Trial("ningbo", "宁波 2023", Corpus.SEED, seed.tuning, seed.told),
        Trial("provinces", "五省 2025", Corpus.MAIN, provinces.tuning, provinces.told),
        Trial("real-users", "像真实用户那样写的题", Corpus.ALL, provinces.tuning, users),
    )


def source_reports(paths: Mapping[str, Path]) -> Iterator[SourceReport]:
    """The reports as every peer is given them.

    Raises:
        SourceError: a file cannot be read.
    """
    for path in paths.values():
        document = read_document(path)
        yield SourceReport(document.name, document.metadata.title, document.text, path)


def tuning_reports(
    reports: Sequence[SourceReport], questions: Sequence[GoldQuestion]
) -> tuple[SourceReport, ...]:
    """The reports that settings are chosen over: those with the evidence, and others beside them."""
    wanted = {NAMES.get(gold.document, gold.document) for question in questions for gold in question.gold}
    others = [report.name for report in reports if report.name not in wanted]
    kept = {*wanted, *others[: max(0, _TUNED_OVER - len(wanted))]}
    return tuple(report for report in reports if report.name in kept)
