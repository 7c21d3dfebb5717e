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
    """What a table shows as chosen, how often it was drawn anew, and the cell that was chosen last.

    It is drawn anew where something was chosen elsewhere, and where a box and a cell of two rows are chosen: Streamlit
    keeps the one when the other is clicked.
    """

    chosen: str | None
    turn: int
    cells: Cells = ()


def picked(rows: Sequence[int], things: Sequence[str], cells: Cells = (), former: Cells = ()) -> str | None:
    """The thing in the row that was clicked last, at its box (`rows`) or in a cell.

    `things` are those that were drawn then, `former` is the cell that was chosen before.
    """
    boxes, inside = list(rows), [row for row, _ in cells]
    found = [*inside, *boxes] if list(cells) != list(former) else [*boxes, *inside]
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
    rows, cells = selection["rows"], tuple(map(tuple, selection.get("cells", ())))
    thing = picked(rows, things, cells, shown.cells)
    apart = bool(rows and cells) and rows[0] != cells[0][0]
    st.session_state[state] = _Shown(thing, shown.turn + apart, () if apart else cells)
    choose(thing)
