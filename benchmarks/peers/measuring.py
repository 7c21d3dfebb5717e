"""Tune a peer, measure what it finds, and measure what it costs."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from answers.evaluation.questions import GoldQuestion
from benchmarks.measure import NAMES
from benchmarks.memory import resident
from benchmarks.peers.protocol import Candidate, Peer, Settings, SourceReport
from benchmarks.peers.scoring import Figures, Judge, Verdict, best_threshold, figures, merit
from benchmarks.peers.trials import Trial, tuning_reports

Kept = Callable[[bool], AbstractContextManager[None]]
"""In which nothing is embedded twice; for tuning (true) or for what is told (false)."""
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Tried:
    """Settings, and how well they did on the questions that choose."""

    settings: Settings
    merit: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a peer does with the questions of a trial.

    Attributes:
        tried: all that was tried; the chosen are the first with the highest merit.
        cpu_ms: of one question, the mean.
    """

    peer: str
    trial: str
    settings: Settings
    tried: tuple[Tried, ...]
    threshold: float
    figures: Figures
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Costs:
    """What a peer costs, in a process of its own.

    Attributes:
        index_s: CPU seconds a report, the models loaded before.
        cpu_ms: of one question, the mean.
        memory_mb: resident, with the models, after the questions.
        disk_kb: a report.
    """

    peer: str
    index_s: float
    cpu_ms: float
    memory_mb: float
    disk_kb: float


def no_memory(tuning: bool) -> AbstractContextManager[None]:
    """A `Kept` that keeps nothing."""
    return nullcontext()


def measure(
    candidate: Candidate,
    trial: Trial,
    reports: Sequence[SourceReport],
    work: Path,
    kept: Kept = no_memory,
    tell: Tell = lambda line: None,
) -> Outcome:
    """Choose the settings over some reports, then ask over all of them what is told."""
    peer, judge = candidate.make(work), Judge(reports, NAMES)
    with kept(True):
        tried = choose(candidate, peer, tuning_reports(reports, trial.tuning), trial.tuning, judge, tell)
    settings = best(tried, candidate.first)
    with kept(False):
        peer.index(reports, settings)
    threshold = best_threshold(asked(peer, trial.tuning, judge))
    before = _cpu()
    verdicts = asked(peer, trial.told, judge)
    spent = _cpu() - before
    told = figures(verdicts, threshold, candidate.reads)
    return Outcome(
        candidate.name, trial.name, settings, tried, threshold, told, spent * 1000 / max(1, len(trial.told))
    )


def choose(
    candidate: Candidate,
    peer: Peer,
    reports: Sequence[SourceReport],
    questions: Sequence[GoldQuestion],
    judge: Judge,
    tell: Tell = lambda line: None,
) -> tuple[Tried, ...]:
    """Everything that is tried: a round after the other, each from the best before it."""
    found: list[Tried] = []
    if not candidate.rounds:
        return ()
    for others in (lambda best: (best,), *candidate.rounds):
        known = {tried.settings for tried in found}
        for settings in others(best(found, candidate.first)):
            if settings not in known:
                peer.index(reports, settings)
                found.append(Tried(settings, merit(asked(peer, questions, judge), candidate.reads)))
                tell(f"{candidate.name} {found[-1].merit:.3f} {asdict(settings)}")
    return tuple(found)


def best(tried: Sequence[Tried], otherwise: Settings) -> Settings:
    """The settings with the highest merit, the earliest of equals."""
    return max(tried, key=lambda one: one.merit).settings if tried else otherwise


def asked(peer: Peer, questions: Sequence[GoldQuestion], judge: Judge) -> list[Verdict]:
    """Every question put to the peer and judged."""
    return [judge.judge(question, peer.ask(question.question)) for question in questions]


def costs(
    candidate: Candidate,
    settings: Settings,
    reports: Sequence[SourceReport],
    questions: Sequence[GoldQuestion],
    work: Path,
) -> Costs:
    """What it takes to index the reports and to answer the questions; nothing is kept from before."""
    # What is loaded or compiled at first is no cost of a report.
    candidate.make(work / "first").index(reports[:1], settings)
    peer = candidate.make(work / "measured")
    before = _cpu()
    peer.index(reports, settings)
    indexed = _cpu() - before
    peer.ask(questions[0].question)
    before = _cpu()
    for question in questions[1:]:
        peer.ask(question.question)
    answered = _cpu() - before
    memory = resident()
    with tempfile.TemporaryDirectory() as folder:
        peer.save(Path(folder))
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    count = len(reports)
    return Costs(
        candidate.name,
        indexed / count,
        answered * 1000 / (len(questions) - 1),
        memory / 2**20,
        size / 1024 / count,
    )


def _cpu() -> float:
    """CPU seconds of all threads of this process, and of its processes that have ended."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system
