"""How right answers were where it was measured, for the page 说明; docs/measurements.md has the commands, a test the figures."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.language import Text


@dataclass(frozen=True, slots=True)
class Measured:
    """Questions on reports that nothing was tuned on, and what became of them.

    Attributes:
        row: the name of their row under “Places that nobody tuned on” in docs/measurements.md.
        about: what is asked.
        right: the share of answerable questions whose first answer is right.
        withheld: the share of these that get no answer.
        false: the share of questions that the reports do not answer and that get an answer all the same.
    """

    row: str
    about: Text
    right: float
    withheld: float
    false: float


MEASURED = (
    Measured("four years of one place", Text("同一地方几年的报告", "Reports of one place over several years"), 0.92, 0.04, 0.00),
    Measured("fourteen places", Text("各种问法", "Of all kinds"), 0.92, 0.12, 0.12),
    Measured("half of another place", Text("一半问的是别的地方", "Half of them about another place"), 0.85, 0.24, 0.16),
    Measured("look-alike indicators", Text("指标相近、容易混淆的问题", "Indicators that are easily confused"), 0.85, 0.18, 0.08),
    Measured("quiz sheets", Text("试卷式的问题", "Questions as in a quiz"), 0.97, 0.05, 0.05),
    Measured("who", Text("问谁、问机构", "Who, and which body"), 0.77, 0.20, 0.17),
    Measured("eight places, two years each", Text("各种问法，同一地方两年的报告", "Of all kinds, two years of each place"), 0.75, 0.15, 0.25),
    Measured("typed errors", Text("打错同音字的问题", "Homophones typed by mistake"), 0.97, 0.06, 0.00),
    Measured("cities, in English", Text("用英文问（由中文题译出）", "Asked in English, put from Chinese"), 0.82, 0.41, 0.18),
    Measured("in English", Text("用英文问", "Asked in English"), 0.58, 0.30, 0.33),
)  # fmt: skip


def in_ten(share: float) -> str:
    """A share as so many of ten: 8; of less than half of one the hundredth, 0.4."""
    tens = 10 * share
    return f"{tens:.0f}" if tens >= 0.95 or not tens else f"{tens:.1f}"
