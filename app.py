"""The app: `streamlit run app.py`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

import streamlit as st

from embeddings import WenbaoError
from embeddings.language import Language, Text
from indexer.errors import ChangedIndex
from views.ask.page import ask_page
from views.ask.wording import AskWording
from views.commitments.page import commitments_page
from views.commitments.wording import CommitmentsWording
from views.compare.page import compare_page
from views.compare.wording import CompareWording
from views.help.page import help_page
from views.help.wording import HelpWording
from views.library.page import library_page
from views.library.wording import LibraryWording
from views.shared.address import LANGUAGE, LANGUAGES, restore_language
from views.shared.browser_page import browser_page
from views.shared.markup import head_html, plain
from views.shared.pages import know_pages
from views.shared.sign_in import SignInWording, keep_cookie, tell_read_only, visitor_or_fault, who_is_in
from views.shared.visitor import visitor
from views.shared.wording import HeadWording
from views.tracking.page import tracking_page
from views.tracking.wording import TrackingWording


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title, the name of its Material symbol, its path in the address, and what draws it."""

    title: Text
    icon: str
    path: str
    draw: Callable[[Language], None]


# In the order of the navigation; the first is the one that opens.
PAGES = (
    Page(AskWording.page_title, "search", "ask", ask_page),
    Page(CompareWording.page_title, "table_chart", "compare", compare_page),
    Page(CommitmentsWording.page_title, "checklist", "commitments", commitments_page),
    Page(TrackingWording.page_title, "fact_check", "tracking", tracking_page),
    Page(LibraryWording.page_title, "folder_open", "library", library_page),
    Page(HelpWording.page_title, "help", "help", help_page),
)


def main() -> None:
    """Choose the language, draw the head and the navigation, run the page."""
    st.set_page_config(page_title="问报 Wenbao", page_icon="📰", layout="wide")
    restore_language()
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        head = st.container(width="stretch")
        person = st.container(width="content")
        chosen = st.segmented_control(
            "语言 Language", list(LANGUAGES), key=LANGUAGE.key, required=True, label_visibility="collapsed"
        )
    words = HeadWording(LANGUAGES[chosen or LANGUAGE.default])
    keep_cookie()
    with person:
        _who(words.language)
    pages = {page.path: _in_language(page, words.language) for page in PAGES}
    know_pages(pages)
    # What the first page is called is no address of its own; whoever writes it beside /compare is led there.
    named = st.Page(
        partial(_as_first, pages[PAGES[0].path]),
        title=words.title,
        url_path=PAGES[0].path,
        visibility="hidden",
    )
    page = st.navigation([*pages.values(), named], position="top")
    # Streamlit's own page has no title where the module is imported without a browser.
    title = next((one.title for one in PAGES if pages[one.path] is page), PAGES[0].title).words(
        words.language
    )
    st.set_page_config(page_title=f"{title} · {words.title}")
    head.html(head_html(title, f"{words.title} · {words.tagline}"))
    page.run()


def _as_first(page: st.Page) -> NoReturn:
    """Open the first page with what the address says."""
    st.switch_page(page, query_params={name: st.query_params.get_all(name) for name in st.query_params})


def _who(language: Language) -> None:
    with suppress(WenbaoError):  # each page tells it
        now = visitor()
        if now is not None:
            who_is_in(now, SignInWording(language))


def _in_language(page: Page, language: Language) -> st.Page:
    def draw() -> None:
        browser_page(language, page.path)
        words = SignInWording(language)
        now = visitor_or_fault(words)
        if now is None:
            return
        tell_read_only(now, words)
        try:
            page.draw(language)
        except ChangedIndex:
            # Somebody removed a report while this page read it: from the beginning, with the library as it now is.
            st.rerun()
        except WenbaoError as error:
            # What no page tells itself, such as an index that was lost while the page was drawn.
            st.error(plain(error.message(language)), icon=":material/error:")

    return st.Page(
        draw,
        title=page.title.words(language),
        icon=f":material/{page.icon}:",
        url_path="" if page is PAGES[0] else page.path,
        default=page is PAGES[0],
    )


main()
