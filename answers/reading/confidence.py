"""How sure the first answer is right, and when to say that the reports do not answer."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from answers.answer import Signals
from embeddings import ModelError
from embeddings.cross_encoder import MODEL_DIRECTORY

CALIBRATION_NAME = "calibration.toml"


@dataclass(frozen=True, slots=True)
class Weight:
    """What one signal counts for: `signal` is the name of a field of `Signals`."""

    signal: str
    weight: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model over the signals, and the confidence under which we abstain.

    Similarities are counted in standard deviations, so that they mean much the same with another
    embedding model; whoever uses one should calibrate again. A signal without a weight does not count.
    """

    bias: float
    weights: tuple[Weight, ...]
    threshold: float

    def confidence(self, signals: Signals) -> float:
        """The chance, 0..1, that the first answer is right."""
        logit = self.bias + sum(w.weight * float(getattr(signals, w.signal)) for w in self.weights)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))

    def as_toml(self) -> str:
        """The calibration as the file that `read_calibration` reads."""
        weights = "".join(f"{w.signal} = {w.weight}\n" for w in self.weights)
        return f"bias = {self.bias}\nthreshold = {self.threshold}\n\n[weights]\n{weights}"


def read_calibration(path: Path = MODEL_DIRECTORY / CALIBRATION_NAME) -> Calibration:
    """The calibration in a file, by default the one that lies beside the reader's weights.

    Raises:
        ModelError: the file is missing, or holds no such calibration.
    """
    known = {field.name for field in fields(Signals)}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        weights = tuple(Weight(str(name), float(weight)) for name, weight in table["weights"].items())
        if strange := [weight.signal for weight in weights if weight.signal not in known]:
            raise ValueError(f"{strange[0]} is no signal")
        return Calibration(float(table["bias"]), weights, float(table["threshold"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"把握度的文件 {path} 读不出来（{error}）。请重新安装程序，或用 calibrate 重新拟合。",
            f"The calibration {path} cannot be read ({error}). Install the program again, or fit it anew with calibrate.",
        ) from error


# For a reader that was not trained and so gives no verdict; fitted to `SimilarityReader`.
BY_SIMILARITY = Calibration(
    bias=-0.479,
    weights=(Weight("lead", 0.866), Weight("missed", -1.234), Weight("contradicts", -1.213)),
    threshold=0.51,
)
