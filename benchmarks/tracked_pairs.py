"""How many promises meet what the next report says of them, on a table of promises and their outcomes.

`python -m benchmarks.tracked_pairs PAIRS.jsonl FOLDER` scores a table over a folder of reports: a report that the table
calls 丹东市2022 is the file 丹东市/2022.md (or .txt), wherever in the folder, or one of that name.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import Tracked, track
from answers.commitments.tracking.track_promises import track_promises
from answers.evaluation.scoring import squash
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.sources import read_document

_MET = frozenset({Status.DONE, Status.EXCEEDED})
_DEFINITE = frozenset({*_MET, Status.MISSED})
_OTHER_WORDS = {"完成": Status.DONE}
_LEAST_IN_COMMON = 0.4  # of a quotation, to be of the same sentence
_FOLDERS = {"国务院": "state-council"}  # the folder of a place that is not named for it
_YEAR_BEHIND = re.compile(r"(?P<place>.+?)(?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of the table beside what was found for it.

    Attributes:
        gold: the pair of the table.
        found: the machine's; None where the promise is no row of the ledger.
        right_outcome: it met the sentence of the table, or rightly none.
    """

    gold: Mapping[str, Any]
    found: Tracked | None
    right_outcome: bool

    @property
    def numbered(self) -> bool:
        """Whether the promise has a number."""
        return self.gold["target"]["text"] is not None

    @property
    def wanted(self) -> Status:
        """The status of the table."""
        said = self.gold["status"]
        return _OTHER_WORDS.get(said) or Status(said)

    @property
    def status(self) -> Status | None:
        """The status that was found."""
        return self.found.status if self.found else None

    @property
    def settled(self) -> bool:
        """Whether the reports settle the pair."""
        return self.wanted in _DEFINITE

    @property
    def proved(self) -> bool:
        """Whether a definite status was found."""
        return self.status in _DEFINITE

    @property
    def right_verdict(self) -> bool:
        """Whether a definite status is the right one, kept or missed; by how much more it was kept is judged apart."""
        return self.proved and self.settled and (self.status in _MET) == (self.wanted in _MET)


@dataclass(frozen=True, slots=True)
class TrackingScore:
    """What became of the pairs of a table.

    Attributes:
        right_outcomes: how many promises met the right sentence, or rightly none.
        lost: promises that are no row of the ledger.
        settled: how many the reports settle (kept or missed), and with a number.
        settled_right: those of them with the right outcome and the right verdict.
        proved: how many got a definite status; of those `proved_right` the right one, `degree_right` also whether it was
            merely kept or surpassed, as the table has it.
        wrongly_proved: the others: the pair's id, the status found, the status in the table.
        missed: promises that were missed, `missed_found` rightly called so; `missed_wrong` called missed and not so.
        unnumbered: promises without a number, `unnumbered_paired` with the right outcome or rightly none,
            `unnumbered_right` with the right status too; `outcomes_paired` of `outcomes` that have an outcome.
    """

    pairs: int
    right_outcomes: int
    lost: int
    settled: int
    settled_right: int
    settled_numbered: int
    settled_numbered_right: int
    proved: int
    proved_right: int
    degree_right: int
    wrongly_proved: tuple[tuple[str, str, str], ...]
    missed: int
    missed_found: int
    missed_wrong: int
    unnumbered: int
    unnumbered_paired: int
    unnumbered_right: int
    outcomes: int
    outcomes_paired: int


def score_pairs(golds: Sequence[Mapping[str, Any]], report: Callable[[str], Report]) -> TrackingScore:
    """Track the reports of a table and compare; `report` gives a report by its name."""
    return score(judge_pairs(golds, report))


def judge_pairs(golds: Sequence[Mapping[str, Any]], report: Callable[[str], Report]) -> tuple[Judged, ...]:
    """Each pair of a table beside what is found for it; `report` gives a report by its name."""

    @cache
    def tracked(earlier: str, later: str, numbered: bool) -> tuple[Tracked, ...]:
        return (track if numbered else track_promises)(report(earlier), report(later))

    def judged(gold: Mapping[str, Any]) -> Judged:
        earlier, later = report(gold["from"]), report(gold["to"])
        found = tracked(gold["from"], gold["to"], gold["target"]["text"] is not None)
        pair = _pair_for(gold, found, earlier.text)
        return Judged(gold, pair, pair is not None and _is_right(gold, pair, later.text))

    return tuple(map(judged, golds))


