"""Fit the model that tells whether two statements are of one indicator: `python -m training.indicator`.

It learns from pairs that a reader judged (`questions/indicator_pairs.jsonl`: a target and the results that a search brings
for it) and from what a library of reports shows by itself: a count of two digits and more that the next report tells to
the last digit, in one place alone, is most likely the same thing whatever it is called; other results beside it are not.
Names that are equal to the word are no part of it: they need no model. Places that the sets for tracking ask are left out.
What the model sees of these pairs is kept beside the questions (`indicator_examples.csv`), so the weights are made again from
the project's own files, the same every time; `--reports FOLDER` gathers the examples anew from a library of reports.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from answers.commitments.extraction.extract import commitments
from answers.commitments.rows import Commitment, StatementKind
from answers.commitments.tracking.comparable import comparable
from answers.commitments.tracking.indicator_model import (
    NAMES,
    WEIGHTS,
    IndicatorModel,
    Statement,
    features,
    save_weights,
)
from answers.commitments.tracking.indicators import Likeness, same_name
from indexer.command_line import run, say
from indexer.report.passages import parse_report
from indexer.sources import read_document

PAIRS = Path(__file__).parent / "questions" / "indicator_pairs.jsonl"
SEED = 1
_PARTS = ("provinces", "cities", "prefectures")
EXAMPLES = Path(__file__).parent / "questions" / "indicator_examples.csv"
_ASKED = Path(__file__).parent.parent / "benchmarks" / "questions"
_DIGITS = 2  # of a count that chance does not give twice
_BESIDE = 4  # other results that are taken for each
_LEAST_SHARED = {"dice": 0.15, "mine_before": 0.35, "both_clauses": 0.4}
"""An equal number whose words share less than all of these is chance."""
_WEIGHT_JUDGED, _WEIGHT_SHOWN = 2.0, 0.3
_FOLDS = 5

app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Examples:
    """Features of shape (pairs, len(NAMES)), whether each pair is of one indicator, and which target it is of."""

    features: Floats
    same: NDArray[np.bool_]
    group: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[tuple[list[float], bool, int]]) -> Examples:
        """From rows of features, label and number of the target."""
        seen, same, group = zip(*rows, strict=True)
        return cls(np.array(seen), np.array(same), np.array(group))


@app.command()
def fit(
    reports: Annotated[
        Path | None,
        typer.Option(
            "--reports", help="从 place/year.md 的报告库重新收集例子 Gather the examples anew", exists=True
        ),
    ] = None,
    most: Annotated[int, typer.Option(help="最多用几对报告 Pairs of reports used at most")] = 300,
) -> None:
    """拟合“是不是同一指标”的模型，写出权重。Fit the model of indicators and write its weights."""
    if reports is not None:
        left_out = asked_places()
        save_examples(
            Examples.of(list(_judged(reports, left_out))), Examples.of(list(_shown(reports, most, left_out)))
        )
    judged, shown = load_examples()
    told = np.zeros(len(judged.same))
    for fold in range(_FOLDS):
        held = judged.group % _FOLDS == fold
        taught = Examples(judged.features[~held], judged.same[~held], judged.group[~held])
        model = _fitted(taught, shown)
        told[held] = [model.chance(list(row)) for row in judged.features[held]]
    score = average_precision_score(judged.same, told)
    words = average_precision_score(judged.same, judged.features[:, NAMES.index("dice")])
    say(
        f"{len(judged.same)} judged pairs, {int(judged.same.sum())} of one indicator; "
        f"{len(shown.same)} shown, {int(shown.same.sum())}"
    )
    say(f"average precision by folds {score:.3f}, by shared characters alone {words:.3f}")
    save_weights(_fitted(judged, shown))
    say(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size} bytes")


def asked_places() -> frozenset[str]:
    """The places whose reports the sets for tracking ask."""
    lines = [line for path in _ASKED.glob("track*.jsonl") for line in path.read_text("utf-8").splitlines()]
    return frozenset(json.loads(line)["from"][:-4] for line in lines)


def save_examples(judged: Examples, shown: Examples, path: Path = EXAMPLES) -> None:
    """Write what the model sees of the pairs, to three digits: a row a pair."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["judged", "target", "same", *NAMES])
        for kind, examples in ((1, judged), (0, shown)):
            for seen, same, group in zip(examples.features, examples.same, examples.group, strict=True):
                table.writerow(
                    [kind, group, int(same), *(f"{value:.3f}".rstrip("0").rstrip(".") for value in seen)]
                )


def load_examples(path: Path = EXAMPLES) -> tuple[Examples, Examples]:
    """The judged pairs and the shown ones."""
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    judged, shown = (
        Examples.of(
            [
                ([float(row[name]) for name in NAMES], row["same"] == "1", int(row["target"]))
                for row in found
                if row["judged"] == kind
            ]
        )
        for kind in "10"
    )
    return judged, shown


