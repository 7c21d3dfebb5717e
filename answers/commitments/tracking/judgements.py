"""What a person says became of a target: kept beside the index, apart from what the machine proposes.

They are kept apart from the index's store (`indexer.people.store`): a rebuild replaces that store whole and
refuses one of another version, but nobody's judgement may be lost by it. A judgement names its target by the
words of its sentence, not by offsets, so that it still fits after the report was read anew. Nothing is ever
overwritten: each judgement is a new row, the last one counts, and the earlier ones show who changed what.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from answers.commitments.rows import Commitment
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import Tracked
from answers.errors import LedgerError
from indexer.people.store import JUDGEMENTS, add_said, has_people, people_or, said
from indexer.report.report import Report

# Rows once ended before it: 2300 of 2300余万人次. What people said of them still counts.
_MORE = re.compile("[多余]")
_LONGEST = 2000  # characters of a note; a name has at most 100


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on one target in one later report.

    Attributes:
        target: what names the target (`target_key`).
        later: the name of the report that was consulted.
        outcome: the words of the later report that the person goes by; empty for the machine's or none.
        note: why; may be empty.
        name: who says so.
        at: when, UTC, ISO 8601 to the second.
    """

    target: str
    later: str
    status: Status
    outcome: str
    note: str
    name: str
    at: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A tracked target with the person's word on it; None where nobody has spoken."""

    tracked: Tracked
    judgement: Judgement | None

    @property
    def status(self) -> Status:
        """What counts: the person's word, else the machine's proposal."""
        return self.judgement.status if self.judgement else self.tracked.status


def target_key(pair: Tracked, earlier: Report) -> str:
    """What names a target for good: its report, its sentence and where in it the number stands, or the promise begins."""
    return key_of(pair.target, earlier)


def key_of(row: Commitment, earlier: Report) -> str:
    """What names a target or a promise of a report for good: see `target_key`."""
    sentence = row.sentence.of(earlier.text)
    # Where a promise without a number ends may be read otherwise one day.
    number = _MORE.split(row.text)[0] if row.amount else ""
    parts = (row.place.document, sentence, str(row.span.start - row.sentence.start), number)
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:32]


def judge(
    directory: Path, pair: Tracked, earlier: Report, later: Report,
    status: Status, name: str, note: str = "", outcome: str = "",
) -> Judgement:  # fmt: skip
    """Record a person's word in the index directory and return it.

    Raises:
        LedgerError: nobody is named, a text is too long, `outcome` does not stand in the later report,
            or the file cannot be written.
    """
    name, note, outcome = name.strip(), note.strip(), outcome.strip()
    if not name or len(name) > 100:
        raise LedgerError(
            f"请写明是谁认定的（1 到 100 字），现在是 {name[:20]!r}。",
            f"Say who judges, in 1 to 100 characters; it is {name[:20]!r}.",
        )
    if len(note) > _LONGEST:
        raise LedgerError(
            f"说明有 {len(note)} 字，最多 {_LONGEST} 字。请缩短。",
            f"The note has {len(note)} characters, at most {_LONGEST} are kept. Shorten it.",
        )
    if outcome and outcome not in later.text:
        raise LedgerError(
            f"{later.name} 里没有这段原文：{outcome[:40]!r}。请从报告中原样复制。",
            f"{later.name} does not say {outcome[:40]!r}. Copy it from the report as it stands.",
        )
    at = datetime.now(UTC).isoformat(timespec="seconds")
    made = Judgement(target_key(pair, earlier), later.name, status, outcome, note, name, at)
    with people_or(LedgerError, JUDGEMENTS, directory) as connection:
        add_said(
            connection,
            JUDGEMENTS,
            (made.target, made.later, made.status.value, made.outcome, made.note, made.name, made.at),
        )
    return made


def judgements(directory: Path) -> tuple[Judgement, ...]:
    """Every judgement ever made, in order; none where nobody has judged yet.

    Raises:
        LedgerError: the file is not ours or cannot be read.
    """
    if not has_people(directory):
        return ()
    with people_or(LedgerError, JUDGEMENTS, directory) as connection:
        return tuple(
            Judgement(target, later, Status(status), outcome, note, name, at)
            for target, later, status, outcome, note, name, at in said(connection, JUDGEMENTS)
        )


def with_judgements(
    pairs: Sequence[Tracked], made: Sequence[Judgement], earlier: Report, later: Report
) -> tuple[Judged, ...]:
    """Each pair with the last word that a person said on it."""
    last = {(one.target, one.later): one for one in made}
    return tuple(Judged(pair, last.get((target_key(pair, earlier), later.name))) for pair in pairs)


def detached(
    made: Sequence[Judgement], rows: Sequence[Commitment], earlier: Report, later: Report
) -> tuple[Judgement, ...]:
    """The last words of people on `later` that fit none of the `rows` that are read in `earlier` today, in order.

    Where a report is read otherwise than when they spoke, or its text was replaced, nothing shows them beside a target,
    and nobody may lose them. One of a target of yet another report is among them: a judgement keeps no name of its report.
    """
    last = {one.target: one for one in made if one.later == later.name}
    if not last:
        return ()
    keys = {key_of(row, earlier) for row in rows}
    return tuple(one for target, one in last.items() if target not in keys)
