"""Small grammar of a clause: its subject, its verb and object, the noun behind its number."""

from __future__ import annotations

import re

from answers.commitments.extraction.verbs import (
    ACTION_AT_START,
    ADVERB_AT_END,
    ADVERB_AT_START,
    AFTERWARDS,
    DRIVES,
    IMPROVES,
    PREDICATE,
    REACHED,
    TRANSITIVE,
    in_number,
)
from answers.knowledge.tables import Row, alternatives, rows
from indexer.text.numerals import WRITTEN_YEAR

_ET_CETERA = re.compile(r"^.*(?:(?<![一二三特优中上高平同])等|为代表的)(?=[^级])")
_YEAR = re.compile(rf"^(?:{WRITTEN_YEAR}) ?年[末底]?(?=..|$)|(?<=..)(?:{WRITTEN_YEAR}) ?年$")
_SCHEME = re.compile(f"(?:{alternatives(rows(Row, 'nouns', 'scheme'))})$")

CIRCLE = re.compile(r"[^，。；、]{0,14}圈")
"""A circle of services, behind the time in which it is reached: 12分钟急救圈."""


def subject(words: str) -> str:
    """What a verb of level speaks of: the words before it without adverbs and verbs around them."""
    words = _YEAR.sub("", words)
    words = re.sub(r"^.*(?:把|将)(?=..)", "", without_adverbs(_stripped_end(words)))
    words = DRIVES.sub("", re.sub("^[比较](?:上年|去年|年初|预算).*", "", words))
    words = without_adverbs(words)
    return "" if ADVERB_AT_START.fullmatch(words) else _trimmed(words)


def thing_and_verb(words: str) -> tuple[str, str]:
    """The thing and the verb of «新改建农村公路»."""
    rest = _stripped_end(words.strip("、， "))
    verb = ""
    while rest:
        adverb = ADVERB_AT_START.match(rest)
        action = ACTION_AT_START.match(rest)
        if action and (not adverb or action.end() >= adverb.end()) and action.end() < len(rest):
            verb, rest = action[0], rest[action.end() :].lstrip("、和了并")
        elif adverb and adverb.end() < len(rest):
            rest = rest[adverb.end() :]
        else:
            break
    if not verb:
        inner = list(TRANSITIVE.finditer(rest))
        if inner and inner[-1].start() >= 2:
            verb, rest = inner[-1][0], rest[inner[-1].end() :]
        elif action := ACTION_AT_START.fullmatch(rest):
            return "", action[0]
    rest = rest.removesuffix("等") if rest.endswith("等") else _ET_CETERA.sub("", rest)
    return _trimmed(rest), verb


def noun_after(words: str) -> str:
    """What is counted: up to where the clause goes on to tell what became of it."""
    if words.startswith(("、", "，")) or REACHED.fullmatch(words):
        return ""
    # What is quoted is a name, whatever words are in it: 168项“一年基本恢复”项目.
    bare = re.sub(r"“[^”]*”", lambda quoted: "＊" * len(quoted[0]), words)
    predicate = PREDICATE.search(bare, 1)
    ending = next((m for m in AFTERWARDS.finditer(bare) if m.start() >= 2), None)
    told = predicate is not None and predicate.start() <= 8 and predicate.end() < len(words)
    # 项目完成投资1200亿元: what is measured next is no part of the name.
    if predicate is not None and told and (ending is None or _rules(predicate, ending)):
        return _trimmed(re.split("、(?:总|累计|居|增)", words)[0])
    improved = ending is not None and IMPROVES.match(bare, ending.start())
    if ending is not None and not (improved and _SCHEME.search(bare)):
        words = words[: ending.start()]
    return _trimmed(REACHED.sub("", re.sub("的(?:落实|落地|实施).*$", "", words)))


def _rules(predicate: re.Match[str], ending: re.Match[str]) -> bool:
    return (predicate.start(), -predicate.end()) <= (ending.start(), -ending.end())


def without_adverbs(words: str) -> str:
    """The words without the adverbs they begin with: 全年累计新建 → 新建."""
    while words:
        adverb = ADVERB_AT_START.match(words)
        if adverb is None or adverb.end() >= len(words):
            return words
        words = words[adverb.end() :]
    return words


def _stripped_end(words: str) -> str:
    while words:
        adverb = ADVERB_AT_END.search(words)
        if adverb is None or adverb.start() == 0 or in_number(words, adverb.start()):
            return words
        words = words[: adverb.start()]
    return words


def _trimmed(words: str) -> str:
    """Without marks around it; a quotation mark stays where its other half is there too."""
    words = _YEAR.sub("", words.strip("、，的 "))
    if words.count("“") != words.count("”"):
        words = words.strip("“”")
    if words.count("（") != words.count("）"):
        words = words.strip("（）")
    return words


def without_brackets(words: str) -> str:
    """The words without what stands in round brackets."""
    return re.sub(r"（[^）]*）|\([^)]*\)", "", words)
