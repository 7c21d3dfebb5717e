"""`python -m benchmarks.peers`: what a user would build himself, beside Wenbao, in one run.

LangChain with FAISS, txtai, Haystack with a reader, bm25s: same reports, machine and questions, each tuned on one half of
the questions and told on the other. They live in an environment of their own, `benchmarks/peers/requirements.txt`.
Nothing is downloaded and nothing sent: models come from the disk, telemetry is off.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from answers.evaluation.questions import GoldQuestion
from benchmarks import reports as manifest
from benchmarks.peers.apart import costs_apart, measure_apart
from benchmarks.peers.measuring import Costs, Outcome
from benchmarks.peers.protocol import Settings, SourceReport
from benchmarks.peers.table import cost_lines, quality_lines
from benchmarks.peers.trials import Trial, source_reports, trials
from benchmarks.reports import Corpus
from indexer.command_line import run, say, tell

PEERS = ("wenbao", "bm25s", "langchain", "txtai", "haystack")
_COST_REPORTS = 3
_COST_QUESTIONS = 21  # the first warms up
app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, help=(__doc__ or "").partition("\n")[0]
)


@app.command()
def compare(
    reports: Annotated[
        Path | None,
        typer.Option("--reports", help="报告所在的文件夹；不给就只问示例报告 The folder with the reports"),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help=f"只比这些 Only these: {', '.join(PEERS)}")
    ] = None,
    questions: Annotated[
        list[str] | None,
        typer.Option("--questions", help="只问这些题 Only these questions: ningbo, provinces, real-users"),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep", help="把向量和索引留在这里，下次不再嵌入 Keep vectors and indexes in this folder"
        ),
    ] = None,
    with_costs: Annotated[
        bool, typer.Option("--costs/--no-costs", help="是否测费用 Measure costs too")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每行一个 Print JSON lines")] = False,
) -> None:
    """问报与常见做法并列。Wenbao beside what a user would build himself."""
    names = _known(only, PEERS, "--only")
    found = {trial.name: trial for trial in trials()}
    wanted = _known(questions, tuple(found), "--questions")
    chosen = [found[name] for name in wanted if reports is not None or found[name].corpus is Corpus.SEED]
    if not chosen:
        raise typer.BadParameter("这些题需要报告 these questions need the reports", param_hint="--reports")
    with _folder(keep) as folder:
        library = {trial.corpus: _library(reports, trial.corpus) for trial in chosen}
        outcomes: list[Outcome] = []
        for trial in chosen:
            for name in names:
                outcome = measure_apart(name, trial, library[trial.corpus], folder)
                outcomes.append(outcome)
                _print(outcome, as_json)
        paid: list[Costs] = []
        for name in names if with_costs else ():
            paid.append(costs_apart(name, _last(outcomes, name), *_cost_set(chosen, library)))
            _print(paid[-1], as_json)
    if not as_json:
        for line in (*quality_lines(outcomes, chosen), "", *cost_lines(paid)):
            say(line)


def _cost_set(
    chosen: Sequence[Trial], library: dict[Corpus, tuple[SourceReport, ...]]
) -> tuple[tuple[SourceReport, ...], tuple[GoldQuestion, ...]]:
    """Reports of middling length, and questions, of the largest library at hand."""
    trial = chosen[-1]
    reports = sorted(library[trial.corpus], key=lambda report: (len(report.text), report.name))
    middle = max(0, (len(reports) - _COST_REPORTS) // 2)
    return tuple(reports[middle : middle + _COST_REPORTS]), trial.told[:_COST_QUESTIONS]


def _last(outcomes: Sequence[Outcome], name: str) -> Settings:
    return [outcome.settings for outcome in outcomes if outcome.peer == name][-1]


def _library(folder: Path | None, corpus: Corpus) -> tuple[SourceReport, ...]:
    found = manifest.find(folder, corpus)
    for problem in found.problems:
        tell(problem, "red")
    if found.problems:
        tell("报告不全，没有比。Reports are missing; nothing was compared.", "red")
        raise typer.Exit(1)
    return tuple(source_reports(found.paths))


def _known(named: Sequence[str] | None, known: Sequence[str], option: str) -> list[str]:
    unknown = sorted(set(named or ()) - set(known))
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}：没有 there is none", param_hint=option)
    return [name for name in known if not named or name in named]


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.absolute()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _print(row: Outcome | Costs, as_json: bool) -> None:
    """What is done, at once: a run takes an hour."""
    line = json.dumps(asdict(row), ensure_ascii=False)
    if as_json:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    else:
        tell(line, "dim")


if __name__ == "__main__":
    run(app)
