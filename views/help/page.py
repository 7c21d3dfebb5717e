"""The page 说明: what each page does, how sure answers are, how numbers are read, privacy, the keyboard."""

from __future__ import annotations

import streamlit as st

from embeddings.language import Language
from views.help.measured import MEASURED, in_ten
from views.help.wording import HelpWording
from views.shared.address import address
from views.shared.markup import STYLE


def help_page(language: Language) -> None:
    """Draw the page."""
    words = HelpWording(language)
    st.html(STYLE)
    with address("help", (), words), st.container(width=860, key="help"):
        _page(words)


def _page(words: HelpWording) -> None:
    st.markdown(words.intro)
    _section(words.pages_title, words.pages)
    st.subheader(words.sure_title, anchor=False)
    st.markdown(words.sure)
    st.table(
        {
            words.asked_about: [one.about.words(words.language) for one in MEASURED],
            words.of_ten_right: [in_ten(one.right) for one in MEASURED],
            words.of_ten_withheld: [in_ten(one.withheld) for one in MEASURED],
            words.of_ten_false: [in_ten(one.false) for one in MEASURED],
        },
        hide_index=True,
    )
    st.markdown(words.sure_more)
    for title, text in (
        (words.numbers_title, words.numbers),
        (words.silence_title, words.silence),
        (words.own_title, words.own),
        (words.privacy_title, words.privacy),
        (words.keyboard_title, words.keyboard),
    ):
        _section(title, text)


def _section(title: str, text: str) -> None:
    st.subheader(title, anchor=False)
    st.markdown(text)