def score(judged: Sequence[Judged]) -> TrackingScore:
    """What became of them together."""
    settled = [one for one in judged if one.settled]
    settled_right = [one for one in settled if one.right_outcome and one.right_verdict]
    proved = [one for one in judged if one.proved]
    missed = [one for one in judged if one.wanted is Status.MISSED]
    unnumbered = [one for one in judged if not one.numbered]
    outcomes = [one for one in unnumbered if one.gold["outcome"] is not None]
    return TrackingScore(
        pairs=len(judged),
        right_outcomes=sum(one.right_outcome for one in judged),
        lost=sum(one.found is None for one in judged),
        settled=len(settled),
        settled_right=len(settled_right),
        settled_numbered=sum(one.numbered for one in settled),
        settled_numbered_right=sum(one.numbered for one in settled_right),
        proved=len(proved),
        proved_right=sum(one.right_verdict for one in proved),
        degree_right=sum(one.status is one.wanted for one in proved),
        wrongly_proved=tuple(
            (one.gold["id"], str(one.status), one.gold["status"]) for one in proved if not one.right_verdict
        ),
        missed=len(missed),
        missed_found=sum(one.right_verdict for one in missed),
        missed_wrong=sum(one.status is Status.MISSED and not one.right_verdict for one in judged),
        unnumbered=len(unnumbered),
        unnumbered_paired=sum(one.right_outcome for one in unnumbered),
        unnumbered_right=sum(one.right_outcome and one.status is one.wanted for one in unnumbered),
        outcomes=len(outcomes),
        outcomes_paired=sum(one.right_outcome for one in outcomes),
    )


def reports_in(folder: Path) -> Callable[[str], Report]:
    """Reports by place and year, of a folder with a folder a place (or a file a report, named for both).

    The place of a folder is that of its reports, whatever their titles leave out.
    """
    paths = {name: path for path in sorted(folder.rglob("*")) if path.is_file() for name in _names(path)}

    @lru_cache(maxsize=8)
    def report(name: str) -> Report:
        if name not in paths:
            raise LookupError(f"{folder} has no report {name}")
        return parse_report(read_document(paths[name]))

    return report


def _names(path: Path) -> Iterator[str]:
    yield path.stem
    yield path.parent.name + path.stem
    yield from (place + path.stem for place, folder in _FOLDERS.items() if path.parent.name == folder)


def _is_right(gold: Mapping[str, Any], pair: Tracked, text: str) -> bool:
    if gold["outcome"] is None or pair.outcome is None:
        return gold["outcome"] is None and pair.outcome is None
    sentence, quote = squash(pair.outcome.sentence.of(text)), squash(gold["outcome"]["quote"])
    return quote in sentence or sentence in quote


def _pair_for(gold: Mapping[str, Any], tracked: Sequence[Tracked], text: str) -> Tracked | None:
    """The machine's pair for a promise of the table: the same number in the same sentence, or words of the quotation."""
    quote, number = squash(gold["target"]["quote"]), gold["target"]["text"]
    if number is None:
        fit = [pair for pair in tracked if _is_of(squash(pair.target.text), quote)]
        return max(fit, key=lambda pair: _shared(pair.target.text, gold["indicator"]), default=None)
    fit = [
        pair
        for pair in tracked
        if _common(squash(pair.target.sentence.of(text)), quote) >= _LEAST_IN_COMMON * len(quote)
        and _holds(squash(number), squash(pair.target.text))
    ]
    return max(
        fit,
        key=lambda pair: SequenceMatcher(None, pair.indicator, gold["indicator"], autojunk=False).ratio(),
        default=None,
    )


def _holds(number: str, text: str) -> bool:
    """Whether a number as the table has it (6%左右) is that of a row (6%), and not the end of it (16%)."""
    return re.search(rf"(?<![\d.]){re.escape(text)}", number) is not None


def _shared(one: str, other: str) -> int:
    """How many pairs of neighbouring characters two wordings share."""
    return len({*pairwise(squash(one))} & {*pairwise(squash(other))})


def _is_of(clause: str, quote: str) -> bool:
    return clause in quote or quote in clause


def _common(one: str, other: str) -> int:
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def main() -> None:
    """Score the table that is the first argument over the folder that is the second, and tell what went wrong."""
    table, folder = map(Path, sys.argv[1:3])
    golds = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
    judged = judge_pairs(golds, reports_in(folder))
    for one in judged:
        if "--wrong" in sys.argv and not (one.right_outcome and one.status is one.wanted):
            print(_line(one))
    print(json.dumps(asdict(score(judged)), ensure_ascii=False, indent=1))


def _line(one: Judged) -> str:
    """A pair that went wrong, in a line: what the table has, what was found."""
    gold, found = one.gold, one.found
    wanted = gold["outcome"]["quote"] if gold["outcome"] else "—"
    said = found.outcome.text if found and found.outcome else "—"
    about = (
        f"{found.target.text}｜{said}｜{found.status}｜{found.reason}｜{found.rule}" if found else "no row"
    )
    return f"{gold['id']} {gold['target']['quote']}｜{wanted}｜{gold['status']}\n    → {about}"


if __name__ == "__main__":
    main()
