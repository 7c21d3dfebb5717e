"""What a comparing question asks of every single report: the question without regions, years and 各自."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers.knowledge.tables import cue
from answers.understanding.question import Understanding
from answers.understanding.tokens import PLACE, TIME, YEAR, Token, Tokens
from answers.understanding.years import year_token

_YEAR = cue("topic", "year")
_YEARS = cue("topic", "years")
_SPANS = cue("topic", "span_of_years")
_ENGLISH_SPANS = cue("topic", "english_span_of_years")
_TIMES_IN_BRACKETS = cue("topic", "times_in_brackets")
_EACH_YEAR = cue("topic", "each_year")
_REPORTS = cue("topic", "reports")
_EVERY_PROVINCE = cue("places", "every_province")
_ALL_CITIES = cue("topic", "all_cities")
_COUNTED_ALONE = cue("topic", "counted_alone")
_ENGLISH_PROVINCES = cue("topic", "english_provinces")
_BESIDE_ANOTHER = cue("topic", "beside_another")
_LISTED = cue("topic", "listed")
_DIFFERENCE = cue("topic", "difference")
_TOGETHER = cue("topic", "together")
_WHO = cue("topic", "who")
_ENDS_IN_A_COMPARATIVE = cue("topic", "ends_in_a_comparative")
_CHANGES = cue("topic", "changes")
_INTENDS_A_CHANGE = cue("topic", "intends_a_change")
_LEAD = cue("topic", "lead")
_EACH = cue("topic", "each")
_SAYING = cue("topic", "saying")
_AMOUNT = cue("topic", "amount")
_ASKS = cue("topic", "asks")
_DANGLING = cue("topic", "left_dangling")
_OWN_YEAR = cue("topic", "own_year")
_YEAR_BEFORE = cue("topic", "year_before")
_MARKS = " ，,；;。？?：:、"


def strip_scope(question: Understanding, newest: int | None = None) -> str:
    """What `question` asks each report about itself, in Simplified characters.

    «东三省今年打算怎么鼓励大家生孩子？» becomes «今年打算怎么鼓励大家生孩子？»: in a report on its own
    the names of regions and years only draw the search to sentences that repeat them. Words that ask
    about all reports together (哪个最高, 有什么不同) go as well. `newest` is the year of the newest report
    asked: 到2027年 then stays, 到2024年底 is a time of which the report itself tells.
    """
    query = question.query
    text = _of_one_report(question, newest)
    text = _EACH.sub("", text)
    text = _tidy(_without_saying(_without_change(text)))
    if len(re.findall(r"\w", text)) < 2:
        return query
    if _AMOUNT.search(text) and not _ASKS.search(text):
        text += "是多少"
    elif _ASKS.search(query) and not _ASKS.search(text):
        text += "是什么"  # 提法有什么不同 asks each report for its own
    return text + "？" if query.endswith(("?", "？")) or text.endswith("多少") else text


def _of_one_report(question: Understanding, newest: int | None) -> str:
    """The question without the places asked and the times of the reports, and without what binds them."""
    query = question.query
    tokens = _without_together(Tokens.of(query).replaced(_LEAD, ""))
    places = [m for m in question.places.mentions if m.asked and not m.topic]
    tokens = tokens.joined(
        [
            *(Token(query[m.start : m.end], PLACE, m.start, m.end) for m in places),
            *map(year_token, question.years.mentions),
        ]
    )
    placeless = PLACE not in tokens.signs
    if not (question.places.regions or question.places.national or "哪" in tokens.signs):
        tokens = tokens.replaced(_EVERY_PROVINCE, PLACE)  # 历年各省…哪个最高 asks provinces once 哪个 is gone
    several_years = bool(_SPANS.search(tokens.signs)) or len(_YEAR.findall(tokens.signs)) > 1
    found = tokens
    tokens = tokens.replaced(
        _YEARS, TIME, lambda match: not _is_ahead(found.within(match, "years"), match["lead"], newest)
    )
    tokens = tokens.replaced(_SPANS, TIME).replaced(_ENGLISH_SPANS, "").replaced(_TIMES_IN_BRACKETS, TIME)
    tokens = tokens.replaced(_EACH_YEAR, TIME).replaced(_REPORTS, TIME).replaced(_EACH_YEAR, TIME)
    if placeless:
        tokens = tokens.replaced(_ALL_CITIES, PLACE)
    tokens = tokens.replaced(_COUNTED_ALONE, PLACE).replaced(_ENGLISH_PROVINCES, PLACE)
    text = tokens.replaced(_BESIDE_ANOTHER, "").replaced(_LISTED, "").text
    if several_years:
        # The report's own year, whichever that is.
        text = _OWN_YEAR.sub("今年", text)
    return _YEAR_BEFORE.sub("去年", text)


def _is_ahead(time: Sequence[Token], lead: str | None, newest: int | None) -> bool:
    """Whether a time is a year until which something shall be done: 到2030年."""
    years = [int(token.text) for token in time if token.sign == YEAR]
    return lead in ("到", "至") and len(years) == 1 and (newest is None or years[0] > newest)


def _without_together(tokens: Tokens) -> Tokens:
    """Without what the table answers and no report does; 怎样让收入更高 asks each report."""
    tokens = tokens.replaced(_DIFFERENCE, "")
    if not _WHO.search(tokens.signs) and _ENDS_IN_A_COMPARATIVE.search(tokens.signs):
        return tokens
    return tokens.replaced(_TOGETHER, "")


def _without_change(text: str) -> str:
    return text if _INTENDS_A_CHANGE.search(text) else _CHANGES.sub("", text)


def _without_saying(text: str) -> str:
    """Drop a clause that only says 各怎么说 if what is asked stands in another."""
    parts = re.split(r"(?<=[，,；;。？?：:])", text)
    kept = [part for part in parts if _SAYING.sub("", part).strip(_MARKS + "的又")]
    return "".join(kept) if _ASKS.search("".join(kept)) else text


def _tidy(text: str) -> str:
    text = re.sub(r"[（(][\s、，,和年]*[）)]", "", text)
    text = re.sub(r"\s+", " ", text).strip(_MARKS)
    text = re.sub("[？?](?=.)", "，", text)  # of 产量比那年多吗？各是多少？ one question is left
    text = _DANGLING.sub("", text).strip(_MARKS)
    return re.sub(r"([，,、；;：:])[，,、；;：:]+", r"\1", text)
