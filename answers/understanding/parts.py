"""Several questions typed as one, as the complete questions that they are: GDP增速和城镇新增就业目标分别是多少？

Split only where it is sure. Questions of several places or years are one question to several reports (a comparison), and
whatever is in doubt stays one question, as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import or_

from answers.knowledge.tables import cue, source
from answers.understanding.follow_up import follow_up, grows, own_topic, without_going_on
from answers.understanding.phrases import is_chinese, phrases, with_place, with_time
from answers.understanding.question import LONGEST_QUESTION
from answers.understanding.terms import long_forms
from indexer.text.characters import normalise, simplified

MOST_PARTS = 6
_ENDS = re.compile(r"(?<=[？?])\s*(?=[^\s？?）)”』」])|[；;]\s*|(?<=。)\s*(?=.)")
_CLAUSES = re.compile(r"[，,]\s*")
_VALUE, _MEANS = cue("dialog", "value"), cue("dialog", "means")
_REFERS, _BELONGS = cue("dialog", "refers"), cue("dialog", "belongs")
_INDICATOR, _EACH = cue("dialog", "indicator"), cue("dialog", "each_of_them")
_MORE = cue("dialog", "ends")
_BINDS = cue("dialog", "binds")
_WORKS = cue("dialog", "works")
_ASKS_FOR_THEM = re.compile(
    rf"(?P<things>.*?)(?P<tail>的?(?:{source('dialog', 'growth')}|{source('dialog', 'aim')}|{source('dialog', 'outcome')}){{0,3}})"
    rf"{source('dialog', 'each_of_them')}(?P<asks>[^，,；;。？?]*{source('dialog', 'value')}[^，,；;。？?]{{0,6}})$",
    re.IGNORECASE,
)
_OWN_TAIL = re.compile(
    rf"(?:{source('dialog', 'growth')}|{source('dialog', 'side')})$|{source('dialog', 'measured')}"
)
_AIM = re.compile(source("dialog", "aim"), re.IGNORECASE)
_COUNTS_THINGS = re.compile(rf"[一-鿿]+(?:多少|几){source('dialog', 'counter')}[一-鿿“”A-Za-z\d]{{2,14}}$")
_HOW_MANY = re.compile(rf"(?:多少|几){source('dialog', 'counter')}")
_EDGES = " ，,；;。.？?！!：:、"
_LEAST_TOPIC = 2  # characters of what is asked for a number
_LEAST_MEANS = 4  # of what is to be done


def question_parts(text: str) -> tuple[str, ...]:
    """The complete questions in `text`, in order, in Simplified characters; `text` alone, as it is, where it is one question,
    or not surely several.

    Places and times that the first names hold for those after it that name none.
    """
    if len(text) > LONGEST_QUESTION:
        return (text,)
    lines = [simplified(" ".join(normalise(line).split())) for line in text.splitlines()]
    whole = [part.strip() for line in lines for part in _ENDS.split(line) if part.strip(_EDGES)]
    parts = _of_sentences(whole) if len(whole) > 1 else _of_one(whole[0]) if whole else ()
    return parts if 1 < len(parts) <= MOST_PARTS else (text,)


def aims_listed(asked: str) -> tuple[str, ...]:
    """今年的经济增长目标和新增就业目标是多少？ as a question for each, where each of the things says itself that its target is
    asked for, as a table has a column for each; none where it is one question. In Simplified characters.
    """
    bare = asked.strip(_EDGES)
    value = re.search(rf"{source('dialog', 'value')}$", bare)
    things = bare[: value.start()] if value else bare
    found = phrases(things)
    if not is_chinese(bare) or len(found.times) > 1 or found.places or _VALUE.search(things):
        return ()
    named = [thing.strip(_EDGES + "的") for thing in _BINDS.split(found.rest) if thing.strip(_EDGES + "的")]
    if not 1 < len(named) <= MOST_PARTS or not all(map(_is_aim, named)):
        return ()
    asks = value[0] if value else "是多少"
    return tuple(f"{found.time}{thing}{asks}？" for thing in named)


def _is_aim(thing: str) -> bool:
    aim = _AIM.search(thing)
    return aim is not None and aim.end() == len(thing) and _INDICATOR.search(thing) is not None


def _of_sentences(whole: Sequence[str]) -> tuple[str, ...]:
    """Each sentence a question, or several; none where one of them is no question of its own."""
    found: list[str] = []
    topics: list[str] = []
    for sentence in whole:
        before = found[-1] if found else ""
        if before and _goes_on(sentence, before):
            completed = follow_up(sentence, before)
            if completed is None:
                return ()
            found.append(completed)
            continue
        if not _stands_alone(sentence, topics):
            return ()
        topics.append(own_topic(sentence))
        found += _of_one(sentence) or (sentence,)
    return _with_the_first(found)


def _goes_on(sentence: str, before: str) -> bool:
    """Whether a sentence surely asks about the one before: 2024年GDP是多少？增长多少？ 那2023年呢？"""
    if grows(sentence.strip(_EDGES)):
        return _INDICATOR.search(before) is not None
    return _MORE.search(sentence) is not None and not own_topic(without_going_on(sentence))


def _stands_alone(sentence: str, before: Sequence[str]) -> bool:
    """Whether a sentence asks for something of its own: a number, or what is done, of another topic than those before it."""
    topic = own_topic(sentence)
    said = topic.replace(" ", "")
    if _REFERS.search(sentence) or _BELONGS.search(said) or said in {one.replace(" ", "") for one in before}:
        return False
    if not is_chinese(sentence):
        return _VALUE.search(sentence) is not None and len(topic.split()) >= _LEAST_TOPIC
    if _VALUE.search(sentence):
        return len(said) >= _LEAST_TOPIC and not any(_same_indicator(said, one) for one in before)
    shared = {sign for one in before for sign in one} & set(said)
    return _MEANS.search(sentence) is not None and len(said) >= _LEAST_MEANS and not shared


def _same_indicator(one: str, other: str) -> bool:
    """Whether two topics are two names of one thing: 物价 and CPI."""
    return bool(set(long_forms(one)) & set(long_forms(other))) and not set(one) & set(other)


def _of_one(sentence: str) -> tuple[str, ...]:
    """The questions in one sentence; none where it is one question, or not surely several."""
    if not is_chinese(sentence):
        return ()
    bare = sentence.strip(_EDGES)
    found = phrases(bare)
    if len(found.places) > 1 or len(found.times) > 1 or _lists(found.place) or _lists(found.time):
        return ()
    return _of_list(bare) or _of_clauses(bare)


def _lists(words: str) -> bool:
    """Whether words name several places or years."""
    return re.search(r"[、，,]|以及|[和与及跟至到\-–—~～]|[两二三四五六七八九十各]", words) is not None


def _of_list(bare: str) -> tuple[str, ...]:
    """GDP增速和新建学校分别是多少: a question for each of the things that are named, all of them known indicators or works
    with what is done to them."""
    asked = _ASKS_FOR_THEM.match(bare)
    if asked is None or _REFERS.search(bare) or len(_VALUE.findall(bare)) > 1:
        return ()
    things, tail, asks = asked["things"], asked["tail"], asked["asks"]
    found = phrases(things)
    where = "".join(span.of(things).strip() for span in sorted((*found.places, *found.times)))
    named = [thing.strip(_EDGES + "的") for thing in _BINDS.split(found.rest) if thing.strip(_EDGES + "的")]
    known = [_INDICATOR.search(thing) is not None for thing in named]
    works = [_WORKS.fullmatch(thing) is not None for thing in named]
    if len(named) < 2 or not all(map(or_, known, works)):
        return ()
    if not all(known) and not all(works) and _HOW_MANY.search(asks):
        return ()  # 多少所 is asked of schools, not of GDP
    return tuple(f"{where}{_with_tail(thing, tail)}{asks}？" for thing in named)


def _with_tail(thing: str, tail: str) -> str:
    """A thing of a list with what is asked of all of them at the end of it; its own 增速 or 产量 keeps the others' away."""
    if _AIM.search(thing):
        return thing
    if _OWN_TAIL.search(thing) or _WORKS.fullmatch(thing):
        aim = _AIM.search(tail)
        return thing + (aim[0] if aim else "")
    return thing + tail


