"""A picture of the page: made once as long as what it shows stays the same, for to make it takes longer than all else."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import streamlit as st


def draw_picture(name: str, shown: object, make: Callable[[], Any]) -> None:
    """Draw a chart of Altair.

    Args:
        name: tells the kinds of pictures apart.
        shown: everything that the picture is made of: rows, words, the colour of letters. Told apart by its `repr`.
        make: makes the chart, where there is none of the same yet.
    """
    # Streamlit takes the rows out of the specification that it is given.
    st.vega_lite_chart(copy.deepcopy(_specification(name, repr(shown), make)), width="stretch")


@st.cache_resource(show_spinner=False, max_entries=64)
def _specification(name: str, shown: str, _make: Callable[[], Any]) -> dict[str, Any]:
    """The chart as Vega-Lite. Altair would check it against the whole schema of Vega-Lite, for half a second."""
    made: dict[str, Any] = _make().to_dict(validate=False)
    return made
