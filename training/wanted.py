"""Fit the model that tells what a question wants: `python -m training.wanted`.

Its labels, all from `training/questions`: the kind of answer from the kind of a question, or from
`asks.jsonl` where that tells none (questions in English, colloquial ones and those without an answer); the
quantity from the figure that answers; both from `wanted.jsonl` too, written for this. The same questions
always give the same weights.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from answers.quantities.figures import Figure, figures
from answers.quantities.units import Measure
from answers.understanding.wanted import Ask, wanted_measure
from answers.understanding.wanted_model import WEIGHTS, features, save_weights
from indexer.text.characters import simplified
from indexer.text.span import Span

QUESTIONS = Path(__file__).parent / "questions"
SEED = 3
FOLDS = 5
KEPT = 12000  # features, those with the largest weights

Row = dict[str, Any]
app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
_ASK_OF_KIND = {
    "number": Ask.NUMBER, "measure": Ask.MEANS, "list": Ask.LIST, "yesno": Ask.WHETHER, "entity": Ask.FACT,
}  # fmt: skip
_OF_A_FIGURE = frozenset({"number", "english", "colloquial"})  # kinds of questions that a figure may answer
_LEAST_OF_ANSWER = 0.5  # of the characters of an answer, that its figure takes up
_LEAST_OF_GENERAL = 0.7
# What keywords leave out of a question: 湖北2024年粮食产量是多少 is typed as 湖北 2024 粮食产量.
_LEFT_OUT = re.compile(
    r"多少|几成|哪些|哪[几个座条项所]?|什么|怎么样?|如何|怎样|[几啥吗呢咋]|是否|分别|一共|总共|打算|准备|(?<!目)的|[是了有要会将能把被各]|达到"
    r"|\b(?:how (?:many|much)|what (?:is|are|was|were)|the|will|did|does|do|were|was|is|are|be|to be|of|in|by|how|what|which)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A question and its label.

    Attributes:
        source: the report or passage asked about; no fold learns from a source that it is tested on.
        weight: what it counts in training.
        tested: whether it counts in the accuracy.
    """

    query: str
    label: str
    source: str
    weight: float = 1.0
    tested: bool = True


@dataclass(frozen=True, slots=True)
class Head:
    """One of the two regressions.

    Attributes:
        labels: in the order of the outputs.
        inverse_penalty: scikit-learn's C.
        balance: 0 takes the labels as they come, 1 makes all count the same.
    """

    name: str
    labels: tuple[str, ...]
    inverse_penalty: float
    balance: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """A head's weights: the features, weights of shape (features, labels), bias of shape (labels,)."""

    names: tuple[str, ...]
    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def predict(self, examples: Sequence[Example]) -> NDArray[np.float64]:
        """The logits of every example, of shape (examples, labels)."""
        seen = CountVectorizer(analyzer=_analysed, binary=True, vocabulary=list(self.names))
        logits: NDArray[np.float64] = seen.transform(examples) @ self.weights + self.bias
        return logits


HEADS = (
    Head("ask", tuple(Ask), 1.0, 0.5),
    Head("measure", tuple(Measure), 1.0, 1.0),
)


