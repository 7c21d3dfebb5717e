"""The comparison as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from benchmarks.peers.apart import candidate
from benchmarks.peers.measuring import Costs, Outcome
from benchmarks.peers.protocol import Settings
from benchmarks.peers.trials import Trial

_QUALITY = ("passage_first", "passage_ten", "right", "f1", "holds", "answered", "withheld", "auroc")
_HEADINGS = (
    "right passage first",
    "in ten",
    "answer right",
    "F1",
    "first passage holds the answer",
    "unanswerable answered",
    "answerable withheld",
    "AUROC",
)


def quality_lines(outcomes: Sequence[Outcome], trials: Sequence[Trial]) -> Iterator[str]:
    """A table of every trial, and under it what was chosen for each peer."""
    for trial in trials:
        of_trial = [outcome for outcome in outcomes if outcome.trial == trial.name]
        if not of_trial:
            continue
        figures = of_trial[0].figures
        yield (
            f"{trial.name}（{trial.title}）: {figures.answerable} answerable questions, {figures.spans} of them "
            f"for one span, {figures.unanswerable} unanswerable"
        )
        yield ""
        yield f"| | {' | '.join(_HEADINGS)} | CPU ms a question |"
        yield f"|{' --- |' * (len(_HEADINGS) + 2)}"
        for outcome in of_trial:
            cells = " | ".join(_share(getattr(outcome.figures, name)) for name in _QUALITY)
            yield f"| {candidate(outcome.peer).title} | {cells} | {outcome.cpu_ms:.0f} |"
        yield ""
        for outcome in of_trial:
            yield f"- {outcome.peer}: {chosen(outcome)}"
        yield ""


def cost_lines(paid: Sequence[Costs]) -> Iterator[str]:
    """A table of what each peer costs."""
    yield "| | CPU s a report | CPU ms a question | resident MB | disk KB a report |"
    yield "| --- | --- | --- | --- | --- |"
    for cost in paid:
        cells = f"{cost.index_s:.1f} | {cost.cpu_ms:.0f} | {cost.memory_mb:.0f} | {cost.disk_kb:.0f}"
        yield f"| {candidate(cost.peer).title} | {cells} |"


def chosen(outcome: Outcome) -> str:
    """The chosen settings that were a choice, and of how many."""
    tried = [one.settings for one in outcome.tried]
    varied = [
        field.name
        for field in fields(Settings)
        if len({getattr(settings, field.name) for settings in tried}) > 1
    ]
    if not varied:
        return f"as it is; threshold {outcome.threshold:.3g}"
    told = ", ".join(f"{name} {getattr(outcome.settings, name)}" for name in varied)
    return f"{told}; threshold {outcome.threshold:.3g}; of {len(tried)} tried"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