def _fitted(judged: Examples, shown: Examples) -> IndicatorModel:
    # What equal numbers show says nothing of how far numbers may differ: that is taken from judged pairs.
    numbers = np.array([NAMES.index(name) for name in ("same_number", "near_number")])
    drawn = judged.features[judged.same][:, numbers]
    chance = np.random.default_rng(0)
    seen = shown.features.copy()
    same = np.flatnonzero(shown.same)
    seen[np.ix_(same, numbers)] = drawn[chance.integers(0, len(drawn), len(same))]
    every = np.vstack([judged.features, seen])
    labels = np.concatenate([judged.same, shown.same])
    weights = np.concatenate(
        [np.full(len(judged.same), _WEIGHT_JUDGED), np.full(len(shown.same), _WEIGHT_SHOWN)]
    )
    mean, spread = every.mean(axis=0), every.std(axis=0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=20_000, tol=1e-8)
    model.fit((every - mean) / spread, labels, sample_weight=weights)
    of_each = model.coef_[0] / spread
    return IndicatorModel(tuple(map(float, of_each)), float(model.intercept_[0] - (of_each * mean).sum()))


@dataclass(frozen=True, slots=True)
class _Two:
    """The targets of a report and the results of the next one, as the model sees them."""

    targets: tuple[Statement, ...]
    results: tuple[Statement, ...]
    alike: Likeness
    region: str

    @classmethod
    def of(cls, folder: Path, year: int) -> _Two:
        """The reports of a year and of the next one in a folder."""
        earlier, later = _read(folder, year), _read(folder, year + 1)
        targets = [one for one in earlier.said if one.row.kind is StatementKind.TARGET]
        results = [one for one in later.said if one.row.kind is StatementKind.ACHIEVED]
        alike = Likeness.among(one.row for one in (*targets, *results))
        return cls(tuple(targets), tuple(results), alike, later.region)


def _judged(reports: Path, left_out: frozenset[str]) -> Iterator[tuple[list[float], bool, int]]:
    lines = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    for number, line in enumerate(lines):
        if line["place"] in left_out:
            continue
        folder = next(
            reports / part / line["place"] for part in _PARTS if (reports / part / line["place"]).is_dir()
        )
        two = _Two.of(folder, line["year"])
        target = _found(two.targets, line["target"])
        for result in line["results"]:
            outcome = _found(two.results, result)
            if target is not None and outcome is not None:
                yield features(target, outcome, two.alike), result["same"], number


def _found(said: Sequence[Statement], wanted: dict[str, object]) -> Statement | None:
    """The statement of a line: its number where it stands; None where the ledger reads it otherwise by now."""
    return next(
        (one for one in said if one.row.span.start == wanted["start"] and one.row.text == wanted["text"]),
        None,
    )


def _shown(reports: Path, most: int, left_out: frozenset[str]) -> Iterator[tuple[list[float], bool, int]]:
    places = [p for part in _PARTS for p in sorted((reports / part).iterdir()) if p.name not in left_out]
    years = {place: {int(path.stem) for path in place.iterdir() if path.stem.isdigit()} for place in places}
    pairs = [(place, year) for place in places for year in sorted(years[place]) if year + 1 in years[place]]
    random.Random(SEED).shuffle(pairs)
    least = [(NAMES.index(name), share) for name, share in _LEAST_SHARED.items()]
    for number, (place, year) in enumerate(sorted(pairs[:most])):  # neighbours are read once
        two = _Two.of(place, year)
        for target, results in _told_again(two):
            for one, outcome in enumerate(results):
                seen = features(target, outcome, two.alike)
                shared = one == 0 and any(seen[at] >= share for at, share in least)
                yield seen, shared, number


def _told_again(two: _Two) -> Iterator[tuple[Statement, list[Statement]]]:
    """Targets whose count one result alone has, with that result and others beside it, most like it in words."""
    counts = Counter(_amount(one.row) for one in two.results)
    for target in two.targets:
        digits = re.sub(r"\D", "", target.row.text).strip("0")
        aim = target.row.amount
        if aim is None or aim.unit == "%" or len(digits) < _DIGITS or counts[_amount(target.row)] != 1:
            continue
        fit = [one for one in two.results if comparable(target.row, one.row)]
        same = [one for one in fit if _amount(one.row) == _amount(target.row)]
        if not same or same_name(target.row, same[0].row, two.region):
            continue
        others = [one for one in fit if one is not same[0] and not same_name(target.row, one.row, two.region)]
        others.sort(key=lambda one: -two.alike.weigh(target.name.pairs & one.before.pairs))
        yield target, [same[0], *others[:_BESIDE]]


def _amount(row: Commitment) -> tuple[float, float, str] | None:
    return (row.amount.low, row.amount.high, row.amount.unit) if row.amount else None


@dataclass(frozen=True, slots=True)
class _Said:
    """The statements of a report, and the place it is of."""

    said: tuple[Statement, ...]
    region: str


@lru_cache(maxsize=4)
def _read(folder: Path, year: int) -> _Said:
    report = parse_report(read_document(folder / f"{year}.md"))
    return _Said(tuple(Statement.of(row, report.simplified) for row in commitments(report)), report.region)


if __name__ == "__main__":
    run(app)
