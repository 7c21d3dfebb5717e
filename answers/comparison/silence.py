"""When a report is taken not to mention what was asked: each cell is weighed against the other reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answers.answer import Reply


@dataclass(frozen=True, slots=True)
class Silence:
    """The confidence under which a cell is 未提及."""

    threshold: float = 0.3

    def confidences(self, replies: Sequence[Reply]) -> list[float]:
        """For each reply of one column the chance that its first answer is right."""
        return [reply.confidence for reply in replies]
