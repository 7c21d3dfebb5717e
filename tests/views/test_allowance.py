from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from views.shared.allowance import Allowance

TWO = Allowance(2, 10.0)


def test_so_many_are_allowed_and_then_none_until_the_oldest_is_long_ago() -> None:
    assert TWO.wait((), 100.0) == 0
    assert TWO.wait((99.0,), 100.0) == 0
    assert TWO.wait((95.0, 99.0), 100.0) == 5.0
    assert TWO.wait((95.0, 99.0), 105.0) == 0
    assert TWO.wait((95.0, 99.0), 100.0, 2) == 9.0


def test_more_than_is_ever_allowed_waits_for_an_empty_hour_and_then_goes() -> None:
    assert TWO.wait((99.0,), 100.0, 5) == 9.0
    assert TWO.wait((), 100.0, 5) == 0


@given(st.lists(st.floats(0, 100), max_size=20), st.integers(1, 5))
def test_whoever_waits_as_told_is_allowed(times: list[float], count: int) -> None:
    before = tuple(sorted(times))
    wait = TWO.wait(before, 100.0, count)
    assert TWO.wait(before, 100.001 + wait, count) == 0
