"""Which quantities of a sentence are statements, and which only belong to a name, a date or a rank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from answers.knowledge.tables import Row, alternatives, rows
from answers.quantities.amounts import Quantity
from answers.quantities.units import Measure
from indexer.text.span import Span

_rows = partial(rows, Row, "statements")


def _starts(section: str) -> re.Pattern[str]:
    """For what follows a number: `match` it."""
    return re.compile(alternatives(_rows(section)))


def _ends(section: str) -> re.Pattern[str]:
    """For what stands before a number: `search` it."""
    return re.compile(f"(?:{alternatives(_rows(section))})$")


_NAME_UNITS = frozenset(word for row in _rows("name_unit") for word in row.words)
_SMALL_COUNTS = frozenset(word for row in _rows("small_count") for word in row.words)
_RANK, _CONGRESS, _REACHED, _SHORTENS, _THRESHOLD_OF = map(
    _ends, ("rank", "congress", "reached", "shortens", "threshold_of")
)
_NAME_GOES_ON, _PEOPLE, _NAMED_COUNT, _LAND, _THRESHOLD, _SETTLEMENT = map(
    _starts, ("name_goes_on", "people", "named_count", "land", "threshold", "settlement")
)
_SHARE_REACHED = _starts("share_reached")
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]")
_LARGE = (Measure.MONEY, Measure.AREA, Measure.WEIGHT, Measure.PEOPLE, Measure.LENGTH)
_YEARS_RUNNING = re.compile(r"连续(?:第)?$")
_CIRCLE = re.compile(r"[^，。；、]{0,14}圈")
_NEAR = 40  # characters before a number by which it is judged: no row of the tables is longer
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
    if _RANK.search(before) or _RANK.search(outer) or figure.unit in _NAME_UNITS:
        return False
    if not figure.unit and not re.search(r"[万亿%％]|分之", written):
        return False
    if _NAME_GOES_ON.match(after) or _PEOPLE.match(after) or re.match(r"0\d", written):
        return False
    if figure.measure is Measure.TIME:
        return _states_time(before, after, alone)
    if any(name.holds(figure.bare) for name in quoted):
        return False
    if _NUMERAL.match(written):
        said = text[sentence.start : figure.span.start]
        return _states_numeral(written, figure.unit, said, after, figure.span != figure.bare)
    return not _is_threshold(figure.measure, text, quantity, after, before, alone)


def _states_time(before: str, after: str, alone: bool) -> bool:
    """Time counts where it is what is shortened or reached, where it names a circle of services, and
    where the years of a series are all that is told."""
    if _CIRCLE.match(after):
        return True
    if before.endswith("到期后再延长"):
        return False  # the term of a lease, in every report
    if _YEARS_RUNNING.search(before):
        return alone
    return bool(_REACHED.search(before) or _SHORTENS.search(before))


def _states_numeral(written: str, unit: str, before: str, after: str, bounded: bool) -> bool:
    """Counts in Chinese numerals: 四大行动, 五项机制, 百万户以上; not 一个, 二十大, 八项规定, 千家万户."""
    if "分之" in written or unit in ("成", "倍", "个百分点"):
        return not written.startswith("一成不") and bool(bounded or _SHARE_REACHED.search(before + written))
    if _CONGRESS.search(written) or _NAMED_COUNT.match(after) or (unit == "大" and _LAND.match(after)):
        return False
    if re.match(r"[十百千万亿]+" + re.escape(unit) + "$", written) and not re.match(
        r"十(?:大|件|项)", written
    ):
        return bounded or bool(_REACHED.search(before))
    if written.startswith("一"):
        return bool(re.match(r"[百千]?[万亿]+(?:元)?台阶", after)) or bool(
            re.search(r"[十百千万亿]", written)
        )
    if unit == "个":
        return bool(re.search(r"[十百千万亿]", written)) and not after.startswith(("方面", "必须"))
    return unit in _SMALL_COUNTS or bool(re.search(r"[百千万亿]", written))


def _is_threshold(
    measure: Measure, text: str, quantity: Quantity, after: str, before: str, alone: bool
) -> bool:
    """Whether the quantity only says which things are meant: 预增产值过10亿元的增长点, 500万元以上技改项目."""
    figure = quantity.figure
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
