"""`python -m benchmarks`: measure the published figures anew, and print them beside the published ones."""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from benchmarks import reports as manifest
from benchmarks.measure import Measured, Workplace, measure
from benchmarks.published import Benchmark, benchmarks, shown, table
from benchmarks.reports import Corpus
from indexer.command_line import err, out, run, say, tell
from indexer.progress import BuildProgress

app = typer.Typer(
    help="公布的数字，重新测一遍。Measure the published figures anew.",
    pretty_exceptions_enable=False,
    add_completion=False,
)
_NAMES = [benchmark.name for benchmark in benchmarks()]


@app.callback(invoke_without_command=True)
def rerun(
    context: typer.Context,
    reports: Annotated[
        Path | None,
        typer.Option(
            "--reports",
            help="报告所在的文件夹（见 reports.csv）；不给就只测示例报告 The folder with the reports",
        ),
    ] = None,
    indexes: Annotated[
        Path | None,
        typer.Option("--indexes", help="把索引留在这个文件夹，下次不再嵌入 Keep the indexes in this folder"),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help=f"只测这些 Only these: {', '.join(_NAMES)}")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每行一组 Print JSON lines")] = False,
) -> None:
    """公布的数字，重新测一遍，和公布的并列。Measure the published figures anew, beside the published ones."""
    if context.invoked_subcommand is not None:
        return
    chosen = _chosen(only or [], reports)
    found = {corpus: manifest.find(reports, corpus) for corpus in {b.corpus for b in chosen}}
    missing = sorted({problem for corpus in found.values() for problem in corpus.problems})
    for problem in missing:
        tell(problem, "red")
    if missing:
        tell("报告不全，没有测。Reports are missing; nothing was measured.", "red")
        raise typer.Exit(1)
    with _folder(indexes) as folder, _progress() as progress:
        workplace = Workplace(folder, {corpus: f.paths for corpus, f in found.items()}, progress)
        for benchmark in chosen:
            _tell(benchmark, measure(benchmark, workplace), as_json)


@app.command("reports")
def check(
    folder: Annotated[Path, typer.Argument(help="报告所在的文件夹 The folder with the reports", exists=True)],
    as_csv: Annotated[
        bool, typer.Option("--csv", help="不核对，而为这些报告写一份清单 Print a manifest of these reports")
    ] = False,
) -> None:
    """核对文件夹里的报告是否就是测过的那些。Check that a folder has the reports that were measured on."""
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(manifest.manifest(folder))
        return
    found = manifest.find(folder, Corpus.ALL)
    problems = [*found.problems, *manifest.misread(found.paths)]
    for problem in problems:
        tell(problem, "yellow")
    say(f"{len(found.paths)} / {len(manifest.listed())} 份报告与清单相同 reports are as listed")
    if problems:
        raise typer.Exit(1)


@app.command()
def published() -> None:
    """公布的数字，Markdown 表格。Print the published figures as the table of docs/measurements.md."""
    for line in table():
        sys.stdout.write(f"{line}\n")


def _chosen(only: Sequence[str], reports: Path | None) -> list[Benchmark]:
    """The benchmarks that were named, or those that the reports at hand allow."""
    unknown = sorted(set(only) - set(_NAMES))
    if unknown:
        raise typer.BadParameter(f"{', '.join(unknown)}：没有这一组 no such benchmark", param_hint="--only")
    named = [benchmark for benchmark in benchmarks() if not only or benchmark.name in only]
    needing = [b.name for b in named if b.corpus is not Corpus.SEED]
    if reports is None and only and needing:
        raise typer.BadParameter(f"{', '.join(needing)} 需要报告 needs the reports", param_hint="--reports")
    return [b for b in named if reports is not None or b.corpus is Corpus.SEED]


@contextmanager
def _folder(indexes: Path | None) -> Iterator[Path]:
    """Where the indexes go: the folder given, or one that is gone afterwards."""
    if indexes is not None:
        indexes.mkdir(parents=True, exist_ok=True)
        yield indexes
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def _progress() -> Iterator[Callable[[BuildProgress], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("…", total=None)
        yield lambda p: bar.update(task, description=Text(p.title).plain, completed=p.done, total=p.total)


def _tell(benchmark: Benchmark, found: Sequence[Measured], as_json: bool) -> None:
    if as_json:
        row = {
            "name": benchmark.name,
            "figures": {
                figure.name: {"now": figure.value, "published": figure.published} for figure in found
            },
        }
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    lines = Table(title=Text(f"{benchmark.name}　{benchmark.title}"), title_justify="left")
    lines.add_column("指标 figure", no_wrap=True)
    for heading in ("公布 published", "本次 now", "差 difference", "95 %"):
        lines.add_column(heading, justify="right", no_wrap=True)
    for figure in found:
        before = figure.published
        between = figure.interval
        lines.add_row(
            figure.name,
            "–" if before is None else shown(figure.name, before),
            shown(figure.name, figure.value),
            "–" if before is None else f"{figure.value - before:+.3g}",
            f"{shown(figure.name, between.low)}–{shown(figure.name, between.high)}" if between else "",
        )
    out.print(lines)


def main() -> None:
    """Run the command line."""
    run(app)


if __name__ == "__main__":
    main()
