"""Which quantities of a sentence are statements, and which only belong to a name, a date or a rank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from answers.commitments.extraction.clause_grammar import CIRCLE
from answers.knowledge.tables import Row, alternatives, rows
from answers.quantities.amounts import Quantity
from answers.quantities.figures import Figure
from answers.quantities.units import Measure, unit_written
from indexer.text.span import Span

_rows = partial(rows, Row, "statements")


def _starts(section: str) -> re.Pattern[str]:
    """For what follows a number: `match` it."""
    return re.compile(alternatives(_rows(section)))


def _ends(section: str) -> re.Pattern[str]:
    """For what stands before a number: `search` it."""
    return re.compile(f"(?:{alternatives(_rows(section))})$")


_NAME_UNITS = frozenset(word for row in _rows("name_unit") for word in row.words)
_NAME_UNITS_ALWAYS = frozenset(
    word for row in _rows("name_unit") if row.name != "small" for word in row.words
)
_SMALL_COUNTS = frozenset(word for row in _rows("small_count") for word in row.words)
_RANK, _CONGRESS, _REACHED, _SHORTENS, _THRESHOLD_OF, _OF_COUNTED = map(
    _ends, ("rank", "congress", "reached", "shortens", "threshold_of", "of_counted")
)
_AGAINST_GOAL, _INDEX, _LISTED_BEFORE = map(_ends, ("against_goal", "index", "listed"))
_NAME_GOES_ON, _PEOPLE, _NAMED_COUNT, _ASPECTS, _STANDARD = map(
    _starts, ("name_goes_on", "people", "named_count", "aspects", "standard")
)
_LAND, _THRESHOLD, _SETTLEMENT, _WORK, _LISTED_WORK, _OF_WHICH = map(
    _starts, ("land", "threshold", "settlement", "work", "listed_work", "of_which")
)
_SHARE_REACHED, _AGE_OF, _RATIO_OF, _CAPACITY, _TITLE = map(
    _ends, ("share_reached", "age_of", "ratio_of", "capacity", "title")
)
_SIZES_OF_WORKS = ("weight", "power", "volume", "energy")
_LARGE = (Measure.MONEY, Measure.AREA, Measure.WEIGHT, Measure.PEOPLE, Measure.LENGTH)
_YEARS_RUNNING = re.compile(r"连续(?:第)?$")
_NEAR = 40  # characters before a number by which it is judged: no row of the tables is longer
_SHARES = ("成", "倍", "个百分点", "折")
_TEN = 10
_STEP = re.compile(r"[百千]?[万亿]+(?:元)?台阶")
# 新建公园两三个。: the number is what the clause ends with, and what is counted stands before it.
_LAST_WORD = re.compile(r"[，。；、,;！]|$")
_NOUN_BEFORE = re.compile(r"[建增设办]\w{2,}$")
_LISTED = re.compile(r"\d[^、”]*+、")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|‘[^’]*’")


def quoted_in(text: str, sentence: Span) -> tuple[Span, ...]:
    """What is quoted in a sentence as a name. A list of quantities that is quoted is none: “1家国家实验室、8个大科学装置”."""
    return tuple(
        Span(*quoted.span())
        for quoted in _QUOTED.finditer(text, sentence.start, sentence.end)
        if len(_LISTED.findall(quoted[0])) < 2
    )


def is_statement(text: str, sentence: Span, quantity: Quantity, alone: bool, quoted: Sequence[Span]) -> bool:
    """Whether a quantity states how much: no name (1612体系, 三期, “1244”), date, rank or threshold.

    `alone` says that no other quantity stands in its clause: «连续8年获得“好”的等次» counts the
    years, «连续4年超过90万人» the people. `quoted` is what `quoted_in` finds in the sentence.
    """
    figure = quantity.figure
    written = figure.bare.of(text)
    before = text[max(sentence.start, figure.span.start - _NEAR) : figure.span.start]
    after = text[figure.span.end : sentence.end]
    outer = text[max(sentence.start, figure.bare.start - _NEAR) : figure.bare.start]
    if _RANK.search(before) or _RANK.search(outer):
        return False
    if figure.unit in (_NAME_UNITS_ALWAYS if figure.is_large else _NAME_UNITS):
        return False
    if not figure.unit and not figure.is_large and not _INDEX.search(before):
        return False
    if (
        _STANDARD.match(after)
        or _NAME_GOES_ON.match(after)
        or _PEOPLE.match(after)
        or _ASPECTS.match(after)
        or _OF_WHICH.match(after)
        or _AGAINST_GOAL.search(before)
        or re.match(r"0\d", written)
    ):
        return False
    if "∶" in figure.unit:
        return bool(_RATIO_OF.search(before))
    if figure.measure is Measure.TIME:
        return _states_time(figure.unit, before, after, alone)
    if any(name.holds(figure.bare) for name in quoted):
        return False
    if figure.in_words and not _states_numeral(
        figure, written, text[sentence.start : figure.span.start], after
    ):
        return False
    return not _is_threshold(figure.measure, text, quantity, after, before, alone)


def _states_time(unit: str, before: str, after: str, alone: bool) -> bool:
    """Time counts where it is what is shortened or reached, where it names a circle of services, and
    where the years of a series are all that is told. An age counts where it is how long people live."""
    if unit.endswith("岁"):
        return bool(_AGE_OF.search(before))
    if after.startswith("来"):
        return False  # 为7年来最高
    if CIRCLE.match(after):
        return True
    if before.endswith(("到期后再延长", "承包期再延长")):
        return False  # the term of a lease, in every report
    if _YEARS_RUNNING.search(before):
        return alone
    return bool(_REACHED.search(before) or _SHORTENS.search(before))


def _states_numeral(figure: Figure, written: str, before: str, after: str) -> bool:
    """Counts in Chinese numerals: 四大行动, 五项机制, 百万户以上; not 一个, 二十大, 八项规定, 千家万户."""
    unit, bounded = figure.unit, figure.span != figure.bare or bool(figure.more)
    reached = bounded or bool(_REACHED.search(before))
    if "分之" in written or unit in _SHARES:
        told = reached or "分之" in written or bool(_SHARE_REACHED.search(before))
        return told and not written.startswith("一成不")
    if (
        _CONGRESS.search(before[-8:] + written)
        or _NAMED_COUNT.match(after)
        or (unit == "大" and (_LAND.match(after) or _TITLE.search(before)))
    ):
        return False
    if figure.is_round:
        return _states_scale(figure, before, after)
    if not unit:
        # 面向全省一千多万外出务工人员 says whom; 裁减五十万的任务 how many.
        return bool(_REACHED.search(before) or _LAST_WORD.match(after)) or after.startswith(
            ("的任务", "的目标")
        )
    if unit == "个" and _LISTED_BEFORE.search(before):
        return True
    if figure.high == _TEN and unit not in ("大", "件", "项"):
        return reached
    if figure.high < _TEN and figure.low == figure.high and written.startswith("一"):
        return bool(_STEP.match(after))
    if unit == "个":
        return figure.high > _TEN or bool(_LAST_WORD.match(after) and _NOUN_BEFORE.search(before))
    return unit in _SMALL_COUNTS or figure.high > _TEN


def _states_scale(figure: Figure, before: str, after: str) -> bool:
    """A scale alone counts where it is bounded or reached: 突破万亿元, 达百万人次; not 亿元以上项目, 千家万户."""
    if figure.span == figure.bare:
        return figure.unit not in ("家", "户") and bool(_REACHED.search(before))
    if _LAST_WORD.match(after) or after.startswith(("水平", "大关", "台阶")):
        return True
    # 续航超千公里氢能重卡, 产值超亿元龙头企业
    named = figure.measure in (Measure.LENGTH, Measure.WEIGHT, Measure.AREA, Measure.MONEY)
    named = named or after.startswith("的") or _THRESHOLD.match(after) is not None
    return figure.span.end == figure.bare.end and not named


def _is_threshold(
    measure: Measure, text: str, quantity: Quantity, after: str, before: str, alone: bool
) -> bool:
    """Whether the quantity only says which things are meant: 预增产值过10亿元的增长点, 500万元以上技改项目, or how large a
    work is: 日处理80吨污泥焚烧厂."""
    figure = quantity.figure
    if measure is Measure.WEIGHT and _WORK.match(after):
        return True
    unit = unit_written(figure.unit)
    if unit is not None and unit.kind in _SIZES_OF_WORKS and _LISTED_WORK.match(after):
        return True
    if measure is Measure.MONEY and _OF_COUNTED.search(before):
        return True
    if _CAPACITY.search(before) and re.match(r"的?[^，。；、,;：\s\d]", after):
        return True
    if figure.span.of(text).endswith("以上") and figure.unit in ("户", "人", "") and _SETTLEMENT.match(after):
        return True
    if measure not in _LARGE:
        return False
    bounded = figure.span != figure.bare or bool(re.search(r"过$", before))
    if not bounded:
        return False
    if _THRESHOLD_OF.search(before):
        return True
    if re.search(r"过$", before) and not alone:
        return after.startswith("的") or bool(_THRESHOLD.match(after))
    return bool(_THRESHOLD.match(after))
