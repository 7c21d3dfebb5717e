"""A table in which one row is chosen. What is chosen is the thing that the row shows, never the row's place.

The place of a row names another thing as soon as one is removed, corrected or sorted anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

Cells = Sequence[tuple[int, str]]
"""The cell that is chosen, as its row and its column; none where none is."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a table shows as chosen, and how often it was drawn anew: where something was chosen elsewhere."""

    chosen: str | None
    turn: int


def picked(rows: Sequence[int], things: Sequence[str], cells: Cells = ()) -> str | None:
    """The thing in the row that was clicked, in a cell or at its box (`rows`); `things` are those that were drawn then.

    A cell was clicked last where there is one: it is let go of at once for the box of its row.
    """
    found = [*(row for row, _ in cells), *rows]
    return things[found[0]] if found and found[0] < len(things) else None


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
    # Of other things it is another table, in which nothing is ticked but what is chosen.
    table = f"{key}:{hashlib.sha256(chr(0).join(things).encode()).hexdigest()[:16]}"
    there = chosen if chosen in things else None
    state = f"{table}:shown"
    shown = st.session_state.get(state) or _Shown(there, 0)
    if shown.chosen != there:
        shown = _Shown(there, shown.turn + 1)
    st.session_state[state] = shown
    widget = f"{table}:{shown.turn}"
    first = st.session_state.setdefault(f"{widget}:first", there)
    st.dataframe(
        lines,
        on_select=partial(_clicked, widget, state, tuple(things), choose),
        selection_mode=("single-row", "single-cell"),
        selection_default={"selection": {"rows": [things.index(first)]}} if first is not None else None,
        hide_index=True,
        placeholder="",  # Streamlit says None
        key=widget,
        **look,
    )


def _clicked(widget: str, state: str, things: Sequence[str], choose: Callable[[str | None], None]) -> None:
    selection, shown = st.session_state[widget]["selection"], st.session_state[state]
    cells = tuple(map(tuple, selection.get("cells", ())))
    thing = picked(selection["rows"], things, cells)
    if cells and thing is not None:
        # Whatever of a row is clicked, its box is ticked and all of it is tinted.
        ticked = {"rows": [things.index(thing)], "columns": [], "cells": []}
        st.session_state[widget] = {"selection": ticked}
    st.session_state[state] = _Shown(thing, shown.turn)
    choose(thing)