def rows(name: str) -> Iterator[Row]:
    """The rows of a file of `training/questions`; a passage's questions are rows of their own."""
    for line in (QUESTIONS / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "questions" not in row:
            yield row
            continue
        for number, question in enumerate(row["questions"]):
            yield {**question, "id": f"{row['id']}#{number}", "doc": row["id"]}


def examples(head: str) -> list[Example]:
    """All that one head learns from, in a fixed order."""
    given = {"ask": _asks, "measure": _measures}[head]()
    return list(dict.fromkeys(given))


def _asks() -> Iterator[Example]:
    by_hand = _by_hand()
    chance = random.Random(SEED)
    for row in (*rows("train.jsonl"), *rows("passages.jsonl"), *_of_cities()):
        ask = by_hand.get(row["id"]) or _told_ask(row)
        if ask is None:
            continue
        query = simplified(row["question"])
        yield Example(query, ask, row["doc"], tested=row.get("kind", "unanswerable") != "unanswerable")
        if ask is Ask.NUMBER:  # keywords ask for numbers, hardly ever for anything else
            yield Example(keywords(query, chance), ask, row["doc"], weight=0.15, tested=False)
    for row in rows("wanted.jsonl"):
        yield Example(simplified(row["question"]), Ask(row["ask"]), row["id"], tested=False)


def _of_cities() -> Iterator[Row]:
    """Questions on reports of cities, in the words of real users: keywords, dialect, errors, English."""
    for row in (*rows("cities.jsonl"), *rows("cities_near_misses.jsonl")):
        yield {**row, "doc": row.get("doc") or row["id"]}


def _told_ask(row: Row) -> Ask | None:
    kind = row.get("kind")
    if kind in ("english", "colloquial"):
        if _figure(row["gold"][0]["answers"], _LEAST_OF_ANSWER):
            return Ask.NUMBER
        kind = _kinds().get(row["id"].removesuffix("-en"))  # a translation is of the kind of its original
    return _ASK_OF_KIND.get(kind) if isinstance(kind, str) else None


def _measures() -> Iterator[Example]:
    by_hand = _by_hand()
    chance = random.Random(SEED)
    for row in (*rows("train.jsonl"), *_of_cities()):
        if row["kind"] not in _OF_A_FIGURE:
            continue
        figure = _figure(row["gold"][0]["answers"], _LEAST_OF_ANSWER)
        if figure is None or by_hand.get(row["id"], Ask.NUMBER) is not Ask.NUMBER:
            continue
        query = simplified(row["question"])
        yield Example(query, figure.measure, row["doc"])
        yield Example(keywords(query, chance), figure.measure, row["doc"], weight=0.3, tested=False)
    for row in rows("wanted.jsonl"):
        if "measure" in row:
            yield Example(simplified(row["question"]), Measure(row["measure"]), row["id"], tested=False)
    for row in rows("passages.jsonl"):
        figure = _figure([row["answer"]], _LEAST_OF_GENERAL) if row.get("answer") else None
        if figure is not None:
            yield Example(simplified(row["question"]), figure.measure, row["doc"], weight=0.5, tested=False)


def _figure(answers: Sequence[str], least: float) -> Figure | None:
    """The figure with a unit that the shortest answer consists of; None where it is something else."""
    answer = simplified(min(answers, key=len))
    found = figures(answer, Span(0, len(answer)))
    if not found or not found[0].unit or found[0].span.end - found[0].span.start < least * len(answer):
        return None
    return found[0]


def keywords(query: str, chance: random.Random) -> str:
    """The question as a search engine is asked: without most of the words that make it a question."""
    bare = re.sub(r"[，。？?！、]", " ", query)
    return " ".join(_LEFT_OUT.sub(lambda word: " " if chance.random() < 0.9 else word[0], bare).split())


@cache
def _by_hand() -> dict[str, Ask]:
    return {row["id"]: Ask(row["ask"]) for row in rows("asks.jsonl")}


@cache
def _kinds() -> dict[str, str]:
    return {row["id"]: row["kind"] for row in rows("train.jsonl")}


def fit(head: Head, taught: Sequence[Example]) -> Fitted:
    """A head fitted to `taught`; features seen only once are left out."""
    seen = CountVectorizer(analyzer=_analysed, binary=True, min_df=2)
    matrix = seen.fit_transform(taught).astype(np.float64)
    labels = [example.label for example in taught]
    counts = Counter(labels)
    model = LogisticRegression(C=head.inverse_penalty, max_iter=500, tol=1e-3, random_state=SEED)
    rarity = np.array([counts[label] ** -head.balance for label in labels])
    weights = np.array([example.weight for example in taught])
    model.fit(matrix, labels, weights * rarity / rarity.mean())
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients, bias = np.vstack([-coefficients, coefficients]) / 2, np.array([-bias[0], bias[0]]) / 2
    order = [list(model.classes_).index(label) for label in head.labels]
    return Fitted(tuple(seen.get_feature_names_out()), coefficients[order].T, bias[order])


def _analysed(example: Example) -> list[str]:
    return features(example.query)


def cross_validated(head: Head, given: Sequence[Example]) -> NDArray[np.float64]:
    """The logits of every example from a fit without its source, of shape (examples, labels)."""
    logits = np.zeros((len(given), len(head.labels)))
    sources = [example.source for example in given]
    for taught, tested in GroupKFold(FOLDS).split(given, groups=sources):
        logits[tested] = fit(head, [given[i] for i in taught]).predict([given[i] for i in tested])
    return logits


def accuracy(head: Head, given: Sequence[Example], logits: NDArray[np.float64]) -> float:
    """The share of the tested examples whose likeliest label is theirs."""
    right = [head.labels[row.argmax()] == e.label for e, row in zip(given, logits, strict=True) if e.tested]
    return float(np.mean(right))


def joined(fitted: Sequence[Fitted], kept: int = KEPT) -> Fitted:
    """The heads side by side, with the features whose weights are largest."""
    names = sorted({name for one in fitted for name in one.names})
    rows_of = {name: row for row, name in enumerate(names)}
    blocks = []
    for one in fitted:
        block = np.zeros((len(names), len(one.bias)))
        block[[rows_of[name] for name in one.names]] = one.weights
        blocks.append(block)
    weights = np.hstack(blocks)
    best = np.sort(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:kept])
    return Fitted(tuple(names[i] for i in best), weights[best], np.concatenate([one.bias for one in fitted]))


@dataclass(frozen=True, slots=True)
class Told:
    """Of how many questions that a figure answers the quantity was told rightly, wrongly, and left open."""

    right: int
    wrong: int
    left_open: int


def told(questions: Path) -> Told:
    """How the shipped model does on a question set that it did not learn from."""
    told = Counter[bool | None]()
    for row in map(json.loads, questions.read_text(encoding="utf-8").splitlines()):
        figure = _figure(row["gold"][0]["answers"], _LEAST_OF_ANSWER) if row.get("gold") else None
        if row.get("kind") in _OF_A_FIGURE and figure is not None:
            measure = wanted_measure(simplified(row["question"]))
            told[None if measure is None else measure == figure.measure] += 1
    return Told(told[True], told[False], told[None])


@app.command()
def main(
    questions: Annotated[
        list[Path] | None,
        typer.Argument(
            help="只看这些题集的数量种类，不拟合 Tell of these sets only, fit nothing", exists=True
        ),
    ] = None,
) -> None:
    """Print how well each head does on reports left out, and write the weights of all questions."""
    for path in questions or ():
        print(f"{path.name}: {told(path)}")
    if questions:
        return
    fitted = []
    for head in HEADS:
        given = examples(head.name)
        reached = accuracy(head, given, cross_validated(head, given))
        print(f"{head.name}: {reached:.4f} of {sum(example.tested for example in given)}")
        fitted.append(fit(head, given))
    whole = joined(fitted)
    labels = {head.name: head.labels for head in HEADS}
    save_weights(WEIGHTS, whole.names, labels, whole.weights, whole.bias)
    print(f"{WEIGHTS}: {WEIGHTS.stat().st_size / 1024:.0f} KB, {len(whole.names)} features")


if __name__ == "__main__":
    app()
