"""Who is at the page, and what that person may do: by signing in, or by where the request comes from.

Where somebody is in the list of people (`wenbao people`), everybody signs in. Where nobody is, who sits at this computer
may do everything, and who comes from a network may only read.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answers.public_address import PUBLIC
from embeddings import WenbaoError
from indexer.location import default_index_directory
from indexer.people.accounts import Account, Accounts, Role
from indexer.people.changes import By, Door
from indexer.people.visits import came_through_a_proxy, is_loopback, names_this_computer
from views.shared.sessions import SESSIONS

COOKIE = "wenbao_session"
_SESSION = "signed_in"  # the id of the visitor's session, in this window


class NotAllowed(WenbaoError):
    """Who is at the page may not do that."""

    def __init__(self) -> None:
        super().__init__(
            "您现在不能做这件事：没有登录，或者您的角色只能读。请登录，或请管理员用 wenbao people set 把角色改成 editor。",
            "You may not do this now: you are not signed in, or your role only reads. Sign in, or ask the owner to make you "
            "an editor with wenbao people set.",
        )


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the page.

    Attributes:
        name: as in the list of people; None where nobody has to say.
        role: what he may do.
    """

    name: str | None
    role: Role

    @property
    def may_edit(self) -> bool:
        """Whether he may add, correct, remove and judge."""
        return self.role is Role.EDITOR

    @property
    def may_speak(self) -> bool:
        """Whether what he says is kept: a stranger from a network only reads."""
        return self.name is not None or self.may_edit


def accounts() -> Accounts:
    """The list of people of the index that is shown."""
    return _accounts(str(default_index_directory()))


@st.cache_resource(show_spinner=False)
def _accounts(directory: str) -> Accounts:
    return Accounts(Path(directory))


def visitor() -> Visitor | None:
    """Who is at the page at this moment; None where he has to sign in first.

    Raises:
        AccountError: the list of people cannot be read.
    """
    known = accounts()
    if not known.guarded:
        return Visitor(None, Role.EDITOR if _at_this_computer() else Role.READER)
    account = _signed_in(known)
    return None if account is None else Visitor(account.name, account.role)


def editing(written: str = "") -> By:
    """Who changes something now, for the log of changes: the name in the list, else the one that was `written`.

    Raises:
        NotAllowed: he may not; the role may have been taken from him since the page was drawn.
        AccountError: as `visitor`.
    """
    return _by(visitor(), written, editor=True)


def speaking(written: str = "") -> By:
    """Who says something that is kept; `written` as in `editing`.

    Raises:
        NotAllowed, AccountError: as `editing`.
    """
    return _by(visitor(), written, editor=False)


def may_edit() -> bool:
    """Whether what changes something is drawn."""
    now = visitor()
    return now is not None and now.may_edit


def may_speak() -> bool:
    """Whether what asks for a reader's word is drawn."""
    now = visitor()
    return now is not None and now.may_speak


def name_box(place: DeltaGenerator, label: str, former: str) -> str:
    """The box in which somebody writes his name; who is signed in has one already."""
    now = visitor()
    if now is not None and now.name is not None:
        place.text_input(label, now.name, disabled=True)
        return now.name
    return place.text_input(label, former, max_chars=100, autocomplete="name")


def begin_session(account: Account) -> None:
    """Let somebody in who proved who he is: in this window at once, in others by the cookie that the page sets."""
    st.session_state[_SESSION] = SESSIONS.begin(account)


def end_session() -> None:
    """Let him out, in all windows of this browser."""
    for name in (session_id(), st.context.cookies.get(COOKIE)):
        if name:
            SESSIONS.end(name)
    st.session_state[_SESSION] = ""


def session_id() -> str | None:
    """The id of the session in this window, which its cookie is to have; "" once it was ended, None where there was none."""
    found: str | None = st.session_state.get(_SESSION)
    return found


def provider_user() -> tuple[str, bool] | None:
    """Whom a provider of sign-in (OpenID Connect) tells of: the address, and whether it stands for it; None for nobody."""
    told = st.user.to_dict()
    if not told.get("is_logged_in"):
        return None
    # Providers that prove no addresses say so, or say nothing.
    return str(told.get("email") or ""), told.get("email_verified", True) is True


def has_provider() -> bool:
    """Whether a provider of sign-in is set up in secrets.toml."""
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets


def _signed_in(known: Accounts) -> Account | None:
    mine = session_id()
    for name in (mine, st.context.cookies.get(COOKIE) if mine is None else None):
        found = SESSIONS.whose(name, known) if name else None
        if found is not None:
            return found
    told = provider_user() if has_provider() else None
    if told is None:
        return None
    email, is_proven = told
    return known.of_email(email) if email and is_proven else None


def _by(now: Visitor | None, written: str, *, editor: bool) -> By:
    if now is None or not (now.may_edit if editor else now.may_speak):
        raise NotAllowed
    return By(now.name or written.strip(), Door.PAGE)


def _at_this_computer() -> bool:
    """Whether the visitor sits at the computer that the app runs on, so far as can be known."""
    if os.environ.get(PUBLIC, "").strip():
        return False
    if not is_loopback(str(st.get_option("server.address") or "")):
        return False
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    if came_through_a_proxy(headers):
        return False
    return "host" not in headers or names_this_computer(headers["host"])
