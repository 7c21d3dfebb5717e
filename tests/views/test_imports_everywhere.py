"""An import belongs to the library, not to the window in which it was begun: found again, stopped and told anywhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import views.library.adding
import views.shared.preparation
from embeddings import PassageText, PassageVectors
from indexer.originals import ORIGINALS
from indexer.people.accounts import Role
from tests.fake_encoder import FakeEncoder
from views.library.shelf import shelf
from views.shared.visitor import Visitor

PAGE = "from views.library.page import library_page\nlibrary_page('zh')\n"
REPORT = "".join(f"（{n + 1}）第{n}项工作。新建驿站{n}个，完成投资{n}亿元。\n" for n in range(120))


class Gated(FakeEncoder):
    """Embeds nothing more until the gate is opened, then a call every fifth of a second."""

    gate = threading.Event()

    def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        if not any("驿站" in passage.text for passage in passages):
            return super().encode_passages(passages)
        self.gate.wait(300)  # longer than a busy machine takes for the pages of a test
        time.sleep(0.2)
        return super().encode_passages(passages)


@pytest.fixture(autouse=True)
def _own_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WENBAO_INDEX", str(tmp_path / "index"))
    monkeypatch.setattr(views.shared.preparation, "load_encoder", Gated)
    Gated.gate = threading.Event()
    st.cache_resource.clear()
    yield
    Gated.gate.set()
    st.cache_resource.clear()


def opened() -> AppTest:
    """The page in a window of its own."""
    views.shared.preparation.service().wait(30)
    return AppTest.from_string(PAGE, default_timeout=30).run()


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def upload(page: AppTest, *files: str) -> AppTest:
    page.file_uploader[0].set_value([(name, (name + REPORT).encode(), "text/plain") for name in files])
    page.run()
    return press(page, "加入文库")


def bars(page: AppTest) -> list[str]:
    return [bar.proto.text.replace("\\", "") for bar in page.get("progress")]


def said(page: AppTest) -> str:
    return "\n".join(one.value for one in (*page.warning, *page.success, *page.info)).replace("\\", "")


def until_told(page: AppTest) -> None:
    """Wait until the import has told how far it is."""
    (one,) = shelf(views.shared.preparation.service().directory).under_way()
    end = time.monotonic() + 20
    while one.job.progress is None and time.monotonic() < end:
        time.sleep(0.05)
    page.run()


def test_another_window_finds_the_import_with_its_progress_and_can_stop_it_within_seconds(
    tmp_path: Path,
) -> None:
    first = upload(opened(), "甲.txt", "乙.txt")
    other = opened()
    until_told(other)
    (bar,) = bars(other)
    assert "已完成 0 / 2 个文件，正在" in bar
    Gated.gate.set()
    begun = time.monotonic()
    press(other, "停止")
    assert bars(other) in ([], ["正在停止…"])
    for one in shelf(views.shared.preparation.service().directory).under_way():
        one.job.wait(30)
    assert time.monotonic() - begun < 5
    for page in (first.run(), other.run()):
        assert not page.exception and not bars(page)
        assert "已停止：还有" in said(page) and "乙.txt" in said(page)
    assert list((tmp_path / "index" / ORIGINALS).glob("*/乙.txt"))


def test_a_stop_is_told_in_every_window_until_it_has_come_to_pass() -> None:
    first = upload(opened(), "甲.txt")
    until_told(first)
    other = opened()
    press(other, "停止")
    assert bars(first.run()) == bars(other.run()) == ["正在停止…"]
    assert [b.disabled for b in first.button if b.label == "停止"] == [True]


def test_an_import_that_ends_while_the_page_is_drawn_stands_there_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = upload(opened(), "甲.txt")
    until_told(page)
    (one,) = shelf(views.shared.preparation.service().directory).under_way()
    box = views.library.adding._box

    def ended_meanwhile(*given: Any) -> None:
        Gated.gate.set()
        one.job.wait(30)
        box(*given)

    with monkeypatch.context() as patch:
        patch.setattr(views.library.adding, "_box", ended_meanwhile)
        assert not page.run().exception
    assert not bars(page.run()) and not page.exception


def test_what_became_of_an_import_is_told_after_its_window_was_closed_until_it_is_put_away() -> None:
    upload(opened(), "甲.txt")
    Gated.gate.set()
    for one in shelf(views.shared.preparation.service().directory).under_way():
        one.job.wait(30)
    later, other = opened(), opened()
    assert "甲.txt：已加入" in said(later) and "甲.txt：已加入" in said(other)
    press(later, "知道了")
    assert "甲.txt" not in said(later) and "甲.txt" not in said(other.run())


def test_what_was_left_open_stays_when_the_next_import_begins_and_goes_when_it_is_settled() -> None:
    Gated.gate.set()
    imports, page = shelf(views.shared.preparation.service().directory), opened()

    def finish() -> AppTest:
        for one in imports.under_way():
            one.job.wait(30)
        return page.run()

    weather = "市气象台预报：今天夜里到明天晴，最高气温25度，最低气温15度。后天有小雨。".encode()
    page.file_uploader[0].set_value([("天气.txt", weather, "text/plain")])
    page.run()
    press(page, "加入文库")
    assert "看来不是政府的报告" in said(finish())
    upload(page, "甲.txt")
    assert "看来不是政府的报告" in said(finish()) and "甲.txt：已加入" in said(page)
    press(page, "仍要加入这 1 份")
    finish()
    assert "天气.txt：已加入" in said(page) and "看来不是政府的报告" not in said(page)


def test_a_team_sees_what_others_add_with_their_name_and_only_its_own_results(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = "王编辑"

    def visitor() -> Visitor:
        return Visitor(now, Role.EDITOR)

    monkeypatch.setattr(views.library.adding, "visitor", visitor)
    monkeypatch.setattr("views.shared.visitor.visitor", visitor)
    upload(opened(), "甲.txt")
    now = "李编辑"
    other = opened()
    assert any("王编辑 开始加入 1 个文件" in one.value for one in other.caption)
    Gated.gate.set()
    for one in shelf(views.shared.preparation.service().directory).under_way():
        one.job.wait(30)
    assert "甲.txt" not in said(other.run())
    now = "王编辑"
    assert "甲.txt：已加入" in said(opened())
