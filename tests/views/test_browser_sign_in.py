"""Signing in with a password and with a provider, in a real browser, at the width of a desk and of a phone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from embeddings import load_encoder
from embeddings.built import cache_directory
from indexer.library import add_reports
from indexer.people.accounts import Accounts, Role
from scripts.screenshot import running_app
from tests.index_files import write_report
from tests.ports import free_port
from tests.views.conftest import LIBRARY
from tests.views.sign_in_provider import CLIENT, SECRET, Provider, provider

pytestmark = [pytest.mark.browser, pytest.mark.model]
PASSWORD = "correct horse battery"
QUESTION = "德清县今年新建公路多少公里？"
DESK, PHONE = (1366, 900), (390, 844)
_PATIENCE = 90_000


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    reports = [write_report(folder, name, text) for name, text in LIBRARY.items()]
    add_reports(reports, folder / "index", load_encoder())
    return folder / "index"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    with provider() as there:
        yield there


@pytest.fixture(scope="module")
def app(index: Path, signed: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with people and a provider, whose settings lie where Streamlit looks for those of a user."""
    accounts = Accounts(index)
    accounts.add("张三", Role.EDITOR, password=PASSWORD, email="zhang@example.cn")
    accounts.add("李四", Role.READER, password=PASSWORD)
    home, port = tmp_path_factory.mktemp("home"), free_port()
    (home / ".streamlit").mkdir()
    (home / ".streamlit" / "secrets.toml").write_text(
        "[auth]\n"
        f'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        'cookie_secret = "a-long-secret-of-the-test-alone"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
        f'server_metadata_url = "{signed.url}/.well-known/openid-configuration"\n'
    )
    environment = {
        **os.environ, "HOME": str(home), "WENBAO_CACHE": str(cache_directory()), "NO_PROXY": "127.0.0.1",
        "AUTHLIB_INSECURE_TRANSPORT": "1",
    }  # fmt: skip
    with running_app(index, port, environment) as started:
        yield started


def _context(browser: Browser, size: tuple[int, int]) -> BrowserContext:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    context.set_default_timeout(_PATIENCE)
    return context


def _sign_in(page: Page, name: str) -> None:
    page.get_by_label("名称").fill(name)
    page.get_by_label("密码或令牌").fill(PASSWORD)
    page.locator('[data-testid="stFormSubmitButton"] button').click()


def _out(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible(timeout=_PATIENCE)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_link_opens_after_signing_in_and_other_windows_of_the_browser_know_it(
    browser: Browser, app: str, size: tuple[int, int], tmp_path: Path
) -> None:
    context = _context(browser, size)
    page = context.new_page()
    page.goto(f"{app}/?q={quote(QUESTION)}")
    expect(page.get_by_role("heading", name="登录")).to_be_visible(timeout=_PATIENCE)
    expect(page.get_by_label("密码或令牌")).to_be_visible(timeout=_PATIENCE)
    assert "50公里" not in page.content()
    _picture(page, f"sign-in-{size[0]}")
    _sign_in(page, "张三")
    expect(page.locator(".wb-answer").first).to_contain_text("50公里", timeout=_PATIENCE)
    expect(page.get_by_role("button", name="张三")).to_be_visible()
    _picture(page, f"signed-in-{size[0]}")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    (cookie,) = [one for one in context.cookies() if one["name"] == "wenbao_session"]
    assert cookie["sameSite"] == "Strict" and len(cookie["value"]) > 40

    other = context.new_page()
    other.goto(f"{app}/library")
    expect(other.get_by_role("button", name="张三")).to_be_visible(timeout=_PATIENCE)
    expect(other.locator('[data-testid="stFileUploader"]')).to_be_visible(timeout=_PATIENCE)
    _out(page, "张三")
    _picture(page, f"signed-out-{size[0]}")
    other.reload()
    expect(other.get_by_role("heading", name="登录")).to_be_visible(timeout=_PATIENCE)
    context.close()


def test_a_reader_has_a_library_without_anything_that_changes_it(browser: Browser, app: str) -> None:
    context = _context(browser, DESK)
    page = context.new_page()
    page.goto(f"{app}/library")
    _sign_in(page, "李四")
    expect(page.get_by_role("heading", name="文库里的报告")).to_be_visible(timeout=_PATIENCE)
    expect(page.get_by_role("button", name="李四")).to_be_visible()
    page.wait_for_timeout(1000)
    assert page.locator('[data-testid="stFileUploader"]').count() == 0
    _picture(page, "reader-library")
    context.close()


def test_a_provider_lets_in_whom_the_list_has_and_nobody_else(
    browser: Browser, app: str, signed: Provider, index: Path
) -> None:
    context = _context(browser, DESK)
    page = context.new_page()
    signed.email = "stranger@example.cn"
    page.goto(app)
    page.get_by_role("button", name="用单位账号登录").click()
    expect(page.get_by_text("名单里没有这个邮箱")).to_be_visible(timeout=_PATIENCE)
    _picture(page, "provider-unknown")
    page.get_by_role("button", name="退出登录").click()
    signed.email, signed.verified = "zhang@example.cn", False
    page.get_by_role("button", name="用单位账号登录").click()
    expect(page.get_by_text("没有核实过您的邮箱")).to_be_visible(timeout=_PATIENCE)
    page.get_by_role("button", name="退出登录").click()
    signed.verified = True
    page.get_by_role("button", name="用单位账号登录").click()
    expect(page.get_by_role("button", name="张三")).to_be_visible(timeout=_PATIENCE)
    # The role is that of the list at this moment, not of the cookie.
    Accounts(index).set("张三", email="other@example.cn")
    page.reload()
    expect(page.get_by_text("名单里没有这个邮箱")).to_be_visible(timeout=_PATIENCE)
    Accounts(index).set("张三", email="zhang@example.cn")
    page.reload()
    _out(page, "张三")
    context.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_app_that_is_open_to_a_network_without_people_says_that_it_only_reads(
    browser: Browser, index: Path, size: tuple[int, int], tmp_path: Path
) -> None:
    folder = tmp_path / "open"
    reports = [write_report(tmp_path, name, text) for name, text in LIBRARY.items()]
    add_reports(reports, folder, load_encoder())
    environment = {**os.environ, "WENBAO_PUBLIC_ADDRESS": "https://wenbao.example"}
    with running_app(folder, free_port(), environment) as address:
        context = _context(browser, size)
        page = context.new_page()
        page.goto(f"{address}/library")
        expect(page.get_by_text("只读：这个应用向网络开放")).to_be_visible(timeout=_PATIENCE)
        expect(page.get_by_role("heading", name="文库里的报告")).to_be_visible(timeout=_PATIENCE)
        assert page.locator('[data-testid="stFileUploader"]').count() == 0
        _picture(page, f"read-only-{size[0]}")
        context.close()


def _picture(page: Page, name: str) -> None:
    """Kept where somebody wants to look at it (WENBAO_PICTURES)."""
    folder = os.environ.get("WENBAO_PICTURES")
    if folder:
        page.wait_for_timeout(700)
        page.screenshot(path=Path(folder) / f"{name}.png")
