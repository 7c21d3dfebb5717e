"""How sure the first answer is right, and when to say that the reports do not answer."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from answers.answer import Signals
from embeddings import ModelError
from embeddings.cross_encoder import MODEL_DIRECTORY

CALIBRATION_NAME = "calibration.toml"
KINDS = ("number", "several", "means", "whether", "foreign")
"""The signals, 0 or 1, that tell kinds of questions."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What one signal counts for.

    Attributes:
        signal: the name of a field of `Signals`.
        kind: the signal of a kind of question (`KINDS`) for which alone it counts so; empty for all of them.
    """

    signal: str
    weight: float
    kind: str = ""

    def counted(self, signals: Signals) -> float:
        """What it adds to the logit."""
        of_kind = float(getattr(signals, self.kind)) if self.kind else 1.0
        return self.weight * float(getattr(signals, self.signal)) * of_kind


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model over the signals, and the confidence under which we abstain.

    A signal counts for every question, and so much more or less for one kind of them: that a sentence lacks the
    question's words says much against a figure and little against measures.
    Similarities are counted in standard deviations, so that they mean much the same with another
    embedding model; whoever uses one should calibrate again. A signal without a weight does not count.

    Attributes:
        of_papers: the same for an answer of a document that is no report, with the signals that mean there what they
            mean in reports, and a threshold of its own; None where all documents are taken alike.
    """

    bias: float
    weights: tuple[Weight, ...]
    threshold: float
    of_papers: Calibration | None = None

    def of(self, signals: Signals) -> Calibration:
        """The calibration that judges such an answer: of a report, or of another document."""
        return self.of_papers if self.of_papers is not None and not signals.report else self

    def confidence(self, signals: Signals) -> float:
        """The chance, 0..1, that the first answer is right."""
        if (judge := self.of(signals)) is not self:
            return judge.confidence(signals)
        logit = self.bias + sum(weight.counted(signals) for weight in self.weights)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))

    def as_toml(self) -> str:
        """The calibration as the file that `read_calibration` reads."""
        shown = self._tables()
        papers = self.of_papers
        if papers is not None:
            shown += f"\n[papers]\nbias = {papers.bias}\nthreshold = {papers.threshold}\n"
            shown += papers._tables("papers.")
        return f"bias = {self.bias}\nthreshold = {self.threshold}\n{shown}"

    def _tables(self, of: str = "") -> str:
        tables = (
            (f"[{of}more.{kind}]" if kind else f"[{of}weights]", [w for w in self.weights if w.kind == kind])
            for kind in dict.fromkeys(("", *(w.kind for w in self.weights)))
        )
        return "".join(
            f"\n{head}\n" + "".join(f"{w.signal} = {w.weight}\n" for w in own) for head, own in tables
        )


def read_calibration(path: Path = MODEL_DIRECTORY / CALIBRATION_NAME) -> Calibration:
    """The calibration in a file, by default the one that lies beside the reader's weights.

    Raises:
        ModelError: the file is missing, or holds no such calibration.
    """
    known = {field.name for field in fields(Signals)}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        papers = table.get("papers")
        of_papers = None if papers is None else _calibration(papers, known)
        return replace(_calibration(table, known), of_papers=of_papers)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"把握度的文件 {path} 读不出来（{error}）。请重新安装程序，或用 calibrate 重新拟合。",
            f"The calibration {path} cannot be read ({error}). Install the program again, or fit it anew with calibrate.",
        ) from error


def _calibration(table: Mapping[str, Any], known: Collection[str]) -> Calibration:
    weights = tuple(_weights(table))
    if strange := [name for w in weights for name in (w.signal, w.kind or w.signal) if name not in known]:
        raise ValueError(f"{strange[0]} is no signal")
    return Calibration(float(table["bias"]), weights, float(table["threshold"]))


def _weights(table: Mapping[str, Any]) -> Iterator[Weight]:
    """Those for all questions, under `weights`, and what they are more by for each kind, under `more`."""
    for kind, own in {"": table["weights"], **table.get("more", {})}.items():
        yield from (Weight(str(signal), float(weight), str(kind)) for signal, weight in own.items())


# For a reader that was not trained and so gives no verdict; fitted to `SimilarityReader`.
BY_SIMILARITY = Calibration(
    bias=-0.479,
    weights=(
        Weight("lead", 0.866),
        Weight("missed", -1.234),
        Weight("contradicts", -1.213),
        Weight("elsewhere", -1.213),
    ),
    threshold=0.51,
)
