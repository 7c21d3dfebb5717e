"""The app: `streamlit run app.py`."""

from __future__ import annotations

import streamlit as st

from embeddings.errors import Language
from views.ask import ask_page
from views.wording import wording

_LANGUAGES: dict[str, Language] = {"中文": "zh", "English": "en"}


def main() -> None:
    """Choose the language, draw the head and the navigation, run the page."""
    st.set_page_config(page_title="问报 Wenbao", page_icon=":material/newspaper:", layout="wide")
    name, switch = st.columns([5, 1], vertical_alignment="center")
    chosen = switch.segmented_control(
        "语言 Language",
        list(_LANGUAGES),
        default="中文",
        key="language",
        required=True,
        label_visibility="collapsed",
        bind="query-params",
    )
    language = _LANGUAGES[chosen or "中文"]
    words = wording(language)
    name.subheader(f"{words.title} · {words.tagline}", anchor=False)

    def ask() -> None:
        ask_page(language)

    page = st.navigation([st.Page(ask, title=words.page_ask, default=True)], position="top")
    page.run()


main()
