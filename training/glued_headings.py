"""Fit the model that tells where a glued heading ends: `python -m training.glued_headings --reports FOLDER`.

It learns from headings that stand on lines of their own, glued to the paragraphs below them, and from numbered
paragraphs that have no heading. Every third place, in the order of their names, is kept for the test. The same
files always give the same weights.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from indexer.command_line import run, say
from indexer.errors import SourceError
from indexer.report.glued_headings import LONGEST, SEEN, WEIGHTS, features, places
from indexer.report.linear_model import save_weights
from indexer.sources import read_document, report_files
from indexer.text.characters import simplified
from indexer.text.headings import MARKER, is_part_name
from indexer.text.sentences import sentences

SEED = 7
KEPT = 16_000
_HELD_BACK = 3
_OTHER_PLACES = 0.5  # of the places where no heading ends are learned from
_LONG_BODY = 40  # characters
_SURE = (0.3, 0.5, 0.7, 0.9)

app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@dataclass(frozen=True, slots=True)
class Example:
    """The first words of a numbered paragraph, its number left out, and where its heading ends; None without one."""

    words: str
    end: int | None


@app.command()
def fit(
    reports: Annotated[
        Path, typer.Option("--reports", help="place/year.md 的报告库 The library of reports", exists=True)
    ],
    step: Annotated[int, typer.Option(help="每几份读一份 Learn from every n-th report")] = 1,
) -> None:
    """拟合标题边界模型，写出权重。Fit the model and write its weights."""
    files = [p for part in ("cities", "prefectures", "provinces") for p in report_files([reports / part])]
    names = sorted({path.parent.name for path in files})
    held_back = set(names[_HELD_BACK - 1 :: _HELD_BACK])
    taught = list(_examples([p for p in files if p.parent.name not in held_back][::step]))
    tested = list(_examples([p for p in files if p.parent.name in held_back][:: 5 * step]))
    say(f"{len(taught)} examples, {sum(e.end is not None for e in taught)} with a heading")
    seen, model = _model(taught)
    for line in _tested(seen, model, tested):
        say(line)
    coefficients = np.stack([np.zeros_like(model.coef_[0]), model.coef_[0]], axis=1)
    bias = np.array([0.0, float(model.intercept_[0])])
    save_weights(WEIGHTS, list(seen.get_feature_names_out()), coefficients, bias, KEPT)
    say(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1024:.0f} KB")


def _examples(files: Sequence[Path]) -> Iterator[Example]:
    for path in files:
        try:
            text = simplified(read_document(path).text)
        except SourceError:
            continue
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        for line, below in itertools.pairwise(lines):
            marker = MARKER.match(line)
            if marker is None or marker.lastgroup == "article":
                continue
            words = line[marker.end() :].strip()
            if not words:
                continue
            first = sentences(words)[0].of(words)
            if len(words) <= LONGEST and first == words and words[-1] not in "。！？；：":
                if not MARKER.match(below) and not is_part_name(below) and len(below) > _LONG_BODY:
                    yield Example(f"{words}{below}"[: LONGEST + SEEN], len(words))
            elif len(line) > _LONG_BODY:
                yield Example(words[: LONGEST + SEEN], None)


def _rows(examples: Sequence[Example]) -> Iterator[tuple[list[str], bool]]:
    chance = random.Random(SEED)
    for example in examples:
        for place in places(example.words):
            if place == example.end or chance.random() < _OTHER_PLACES:
                yield features(example.words, place), place == example.end


def _model(taught: Sequence[Example]) -> tuple[CountVectorizer, LogisticRegression]:
    rows, ends = zip(*_rows(taught), strict=True)
    seen = CountVectorizer(analyzer=list, binary=True, min_df=3)
    # Each place counts the same, as in `LinearModel.chances`.
    matrix = normalize(seen.fit_transform(rows).astype(np.float64))
    model = LogisticRegression(C=20.0, solver="liblinear", random_state=SEED)
    model.fit(matrix, ends)
    return seen, model


def _tested(seen: CountVectorizer, model: LogisticRegression, tested: Sequence[Example]) -> Iterator[str]:
    told: list[tuple[Example, int, float]] = []
    for example in tested:
        candidates = list(places(example.words))
        if candidates:
            rows = [features(example.words, place) for place in candidates]
            chances = model.predict_proba(normalize(seen.transform(rows).astype(np.float64)))[:, 1]
            told.append((example, candidates[int(chances.argmax())], float(chances.max())))
    headed = [one for one in told if one[0].end is not None]
    bare = [one for one in told if one[0].end is None]
    for sure in _SURE:
        right = sum(chance >= sure and place == example.end for example, place, chance in headed)
        wrong = sum(chance >= sure and place != example.end for example, place, chance in headed)
        made = sum(chance >= sure for _, _, chance in bare)
        yield (
            f"sure from {sure}: right {right / max(1, len(headed)):.3f}, wrong {wrong / max(1, len(headed)):.3f}"
            f" of {len(headed)} glued headings; {made / max(1, len(bare)):.3f} of {len(bare)} paragraphs without one"
        )


if __name__ == "__main__":
    run(app)
