"""Numbers are written out in every style of the genre and read back: value, unit, bound and span are exact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers.knowledge.tables import rows
from answers.quantities.amounts import quantities, shown
from answers.quantities.bounds import Bound, BoundWords
from answers.quantities.figures import figures, tally
from answers.quantities.units import UNITS, Unit, unit_written
from indexer.text.span import Span
from tests.answers.quantities.written_numbers import (
    Written,
    below_zero,
    numbers,
    ranges,
    ratios,
    shares,
    strokes,
    thousands,
)

# Units that any number may have, of which none begins as another goes on (大, 大类).
_WORDS = tuple(
    (word, unit)
    for unit in UNITS
    for word in unit.words
    if not unit.above
    and unit.digits == "always"
    and unit.measure != "share"
    and not word.startswith(("个", "千", "百"))
    and word not in ("级", "期", "届", "类")  # 二三级 are two levels, no range
)
_TOUCHING = tuple(
    (row, word)
    for row in rows(BoundWords, "bounds", "bound")
    for word in row.words
    if row.stands in ("before", "after") and not row.scale_only
)
_BEFORE = ("全年完成", "经费，", "，增长到", "人均达", "其中：")
_AFTER = ("。", "，比上年好", "、其他", "；", "\n", "")
_PER = ("元/千瓦时", "元／平方米", "吨标准煤/万元", "人/平方公里", "元/人·月", "微克/立方米")


def read_back(
    before: str, written: Written, unit: str, after: str, bounds: tuple[str, str] = ("", "")
) -> None:
    """The one quantity of the text is what was written, and its span all that was."""
    number = written.text.rstrip() + unit
    text = f"{before}{bounds[0]}{number}{bounds[1]}{after}"
    (found,) = quantities(text, Span(0, len(text)))
    assert found.figure.bare.of(text) == number
    assert found.figure.span.of(text) == bounds[0] + number + bounds[1]
    row = unit_written(unit)
    times = row.exact_times if row is not None else 1
    assert (found.amount.low, found.amount.high) == (float(written.low * times), float(written.high * times))
    name = (row.name or unit) if row is not None else unit
    assert found.amount.unit == (written.unit or name)
    assert found.amount.bound is written.bound


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(_BEFORE), st.one_of(numbers, ranges()), st.sampled_from(_WORDS), st.sampled_from(_AFTER)
)
def test_a_number_and_its_unit_are_read_back(
    before: str, written: Written, unit: tuple[str, Unit], after: str
) -> None:
    read_back(before, written, unit[0], after)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(_BEFORE), st.one_of(shares(), ratios()), st.sampled_from(_AFTER))
def test_shares_and_ratios_are_read_back(before: str, written: Written, after: str) -> None:
    if written.text.startswith("1") and before == "其中：":
        before = "，达"  # a colon before digits may be a ratio's
    read_back(before, written, "", after)


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(("全年完成", "人均达", "增长到")),
    thousands(),
    st.sampled_from([pair for pair in _WORDS if "\u4e00" <= pair[0][0] <= "\u9fff"]),
    st.sampled_from(_AFTER),
)
def test_blanks_between_thousands_are_read_over(
    before: str, written: Written, unit: tuple[str, Unit], after: str
) -> None:
    read_back(before, written, unit[0], after)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        (("占全省的", "。"), ("降低", "，"), ("其中", "的村"), ("分别为", "、"), ("占全国", "以上"))
    ),
    strokes(),
)
def test_a_stroke_divides_where_the_words_tell_a_share(around: tuple[str, str], written: Written) -> None:
    text = f"{around[0]}{written.text}{around[1]}"
    (found,) = quantities(text, Span(0, len(text)))
    assert found.figure.bare.of(text) == written.text
    assert found.amount.low == found.amount.high == pytest.approx(float(written.low))
    assert found.amount.unit == "%"


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(("增速为", "同比增长", "降至")), below_zero(), st.sampled_from(_AFTER))
def test_what_is_below_zero_is_read_back(before: str, written: Written, after: str) -> None:
    read_back(before, written, "", after)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(_BEFORE), numbers, st.sampled_from(_PER), st.sampled_from(_AFTER))
def test_units_with_a_stroke_are_read_back(before: str, written: Written, unit: str, after: str) -> None:
    read_back(before, written, unit, after)


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(_BEFORE),
    st.one_of(numbers, ranges()),
    st.sampled_from(_TOUCHING),
    st.sampled_from(_AFTER),
)
def test_bounds_that_touch_a_number_are_read_back(
    before: str, written: Written, bound: tuple[BoundWords, str], after: str
) -> None:
    row, word = bound
    bounds = (word, "") if row.stands == "before" else ("", word)
    read_back(before, replace(written, bound=Bound(row.name)), "吨", after, bounds)


@settings(max_examples=120, deadline=None)
@given(st.one_of(numbers, ranges(), shares()))
def test_what_is_shown_is_read_as_the_same_amount(written: Written) -> None:
    text = f"达{written.text}{'' if written.unit else '吨'}，"
    (found,) = quantities(text, Span(0, len(text)))
    again = f"达{shown(found.amount)}，"
    (same,) = quantities(again, Span(0, len(again)))
    assert (same.amount.low, same.amount.high) == pytest.approx(
        (found.amount.low, found.amount.high), rel=1e-14
    )
    assert same.amount.unit == found.amount.unit


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(_BEFORE), st.one_of(numbers, ranges(), shares(), ratios()), st.sampled_from(_AFTER))
def test_answers_and_the_table_of_quantities_read_the_same_figures(
    before: str, written: Written, after: str
) -> None:
    text = f"{before}{written.text}{'' if written.unit else '吨'}{after}"
    whole = Span(0, len(text))
    assert figures(text, whole) == tally(text, whole)
