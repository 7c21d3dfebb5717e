"""Where a question writes its place and its time, and the same question with another place or time in their stead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from answers.knowledge.tables import cue
from answers.understanding.places import named_places
from answers.understanding.tokens import Tokens
from answers.understanding.years import named_years, year_token
from indexer.text.span import Span

_TIME = cue("dialog", "time")
_AGAINST = cue("dialog", "against")
_OWN_PLACE = cue("dialog", "own_place")
_COUNTED = cue("dialog", "counted_places")
_BETWEEN_PLACES = re.compile(r"[、，,\s]*(?:以及|[和与及跟])?[、，,\s]*|\s+and\s+")
_CHINESE = re.compile("[一-鿿]")
_MARKS = " ，,；;。.？?！!：:、"
_REACH = 8  # characters before a time in which what it is measured against is sought


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a question in Simplified characters says of place and time.

    Attributes:
        query: the question.
        places: where the places stand that are asked, those that are listed together as one.
        times: where the times stand that are asked for.
        against: where the times stand that something is measured against (比去年).
    """

    query: str
    places: tuple[Span, ...]
    times: tuple[Span, ...]
    against: tuple[Span, ...]

    @property
    def place(self) -> str:
        """The words for the place; empty where there are none, or several that are not listed together."""
        return self.places[0].of(self.query) if len(self.places) == 1 else ""

    @property
    def time(self) -> str:
        """The words for the time; empty as for `place`."""
        return self.times[0].of(self.query).strip() if len(self.times) == 1 else ""

    @property
    def rest(self) -> str:
        """The question without place and time."""
        return _without(self.query, (*self.places, *self.times))


def phrases(query: str) -> Phrases:
    """Find place and time in a question in Simplified characters."""
    against: list[Span] = []
    times: list[Span] = []
    for span in _times(query):
        before = query[max(0, span.start - _REACH) : span.start].rstrip()
        (against if _AGAINST.search(before) else times).append(span)
    return Phrases(query, tuple(_places(query)), tuple(times), tuple(against))


def is_chinese(query: str) -> bool:
    """Whether a question is written in Chinese, figures and names apart."""
    return _CHINESE.search(query) is not None


def with_place(query: str, place: str) -> str | None:
    """The question asked of another place; None where it names several that are not listed together."""
    found = phrases(query)
    if len(found.places) > 1:
        return None
    if found.places:
        (span,) = found.places
        return query[: span.start] + place + query[span.end :]
    if not is_chinese(query):
        return f"{query.rstrip(_MARKS)} in {place}?"
    return place + _OWN_PLACE.sub("", query)


def with_time(query: str, time: str) -> str | None:
    """The question asked of another time; None where it names several, of which one would stay."""
    found = phrases(query)
    if len(found.times) > 1 or any(re.search(r"\d", span.of(query)) for span in found.against):
        return None
    if found.times:
        (span,) = found.times
        return query[: span.start] + time + query[span.end :]
    if not is_chinese(query):
        return f"{query.rstrip(_MARKS)} {time}?"
    after = found.places[0].end if found.places and found.places[0].start == 0 else 0
    return query[:after] + time + query[after:]


def _places(query: str) -> list[Span]:
    found: list[Span] = []
    places = named_places(query)
    for mention in places.mentions:
        if not mention.asked or mention.topic:
            continue
        between = query[found[-1].end : mention.start] if found else ""
        if found and mention.start < found[-1].end:
            continue
        if found and _BETWEEN_PLACES.fullmatch(between):
            found[-1] = Span(found[-1].start, mention.end)
        else:
            found.append(Span(mention.start, mention.end))
    if not found:
        # A county by its short name, before words that may go on in it: 德清新建公路.
        starts = [(query.find(region.short), len(region.short)) for region in places.possible]
        found = [Span(start, start + size) for start, size in starts[:1] if start >= 0]
    return [_with_count(query, span) for span in found]


def _with_count(query: str, span: Span) -> Span:
    """江苏、浙江两省 is one place to be replaced, 两省 with it."""
    counted = _COUNTED.match(query[span.end :])
    return span if counted is None else Span(span.start, span.end + counted.end())


def _times(query: str) -> list[Span]:
    tokens = Tokens.of(query).joined(map(year_token, named_years(query).mentions))
    return [Span(*tokens.place_of(match)) for match in _TIME.finditer(tokens.signs)]


def _without(query: str, spans: tuple[Span, ...]) -> str:
    for span in sorted(spans, reverse=True):
        query = query[: span.start] + " " + query[span.end :]
    return query
