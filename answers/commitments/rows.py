"""The rows of the ledger: what a report commits to or reports as achieved, with its exact place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from answers.place import Place
from answers.quantities.amounts import Amount
from indexer.report.report import Report
from indexer.text.span import Span


class StatementKind(StrEnum):
    """Whether a statement sets a target or reports what was achieved."""

    TARGET = "target"
    ACHIEVED = "achieved"


@dataclass(frozen=True, slots=True)
class Commitment:
    """One statement of a report: `text` is `document.text[span]`.

    Attributes:
        place: where it stands, in words fit for a citation.
        span, text: the number with its unit as written, without its bound (5.3万件); of a statement
            without a number, the clause that makes it.
        amount: the number in normal form; None for a statement without one.
        object: what is measured or done, in simplified characters: 有效发明专利拥有量.
        action: the verb: 增长, 新建; empty where there is none.
        year: the year that the statement is about; None where neither it nor the report tells.
        sentence: the whole sentence around the span.
        section: the number of the section that holds it.
    """

    place: Place
    span: Span
    text: str
    amount: Amount | None
    object: str
    action: str
    kind: StatementKind
    year: int | None
    sentence: Span
    section: int

    def has_verb_of(self, other: Commitment) -> bool:
        """Whether both name what is done, by the same verb."""
        return bool(self.action) and self.action == other.action

    def is_verbatim(self, document: Report) -> bool:
        """Whether the report says this, here, to the letter."""
        return (
            document.name == self.place.document
            and self.span.end <= len(document.text)
            and self.span.of(document.text) == self.text
        )


def commitment_row(row: Commitment, sentence: str) -> dict[str, Any]:
    """A row as a JSON object, in the format of the benchmark's scorer. `sentence`: the words of its sentence.

    `value` is the number in normal form, the lower one of a range; `high` the upper one.
    """
    amount = row.amount
    return {
        "document": row.place.document,
        "text": row.text,
        "start": row.span.start,
        "end": row.span.end,
        "value": _plain(amount.low) if amount else None,
        "high": _plain(amount.high) if amount else None,
        "unit": amount.unit if amount else "",
        "object": row.object,
        "action": row.action,
        "bound": amount.bound.value if amount else None,
        "kind": row.kind.value,
        "year": row.year,
        "sentence": sentence,
        "section": list(row.place.headings),
    }


def _plain(value: float) -> float | int:
    """53000, not 53000.0."""
    return int(value) if value.is_integer() else value
