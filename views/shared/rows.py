"""A table in which rows are chosen. What is chosen is the thing that a row shows, never the row's place.

The place of a row names another thing as soon as one is removed, corrected or sorted anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal

import streamlit as st

Cells = Sequence[tuple[int, str]]
"""The cell that was clicked, as its row and its column; none where a box was."""


def clicked_cell(rows: Sequence[int], cells: Cells, ticked: Sequence[int]) -> Cells:
    """The cell that was clicked; none where it was a box. `ticked` are the rows whose boxes were ticked before.

    A click on a cell leaves the boxes as they were. When a box is cleared that the program had ticked, Streamlit adds
    the first cell of the table, which nobody clicked.
    """
    return cells if sorted(rows) == sorted(ticked) else ()


def picked(rows: Sequence[int], things: Sequence[str], cells: Cells = ()) -> tuple[str, ...]:
    """The things of the rows that are chosen: the one in which a cell was clicked, else those whose boxes are ticked.

    `things` are those that were drawn then.
    """
    found = [row for row, _ in cells] or list(rows)
    return tuple(things[row] for row in sorted(found) if row < len(things))


def choose_row(
    lines: Sequence[dict[str, Any]],
    things: Sequence[str],
    chosen: str | None,
    choose: Callable[[str | None], None],
    *,
    key: str,
    **look: Any,
) -> None:
    """Draw a table; a click anywhere in a row calls `choose` with what it shows, a second one on its box with None.

    `things` names what each line shows, `chosen` the one that is chosen now, wherever it is; `look` goes to
    `st.dataframe`.
    """

    def one(found: tuple[str, ...]) -> None:
        choose(found[0] if found else None)

    _table(lines, things, () if chosen is None else (chosen,), one, one, "single-row", key, look)


def choose_rows(
    lines: Sequence[dict[str, Any]],
    things: Sequence[str],
    chosen: Sequence[str],
    open_one: Callable[[str], None],
    tick: Callable[[tuple[str, ...]], None],
    *,
    key: str,
    **look: Any,
) -> None:
    """As `choose_row`, where several can be chosen: a click in a row calls `open_one` with what it shows.

    A click on a box calls `tick` with what all the rows show whose boxes are ticked then.
    """
    _table(lines, things, chosen, lambda found: open_one(found[0]), tick, "multi-row", key, look)


def _table(
    lines: Sequence[dict[str, Any]],
    things: Sequence[str],
    chosen: Sequence[str],
    cell: Callable[[tuple[str, ...]], None],
    boxes: Callable[[tuple[str, ...]], None],
    mode: Literal["single-row", "multi-row"],
    key: str,
    look: dict[str, Any],
) -> None:
    # Of other things it is another table, in which nothing is ticked but what is chosen.
    widget = f"{key}:{hashlib.sha256(chr(0).join(things).encode()).hexdigest()[:16]}"
    wanted = [number for number, thing in enumerate(things) if thing in chosen]
    former = st.session_state.get(widget)
    if wanted if former is None else sorted(former["selection"]["rows"]) != wanted:
        st.session_state[widget] = _ticked(wanted)
    st.dataframe(
        lines,
        on_select=partial(_clicked, widget, tuple(things), tuple(wanted), cell, boxes),
        selection_mode=(mode, "single-cell"),
        hide_index=True,
        placeholder="",  # Streamlit says None
        key=widget,
        **look,
    )


def _clicked(
    widget: str,
    things: Sequence[str],
    ticked: Sequence[int],
    cell: Callable[[tuple[str, ...]], None],
    boxes: Callable[[tuple[str, ...]], None],
) -> None:
    selection = st.session_state[widget]["selection"]
    rows, there = selection["rows"], tuple(map(tuple, selection.get("cells", ())))
    cells = clicked_cell(rows, there, ticked)
    found = picked(rows, things, cells)
    if there:
        # The whole row is chosen, and its box says so; a cell that stayed chosen would hide which was clicked next.
        st.session_state[widget] = _ticked([row for row, _ in cells] or rows)
    if not cells:
        boxes(found)
    elif found:
        cell(found)


def _ticked(rows: Sequence[int]) -> dict[str, dict[str, list[Any]]]:
    return {"selection": {"rows": list(rows), "columns": [], "cells": []}}
