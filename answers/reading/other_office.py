"""Whether who is named holds the office that a question is about.

A report names its mayor beside the title, and hardly anybody else; asked for the party secretary or for a deputy, a reader takes
the mayor's name all the same, since it is the only one. So the office that is asked for must stand with the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from answers.knowledge.tables import cue, source
from answers.understanding.question import Understanding
from indexer.text.span import Span

_BEFORE = 24  # characters before an answer in which the office of a name may begin
_AFTER = 12
_BESIDE = 2  # what may stand between a name and its office: a blank, a colon
_LONGEST = 6  # characters after an office in which a name stands
_NAME = 2  # characters of a name that tell it from another


class Held(Enum):
    """Whether the office that a question is about stands with the answer."""

    NOT_ASKED = "not asked"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class _Office:
    """Where it stands; a body, empty for the government itself, ranks and a head."""

    span: Span
    body: str
    rank: frozenset[str]
    head: str

    def is_meant_by(self, asked: _Office) -> bool:
        """Whether it is the same; of secretaries the body goes without saying."""
        if (self.head, self.rank) != (asked.head, asked.rank):
            return False
        return asked.body == self.body or (not asked.body and self.head == "书记")


def held(question: Understanding, text: str, sentence: Span, answer: Span) -> Held:
    """Whether the office asked for stands beside the name that is the answer, or the name asked for beside the office that is.

    `text` is in Simplified characters. With several offices in a question (市长和副市长) any of them is enough. Who gives a
    report holds an office of the government; but a name may stand under a title without it, which then says nothing.
    """
    query = question.query
    if cue("offices", "which").search(query):
        near = _beside(text, sentence, answer)
        return Held.YES if any(_is_of_named(text, one.span, query) for one in near) else Held.NO
    if cue("offices", "speaks").search(query):
        near = _beside(text, sentence, answer)
        return Held.YES if any(not one.body for one in near) else Held.NOT_ASKED
    asked = tuple(_offices(query))
    if not asked or not _asks_who(question):
        return Held.NOT_ASKED
    near = _beside(text, sentence, answer)
    return Held.YES if any(office.is_meant_by(one) for office in near for one in asked) else Held.NO


def after_office(question: Understanding, text: str, sentence: Span) -> tuple[Span, ...]:
    """Where in a sentence the name stands of whoever holds the office that a question asks for: what follows its title.

    `text` is in Simplified characters; empty where nobody is asked for.
    """
    asked = tuple(_offices(question.query))
    if not asked or not _asks_who(question):
        return ()
    found = (
        _Office(o.span.shifted(sentence.start), o.body, o.rank, o.head) for o in _offices(sentence.of(text))
    )
    ends = (one.span.end for one in found if any(one.is_meant_by(office) for office in asked))
    return tuple(Span(end, min(end + _LONGEST, sentence.end)) for end in ends if end < sentence.end)


def _asks_who(question: Understanding) -> bool:
    return any(cue("offices", "who").search(words) for words in (question.query, question.text))


def _beside(text: str, sentence: Span, answer: Span) -> Iterator[_Office]:
    """The offices in an answer and beside it."""
    start, end = max(sentence.start, answer.start - _BEFORE), min(len(text), answer.end + _AFTER)
    for office in _offices(text[start:end]):
        here = office.span.shifted(start)
        ends_there = answer.start - _BESIDE <= here.end <= answer.end
        if ends_there or answer.start <= here.start <= answer.end + _BESIDE:
            yield _Office(here, office.body, office.rank, office.head)


def _is_of_named(text: str, office: Span, query: str) -> bool:
    """Whether somebody whom the question names stands before or after an office."""
    after = "".join(text[office.end : office.end + _AFTER].lstrip("：: \u3000").split())[:_NAME]
    before = "".join(text[max(0, office.start - _AFTER) : office.start].split())[-_NAME:]
    return any(len(name) == _NAME and name in query for name in (after, before))


def _offices(words: str) -> Iterator[_Office]:
    for found in _office().finditer(words):
        rank = frozenset(one.group() for one in cue("offices", "rank").finditer(found["rank"]))
        yield _Office(Span(*found.span()), found["body"] or "", rank, found["head"])


@cache
def _office() -> re.Pattern[str]:
    body, rank, head = (source("offices", name) for name in ("body", "rank", "head"))
    return re.compile(f"(?P<body>{body})?(?P<rank>(?:{rank}|代理?)*)(?P<head>{head})")
