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


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a table shows as chosen, and how often it was drawn anew because that was chosen elsewhere."""

    chosen: str | None
    turn: int


def picked(rows: Sequence[int], things: Sequence[str], cells: Sequence[tuple[int, str]] = ()) -> str | None:
    """The thing in the row that is ticked, or of which a cell was clicked; `things` are those that were drawn when it was."""
    row = next(iter((*rows, *(row for row, _ in cells))), None)
    return things[row] if row is not None and row < len(things) else None


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
    selection = st.session_state[widget]["selection"]
    thing = picked(selection["rows"], things, selection.get("cells", ()))
    st.session_state[state] = _Shown(thing, st.session_state[state].turn)
    choose(thing)
