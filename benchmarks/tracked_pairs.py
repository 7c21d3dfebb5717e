"""How many targets meet what the next report says of them, on a table of targets and their outcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import Tracked, track
from answers.evaluation.scoring import squash
from indexer.report.report import Report

_PROVED = (Status.DONE, Status.EXCEEDED, Status.MISSED)


@dataclass(frozen=True, slots=True)
class TrackingScore:
    """What became of the pairs of a table.

    Attributes:
        right_outcomes: how many targets met the right sentence, or rightly none.
        wrongly_proved: what was proved and is not so: the pair's id, the status found, the status in the table.
    """

    pairs: int
    right_outcomes: int
    wrongly_proved: tuple[tuple[str, str, str], ...]


def score_pairs(golds: Sequence[Mapping[str, Any]], report: Callable[[str], Report]) -> TrackingScore:
    """Track the reports of a table and compare; `report` gives a report by its name.

    Raises:
        LookupError: a target of the table is no row of the ledger.
    """
    tracked: dict[tuple[str, str], tuple[Tracked, ...]] = {}
    right, wrongly_proved = 0, []
    for gold in golds:
        key = (gold["from"], gold["to"])
        earlier, later = map(report, key)
        if key not in tracked:
            tracked[key] = track(earlier, later)
        pair = _pair_for(gold, tracked[key], earlier.text)
        if gold["outcome"] is None or pair.outcome is None:
            right += gold["outcome"] is None and pair.outcome is None
        else:
            sentence, quote = squash(pair.outcome.sentence.of(later.text)), squash(gold["outcome"]["quote"])
            right += quote in sentence or sentence in quote
        if pair.status in _PROVED and pair.status != gold["status"]:
            wrongly_proved.append((gold["id"], pair.status.value, gold["status"]))
    return TrackingScore(len(golds), right, tuple(wrongly_proved))


def _pair_for(gold: Mapping[str, Any], tracked: Sequence[Tracked], text: str) -> Tracked:
    """The machine's pair for a target of the table: the same number in the same sentence."""
    quote, number = squash(gold["target"]["quote"]), squash(gold["target"]["text"])
    fit = [
        pair
        for pair in tracked
        if _common(squash(pair.target.sentence.of(text)), quote) >= 0.4 * len(quote)
        and squash(pair.target.text) in number
    ]
    if not fit:
        raise LookupError(gold["id"])
    return max(
        fit, key=lambda pair: SequenceMatcher(None, pair.indicator, gold["indicator"], autojunk=False).ratio()
    )


def _common(one: str, other: str) -> int:
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
