"""The app: `streamlit run app.py`."""

from __future__ import annotations

import streamlit as st

from embeddings.language import Language
from views.ask.page import ask_page
from views.commitments.page import commitments_page
from views.commitments.wording import commitments_wording
from views.compare.page import compare_page
from views.compare.wording import compare_wording
from views.library.page import library_page
from views.library.wording import library_wording
from views.shared.wording import wording
from views.tracking.page import tracking_page
from views.tracking.wording import tracking_wording

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

    def compare() -> None:
        compare_page(language)

    def commitments() -> None:
        commitments_page(language)

    def tracking() -> None:
        tracking_page(language)

    def library() -> None:
        library_page(language)

    pages = [
        st.Page(ask, title=words.page_ask, icon=":material/search:", default=True),
        st.Page(
            compare, title=compare_wording(language).page, icon=":material/table_chart:", url_path="compare"
        ),
        st.Page(
            commitments,
            title=commitments_wording(language).page,
            icon=":material/checklist:",
            url_path="commitments",
        ),
        st.Page(
            tracking, title=tracking_wording(language).page, icon=":material/fact_check:", url_path="tracking"
        ),
        st.Page(
            library, title=library_wording(language).page, icon=":material/folder_open:", url_path="library"
        ),
    ]
    page = st.navigation(pages, position="top")
    page.run()


main()
