"""What is true of a document that somebody wrote down beside it: a line of `truth.jsonl`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.report.records import DocumentKind

_LEVELS = {"nation": "国家", "province": "省", "prefecture": "市", "county": "县"}
_KINDS = {
    "report": DocumentKind.WORK_REPORT, "plan": DocumentKind.PLAN, "budget": DocumentKind.BUDGET,
    "communique": DocumentKind.COMMUNIQUE, "standing_committee": DocumentKind.COMMITTEE_REPORT,
    "policy": DocumentKind.POLICY, "regulation": DocumentKind.REGULATION, "speech": DocumentKind.SPEECH,
    "other": DocumentKind.OTHER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Truth:
    """A document as its author describes it; None where it has no such thing.

    Attributes:
        file: its name, with the folder of its set.
        region: the name of the place alone.
        level: 国家, 省, 市 or 县.
        paragraphs: how many it has; None where that cannot be told.
        must_hold: stretches that each stand in one paragraph of it.
        must_not_find: words of the page around it, which nobody should find.
        headings: some of its headings.
        damage: what was done to it.
        open: fields that its author left open, which are not counted.
    """

    file: str
    kind: DocumentKind
    form: str
    damage: tuple[str, ...]
    region: str | None
    year: int | None
    level: str | None
    title: str | None
    speaker: str | None
    issuer: str | None
    paragraphs: int | None
    must_hold: tuple[str, ...]
    must_not_find: tuple[str, ...]
    headings: tuple[str, ...]
    open: tuple[str, ...] = ()


def read_truth(path: Path) -> tuple[Truth, ...]:
    """The lines of a file of truth.

    Raises:
        OSError: it cannot be read.
        KeyError: a line lacks a field, or its kind or level is none.
    """
    return tuple(_truth(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line)


def _truth(row: dict[str, Any]) -> Truth:
    level = row["level"]
    return Truth(
        file=row["file"],
        kind=_KINDS[row["kind"]],
        form=row["form"],
        damage=tuple(row["damage"]),
        region=row["region"],
        year=row["year"],
        level=_LEVELS[level] if level is not None else None,
        title=row["title"],
        speaker=row["speaker"],
        issuer=row["issuer"],
        paragraphs=row["paragraphs"],
        must_hold=tuple(row["must_hold"]),
        must_not_find=tuple(row["must_not_find"]),
        headings=tuple(row["headings"]),
        open=tuple(row.get("open", ())),
    )
