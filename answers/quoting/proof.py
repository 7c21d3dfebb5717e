"""Whether a sentence stands: its quotations are to the letter, and it says nothing that they do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answers.quoting.clauses import clause_fault
from answers.quoting.draft import ClaimedQuotation, ClaimedSentence
from answers.quoting.given import Given
from answers.quoting.numbers import unsupported_number
from answers.quoting.sentences import Quotation, Reason, Sentence, Struck
from answers.quoting.sources import Source
from answers.quoting.words import Makeup
from indexer.text.span import Span

_LONGEST = 300
_SHOWN = 60
_WORD = re.compile(r"\w")


def prove(claimed: ClaimedSentence, passages: Sequence[Given]) -> Sentence:
    """The sentence with its quotations, struck out with the first reason found where it does not stand.

    A quotation is sought in the passage that is named for it and nowhere else.
    """
    by_name = {one.name: one for one in passages}
    found: list[_Located] = []
    fault: Struck | None = None
    for quotation in claimed.quotations:
        located = _located(quotation, by_name)
        if isinstance(located, Struck):
            fault = fault or located
        else:
            found.append(located)
    if not claimed.quotations:
        fault = Struck(Reason.NO_QUOTATION)
    if len(claimed.text) > _LONGEST:
        fault = Struck(Reason.TOO_LONG, str(len(claimed.text)))
    fault = fault or _fault(claimed.text, found)
    return Sentence(claimed.text[:_LONGEST], tuple(one.quotation for one in found), fault)


@dataclass(frozen=True, slots=True)
class _Located:
    quotation: Quotation
    source: Source


def _located(claimed: ClaimedQuotation, by_name: dict[str, Given]) -> _Located | Struck:
    """Where a quotation stands, or what is wrong with it. Of several places in its passage the first counts."""
    given = by_name.get(claimed.passage)
    if given is None:
        return Struck(Reason.UNKNOWN_PASSAGE, claimed.passage[:_SHOWN])
    words = claimed.text.strip()
    start = given.text.find(words)
    if start < 0 or not _WORD.search(words):
        return Struck(Reason.NOT_VERBATIM, words[:_SHOWN])
    within = Span(start, start + len(words))
    quotation = Quotation(given.place, within.shifted(given.span.start), words, given.span, given.section)
    return _Located(quotation, Source.of(given, within))


def _fault(text: str, found: Sequence[_Located]) -> Struck | None:
    """What a sentence says beyond its quotations, or of them without what turns their sense."""
    if len({one.quotation.place.document for one in found}) > 1:
        return Struck(Reason.SEVERAL_REPORTS)
    sources = [one.source for one in found]
    number = unsupported_number(text, sources)
    if number:
        return Struck(Reason.NUMBER, number)
    makeup = Makeup.of(text, sources)
    if makeup.own:
        return Struck(Reason.OWN_WORDS, "、".join(span.of(text) for span in makeup.own)[:_SHOWN])
    return clause_fault(makeup, sources)
