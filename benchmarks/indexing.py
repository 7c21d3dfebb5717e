"""What indexing costs: reports, passages and time of a build, and of one report added to it.

usage: python -m benchmarks.indexing SOURCE… [--json]

Builds an index of the sources in a folder of its own, then removes the last report and adds it again. The build runs
in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from embeddings import load_encoder
from indexer.build import build_index
from indexer.command_line import out
from indexer.library import add_reports, remove_reports
from indexer.store.database import open_store

_KIB = 1 << 10


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured.

    Attributes:
        characters: of all texts.
        build_s, cpu_s: of the build, the model's loading included: on the clock, and of the processors.
        peak_mb: the most memory that it held.
        add_s: one report added to the index, the model loaded; embedded anew unless its passages are known.
        disk_mb: the index.
    """

    reports: int
    passages: int
    characters: int
    build_s: float
    cpu_s: float
    peak_mb: float
    add_s: float
    disk_mb: float


def measure(sources: list[Path], directory: Path) -> Measured:
    """Build in `directory`, in this process."""
    started, begun = time.perf_counter(), time.process_time()
    encoder = load_encoder()
    build_index(sources, directory, encoder)
    build, cpu = time.perf_counter() - started, time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB
    with open_store(directory) as store:
        entries = list(store.entries())
    last = entries[-1]
    remove_reports(last.name, directory)
    started = time.perf_counter()
    add_reports(last.source, directory, encoder)
    added = time.perf_counter() - started
    return Measured(
        reports=len(entries),
        passages=sum(entry.passages for entry in entries),
        characters=sum(entry.characters for entry in entries),
        build_s=build,
        cpu_s=cpu,
        peak_mb=peak,
        add_s=added,
        disk_mb=sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) / _KIB / _KIB,
    )


def build(
    sources: Annotated[list[Path], typer.Argument()],
    as_json: Annotated[bool, typer.Option("--json")] = False,
    directory: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Measure and print the table."""
    if directory is not None:
        print(json.dumps(asdict(measure(sources, directory))))
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-m", "benchmarks.indexing", *map(str, sources), "--directory", f"{folder}/index",
        ]  # fmt: skip
        ended = subprocess.run(command, capture_output=True, text=True, check=True)
    found = Measured(**json.loads(ended.stdout.splitlines()[-1]))
    if as_json:
        print(json.dumps(asdict(found)))
        return
    table = Table("", "")
    for name, value in (
        ("reports / passages / characters", f"{found.reports} / {found.passages} / {found.characters}"),
        ("build, s / CPU a report, s", f"{found.build_s:.1f} / {found.cpu_s / found.reports:.1f}"),
        ("characters a second of CPU", f"{found.characters / found.cpu_s:.0f}"),
        ("peak of memory, MB", f"{found.peak_mb:.0f}"),
        ("one report added, s", f"{found.add_s:.1f}"),
        ("disk, MB / KB a passage", f"{found.disk_mb:.1f} / {found.disk_mb * _KIB / found.passages:.1f}"),
    ):
        table.add_row(name, value)
    out.print(table)


if __name__ == "__main__":
    typer.run(build)
