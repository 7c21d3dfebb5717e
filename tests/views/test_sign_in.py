"""Who may do what on the pages: signed in, at this computer, or a stranger from a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import views.shared.preparation
import views.shared.visitor
from answers.feedback import all_feedback
from indexer.library import add_reports
from indexer.people.accounts import FILE_NAME, Accounts, Role
from indexer.people.changes import Did, Door, changes
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from views.shared.sessions import SECONDS, Sessions
from views.shared.sign_in import SignInWording

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "correct horse battery"
NAMES = ("甲县2024年政府工作报告", "甲县2025年政府工作报告")


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, schools in zip(NAMES, (11, 22), strict=True):
        write_report(tmp_path, name, f"一、今年工作\n（一）教育。今年新建学校{schools}所，办好教育。\n")
    add_reports(sorted(tmp_path.glob("*.txt")), tmp_path / "index", FakeEncoder())
    monkeypatch.setenv("WENBAO_INDEX", str(tmp_path / "index"))
    monkeypatch.setattr(views.shared.preparation, "load_encoder", FakeEncoder)
    monkeypatch.setattr(
        type(st.context), "cookies", property(lambda _: {})
    )  # a page without a browser has odd ones
    st.cache_resource.clear()
    views.shared.preparation.service().wait(60)
    yield tmp_path / "index"
    st.cache_resource.clear()


def opened(page: str = "ask", **said: str) -> AppTest:
    """A page within the app, as a visitor has it."""
    script = (
        "from views.shared.sign_in import *\n"
        f"from views.{page}.page import {page}_page\n"
        "words = SignInWording('zh')\n"
        "now = visitor_or_fault(words)\n"
        "if now is not None:\n"
        "    tell_read_only(now, words)\n"
        "    who_is_in(now, words)\n"
        f"    {page}_page('zh')\n"
    )
    test = AppTest.from_string(script, default_timeout=60)
    for name, word in said.items():
        test.query_params[name] = word
    return test.run()


def signed_in(test: AppTest, name: str, secret: str) -> AppTest:
    test.text_input(key="sign_in_name").set_value(name)
    test.text_input(key="sign_in_secret").set_value(secret)
    return next(one for one in test.button if one.label == "登录").click().run()


def labels(test: AppTest) -> set[str]:
    return {one.label for one in test.button}


def said(test: AppTest) -> str:
    told = (*test.caption, *test.error, *test.warning, *test.info)
    return "\n".join(str(one.value) for one in told)


def test_the_whole_app_shows_nothing_of_a_report_before_somebody_signs_in(directory: Path) -> None:
    Accounts(directory).add("张三", Role.EDITOR, password=PASSWORD)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["q"] = "新建学校多少所？"
    app.run()
    assert not app.exception
    assert [one.value for one in app.header] == ["登录"]
    assert [one.key for one in app.text_input] == ["sign_in_name", "sign_in_secret"]
    assert "甲县" not in str([one.proto for one in app.get("html")]) and "甲县" not in said(app)
    signed_in(app, "张三", PASSWORD)
    assert not app.exception and not app.header
    assert app.text_input(key="q").value == "新建学校多少所？", "the link is opened all the same"


def test_a_reader_reads_asks_and_speaks_and_changes_nothing(directory: Path) -> None:
    Accounts(directory).add("李四", Role.READER, password=PASSWORD)
    page = signed_in(opened("library", report=NAMES[0]), "李四", PASSWORD)
    assert not page.exception
    assert NAMES[0] in [one.value for one in page.subheader]
    assert not labels(page) & {"加入文库", "确定移除", "保存更正", "保存报告组", "检查并修复索引"}
    assert not page.get("file_uploader") and not page.expander[1:]
    asked = signed_in(opened("ask", q="新建学校多少所？"), "李四", PASSWORD)
    next(one for one in asked.button if one.label in ("答得对", "确实没有写")).click().run()
    (given,) = all_feedback(directory)
    assert given.name == "李四", "whatever name somebody would write"
    (change,) = changes(directory)
    assert (change.name, change.door, change.did) == ("李四", Door.PAGE, Did.SPOKE)


def test_an_editor_removes_and_puts_back_and_both_are_in_the_log(directory: Path) -> None:
    Accounts(directory).add("张三", Role.EDITOR, password=PASSWORD)
    page = signed_in(opened("library", report=NAMES[0]), "张三", PASSWORD)
    page.button(key=f"yes_remove:{NAMES[0]}").click().run()
    assert not page.exception
    next(one for one in page.button if one.label == "撤销").click().run()
    assert not page.exception
    told = [(one.name, one.did, one.what) for one in changes(directory)]
    assert told == [("张三", Did.REMOVED, NAMES[0]), ("张三", Did.PUT_BACK, NAMES[0])]
    (frame,) = [one.value for one in page.dataframe if "做了什么" in one.value]
    assert list(frame["做了什么"]) == ["放回", "移除"] and set(frame["谁"]) == {"张三"}


def test_a_role_that_is_taken_away_counts_for_the_click_on_a_page_drawn_before(directory: Path) -> None:
    accounts = Accounts(directory)
    accounts.add("张三", Role.EDITOR, password=PASSWORD)
    page = signed_in(opened("library", report=NAMES[0]), "张三", PASSWORD)
    accounts.set("张三", role=Role.READER)
    page.button(key=f"yes_remove:{NAMES[0]}").click().run()
    assert "您现在不能做这件事" in said(page)
    assert changes(directory) == ()
    assert NAMES[0] in str([one.value for one in page.dataframe])
    accounts.remove("张三")
    assert [one.value for one in page.run().header] == ["登录"]


@pytest.mark.parametrize(
    ("name", "secret", "told"),
    [
        ("张三", "wrong password", "不对"),
        ("王五", PASSWORD, "不对"),
        ("张三", "", "请写下"),
        ("", PASSWORD, "请写下"),
    ],
)
def test_who_is_wrong_stays_out_and_learns_no_name(
    directory: Path, name: str, secret: str, told: str
) -> None:
    Accounts(directory).add("张三", Role.EDITOR, password=PASSWORD)
    page = signed_in(opened(), name, secret)
    assert told in said(page)
    assert page.text_input(key="sign_in_secret").value == ""
    assert page.header


def test_after_ten_wrong_passwords_not_even_the_right_one_opens(directory: Path) -> None:
    Accounts(directory).add("马六", Role.EDITOR, password=PASSWORD)
    page = opened()
    for _ in range(10):
        signed_in(page, "马六", "wrong password")
    signed_in(page, "马六", PASSWORD)
    assert "密码错得太多次了" in said(page) and page.header


def test_a_token_opens_the_page_for_its_owner(directory: Path) -> None:
    token = Accounts(directory).add("CMS", Role.READER, token=True)
    page = signed_in(opened(), "CMS", str(token))
    assert not page.header and "读者" in said(page)


def test_who_signs_out_is_out(directory: Path) -> None:
    Accounts(directory).add("张三", Role.EDITOR, password=PASSWORD)
    page = signed_in(opened(), "张三", PASSWORD)
    next(one for one in page.button if one.label == "退出登录").click().run()
    assert [one.value for one in page.header] == ["登录"]


def test_at_this_computer_without_people_everything_is_allowed_and_nothing_is_said(directory: Path) -> None:
    page = opened("library", report=NAMES[0])
    assert "确定移除" in labels(page) and page.get("file_uploader")
    assert "只读" not in said(page)
    page.button(key=f"yes_remove:{NAMES[0]}").click().run()
    assert [(one.name, one.did) for one in changes(directory)] == [("", Did.REMOVED)]


@pytest.mark.parametrize("how", ["listens", "proxy", "host", "public"])
def test_a_stranger_from_a_network_only_reads_and_is_told(
    directory: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "listens":
        option = st.get_option
        monkeypatch.setattr(
            st, "get_option", lambda name: "0.0.0.0" if name == "server.address" else option(name)
        )
    elif how == "public":
        monkeypatch.setenv("WENBAO_PUBLIC_ADDRESS", "https://wenbao.example")
    else:
        headers = {"X-Forwarded-For": "203.0.113.7"} if how == "proxy" else {"Host": "wenbao.example:8501"}
        monkeypatch.setattr(type(st.context), "headers", property(lambda _: headers))
    page = opened("library", report=NAMES[0])
    assert not page.exception
    assert SignInWording.read_only.zh in said(page)
    assert "确定移除" not in labels(page) and not page.get("file_uploader")
    asked = opened("ask", q="新建学校多少所？")
    assert not labels(asked) & {"答得对", "确实没有写"}


def test_a_damaged_list_of_people_lets_nobody_in(directory: Path) -> None:
    (directory / FILE_NAME).write_text("{")
    page = opened()
    assert "不让任何人进来" in said(page) and not page.text_input


def test_a_session_ends_with_its_time_its_password_and_its_owner(tmp_path: Path) -> None:
    accounts, now = Accounts(tmp_path), 0.0
    sessions = Sessions(clock=lambda: now)
    accounts.add("张三", Role.READER, password=PASSWORD)

    def begun() -> str:
        account = accounts.named("张三")
        assert account is not None
        return sessions.begin(account)

    first, second = begun(), begun()
    found = sessions.whose(first, accounts)
    assert first != second and found is not None and found.role is Role.READER
    accounts.set("张三", role=Role.EDITOR)
    found = sessions.whose(first, accounts)
    assert found is not None and found.role is Role.EDITOR
    assert sessions.whose("guessed", accounts) is None
    sessions.end(first)
    assert sessions.whose(first, accounts) is None and sessions.whose(second, accounts) is not None
    accounts.set("张三", password="another password")
    assert sessions.whose(second, accounts) is None
    third = begun()
    now = SECONDS + 1
    assert sessions.whose(third, accounts) is None
    fourth = begun()
    accounts.remove("张三")
    assert sessions.whose(fourth, accounts) is None
