"""How well a language model's sentences are proven: copied ones should stand, and none in which anything is made up.

usage: python -m benchmarks.quoting REPORT...

Takes every sentence of the reports (files or folders) as a model might write it: with the report's place before it, and
changed in every way below. Prints how many of each kind stand. No model is asked.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from answers.place import Place
from answers.quantities.figures import tally
from answers.quoting.draft import ClaimedQuotation, ClaimedSentence
from answers.quoting.given import Given
from answers.quoting.proof import prove
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.sources import read_document, report_files
from indexer.text.sentences import sentences
from indexer.text.span import Span

COPIED = "copied"
_LONGEST = 250  # characters; longer sentences are struck out for that
_DIGITS = re.compile(r"\d+")
_GROWS = re.compile("增长|提高|推进|加快")
_OPPOSITE = {"增长": "下降", "提高": "降低", "推进": "停止", "加快": "放缓"}
_TURNS = ("不", "未", "力争", "防止", "超", "以上", "以内", "左右")


def _numbers(words: str) -> Iterator[str]:
    for number in _DIGITS.finditer(words):
        yield f"{words[: number.start()]}{int(number[0]) + 1}{words[number.end() :]}"


def _swapped(words: str) -> Iterator[str]:
    figures = [figure.bare for figure in tally(words, Span(0, len(words)))]
    for one, other in itertools.pairwise(figures):
        if one.of(words) != other.of(words):
            between = words[one.end : other.start]
            yield words[: one.start] + other.of(words) + between + one.of(words) + words[other.end :]


def _opposite(words: str) -> Iterator[str]:
    for found in _GROWS.finditer(words):
        yield words[: found.start()] + _OPPOSITE[found[0]] + words[found.end() :]


def _dropped(words: str) -> Iterator[str]:
    for turn in _TURNS:
        for found in re.finditer(turn, words):
            yield words[: found.start()] + words[found.end() :]


CHANGES: dict[str, Callable[[str], Iterator[str]]] = {
    "another place": lambda words: iter((f"火星市{words}",)),
    "a no before it": lambda words: iter((f"不{words}",)),
    "another number": _numbers,
    "figures that changed places": _swapped,
    "the opposite": _opposite,
    "a word that turns it dropped": _dropped,
}
"""Ways to make something up, each all that it makes of a sentence."""


def quoted_sentences(report: Report) -> Iterator[tuple[str, Given]]:
    """The sentences of a report that end as sentences do, each with its passage as a model is given it."""
    for passage in report.passages:
        text = passage.span.of(report.text)
        place = Place.of(report, passage.section, passage.span)
        given = Given("P1", place, report.region, report.year, passage.section, passage.span, text)
        for span in sentences(text):
            words = span.of(text)
            if len(words) <= _LONGEST and words.endswith("。"):
                yield words, given


def stands(said: str, quoted: str, given: Given) -> bool:
    """Whether a sentence that rests on one quotation stands."""
    return prove(ClaimedSentence(said, (ClaimedQuotation("P1", quoted),)), (given,)).struck is None


def counted(reports: Sequence[Report]) -> tuple[Counter[str], Counter[str]]:
    """Of every kind: how many stand, and how many there are."""
    standing: Counter[str] = Counter()
    there: Counter[str] = Counter()
    for report in reports:
        for words, given in quoted_sentences(report):
            said = [(COPIED, f"{report.region}{words}")]
            said += [(kind, changed) for kind, change in CHANGES.items() for changed in change(words)]
            for kind, one in said:
                there[kind] += 1
                standing[kind] += stands(one, words, given)
    return standing, there


def main(sources: Sequence[str]) -> None:
    """Print the table."""
    files = report_files([Path(source) for source in sources])
    standing, there = counted([parse_report(read_document(path)) for path in files])
    for kind in (COPIED, *CHANGES):
        print(f"{kind}: {standing[kind]} of {there[kind]} stand")


if __name__ == "__main__":
    main(sys.argv[1:])
