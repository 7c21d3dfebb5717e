"""Fit the model that tells results from plans: `python -m training.done_or_planned --reports FOLDER`.

Its labels are the parts of reports whose headings say what they are. Every third place is left out, and tells how
well it does.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from indexer.command_line import run, say
from indexer.report.done_or_planned import WEIGHTS, features
from indexer.report.linear_model import save_weights
from indexer.report.passages import parse_report
from indexer.report.roles import Role
from indexer.sources import read_document, report_files

SEED = 5
KEPT = 6000
_PARTS = ("provinces", "cities", "prefectures")
_OF_REPORT = 6  # passages of each side
_LEAST = 80  # characters
_BALANCED = (0.25, 0.75)

app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@dataclass(frozen=True, slots=True)
class Example:
    """A passage, and whether it tells of plans."""

    text: str
    is_planned: bool


@app.command()
def fit(
    reports: Annotated[
        Path, typer.Option("--reports", help="place/year.md 的报告库 The library of reports", exists=True)
    ],
    every: Annotated[int, typer.Option(help="每几份用一份 Of how many reports one is used")] = 4,
) -> None:
    """拟合“已做”与“要做”的模型，写出权重。Fit the model of results and plans and write its weights."""
    places = [sorted(p for p in (reports / part).iterdir() if p.is_dir()) for part in _PARTS]
    left_out = [place for part in places for place in part[2::3]]
    taught = [place for part in places for place in part if place not in left_out]
    examples, tested = list(_examples(taught, every)), list(_examples(left_out, 2 * every))
    seen = CountVectorizer(analyzer=features, binary=True, min_df=5)
    matrix = normalize(seen.fit_transform([example.text for example in examples]).astype(np.float64))
    model = LogisticRegression(C=20.0, max_iter=500)
    model.fit(matrix, [example.is_planned for example in examples])
    told = model.predict(normalize(seen.transform([example.text for example in tested]).astype(np.float64)))
    right = np.mean([bool(one) == example.is_planned for one, example in zip(told, tested, strict=True)])
    say(f"{len(examples)} passages; right of {len(tested)} of other places: {right:.3f}")
    weights = np.vstack([-model.coef_, model.coef_]).T / 2
    bias = np.array([-model.intercept_[0], model.intercept_[0]]) / 2
    save_weights(WEIGHTS, list(seen.get_feature_names_out()), weights, bias, KEPT)
    say(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1024:.0f} KB")


def _examples(places: list[Path], every: int) -> Iterator[Example]:
    chance = random.Random(SEED)
    for path in report_files(places)[::every]:
        report = parse_report(read_document(path))
        long = [passage for passage in report.passages if len(passage.span) >= _LEAST]
        sides = {
            role: [passage for passage in long if report.role_of(passage) is role]
            for role in (Role.REVIEW, Role.TASKS)
        }
        share = len(sides[Role.TASKS]) / max(1, sum(map(len, sides.values())))
        # A report that is read as all the one or all the other was most likely read wrong.
        if not _BALANCED[0] <= share <= _BALANCED[1]:
            continue
        for role, passages in sides.items():
            for passage in chance.sample(passages, min(_OF_REPORT, len(passages))):
                yield Example(passage.span.of(report.simplified), role is Role.TASKS)


if __name__ == "__main__":
    run(app)
