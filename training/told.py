"""Fit the model that tells how likely reports are to tell what a question asks: `python -m training.told`.

It sees the words of the question alone, its place left out. Its questions are those of `training/questions` on whole reports,
answered and not; those that the reader was trained on count like any other, for what a question asks does not depend on it.

A confidence that is fitted to the same questions must not believe the model more than it deserves: `--runs` writes runs anew, each
question's signal from a fit without the questions of its place. The same questions always give the same weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from answers.reading.told import HEAD, LABELS, WEIGHTS
from answers.runs import rows_of
from answers.understanding.places import without_places
from answers.understanding.wanted_model import save_weights
from indexer.report.regions import region_named
from indexer.text.characters import simplified
from training.wanted import Example, Head, cross_validated, fit, joined, rows

_FILES = ("train.jsonl", "cities.jsonl", "cities_near_misses.jsonl")
_HEAD = Head(HEAD, LABELS, 0.1, 0.0)
_KEPT = 15_000  # features, those with the largest weights

app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


def examples() -> dict[str, Example]:
    """The questions by their ids; a place is a source."""
    return {row["id"]: example for name in _FILES for row, example in _of_file(name)}


def _of_file(name: str) -> Iterator[tuple[dict[str, str], Example]]:
    for row in rows(name):
        about = row.get("doc") or row["id"]
        place = region_named(about)
        source = about if place is None else place.full
        yield row, Example(without_places(simplified(row["question"])), LABELS[bool(row["gold"])], source)


def told_unseen(given: dict[str, Example]) -> dict[str, float]:
    """For every question the logit of a fit without the questions on its place."""
    logits = cross_validated(_HEAD, list(given.values()))
    return dict(zip(given, _of_yes(logits).tolist(), strict=True))


def _of_yes(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    return logits[:, LABELS.index("yes")]


@app.command()
def main(
    runs: Annotated[
        list[Path] | None,
        typer.Option("--runs", help="运行结果，另写为 NAME.unseen.jsonl Runs to write anew", exists=True),
    ] = None,
) -> None:
    """Print how well it does on places left out, and write the weights of all questions; or write runs anew."""
    given = examples()
    unseen = told_unseen(given)
    if runs:
        for run in runs:
            _write_unseen(run, unseen)
        return
    answered = [example.label == "yes" for example in given.values()]
    typer.echo(f"AUROC {roc_auc_score(answered, list(unseen.values())):.4f} of {len(given)}")
    whole = joined([fit(_HEAD, list(given.values()))], _KEPT)
    save_weights(WEIGHTS, whole.names, {HEAD: LABELS}, whole.weights, whole.bias)
    typer.echo(f"{WEIGHTS}: {WEIGHTS.stat().st_size / 1024:.0f} KB, {len(whole.names)} features")


def _write_unseen(run: Path, unseen: dict[str, float]) -> None:
    lines = []
    for row in rows_of(run):
        # A question that was moved to another place is as its original.
        told = unseen.get(row["id"], unseen.get(row["id"].removeprefix("moved-")))
        if told is not None and row.get("signals"):
            row["signals"]["told"] = round(told, 4)
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    run.with_suffix(".unseen.jsonl").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    app()
