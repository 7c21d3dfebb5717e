"""Fit the model that tells what kind of document a text is: `python -m training.kinds --reports FOLDER`.

It learns from reports, plans and communiqués whose folder says what they are, from policy documents and encyclopaedic
texts where they are given, and from patterns written for this (`questions/kinds.jsonl`), filled with places and years.
The same files always give the same weights.
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
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import normalize

from indexer.command_line import run, say
from indexer.formats import extract
from indexer.report.head import head_of
from indexer.report.head_lines import title_in
from indexer.report.kinds import WEIGHTS, features
from indexer.report.linear_model import save_weights
from indexer.report.records import DocumentKind
from indexer.report.regions import PROVINCE, regions
from indexer.sources import read_document, report_files
from indexer.text.restored import restored

PATTERNS = Path(__file__).parent / "questions" / "kinds.jsonl"
SEED = 7
FOLDS = 5
KEPT = 6000
_FILLED = 6  # documents made of each pattern
_OF_FOLDER = {
    "provinces": DocumentKind.WORK_REPORT, "cities": DocumentKind.WORK_REPORT, "prefectures": DocumentKind.WORK_REPORT,
    "plans": DocumentKind.PLAN, "statistics": DocumentKind.COMMUNIQUE,
}  # fmt: skip
_EVERY = 5  # of the reports: they are alike
# A paper of an authority by its name, or by whom it is addressed to; the others are news.
_POLICY = re.compile(
    r"(?:关于|印发).{2,60}(?:通知|意见|措施|办法|方案|通告|公告|政策)|[局府部会](?:通告|公告|令)[ （(第]|各(?:市|县|区|省|有关单位)[^。]{0,40}[:：]|工作(?:提示|提醒)"
)
_KINDS = tuple(DocumentKind)

app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@dataclass(frozen=True, slots=True)
class Example:
    """A document of a known kind.

    Attributes:
        source: the place or pattern it is from; no fold learns from a source that it is tested on.
        weight: what it counts in training.
    """

    title: str
    text: str
    kind: DocumentKind
    source: str
    weight: float = 1.0


@app.command()
def fit(
    reports: Annotated[
        Path, typer.Option("--reports", help="place/year.md 的报告库 The library of reports", exists=True)
    ],
    policies: Annotated[
        Path | None, typer.Option("--policies", help="政策文件和新闻 Policy papers and news")
    ] = None,
    others: Annotated[
        Path | None, typer.Option("--others", help="CMRC 2018 的文件 A file of CMRC 2018")
    ] = None,
) -> None:
    """拟合文种模型，写出权重。Fit the model and write its weights."""
    given = [*_of_library(reports), *_of_patterns()]
    if policies is not None:
        given += _of_policies(policies)
    if others is not None:
        given += _of_encyclopaedia(others)
    say(f"{len(given)} examples: {dict(Counter(str(example.kind) for example in given))}")
    for line in _cross_validated(given):
        say(line)
    names, weights, bias = _fitted(given)
    save_weights(WEIGHTS, names, weights, bias, KEPT)
    say(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size / 1024:.0f} KB")


def _of_library(folder: Path) -> Iterator[Example]:
    for part, kind in _OF_FOLDER.items():
        files = report_files([folder / part])
        for path in files[:: _EVERY if kind is DocumentKind.WORK_REPORT else 1]:
            extracted = extract(path, path.read_bytes())
            text = restored(extracted.text)
            head = head_of(text)
            source = path.parent.name if kind is DocumentKind.WORK_REPORT else str(path)
            declared = next(iter(extracted.declared.titles), "")
            yield Example(head.title, text, kind, source)
            # Without its head a document is still what it is, and so is half of one.
            yield Example("", text[len(head.text) + 20 :], kind, source, 0.5)
            yield Example(title_in(declared), text[len(text) // 2 :], kind, source, 0.5)


def _of_patterns() -> Iterator[Example]:
    chance = random.Random(SEED)
    names = [region.name for region in regions() if region.level != PROVINCE]
    for number, line in enumerate(PATTERNS.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        for _ in range(_FILLED):
            year = chance.randint(1995, 2026)
            words = {"p": chance.choice(names), "y": str(year), "z": str(year + 1)}
            title, opening = (_filled(row[field], words) for field in ("title", "opening"))
            yield Example(title, f"{title}\n{opening}", DocumentKind(row["kind"]), f"pattern {number}")
            yield Example("", opening, DocumentKind(row["kind"]), f"pattern {number}", 0.3)


def _filled(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"\{([pyz])\}", lambda found: words[found[1]], pattern)


def _of_policies(folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("*.txt")):
        text = read_document(path).text
        first = text.strip().split(" ")[0][:60]
        kind = DocumentKind.POLICY if _POLICY.search(text[:120]) else DocumentKind.OTHER
        yield Example(title_in(first), text, kind, path.name)


def _of_encyclopaedia(path: Path) -> Iterator[Example]:
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    for article in articles[:250]:
        for paragraph in article["paragraphs"][:1]:
            yield Example(
                "", paragraph["context"], DocumentKind.OTHER, str(article.get("id", article.get("title")))
            )


@cache
def _seen(example: Example) -> list[str]:
    return features(example.title, example.text)


def _matrix(seen: CountVectorizer, examples: Sequence[Example], *, fit: bool = False):  # type: ignore[no-untyped-def]
    counted = seen.fit_transform(examples) if fit else seen.transform(examples)
    # Each document counts the same however long it is, as in `LinearModel.chances`.
    return normalize(counted.astype(np.float64))


def _model(given: Sequence[Example]) -> tuple[CountVectorizer, LogisticRegression]:
    seen = CountVectorizer(analyzer=_seen, binary=True, min_df=3)
    matrix = _matrix(seen, given, fit=True)
    kinds = [_KINDS.index(example.kind) for example in given]
    counts = Counter(kinds)
    weights = np.array([e.weight * counts[k] ** -0.7 for e, k in zip(given, kinds, strict=True)])
    model = LogisticRegression(C=30.0, max_iter=1000)
    model.fit(matrix, kinds, weights / weights.mean())
    return seen, model


def _fitted(given: Sequence[Example]) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
    seen, model = _model(given)
    return list(seen.get_feature_names_out()), model.coef_.T, model.intercept_


def _cross_validated(given: Sequence[Example]) -> Iterator[str]:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for taught, tested in GroupKFold(FOLDS).split(given, groups=[example.source for example in given]):
        seen, model = _model([given[i] for i in taught])
        told = model.predict(_matrix(seen, [given[i] for i in tested]))
        for place, kind in zip(tested, told, strict=True):
            if not given[place].title:
                continue
            total[given[place].kind] += 1
            right[given[place].kind] += _KINDS[int(kind)] is given[place].kind
    for kind in _KINDS:
        yield f"{kind}, with a title: {right[kind]} of {total[kind]}"


if __name__ == "__main__":
    run(app)
