"""Whether a clause names the very thing that was promised: all of its name, its numbers, or a short form of it."""

from __future__ import annotations

import re
from functools import partial

from answers.commitments.extraction.clause_grammar import without_brackets
from answers.commitments.tracking.indicators import Name
from answers.knowledge.tables import Row, alternatives, rows

_promises = partial(rows, Row, "promises")
_COMMON = re.compile(alternatives((*_promises("stage"), *_promises("common"))))
_CALLED = re.compile(
    f"(?:{alternatives(row for row in _promises('thing') if row.name == 'called')})(?=(?:{alternatives(_promises('common'))})*$)"
)
_CALLED_AT_ALL = re.compile(f"(?:{alternatives(_promises('thing'))})$")
_ROAD = re.compile(f"(?:{alternatives(_promises('road'))})$")
_ENLARGED = re.compile(alternatives(_promises("enlarged")))
_NAMED_AFTER = re.compile(alternatives(_promises("named_after_it")))
_OF_THE_COUNTRY = re.compile("国家|全国|中国")
_PHASE = re.compile("[一二三四五]期")
_NUMERAL = re.compile(r"\d+|第?[一二三四五六七八九十]+(?=[期届次号座级项])|第[一二三四五六七八九十]+")
_JOINT = re.compile("[和及与]")
_HALF = 0.5  # of the pairs of each thing that a name joins
_SHORTEST_NAME = 4  # characters of a name that is that of one thing; 3 with a number (6号线)
_KEPT_OF_NAME = 0.55  # of the characters of a name, in a short form of it


def thing_name(words: str) -> Name:
    """The name of a thing by which clauses are searched, without what stands in brackets and without common words."""
    return Name.of(_COMMON.sub("", _ENLARGED.sub("扩建", without_brackets(words))))


def is_it(name: Name, promised_name: str, clause: str, exact: bool) -> bool:
    """Whether a clause names the very thing.

    It has every number of the name (二期, 第十四届) and no other part of a work (灌溉工程, 灌溉二期工程), what the name ends
    with (新馆 of 山西博物院新馆) and what it calls the thing (中心 of 妈祖文化中心); a name of one common word (标志性项目)
    is that of many things. `exact`: what has no end of its own (实施节能工程) is called by all of its name.
    """
    numbered = _NUMERAL.search(promised_name) is not None or _ROAD.search(promised_name) is not None
    if (
        len(name.form) < _SHORTEST_NAME - numbered
        or name.form[-2:] not in Name.of(_ENLARGED.sub("扩建", clause)).form
    ):
        return False
    called = (_CALLED_AT_ALL if exact else _CALLED).search(promised_name)
    if called is not None and called[0] not in clause:
        return False
    item = max(clause.split("、"), key=lambda item: len(name.pairs & Name.of(item).pairs))
    if promised_name.startswith("国家") and _OF_THE_COUNTRY.search(clause) is None:
        return False  # 国家全域旅游示范区: 省全域旅游示范区
    if is_named_after(promised_name, item) or not _names_each(promised_name, clause):
        return False
    return has_numbers(promised_name, clause, item)


def _names_each(promised_name: str, clause: str) -> bool:
    """Whether a clause names each of the things that a name joins: not 老年公寓 for 老年活动中心和老年公寓."""
    parts = _JOINT.split(promised_name)
    if len(parts) < 2 or min(map(len, parts)) < _SHORTEST_NAME:
        return True
    told = Name.of(_ENLARGED.sub("扩建", clause)).pairs
    own = (thing_name(part).pairs for part in parts)
    return all(len(pairs & told) >= _HALF * len(pairs) for pairs in own)


def is_named_after(promised_name: str, item: str) -> bool:
    """Whether an item goes on after the last characters of a name with what makes another thing of it: 法治政府建设示范市."""
    end = promised_name.removesuffix("目标")[-_SHORTEST_NAME:]
    at = item.rfind(end)
    after = _NAMED_AFTER.match(item, at + len(end)) if at >= 0 else None
    return after is not None and after[0][-2:] not in promised_name


def has_numbers(promised_name: str, clause: str, item: str) -> bool:
    """Whether a clause has every number of a name, and its `item` that names the thing no other part of a work."""
    mine, theirs = ({*_NUMERAL.findall(words)} for words in (promised_name, clause))
    return mine <= theirs and {*_PHASE.findall(item)} <= {*_PHASE.findall(promised_name)}


def abbreviates(name: str, clause: str) -> bool:
    """Whether a clause calls a thing by a short form of its name, from its first characters to its last: 中国绿博会 of
    中国绿化博览会, 交控集团 of 交通控股集团. A short form leaves out single characters, never two side by side."""
    before: dict[
        int, tuple[int, int]
    ] = {}  # by the place in the name where a run ends: how long, where it began
    for char in clause:
        runs: dict[int, tuple[int, int]] = {}
        for at, own in enumerate(name):
            if own != char:
                continue
            length, start = max(before.get(at - 1, (0, -at)), before.get(at - 2, (0, -at)))
            runs[at] = (length + 1, start)
            if (
                at == len(name) - 1
                and -start <= 1
                and length + 1 >= max(_SHORTEST_NAME, _KEPT_OF_NAME * len(name))
            ):
                return True
        before = runs
    return False
