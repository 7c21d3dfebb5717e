from __future__ import annotations

from views.shared.done import UNDO_SECONDS, Done, Undo, still_told
from views.shared.rows import clicked_cell, picked


def _nothing() -> None:
    pass


UNDO = Undo(_nothing, _nothing)


def test_the_last_change_is_told_and_of_those_before_it_what_can_be_undone() -> None:
    removed, corrected, saved = Done("移除", 1.0, UNDO), Done("更正", 2.0), Done("认定", 3.0)
    assert still_told((removed, corrected, saved), 4.0) == (removed, saved)
    assert still_told((), 4.0) == ()


def test_a_removal_can_be_undone_for_half_an_hour() -> None:
    removed, saved = Done("移除", 0.0, UNDO), Done("认定", 1.0)
    assert still_told((removed, saved), UNDO_SECONDS) == (removed, saved)
    assert still_told((removed, saved), UNDO_SECONDS + 1) == (saved,)
    assert still_told((removed,), UNDO_SECONDS + 1) == ()


def test_what_is_picked_is_the_thing_that_was_drawn_in_the_row() -> None:
    assert picked([1], ["甲", "乙"]) == ("乙",)
    assert picked([], ["甲"]) == ()
    assert picked([2, 0], ["甲", "乙", "丙"]) == ("甲", "丙")  # several boxes, in the order of the table
    # A click on a cell chooses its row, whatever was ticked before.
    assert picked([0, 2], ["甲", "乙", "丙"], [(1, "原句")]) == ("乙",)
    # A box that was cleared is no click on the cell that Streamlit tells with it.
    assert clicked_cell([1], [(0, "事项")], ticked=[1]) == [(0, "事项")]
    assert clicked_cell([], [(0, "事项")], ticked=[1]) == ()
    assert picked([3], ["甲"]) == ()  # a tick that came late, for a table that is gone
