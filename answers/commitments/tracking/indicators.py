"""Which statements speak of the same indicator, so that a target meets its result and provinces compare.

Two reports name one thing in different words: 能源消耗强度 and 单位国内生产总值能耗, 解决农村人口的安全饮水问题
and 又解决农村人口饮水安全问题. Names are brought to one form and compared by their characters, rare ones
counting more than those that every statement has.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from answers.commitments.rows import Commitment
from answers.knowledge.aliases import aliases
from answers.knowledge.tables import Row, alternatives, rows

_ALIASES = aliases("indicator")
_words = partial(rows, Row, "indicators")
# What may never differ between a target and its result: they are different indicators.
_OPPOSED = tuple(row.words for row in _words("opposed"))
_NOISE = re.compile(alternatives(_words("noise")))
_LEAD = re.compile(f"^(?:{alternatives(_words('lead'))})+")
_SHORTEST_NAME = 4
_SHORTEST_BARE = 3
_IN_CLAUSE = 0.85
_COMMON_WORD, _ADDED = (re.compile(alternatives(_words(section))) for section in ("common_word", "added"))
_IS_ADDED = re.compile("新增|净增|新(?:认定|登记|培育|引进|设立)")
_TOGETHER = re.compile("[、和及]")
_HARMLESS = re.compile(alternatives(_words("harmless")))
_HARMLESS_END = re.compile(f"(?:{alternatives(_words('harmless_end'))})$")
_EQUAL = tuple((row.pattern, row.name) for row in _words("equal_words"))
_VERBS_OF_NAME = tuple(row.words for row in _words("verb_of_name"))
_LEVEL = re.compile(alternatives(_words("level")))
_NARROWER = tuple(word for row in _words("narrower") for word in row.words)


def indicator_name(row: Commitment) -> str:
    """The indicator in words: what is measured, then the verb (国内生产总值增长)."""
    return row.object + (row.action if row.action not in row.object else "")


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an indicator, or the words around a number, brought to the one form that names are compared in.

    Attributes:
        form: other names of an indicator replaced by the first, without words that make no difference.
        pairs: the characters and the pairs of neighbouring characters of `form`.
    """

    form: str
    pairs: frozenset[str]

    @classmethod
    def of(cls, words: str) -> Name:
        """The name that words say."""
        return cls.of_form(form_of(words))

    @classmethod
    def of_form(cls, form: str) -> Name:
        """The name with this `form`."""
        return cls(form, frozenset((*form, *(form[at : at + 2] for at in range(len(form) - 1)))))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much rarer characters count: in how many of `total` statements a pair of characters is."""

    total: int
    counts: Counter[str]

    @classmethod
    def among(cls, rows: Iterable[Commitment]) -> Likeness:
        """Weights from the statements that are compared."""
        return cls.of_forms(form_of(row.object) for row in rows)

    @classmethod
    def of_forms(cls, forms: Iterable[str]) -> Likeness:
        """The same from the forms of their names."""
        counted = Counter(forms)
        counts: Counter[str] = Counter()
        for form, times in counted.items():
            for pair in Name.of_form(form).pairs:
                counts[pair] += times
        return cls(counted.total(), counts)

    def of_names(self, one: Name, other: Name) -> float:
        """0..1, how likely two names are of the same indicator."""
        if not one.form or not other.form:
            return 0.0
        if one.form == other.form:
            return 1.0
        if opposed(one.form, other.form):
            return 0.0
        shared, mine, theirs = map(self.weigh, (one.pairs & other.pairs, one.pairs, other.pairs))
        dice = 2 * shared / (mine + theirs)
        held = shared / min(mine, theirs)
        # One name inside the other is the same thing said shortly, unless it is a single word of it.
        short = min(len(one.form), len(other.form))
        return max(dice, 0.5 * dice + 0.5 * held) if short >= 3 else dice

    def in_clause(self, name: Name, clause: Name) -> float:
        """0..1, how much of a name stands anywhere in the words around a number.

        进城落户1300万人: 近1400万农业转移人口在城镇落户. It counts a little less than a like name.
        """
        if len(name.form) < _SHORTEST_NAME or opposed(name.form, clause.form):
            return 0.0
        return _IN_CLAUSE * self.weigh(name.pairs & clause.pairs) / self.weigh(name.pairs)

    def weigh(self, pairs: Iterable[str]) -> float:
        """How much pairs of characters count together: exact, so that the order in which they come never decides
        between two outcomes that are equally alike."""
        return math.fsum(map(self._weight, pairs))

    def _weight(self, pair: str) -> float:
        weight = math.log((self.total + 1) / (self.counts.get(pair, 0) + 0.5))
        return max(weight, 0.2) * (1.0 if len(pair) == 2 else 0.4)


def opposed(left: str, right: str) -> bool:
    """Whether one name holds one of two words that exclude each other, and the other only the other."""
    return any(
        (first in left and second in right and first not in right)
        or (second in left and first in right and second not in right)
        for first, second in _OPPOSED
    )


def same_name(one: Commitment, other: Commitment, place: str = "") -> bool:
    """Whether two statements name their indicator alike: to the word, other names of it included, or but for words
    that say nothing of what is counted (游客数量 and 游客), for a verb that the other has before its number, and for
    the name of the `place` whose reports they are in (天津市: 天津机场旅客吞吐量)."""
    if _adds_alone(one, other) or _adds_alone(other, one):
        return False
    if form_of(one.object) == form_of(other.object):
        return True
    bare = _bare(one, other, place)
    return len(bare) >= _SHORTEST_BARE and bare == _bare(other, one, place)


def exactly_named(one: Commitment, other: Commitment) -> bool:
    """Whether two statements name their indicator to the word, other names of it and words around it aside."""
    return form_of(one.object) == form_of(other.object)


def _adds_alone(row: Commitment, other: Commitment) -> bool:
    """Whether one names what is added (城镇新增就业), and the other does not say that its number is of that."""
    return _IS_ADDED.search(row.object) is not None and _IS_ADDED.search(indicator_name(other)) is None


def _bare(row: Commitment, other: Commitment, place: str) -> str:
    """The name of a row without what it may differ in from that of `other`."""
    name = unicodedata.normalize("NFKC", form_of(row.object)).removeprefix(place.rstrip("省市县区") or " ")
    for words, equal in _EQUAL:
        name = words.sub(equal, name)
    name = _HARMLESS_END.sub("", _HARMLESS.sub("", name))
    theirs = indicator_name(other)
    for same in _VERBS_OF_NAME:
        if any(verb in theirs for verb in same):
            for verb in same:
                name = name.removeprefix(verb).removesuffix(verb)
    return name


def narrower(target: Commitment, outcome: Commitment, set_by: str, told_by: str) -> str:
    """The word that makes the one the other's part or another thing: 海洋 of 海洋生产总值; empty where there is none.

    `set_by` and `told_by` are the sentences of the two: a word of the one's name may stand elsewhere in the other's.
    """
    mine = _narrowing(target.object, told_by)
    return mine or _narrowing(outcome.object, set_by)


def narrows(name: str, of: str) -> bool:
    """Whether a name has a word that makes another indicator of it than the one called `of`: 海洋 in 海洋生产总值."""
    return bool(_narrowing(name, of))


def _narrowing(name: str, of: str) -> str:
    """The first word that a name has and the other words lack, both brought to the form that names are compared in."""
    mine, theirs = form_of(name), form_of(of)
    return next((word for word in _NARROWER if word in mine and word not in theirs), "")


def is_generic(target: Commitment, outcome: Commitment) -> bool:
    """Whether what is counted is named by one common word, and nothing says that the same is done with it: 开工项目,
    支持项目."""
    return _COMMON_WORD.fullmatch(target.object) is not None and not target.has_verb_of(outcome)


def is_added(row: Commitment) -> bool:
    """Whether a statement says how much comes to what is there: 新增市场主体20万户."""
    return _IS_ADDED.search(row.action) is not None


def is_net(row: Commitment) -> bool:
    """Whether a statement says how much came on balance: 净增100户, which 新增110户 does not prove."""
    return "净增" in row.action or "净增" in row.object


def adds_more(target: Commitment, outcome: Commitment) -> bool:
    """Whether a number is of more things together than the target's: 上市公司和“新三板精选层”企业, for 上市公司."""
    items = _TOGETHER.split(outcome.object)
    more = len(_TOGETHER.split(target.object)) < len(items)
    return more and any(item and target.object.startswith(item) for item in items)


def is_total_of_added(target: Commitment, outcome: Commitment) -> bool:
    """Whether a target says how much is to be added and an outcome what there is: 新增200万亩, 达到4179万亩."""
    return bool(_ADDED.match(target.action)) and bool(_LEVEL.search(outcome.action))


def without_lead(clause: str) -> str:
    """A clause without the time and the place that it opens with: 去年我国进出口 → 进出口."""
    return _LEAD.sub("", clause)


def mentions(name: Name, clause: Name) -> int:
    """2 where a clause opens with an indicator's name, 1 where it holds a long one, else 0."""
    if len(name.form) >= _SHORTEST_NAME - 1 and clause.form.startswith(name.form):
        return 2
    return int(len(name.form) > _SHORTEST_NAME and name.form in clause.form)


def form_of(name: str) -> str:
    """The form of a name in which it is compared: its other names replaced by the first, without words that make no
    difference."""
    for words, one in _ALIASES:
        name = words.sub(one, name)
    return _NOISE.sub("", name)
