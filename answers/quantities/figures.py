"""Find figures with their unit and bound in Chinese report text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from answers.knowledge.tables import alternatives
from answers.quantities.bounds import AFTER, BEFORE
from answers.quantities.units import UNITS, Measure, Unit, unit_written
from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit.

    Attributes:
        span: the number, its unit and the bounds around it: «超13万吨», «400个以上».
        bare: the same without the bounds.
        unit: the unit as written, without 万 and 亿: 吨, 个, %.
        measure: what the unit counts.
    """

    span: Span
    bare: Span
    unit: str
    measure: Measure


_DIGITS = r"\d+(?:,\d{3})*(?:[.．]\d+)?"
_NUMERALS = r"[一二两三四五六七八九十百千]{1,20}"
# Blanks are taken whole: given back one by one, a line of them would take the square of its length.
_TO = r"\s*+[—\-–~～－至到]++\s*+"


def _figure_pattern(
    digits: Iterable[Unit], characters: Iterable[Unit], fraction: str, first: str
) -> re.Pattern[str]:
    """Figures with any unit of `digits`, or a number in characters with one of `characters`, and bounds around.

    `fraction` is a further form of a number; `first` what may follow the first number of a range.
    """
    return re.compile(
        rf"(?P<before>(?:{BEFORE})?)"
        rf"(?P<bare>"
        rf"(?:{_DIGITS}(?:\s*+(?:{first})?{_TO}{_DIGITS})?\s*+(?:[余多](?=[万亿]))?(?P<scale>[十百千]?[万亿]+(?:[余多]亿)?)?\s*+(?:余|多)?(?P<unit>{alternatives(digits)})?)"
        rf"|百分之{_NUMERALS}(?:点[零〇一二三四五六七八九]+)?{fraction}"
        rf"|{_NUMERALS}(?P<scale2>[万亿]+)?(?P<unit2>{alternatives(characters)})"
        rf")"
        rf"(?P<aside>[（(](?:间|户|人|次|吨|个|家|辆|套)[）)])?"
        rf"(?P<after>(?:{AFTER}|多)?)"
    )


_FIGURE = _figure_pattern(
    [unit for unit in UNITS if unit.digits == "always"],
    [unit for unit in UNITS if unit.characters == "always"],
    fraction="",
    first="[%％]",
)
# What a table of every quantity needs besides, and a reader who looks for an answer would stumble over:
# 四大行动, 5轮, 2金, 百万户, 3000万农牧民, 三分之二.
_TALLY = _figure_pattern(
    [unit for unit in UNITS if unit.digits != "never"],
    [unit for unit in UNITS if unit.characters != "never"],
    fraction=rf"|{_NUMERALS}分之{_NUMERALS}",
    first="[%％万亿]",
)
# Numbers that are names: 第三届, “1244”, 5A, 1.0, 三期; and dates.
_NAME_BEFORE = re.compile(r"(?:第|“|\"|[A-Za-z+—/-])$")
_NAME_AFTER = re.compile(r"^(?:”|\"|[A-Za-z]|[+＋/])")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:\s*[—\-–~～至到]+\s*(?:19|20)\d\d)?年?$")


def figures(text: str, within: Span) -> tuple[Figure, ...]:
    """The figures inside `within`, in order. Years, dates, ranks and names that hold numbers are none."""
    return tuple(_figures(text, within, _FIGURE))


def tally(text: str, within: Span) -> tuple[Figure, ...]:
    """As `figures`, with the rarer units and the counts in Chinese numerals (四大行动, 百万户) too."""
    return tuple(_figures(text, within, _TALLY))


def _figures(text: str, within: Span, pattern: re.Pattern[str]) -> Iterator[Figure]:
    for match in pattern.finditer(text, within.start, within.end):
        bare = Span(*match.span("bare"))
        written = bare.of(text)
        before = text[max(0, bare.start - 1) : bare.start]
        if pattern is _TALLY and before in '“"' and match.group("unit"):
            before = ""  # a quotation may begin with a count: “1家国家实验室、8个大科学装置”
        if _NAME_BEFORE.search(before) or _NAME_AFTER.match(text[bare.end : bare.end + 1]):
            continue
        if _YEAR.match(written) or text.startswith(("月", "日", "号"), bare.end):
            continue
        unit = match.group("unit") or match.group("unit2") or ("%" if written.startswith("百分之") else "")
        known = unit_written(unit)
        if known is not None:
            measure = Measure(known.measure)
        else:
            measure = Measure.SHARE if "%" in written else Measure.COUNT
        end = match.end("aside") if match.group("aside") else bare.end
        yield Figure(Span(match.start(), max(match.end(), end)), Span(bare.start, end), unit, measure)