def _of_clauses(bare: str) -> tuple[str, ...]:
    """今年新建多少个充电桩，城镇新增就业多少人: clauses each of which asks for a number of something else."""
    clauses = _CLAUSES.split(bare)
    if len(clauses) < 2 or _REFERS.search(bare):
        return ()
    topics: list[str] = []
    for clause in clauses:
        topic = own_topic(clause).replace(" ", "")
        sure = _INDICATOR.search(clause) or _COUNTS_THINGS.search(clause)
        if not sure or _VALUE.search(clause) is None or _BELONGS.search(topic):
            return ()
        if any(topic == one or _same_indicator(topic, one) for one in topics):
            return ()
        topics.append(topic)
    return _with_the_first([f"{clause}？" for clause in clauses])


def _with_the_first(parts: Sequence[str]) -> tuple[str, ...]:
    """The questions, with the place and the time of the first in those that name none."""
    first = phrases(parts[0]) if parts else None
    if first is None or len(first.places) > 1 or len(first.times) > 1:
        return ()
    completed: list[str] = []
    for part in parts:
        found = phrases(part)
        moved: str | None = part
        if first.time and not found.times:
            moved = with_time(part, first.time)
        if moved is not None and first.place and not found.places:
            moved = with_place(moved, first.place)
        if moved is None:
            return ()
        completed.append(moved)
    return tuple(completed)
