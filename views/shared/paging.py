"""A long table a page at a time: the browser gets every row that is drawn anew at each rerun."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from views.shared.wording import SharedWording

ROWS = 100


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows are drawn: from the one at `offset` on, at most `limit`."""

    offset: int
    limit: int

    @property
    def slice(self) -> slice:
        """The rows of a sequence."""
        return slice(self.offset, self.offset + self.limit)


def choose_page(rows: int, key: str, words: SharedWording, limit: int = ROWS) -> Page:
    """Draw what turns the pages of a table with so many rows; nothing where one page holds them all.

    With another `key` it begins at the first page.
    """
    pages = max(1, -(-rows // limit))
    if pages == 1:
        return Page(0, limit)
    place = f"{key}:page"
    now = min(max(1, int(st.session_state.get(place, 1))), pages)
    st.session_state[place] = now
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            words.former_page, key=f"{key}:former", icon=":material/chevron_left:", disabled=now == 1,
            on_click=_turn, args=(place, now - 1),
        )  # fmt: skip
        st.caption(
            words.rows_shown.format(first=(now - 1) * limit + 1, last=min(now * limit, rows), rows=rows),
            width="content",
        )
        st.button(
            words.next_page, key=f"{key}:next", icon=":material/chevron_right:", disabled=now == pages,
            on_click=_turn, args=(place, now + 1),
        )  # fmt: skip
        if pages > 2:
            st.number_input(words.page_chosen, 1, pages, key=place, label_visibility="collapsed", width=110)
    return Page((now - 1) * limit, limit)


def _turn(place: str, page: int) -> None:
    st.session_state[place] = page
