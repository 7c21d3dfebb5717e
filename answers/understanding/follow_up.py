"""A question that goes on from the one before: 那去年呢？ after 宁波2023年GDP增速是多少？ means 宁波去年GDP增速是多少？

It is completed from the last question, and only where it cannot stand alone: it names no topic of its own, or says that it
goes on (那……呢) and asks nothing. Whoever shows an answer to the completed question says so.
"""

from __future__ import annotations

import re

from answers.knowledge.tables import Row, cue, rows, source
from answers.understanding.phrases import is_chinese, phrases, with_place, with_time
from answers.understanding.question import LONGEST_QUESTION
from answers.understanding.wanted import Ask, wanted_ask
from indexer.text.characters import normalise, simplified

_LEADS = cue("dialog", "leads")
_ENDS = cue("dialog", "ends")
_YEAR_BEFORE, _YEAR_AFTER = cue("dialog", "year_before"), cue("dialog", "year_after")
_AIM, _OUTCOME = source("dialog", "aim"), source("dialog", "outcome")
_GROWTH, _SIDE = source("dialog", "growth"), source("dialog", "side")
_VALUE, _MEANS, _WHICH = cue("dialog", "value"), cue("dialog", "means"), cue("dialog", "which")
_WHETHER, _STANDS = cue("dialog", "whether"), cue("dialog", "how_it_stands")
_EACH = cue("dialog", "each_of_them")
_AMOUNT = cue("topic", "amount")
_ASKING = (_VALUE, _STANDS, _MEANS, _WHICH, _WHETHER)
_OF_A_TOPIC = tuple(re.compile(words, re.IGNORECASE) for words in (_AIM, _OUTCOME, _GROWTH, _SIDE))
_EMPTY = cue("dialog", "empty")
_OPPOSED = tuple(row.words for row in rows(Row, "indicators", "opposed"))
_BARE_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年?")
_RELATIVE = ("前年", "去年", "今年", "明年")
_EDGES = " ，,；;。.？?！!：:、"
_SEVERAL = re.compile(r"[。？?！!；;\n]")
_DANGLING = re.compile(r"(?:的|是|为|了|在|到|达|定)+$")
_LAST_AIM = re.compile(f"(?:{_AIM}|{_OUTCOME}){{1,3}}$", re.IGNORECASE)
_LAST_SIDE = re.compile(f"(?:{_GROWTH}|{_SIDE}){{1,3}}$")
_ENDING = re.compile(
    rf"(?P<side>(?:{_GROWTH}|{_SIDE}){{0,3}})(?P<aim>(?:{_AIM}|{_OUTCOME}){{0,3}})(?P<asks>的?{source('dialog', 'value')})?$"
)
_HOW_MANY_OF = re.compile(
    rf"(?P<asks>多少|几)(?:{source('dialog', 'counter')})?+(?P<noun>[^\s，,。？?多几]{{2,12}})$"
)
_LONGEST = 40  # characters of a question that goes on
_LONGEST_TOPIC = 16


def follow_up(typed: str, before: str) -> str | None:
    """The complete question that `typed` means after the complete question `before`; None where it stands alone, or what it
    means is not sure. In Simplified characters.
    """
    if max(len(typed), len(before)) > LONGEST_QUESTION:
        return None
    typed, before = _plain(typed), _plain(before)
    if not typed or len(typed) > _LONGEST or not _in_one_language(typed, before) or not own_topic(before):
        return None
    said = without_going_on(typed)
    if _SEVERAL.search(said):
        return None
    goes_on = said != typed
    found = phrases(said)
    if (found.places and not found.place) or (found.times and not found.time):
        return None
    rest = _trimmed(found.rest)
    moved = _moved(before, found.place, found.time)
    if moved is None:
        return None
    if own_topic(rest):
        return _of_topic(moved, rest) if goes_on and is_chinese(rest) else None
    if _asks_the_same(rest):
        return _as_question(moved) if found.place or found.time else None
    return _wanting(moved, rest) if is_chinese(rest) else None


def completed(typed: str, before: str | None) -> str:
    """What is asked: the complete question where `typed` goes on from `before`, else `typed` as it is."""
    return (follow_up(typed, before) if before else None) or typed


def without_going_on(typed: str) -> str:
    """What was typed without 那 at its beginning and 呢 at its end."""
    return _ENDS.sub("", _LEADS.sub("", typed, count=1)).strip(_EDGES)


def own_topic(query: str) -> str:
    """What is left of a question in Simplified characters without place, time, and the words that only ask."""
    rest = phrases(query).rest
    for pattern in (*_ASKING, *_OF_A_TOPIC, _EMPTY):
        rest = pattern.sub(" ", rest)
    return re.sub(r"[\W_]+", " ", rest).strip()


def grows(rest: str) -> bool:
    """Whether words ask how much something grew, and name nothing that does."""
    return not own_topic(rest) and re.search(_GROWTH, rest) is not None and _VALUE.search(rest) is not None


