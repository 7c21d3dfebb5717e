"""Find figures with their unit and bound in Chinese report text: numbers, ranges, shares, ratios, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from answers.quantities.bounds import bound_after, bound_before
from answers.quantities.units import COUNTED, Measure, UnitPattern, unit_written
from answers.quantities.values import is_same_unit, is_year, range_of, ratio_of, sign_before, single_digit
from indexer.text.digit_words import ZEROS
from indexer.text.numerals import Numeral, numerals
from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit.

    Attributes:
        span: the number, its unit and the bounds around it: «超13万吨», «400个以上».
        bare: the same without the bounds around it; what stands inside stays: «4000余万人次».
        unit: the unit as written, without 万 and 亿: 吨, 个, %, 元/千瓦时; ∶1 and 1∶ of a ratio.
        measure: what the unit counts.
        low, high: the number with 万 and 亿 multiplied out, in that unit; they differ for a range.
        more: 多 or 余 of 300多个, 来 of 十来个; empty where the number is all.
        in_words: whether it is written in characters.
        is_round: whether it is a scale without a digit: 百万户, 万亿元.
        is_large: whether 万, 亿 or 分之 belong to it, so that it counts without a unit.
    """

    span: Span
    bare: Span
    unit: str
    measure: Measure
    low: Decimal
    high: Decimal
    more: str = ""
    in_words: bool = False
    is_round: bool = False
    is_large: bool = False


# What an answer may be, and what a table of every quantity needs besides: 四大行动, 5轮, 2金, 3000万农牧民.
_FOR_ANSWERS = UnitPattern.of(frozenset({"always"}))
_FOR_TALLY = UnitPattern.of(frozenset({"always", "tally"}))
_DASH = r"[—\-–―‐~～－〜]+"
_TO = re.compile(rf" *+(?:(?P<dash>{_DASH})|[至到]|(?P<above>以上)) *+")
_BELOW = re.compile("以下|以内")
_RATIO = re.compile(r" *+(?:(?P<sign>[∶:：])|比) *+")
_CLOCK = re.compile(r"\d{1,2}[:：][0-5]\d(?!\d|[.．%％])")
_COMPARES = re.compile(r"比[^，,；;。：:、\n]*$")
_ASIDE = re.compile(rf"[（(](?:{COUNTED})[）)]")
_WORD = re.compile(r"[\u4e00-\u9fff]")
_LIST = re.compile(r" ?(?:、|和|与|及) ?")
_FROM = re.compile(r"[由从自][^，,；;。！？：:、\n\d]{0,12}$")
_NEAR = 16  # characters before a number that tell whether it is the first of two values
# Numbers that are names: 第三届, “1244”, 5A, 1.0, 三期; and dates.
_NAME_BEFORE = re.compile(r"(?:第|“|\"|[A-Za-z+/]|(?<![—–])[—–-])$")
_NAME_AFTER = re.compile(r"[”\"A-Za-z+＋/／]")
_KINDS = ("类", "级", "期", "届", "等", "线", "档")
# 数十家, 几十家, 成千上万户 and 千家万户 tell no number, and 每千人 what another number is for.
_VAGUE = re.compile(r"(?:(?<![总户人件次家])数|几|若干|成[百千]上|每|千家)$")
_SCALES_ALONE = re.compile("[十百千万亿]+")
_DATE_AFTER = re.compile(" ?[月日号]")
_LARGE = 11  # from which on a number in characters counts with every unit: 十二座, not 四大行动
_HUNDRED = 100


def figures(text: str, within: Span) -> tuple[Figure, ...]:
    """The figures inside `within`, in order. Years, dates, ranks and names that hold numbers are none."""
    return tuple(_Reader(text, within, _FOR_ANSWERS).figures())


