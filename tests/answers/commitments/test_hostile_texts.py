"""Whatever a text is made of, twice the text takes twice the time, from its characters to the ledger."""

from __future__ import annotations

import time

import pytest

from answers.commitments.search import entries
from indexer.report.metadata import describe
from indexer.report.passages import parse_report, passage_text
from indexer.report.records import Document
from indexer.text.restored import restored
from tests.hostile_texts import KINDS, hostile_text

_MOST = 2.5  # times as long for twice the text
_NOISE = 0.1  # seconds that anything may take
_TRIES = 6


def read(text: str) -> None:
    """All that is done between a file's text and the ledger."""
    text = restored(text)
    report = parse_report(Document("一份报告", text, describe("一份报告", text), "", ""))
    for passage in report.passages:
        passage_text(report, passage)
    entries(report, unnumbered=True)


def seconds(text: str) -> float:
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


def takes_its_time(kind: str, length: int) -> str:
    """Empty where twice the text takes at most 2.5 times as long in one of several tries, else the times."""
    for _ in range(_TRIES):
        # Each pair by itself: on a machine that others use, one try is slow as a whole and the next is not.
        once, twice = seconds(hostile_text(kind, length)), seconds(hostile_text(kind, 2 * length))
        if twice <= _MOST * once + _NOISE:
            return ""
    return f"{length} characters of {kind} took {once:.2f} s, twice as many {twice:.2f} s"


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_text_takes_twice_the_time(kind: str) -> None:
    read(hostile_text(kind, 1_000))
    assert takes_its_time(kind, 8_000) == ""


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_twice_a_long_text_takes_twice_the_time(kind: str) -> None:
    assert takes_its_time(kind, 100_000) == ""


def test_a_row_of_figures_without_end_fills_no_ledger() -> None:
    text = restored(hostile_text("figures with verbs", 100_000))
    report = parse_report(Document("一份报告", text, describe("一份报告", text), "", ""))
    assert 5_000 < len(entries(report)) <= 10_000
