"""Signing in and out: the form in the place of a page, who is in, and the cookie by which other windows know it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec

import streamlit as st

from embeddings import WenbaoError
from embeddings.language import Labels, Text, Wording
from indexer.people.accounts import AccountError, Role
from indexer.people.passwords import TooManyTries, Tries
from views.shared.markup import STYLE, plain
from views.shared.sessions import SECONDS
from views.shared.visitor import (
    COOKIE,
    Visitor,
    accounts,
    begin_session,
    end_session,
    has_provider,
    provider_user,
    session_id,
    visitor,
)

_TRIES = Tries()
_NAME, _SECRET, _FAULT = "sign_in_name", "sign_in_secret", "sign_in_fault"
# A cookie that the page sets itself: Streamlit lets nobody add one to an answer of its server.
_JS = """
export default function(component) {
  const { name, value, seconds } = component.data;
  const safe = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; path=/; SameSite=Strict; max-age=${value ? seconds : 0}${safe}`;
}
"""


class SignInWording(Wording):
    """What is said of signing in."""

    sign_in = Text("登录", "Sign in")
    why = Text(
        "这里的报告只给名单里的人看。没有名字的，请找管理员添加。",
        "The reports here are for people in the list. If you are not, ask the owner to add you.",
    )
    name = Text("名称", "Name")
    secret = Text("密码或令牌", "Password or token")
    go = Text("登录", "Sign in")
    provider = Text("用单位账号登录", "Sign in with your organisation")
    provider_named = Text("用 {name} 登录", "Sign in with {name}")
    wrong = Text("名称或密码不对。", "The name or the password is wrong.")
    both = Text("请写下名称和密码。", "Write a name and a password.")
    unknown = Text(
        "您已用 {email} 登录，但名单里没有这个邮箱。请管理员运行：wenbao people add 名称 --email {email}",
        "You are signed in as {email}, which is not in the list. The owner adds it: wenbao people add NAME --email {email}",
    )
    unproven = Text(
        "登录的服务没有核实过您的邮箱 {email}，所以不能凭它进来。请先在那里核实邮箱。",
        "Your provider has not proven the address {email}, so it lets nobody in. Have it proven there first.",
    )
    missing = Text(
        "单点登录要用到 Authlib，而它没有安装。请管理员运行：pip install -r requirements-login.txt",
        "Signing in with a provider needs Authlib, which is not installed. The owner runs: pip install -r "
        "requirements-login.txt",
    )
    sign_out = Text("退出登录", "Sign out")
    read_only = Text(
        "只读：这个应用向网络开放，却没有设登录，所以谁都只能看和问，不能加入、更正、移除、认定，也不留反馈。"
        "管理员运行 wenbao people add 添加人员之后，登录的人就能改。",
        "Read-only: this app is open to a network and nobody has to sign in, so everybody may read and ask, and nobody may add, "
        "correct, remove, judge or give feedback. Once its owner adds people (wenbao people add), those who sign in may.",
    )
    roles = Labels(
        {
            Role.READER: Text("读者：可以看、问、反馈", "Reader: may read, ask and give feedback"),
            Role.EDITOR: Text(
                "编辑：还可以加入、更正、移除、认定", "Editor: may also add, correct, remove and judge"
            ),
        }
    )


def sign_in_page(words: SignInWording) -> None:
    """Draw what lets somebody in, in the place of a page."""
    st.html(STYLE)
    st.header(words.sign_in, anchor=False)
    st.caption(words.why)
    fault: Text | None = st.session_state.get(_FAULT)
    if fault is not None:
        st.error(plain(fault.words(words.language)), icon=":material/error:")
    if has_provider():
        _provider(words)
    if any({"password", "token"} & set(one.ways) for one in accounts().all()):
        with st.form("sign_in", width=440):
            st.text_input(words.name, key=_NAME, max_chars=100, autocomplete="username")
            st.text_input(
                words.secret, key=_SECRET, type="password", max_chars=200, autocomplete="current-password"
            )
            st.form_submit_button(words.go, type="primary", on_click=_try)


def who_is_in(who: Visitor, words: SignInWording) -> None:
    """Draw the name of the visitor, and what lets him out."""
    if who.name is None:
        return
    with st.popover(plain(who.name), icon=":material/person:"):
        st.caption(words.roles[who.role])
        by_provider = session_id() is None and has_provider() and provider_user() is not None
        st.button(
            words.sign_out, on_click=st.logout if by_provider else end_session, icon=":material/logout:"
        )


def tell_read_only(who: Visitor, words: SignInWording) -> None:
    """Say that nothing can be changed, where that is so for everybody."""
    if who.name is None and not who.may_edit:
        st.caption(f":material/lock: {words.read_only}")


def keep_cookie() -> None:
    """Have the browser keep the session for other windows, or forget it."""
    session = session_id()
    if session is None:
        return
    component = st.components.v2.component(
        "wenbao_session", html="<span></span>", js=_JS, isolate_styles=False
    )
    component(
        key="session_cookie", data={"name": COOKIE, "value": session, "seconds": int(SECONDS)}, height=1
    )


def _provider(words: SignInWording) -> None:
    if find_spec("authlib") is None:
        st.error(words.missing, icon=":material/error:")
        return
    told = provider_user()
    if told is not None:
        # He proved who he is, and is nobody here.
        email, is_proven = told
        text = words.unknown if is_proven else words.unproven
        st.warning(plain(text.format(email=email)), icon=":material/person_off:")
        st.button(words.sign_out, on_click=st.logout, key="provider_out")
        return
    names = [name for name, value in st.secrets["auth"].items() if isinstance(value, Mapping)]
    if not names:
        st.button(words.provider, on_click=st.login, type="primary", icon=":material/login:")
    for name in names:
        st.button(
            words.provider_named.format(name=name), on_click=st.login, args=(name,), type="primary",
            key=f"provider:{name}", icon=":material/login:",
        )  # fmt: skip


def _try() -> None:
    """Let somebody in, or remember what was wrong; a callback."""
    state = st.session_state
    name, secret = str(state.get(_NAME) or "").strip(), str(state.get(_SECRET) or "")
    state[_SECRET] = ""
    state[_FAULT] = None
    if not name or not secret:
        state[_FAULT] = SignInWording.both
        return
    try:
        _TRIES.check(name)
        account = accounts().of_secret(name, secret)
    except (TooManyTries, AccountError) as error:
        state[_FAULT] = error.text
        return
    if account is None:
        _TRIES.note_wrong(name)
        state[_FAULT] = SignInWording.wrong
        return
    begin_session(account)


def visitor_or_fault(words: SignInWording) -> Visitor | None:
    """Who is at the page; where he has to sign in first, that is drawn, and None given."""
    try:
        found = visitor()
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")
        return None
    if found is None:
        sign_in_page(words)
    return found
