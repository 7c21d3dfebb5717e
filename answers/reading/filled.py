"""What of a sentence fills the blank of a quiz sheet's statement, or is one of its options, to the letter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from answers.quantities.figures import figures
from answers.understanding.quiz import Quiz
from indexer.text.span import Span

_GAP = r"\s*(?P<gap>[^\s，,。；;！!？?：:][^，,。；;！!？?：:\n]{0,23}?)\s*"
_LEAST = 3  # characters of the words beside a blank that must stand there
_WHOLE = 10  # so many of them are as good as all
_MOST = 12  # of each side that are compared


@dataclass(frozen=True, slots=True)
class Filling:
    """A place that fits a quiz.

    Attributes:
        context: how much of the words beside the blank stands beside it, 0..1; 0 for an option without a blank.
        option: whether it is one of the options.
    """

    span: Span
    context: float
    option: bool


def fillings(text: str, sentence: Span, quiz: Quiz) -> tuple[Filling, ...]:
    """The places of a sentence of `text`, in Simplified characters, that fit; where options fit the blank too, only these."""
    if not quiz:
        return ()
    options = [span for option in quiz.options for span in _places(text, sentence, option)]
    blank = _in_blank(text, sentence, quiz) if quiz.has_blank else None
    if blank is None:
        return tuple(Filling(span, 0.0, True) for span in options)
    inside = [span for span in options if blank.span.start <= span.start and span.end <= blank.span.end]
    if inside:
        return tuple(Filling(span, blank.context, True) for span in inside)
    every = figures(text, sentence)
    whole = next(
        (f.span for f in every if f.span.holds(blank.span)), blank.span
    )  # 10.3亿元 where 亿元 is printed
    return (replace(blank, span=whole),)


def filling_of(text: str, sentence: Span, answer: Span, quiz: Quiz) -> Filling | None:
    """How an answer in a sentence fits; None where it does not."""
    return next(
        (
            f
            for f in fillings(text, sentence, quiz)
            if f.span.start < answer.end and answer.start < f.span.end
        ),
        None,
    )


def _places(text: str, sentence: Span, option: str) -> list[Span]:
    """Where an option stands, without quotation marks of its own where the text has none."""
    return _as_written(text, sentence, option) or _as_written(text, sentence, option.strip('“”"‘’《》'))


def _as_written(text: str, sentence: Span, bare: str) -> list[Span]:
    """Where words stand; a figure only as a whole: 40 is not in 140."""
    guard = r"(?<![\d.])" if bare[:1].isdigit() else ""
    end = r"(?![\d.])" if bare[-1:].isdigit() else ""
    if not bare:
        return []
    pattern = re.compile(f"{guard}{re.escape(bare)}{end}")
    return [Span(*match.span()) for match in pattern.finditer(text, sentence.start, sentence.end)]


def _in_blank(text: str, sentence: Span, quiz: Quiz) -> Filling | None:
    """The words between those that stand beside the blank, as many of these as stand there."""
    before, after = quiz.before[-_MOST:], quiz.after[:_MOST]
    found, most = None, _LEAST - 1
    for left in range(len(before), -1, -1):
        for right in range(len(after), max(-1, most - left), -1):
            beside = _between(before[len(before) - left :], after[:right])
            match = beside.search(text, sentence.start, sentence.end)
            if match is not None:
                found, most = (
                    Filling(Span(*match.span("gap")), min(1.0, (left + right) / _WHOLE), False),
                    left + right,
                )
                break
    return found


def _between(before: str, after: str) -> re.Pattern[str]:
    left = _loose(before) or r"(?:(?<=[，,。；;！!？?：:\n])|\A)"
    right = _loose(after) or r"(?=[，,。；;！!？?：:、\n]|\Z)"
    return re.compile(f"{left}{_GAP}{right}")


def _loose(words: str) -> str:
    """Words that may have white space between them, as in a text from a PDF."""
    return r"\s*".join(map(re.escape, words))
