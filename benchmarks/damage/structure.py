"""What is left of a report's structure in a damaged copy, without a model: sections, paragraphs, figures."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from indexer.report.report import Report

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:[万亿]?[^\W\d_a-zA-Z]|[%％‰])")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Structure:
    """A damaged copy beside the report: shares of 0..1 but for the two counts of sections.

    Attributes:
        headings: of the report's headings, those that the copy has.
        paragraphs: of the report's paragraphs, those that stand whole in the copy.
        figures: of the report's figures with the character behind them, those that the copy has.
        strange: of the copy's figures, those that the report has not.
    """

    sections: int
    sections_of_report: int
    headings: float
    paragraphs: float
    figures: float
    strange: float


def structure(report: Report, copy: Report) -> Structure:
    """The copy compared with the report; blanks and the width of marks count for nothing."""
    mine, theirs = _figures(report), _figures(copy)
    return Structure(
        len(copy.sections),
        len(report.sections),
        _kept(_headings(report), _headings(copy)),
        _kept(_paragraphs(report), _paragraphs(copy)),
        _kept(mine, theirs),
        1 - _kept(theirs, mine),
    )


def _headings(report: Report) -> Counter[str]:
    return Counter(_squashed(s.heading.of(report.text)) for s in report.sections if len(s.heading))


def _paragraphs(report: Report) -> Counter[str]:
    return Counter(_squashed(span.of(report.text)) for span in report.paragraphs)


def _figures(report: Report) -> Counter[str]:
    found: Counter[str] = Counter()
    for span in report.paragraphs:
        found.update(_FIGURE.findall(_squashed(span.of(report.text))))
    return found


def _kept(wanted: Counter[str], found: Counter[str]) -> float:
    return (wanted & found).total() / max(1, wanted.total())


def _squashed(text: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text).replace("。", ".")).rstrip(".,:;")
