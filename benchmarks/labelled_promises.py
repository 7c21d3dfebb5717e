"""How many of the promises that a reader marked in stretches of reports are rows of the ledger, and quote the right thing.

`python -m benchmarks.labelled_promises STRETCHES.jsonl FOLDER` scores the ledger over a folder of reports, named as for
`benchmarks.tracked_pairs`. In a stretch, from the words `first` to the words `last`, every target with a number is marked,
so that a row that is not marked is a wrong one; promises without a number are marked where they are concrete, and only how many
of them are found is told.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from answers.commitments.extraction.extract import commitments
from answers.commitments.extraction.unnumbered import unnumbered_commitments
from answers.commitments.rows import Commitment, StatementKind
from answers.evaluation.scoring import character_f1, squash
from benchmarks.tracked_pairs import reports_in
from indexer.report.report import Report
from indexer.text.span import Span

_OF_QUOTE = 0.7  # of a quotation in one piece, to be what a row quotes
_OF_OBJECT = 0.5  # character F1 under which a row is of another thing than the one marked


@dataclass(frozen=True, slots=True)
class LabelScore:
    """What the ledger has of the promises that were marked.

    Attributes:
        numbered, found: how many targets with a number there are, and how many are rows.
        rows: rows in the stretches; `wrong` of them are not marked, and not marked as optional either.
        precision, recall: of numbered targets.
        object_f1: mean character F1 of what the found ones measure.
        unnumbered, unnumbered_found: the same without a number.
        unnumbered_named: those of them whose row names the thing that was marked, and not a part of it.
    """

    numbered: int
    found: int
    rows: int
    wrong: int
    precision: float
    recall: float
    object_f1: float
    unnumbered: int
    unnumbered_found: int
    unnumbered_named: int


@dataclass(frozen=True, slots=True)
class Found:
    """A promise that was marked beside its row; None where it has none."""

    marked: Mapping[str, Any]
    row: Commitment | None

    @property
    def object_f1(self) -> float:
        """How well the row names what was marked, 0..1."""
        return character_f1(self.row.object, [self.marked["object"]]) if self.row else 0.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """The promises of a stretch with their rows, and the rows that nobody marked."""

    numbered: tuple[Found, ...]
    unnumbered: tuple[Found, ...]
    unmarked: tuple[Commitment, ...]


def read_stretch(marked: Mapping[str, Any], report: Report) -> Stretch:
    """The ledger's rows of a stretch beside what was marked in it.

    Raises:
        LookupError: the report lacks the words that the stretch begins or ends with.
    """
    within = _within(marked, report)
    every = commitments(report)
    targets = [row for row in every if row.kind is StatementKind.TARGET and within.holds(row.span)]
    promises = [row for row in unnumbered_commitments(report, every) if within.holds(row.span)]
    numbered = tuple(_met(marked["numbered"], targets, _same_number(report)))
    taken = {found.row.span for found in numbered if found.row is not None}
    return Stretch(
        numbered,
        tuple(_met(marked["unnumbered"], promises, _same_words)),
        tuple(row for row in targets if row.span not in taken),
    )


def score(stretches: Sequence[Stretch]) -> LabelScore:
    """What they come to together."""
    numbered = [found for one in stretches for found in one.numbered]
    needed = [found for found in numbered if not found.marked.get("optional")]
    met = [found for found in needed if found.row is not None]
    optional = sum(found.row is not None for found in numbered) - len(met)
    wrong = sum(len(one.unmarked) for one in stretches)
    unnumbered = [found for one in stretches for found in one.unnumbered]
    return LabelScore(
        numbered=len(needed),
        found=len(met),
        rows=len(met) + optional + wrong,
        wrong=wrong,
        precision=1 - wrong / max(1, len(met) + optional + wrong),
        recall=len(met) / max(1, len(needed)),
        object_f1=sum(found.object_f1 for found in met) / max(1, len(met)),
        unnumbered=len(unnumbered),
        unnumbered_found=sum(found.row is not None for found in unnumbered),
        unnumbered_named=sum(found.object_f1 >= _OF_OBJECT for found in unnumbered),
    )


def _within(marked: Mapping[str, Any], report: Report) -> Span:
    start = report.text.find(marked["first"])
    end = report.text.find(marked["last"], max(0, start))
    if start < 0 or end < 0:
        raise LookupError(f"{report.name} lacks {marked['first']!r} or, after it, {marked['last']!r}")
    return Span(start, end + len(marked["last"]))


def _met(
    marked: Sequence[Mapping[str, Any]],
    rows: Sequence[Commitment],
    fits: Callable[[Mapping[str, Any], Commitment], bool],
) -> Iterator[Found]:
    """Each promise with its row: of those that fit the one with the likest object, each row once."""
    free = list(rows)
    for one in marked:
        fit = [row for row in free if fits(one, row)]
        best = max(fit, key=lambda row: character_f1(row.object, [one["object"]]), default=None)
        if best is not None:
            free.remove(best)
        yield Found(one, best)


def _same_number(report: Report) -> Callable[[Mapping[str, Any], Commitment], bool]:
    def same(one: Mapping[str, Any], row: Commitment) -> bool:
        sentence = squash(row.sentence.of(report.text))
        return squash(one["text"]) == squash(row.text) and squash(one["quote"]) in sentence

    return same


def _same_words(one: Mapping[str, Any], row: Commitment) -> bool:
    quote, text = squash(one["quote"]), squash(row.text)
    common = SequenceMatcher(None, quote, text, autojunk=False).find_longest_match().size
    return common >= _OF_QUOTE * min(len(quote), len(text))


def main() -> None:
    """Score the table that is the first argument over the folder that is the second; --wrong tells what went wrong."""
    table, folder = map(Path, sys.argv[1:3])
    lines = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
    report = reports_in(folder)
    stretches = [read_stretch(line, report(line["report"])) for line in lines]
    if "--wrong" in sys.argv:
        for line, stretch in zip(lines, stretches, strict=True):
            for told in _told(stretch):
                print(line["report"], told)
    print(json.dumps(asdict(score(stretches)), ensure_ascii=False, indent=1))


def _told(stretch: Stretch) -> Iterator[str]:
    """What went wrong in a stretch, a line each."""
    for found in (*stretch.numbered, *stretch.unnumbered):
        if found.row is None and not found.marked.get("optional"):
            yield f"lost  {found.marked['quote']}"
        elif found.row is not None and found.object_f1 < 1 and not found.marked.get("optional"):
            yield f"named {found.marked['object']} ← {found.row.object}"
    for row in stretch.unmarked:
        yield f"wrong {row.text} {row.object}"


if __name__ == "__main__":
    main()