def tally(text: str, within: Span) -> tuple[Figure, ...]:
    """As `figures`, with the rarer units and the counts in Chinese numerals (四大行动, 百万户) too."""
    return tuple(_Reader(text, within, _FOR_TALLY).figures())


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read from a place on, and the number at which reading goes on."""

    figure: Figure | None
    following: int


class _Reader:
    """Reads the figures of a part of a text, each number once."""

    def __init__(self, text: str, within: Span, units: UnitPattern) -> None:
        self._text = text
        self._within = within
        self._units = units
        self._numbers = tuple(numerals(text, within))

    def figures(self) -> Iterator[Figure]:
        """All of them, in order; of a list that ends in a unit all have it: 提高15、22个百分点."""
        waiting: list[Figure] = []  # without a unit, and nothing but 、 between them
        position, place = self._within.start, 0
        while place < len(self._numbers):
            if self._numbers[place].start < position:
                place += 1  # 千 of 5千米
                continue
            found = self._at(place)
            place = found.following
            figure = found.figure
            if figure is None:
                continue
            position = figure.span.end
            if waiting and not self._is_list(waiting[-1], figure):
                yield from waiting
                waiting = []
            if not figure.unit and not figure.in_words and (waiting or self._follows_a_word(figure)):
                waiting.append(figure)
                continue
            yield from (self._shared(one, figure) for one in waiting)
            waiting = []
            yield figure
        yield from waiting

    def _follows_a_word(self, figure: Figure) -> bool:
        """Not the number of an item: 1、10件民生实事."""
        start = figure.span.start
        return start > self._within.start and _WORD.match(self._text, start - 1) is not None

    def _is_list(self, one: Figure, other: Figure) -> bool:
        between = _LIST.match(self._text, one.span.end, self._within.end)
        return between is not None and between.end() == other.span.start

    def _shared(self, one: Figure, last: Figure) -> Figure:
        """A figure of a list with the unit at the end of it. 3、5万人 may be three or 30,000: that is left."""
        if (last.is_large and not one.is_large) or last.low != last.high:
            return one
        return replace(one, unit=last.unit, measure=last.measure)

    def _at(self, place: int) -> _Found:
        """The figure that begins with a number, if it is one."""
        number = self._numbers[place]
        text, within = self._text, self._within
        before = text[max(within.start, number.start - _NEAR) : number.start]
        alone = _SCALES_ALONE.fullmatch(text, number.start, number.end)
        if alone and (_VAGUE.search(before) or text.startswith(("折", "家万户"), number.end)):
            return _Found(None, place + 1)  # 数百亿元 is no hundred; 百折不挠
        ratio = self._ratio(place, before)
        if ratio is not None:
            return ratio
        following = place + 1
        low, high, last = number.low, number.high, number
        unit = self._unit(number)
        second = self._second_of_range(place, before, unit)
        if second is not None:
            last, following = second, place + 2
            unit = self._unit(last)
            low, high = range_of(number, last)
        share = last.below > 1
        if share:
            low, high = low * _HUNDRED, high * _HUNDRED
        end = self._end(last, unit)
        written = "%" if share else unit
        if not self._counts(number, last, written):
            return _Found(None, following)
        if is_year(number, last, unit) or _DATE_AFTER.match(text, end):
            return _Found(None, following)
        start = number.start
        known = unit_written(written)
        measure = Measure(known.measure) if known is not None else Measure.COUNT
        sign = sign_before(before, written, measure)
        if sign is not None:
            low, high, start = -high, -low, start - len(sign[0])
        elif self._is_name(start, end, written):
            return _Found(None, following)
        if unit == "成" and not share and (tenth := single_digit(self._numbers, following, end)) is not None:
            low, high, end, following = low + tenth, high + tenth, end + 1, following + 1  # 一成五
        if unit == "折":
            low, high = (value / 10 if value >= 10 else value for value in (low, high))  # 七五折
        aside = _ASIDE.match(text, end, within.end)
        end = aside.end() if aside else end
        opens = start - bound_before(text, start, within.start, number.is_round)
        closes = bound_after(text, end, within.end)
        return _Found(
            Figure(
                Span(opens, closes),
                Span(start, end),
                written,
                measure,
                min(low, high),
                max(low, high),
                last.more or number.more or ("多" if text[end:closes] == "多" else ""),
                number.in_words,
                number.is_round and last is number,
                share or max(number.scale, last.scale) >= 10**4 or (last.in_words and last.high >= 10**4),
            ),
            following,
        )

    def _unit(self, number: Numeral) -> str:
        """The unit behind a number; empty where there is none. A scale alone is a number where it is bounded."""
        large = number.high >= _LARGE or (number.more and number.high >= _LARGE - 1)
        if number.is_round:
            large = bound_before(self._text, number.start, self._within.start, True) > 0
        return self._units.behind(self._text, number.end, self._within.end, number.in_words and not large)

    def _end(self, number: Numeral, unit: str) -> int:
        return (
            self._text.index(unit, number.end, number.end + len(unit) + 2) + len(unit) if unit else number.end
        )

    def _counts(self, number: Numeral, last: Numeral, unit: str) -> bool:
        """Whether it is a quantity: in characters only with a unit, or where 万 or 亿 make it large; digits in a row
        only with a zero: 一二〇家, not 一二三次产业."""
        written = self._text[number.start : number.end]
        if number.by_digit and not any(zero in written for zero in ZEROS):
            return False
        if unit in _KINDS and number.in_words and number.low != number.high:
            return False  # 二、三类乡镇 are of two kinds
        if unit or not number.in_words:
            return True
        bounded = bound_before(self._text, number.start, self._within.start, number.is_round) > 0
        large = last.high >= 10**4 and (bounded or not last.is_round) and not last.by_digit
        return large and self._units is _FOR_TALLY

    def _is_name(self, start: int, end: int, unit: str) -> bool:
        before = self._text[max(self._within.start, start - 2) : start]
        if self._units is _FOR_TALLY and before[-1:] in ("“", '"') and unit:
            before = ""  # a quotation may begin with a count: “1家国家实验室、8个大科学装置”
        return _NAME_BEFORE.search(before) is not None or _NAME_AFTER.match(self._text, end) is not None

    def _second_of_range(self, place: int, before: str, unit: str) -> Numeral | None:
        """The number that closes a range begun by this one: 1—2个, 5%～6%, 两到三家, 1.5万至2万人, 20万元以上50万元以下."""
        if place + 1 == len(self._numbers):
            return None
        number, second = self._numbers[place], self._numbers[place + 1]
        joint = _TO.match(self._text, self._end(number, unit), self._within.end)
        if joint is None or joint.end() != second.start or number.more:
            return None
        if not joint["dash"] and (_FROM.search(before) or number.by_digit or second.by_digit):
            return None  # 由120元到200元 are the value before and the value after
        if second.below == 1 and number.below > 1:
            second = replace(
                second, low=second.low / number.below, high=second.high / number.below, below=number.below
            )
        last = self._unit(second)
        if (
            unit in ("", "年")
            and is_year(number, number, unit)
            and not is_year(second, second, last)
            and second.high < 100
        ):
            return None  # 2026-02-05
        if joint["above"] and not _BELOW.match(self._text, self._end(second, last), self._within.end):
            return None  # 二十万元以上五十万元以下 is a range, 5家以上 is none
        if number.below != second.below or (unit and not is_same_unit(unit, last)):
            return None
        return second

    def _ratio(self, place: int, before: str) -> _Found | None:
        """1∶3.2, 三比一, 25∶26∶47 as one figure; None where no ratio begins here. A time (8:30) is no figure."""
        text, parts, end = self._text, [self._numbers[place]], self._numbers[place].end
        while place + len(parts) < len(self._numbers):
            joint, following = _RATIO.match(text, end, self._within.end), self._numbers[place + len(parts)]
            if joint is None or joint.end() != following.start or following.below > 1:
                break
            parts.append(following)
            end = following.end
        if len(parts) == 1 or parts[0].below > 1 or parts[0].more:
            return None
        start = parts[0].start
        after = place + len(parts)
        signs = _RATIO.match(text, parts[0].end, self._within.end)
        if signs is not None and not signs["sign"] and self._units.behind(text, end, self._within.end, False):
            return None  # 2022年比2021年
        if self._is_name(start, end, "") or (_CLOCK.match(text, start) and not _COMPARES.search(before)):
            return _Found(None, after)
        unit, value = ratio_of(parts)
        span = Span(start, end)
        closes = bound_after(text, end, self._within.end)
        opens = start - bound_before(text, start, self._within.start, False)
        return _Found(
            Figure(Span(opens, closes), span, unit, Measure.SHARE, value, value, in_words=parts[0].in_words),
            after,
        )
