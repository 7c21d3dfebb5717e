"""From one page to another of the app, with what its address is to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import streamlit as st

from views.shared.address import LANGUAGE

_PAGES = "pages"
# Streamlit's Page is a function's result as well as a class.
Pages: TypeAlias = Mapping[str, "st.Page"]


def know_pages(pages: Pages) -> None:
    """Remember the pages of this run by their paths."""
    st.session_state[_PAGES] = pages


def link_to(path: str, query: Mapping[str, str], label: str, icon: str) -> None:
    """Draw a link to a page; nothing where a page is drawn by itself, without the app around it."""
    page = st.session_state.get(_PAGES, {}).get(path)
    if page is None:
        return
    language = LANGUAGE.write(st.session_state[LANGUAGE.key])[0] if LANGUAGE.key in st.session_state else ""
    said = {**query, LANGUAGE.name: language} if language == "en" else dict(query)
    st.page_link(page, label=label, icon=icon, query_params=said)