def _plain(text: str) -> str:
    return simplified(" ".join(normalise(text).split())).strip(_EDGES)


def _in_one_language(typed: str, before: str) -> bool:
    return typed.isdecimal() or is_chinese(typed) == is_chinese(before)


def _trimmed(rest: str) -> str:
    rest = " ".join(rest.split()).strip(_EDGES)
    return re.sub(r"^(?:它|这个|该)?的?", "", rest) if is_chinese(rest) else rest


def _moved(before: str, place: str, time: str) -> str | None:
    """The question before of the place and the time that were named now."""
    moved: str | None = before
    if place:
        moved = with_place(before, place)
    if moved is not None and time:
        moved = with_time(moved, _time_meant(before, time))
    return moved


def _time_meant(before: str, time: str) -> str:
    """前一年 and 次年 count from the year of the question before; 2022 is 2022年."""
    if time.isdecimal() and is_chinese(before):
        return f"{time}年"
    step = -1 if _YEAR_BEFORE.search(time) else 1 if _YEAR_AFTER.search(time) else 0
    known = phrases(before).time
    year = _BARE_YEAR.fullmatch(known)
    if step and year:
        return f"{int(year['year']) + step}年"
    if step and known in _RELATIVE[1:-1]:
        return _RELATIVE[_RELATIVE.index(known) + step]
    return time


def _asks_the_same(rest: str) -> bool:
    """Whether words add nothing to what the question before wants."""
    if any(pattern.search(rest) for pattern in _OF_A_TOPIC):
        return False
    return not (_MEANS.search(rest) or _WHICH.search(rest) or _WHETHER.search(rest))


def _as_question(query: str) -> str:
    return query if query.endswith(("?", "？")) else f"{query}{'？' if is_chinese(query) else '?'}"


def _wanting(before: str, wanted: str) -> str | None:
    """The question before, wanting something else of the same thing."""
    aim, outcome, growth, side = (pattern.search(wanted) for pattern in _OF_A_TOPIC)
    topic = _without_asking(before)
    which = _WHICH.search(wanted)
    if topic is None or (aim and which):
        return None  # 今年有哪些目标 stands alone
    if not (aim or outcome or growth or side or which or _MEANS.search(wanted)):
        return None
    asks = any(pattern.search(wanted) for pattern in _ASKING)
    if growth or side:
        topic = _LAST_SIDE.sub("", _LAST_AIM.sub("", topic))
    elif aim or (outcome and not (_WHETHER.search(wanted) or _STANDS.search(wanted))):
        topic = _LAST_AIM.sub("", topic)
    topic = _DANGLING.sub("", topic)
    if not own_topic(topic):
        return None
    number = wanted_ask(before) in (Ask.NUMBER, Ask.WHETHER) or growth or side
    return f"{topic}{wanted}{'' if asks else '是多少' if number else '是什么'}？"


def _without_asking(before: str) -> str | None:
    """A question as the thing that it asks about: 今年新建充电桩 of 今年新建多少个充电桩; None where it asks for several things, or
    who does something."""
    if (
        len(_VALUE.findall(before)) > 1
        or _EACH.search(before)
        or re.search(r"[，,]", before)
        or _SEVERAL.search(before)
    ):
        return None
    kind = wanted_ask(before)
    if kind is Ask.FACT:
        return None
    for pattern in _ASKING:
        before = pattern.sub("", before)
    return _DANGLING.sub("", before.strip(_EDGES))


def _of_topic(before: str, topic: str) -> str | None:
    """The question before of another thing."""
    if any(pattern.search(topic) for pattern in _ASKING) or len(topic) > _LONGEST_TOPIC:
        return None
    if re.search(r"[，,]", topic) or _without_asking(before) is None:
        return None
    for one, other in _OPPOSED:
        for said, meant in ((one, other), (other, one)):
            if topic == said and meant in before:
                return _as_question(before.replace(meant, said, 1))  # 农村呢 after 城镇居民收入
    if any(topic in pair for pair in _OPPOSED):
        return None
    found = phrases(before)
    spans = sorted((*found.places, *found.times))
    where = "".join(span.of(before).strip() for span in spans)
    kind = wanted_ask(before)
    counted = _HOW_MANY_OF.search(before)
    if kind is Ask.NUMBER and counted is not None and not _AMOUNT.search(topic):
        return f"{before[: counted.start()]}{counted['asks']}{topic}？"
    if kind is Ask.NUMBER:
        ending = _ENDING.search(before)
        side = ending["side"] if ending is not None and not _AMOUNT.search(topic) else ""
        aim = ending["aim"] if ending is not None else ""
        asked = (ending["asks"] if ending is not None and side else None) or "是多少"
        return f"{where}{topic}{side}{aim}{asked}？"
    if kind in (Ask.LIST, Ask.MEANS):
        return f"{where}{topic}{'有哪些' if kind is Ask.LIST else '有哪些举措'}？"
    return None
