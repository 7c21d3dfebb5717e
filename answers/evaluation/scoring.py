"""Whether an answer is right, by the rules of the project's benchmark.

Texts are compared without white space and in Unicode NFKC; F1 is the CMRC 2018 character F1 on the
longest common piece (Cui et al. 2019, "A Span-Extraction Dataset for Chinese Machine Reading
Comprehension").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_LONGEST_SENTENCE, _LONGEST_PASSAGE = 400, 800


@dataclass(frozen=True, slots=True)
class Gold:
    """Evidence for a question: where it stands, verbatim, and the spans that would do."""

    document: str
    quote: str
    answers: tuple[str, ...]


def squash(text: str) -> str:
    """NFKC, lower case, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def bare(text: str) -> str:
    """`squash` without punctuation."""
    return re.sub(r"[^\w%‰.]|_", "", squash(text)).strip(".")


def character_f1(text: str, answers: Sequence[str]) -> float:
    """The best character F1 of `text` over the accepted answers."""
    mine, best = bare(text), 0.0
    for answer in map(bare, answers):
        same = _common(mine, answer)
        if same:
            best = max(best, 2 * same / (len(mine) + len(answer)))
    return best


def is_evidence(sentence: str, gold: Gold) -> bool:
    """Whether the sentence is the gold quotation, or most of it, and no longer than can be read."""
    return len(squash(sentence)) <= _LONGEST_SENTENCE and _covers(sentence, gold.quote, 0.6)


def shows(passage: str, gold: Gold) -> bool:
    """Whether the passage has the gold quotation in it, or nearly all of it, and can still be read."""
    return len(squash(passage)) <= _LONGEST_PASSAGE and _covers(passage, gold.quote, 0.8)


def is_right(text: str, sentence: str, gold: Gold) -> bool:
    """Whether the answer stands in the evidence and says what the gold says, not much more."""
    mine = squash(text)
    if not is_evidence(sentence, gold) or len(mine) > max(60, 1.5 * len(squash(gold.quote))):
        return False
    figures = re.findall(r"\d+(?:\.\d+)?", mine)
    shortest = re.findall(r"\d+(?:\.\d+)?", squash(min(gold.answers, key=len)))
    return (
        any(_holds(mine, squash(answer)) for answer in gold.answers)
        or (bool(figures) and figures == shortest)
        or character_f1(text, gold.answers) >= 0.8
    )


def _holds(text: str, answer: str) -> bool:
    """Whether `answer` stands in `text` and is not the tail of a longer number."""
    for match in re.finditer(re.escape(answer), text):
        before = text[match.start() - 1 : match.start()]
        if not (answer[:1].isdigit() and (before.isdigit() or before == ".")):
            return True
    return False


def _covers(text: str, quote: str, share: float) -> bool:
    """Whether `text` lies inside the quotation, or holds this share of it in one piece."""
    mine, other = squash(text), squash(quote)
    if not mine or not other:
        return False
    return other in mine or (len(mine) >= 8 and mine in other) or _common(mine, other) >= share * len(other)


def _common(a: str, b: str) -> int:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.find_longest_match(0, len(a), 0, len(b)).size
