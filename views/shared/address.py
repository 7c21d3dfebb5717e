"""The address of a page in the browser: what is chosen on the page is in it, a link and Back bring it back.

Streamlit can bind a control to the address by itself. It then replaces the address at each change, so that Back leaves
the page instead of restoring the question before, and it puts the words of the page's language into the link.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from answers.public_address import PUBLIC
from embeddings.language import Language
from views.shared.markup import plain
from views.shared.parameters import Parameter, Query, linked, one_of, query_of, root_of, said_by
from views.shared.wording import SharedWording

LANGUAGES: dict[str, Language] = {"中文": "zh", "English": "en"}
LANGUAGE = one_of("lang", "language", {"en": "English", "zh": "中文"}, "中文")
PATHS = ("ask", "compare", "commitments", "tracking", "library", "help")
_WRITTEN, _MEMORY, _FAULTS = "address:written", "address:memory", "address:faults"
_TOLD_AT = "address:told_at"  # where on the page what a link says in vain is told: above all else
_MOST = 50


@dataclass(frozen=True, slots=True)
class _Written:
    """What the session wrote into the address: of which page, the last query, and those before it."""

    page: str
    query: Query
    before: tuple[Query, ...] = ()


@contextmanager
def address(page: str, parameters: Sequence[Parameter], words: SharedWording) -> Iterator[bool]:
    """Around a page: its values are in the session under their keys, and afterwards in the address.

    Yields whether the address was read just now: a link was opened, or somebody went back.
    """
    read = _restored(page, parameters, words)
    st.session_state[_TOLD_AT] = st.container(key="address_faults")
    for fault in st.session_state.get(_FAULTS, ()):
        _warn(fault)
    yield read
    _keep(page, parameters, read)


def link_here(page: str, parameters: Sequence[Parameter], changes: Mapping[str, object] | None = None) -> str:
    """A link that opens this page as it is now, but for `changes`, values by their keys in the session."""
    values = _with_language({**_values(page, parameters), **(changes or {})})
    return linked(_root(), page, query_of(values, (*parameters, LANGUAGE)))


def page_address(page: str) -> str:
    """The address of a page, without a query."""
    return linked(_root(), page, {})


def restore_language() -> None:
    """Before the language is chosen: the one of a link."""
    query = st.query_params.get_all(LANGUAGE.name)
    if _WRITTEN not in st.session_state or (_went_back() and query):
        st.session_state[LANGUAGE.key] = said_by({LANGUAGE.name: query}, [LANGUAGE]).values[LANGUAGE.key]


def bad_link(fault: str) -> None:
    """Say at the head of the page what of a link there is not, now and until something else is chosen."""
    told = st.session_state.get(_FAULTS, ())
    if fault not in told:
        st.session_state[_FAULTS] = (*told, fault)
        _warn(fault)


def _root() -> str:
    return (os.environ.get(PUBLIC) or root_of(st.context.url or "", PATHS)).rstrip("/")


def _restored(page: str, parameters: Sequence[Parameter], words: SharedWording) -> bool:
    now = _query()
    last: _Written | None = st.session_state.get(_WRITTEN)
    remembered = st.session_state.setdefault(_MEMORY, {}).get(page)
    if last is not None and remembered is not None and not _went_back():
        here = last.page == page and now in (last.query, *last.before)
        # The menu leads to a page without its query, or with that of the page before.
        own = now != last.query and any(one.name in now for one in parameters)
        by_menu = last.page != page and not own
        if here or by_menu:
            for key, value in remembered.items():
                # Streamlit forgets the value of a control that a run did not draw, but not one that was set by hand.
                st.session_state[key] = st.session_state.get(key, value) if here else value
            return False
    # A link, or a step back.
    said = said_by(now, parameters)
    for key, value in said.values.items():
        st.session_state[key] = value
    st.session_state[_FAULTS] = tuple(words.bad_address.format(said=fault) for fault in said.faults)
    st.session_state[_MEMORY][page] = said.values
    return True


def _warn(fault: str) -> None:
    st.session_state[_TOLD_AT].warning(plain(fault), icon=":material/link_off:")


def _keep(page: str, parameters: Sequence[Parameter], read: bool) -> None:
    values = _values(page, parameters)
    st.session_state[_MEMORY][page] = values
    query = query_of(_with_language(values), (*parameters, LANGUAGE))
    last: _Written | None = st.session_state.get(_WRITTEN)
    before = (last.query, *last.before)[:_MOST] if last is not None and last.page == page else ()
    if query != _query():
        st.query_params.from_dict({name: list(words) for name, words in query.items()})
    if last is None or (last.page, last.query) != (page, query):
        st.session_state[_WRITTEN] = _Written(page, query, before)
        if not read:  # somebody went on from there
            st.session_state[_FAULTS] = ()


def _values(page: str, parameters: Sequence[Parameter]) -> dict[str, Any]:
    remembered = st.session_state[_MEMORY].get(page, {})
    return {one.key: st.session_state.get(one.key, remembered.get(one.key)) for one in parameters}


def _with_language(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, LANGUAGE.key: st.session_state.get(LANGUAGE.key)}


def _query() -> Query:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _went_back() -> bool:
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation
