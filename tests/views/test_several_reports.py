"""Several reports that are chosen on the page 文库: removed together, put into a set, corrected alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import views.shared.preparation
from indexer.library import add_reports, remove_reports
from indexer.people.report_sets import report_sets
from indexer.store.database import open_store
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from tests.views.conftest import LIBRARY

PAGE = "from views.library.page import library_page\nlibrary_page('zh')\n"
FIRST, SECOND, THIRD = LIBRARY


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    index = tmp_path / "index"
    add_reports([write_report(tmp_path, name, text) for name, text in LIBRARY.items()], index, FakeEncoder())
    monkeypatch.setenv("WENBAO_INDEX", str(index))
    monkeypatch.setattr(views.shared.preparation, "load_encoder", FakeEncoder)
    st.cache_resource.clear()
    yield index
    st.cache_resource.clear()


@pytest.fixture
def page(directory: Path) -> AppTest:
    """The page with the first and the third report ticked."""
    views.shared.preparation.service().wait(30)
    opened = AppTest.from_string(PAGE, default_timeout=30).run()
    opened.session_state["library_ticked"] = (FIRST, THIRD)
    return opened.run()


def press(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def told(page: AppTest) -> str:
    return "\n".join(one.value for one in (*page.success, *page.error)).replace("\\", "")


def names(directory: Path) -> set[str]:
    with open_store(directory) as store:
        return set(store.names())


def test_what_is_chosen_is_removed_together_and_put_back_by_one_click(page: AppTest, directory: Path) -> None:
    assert any("已选 **2** 份" in one.value for one in page.markdown)
    press(page, "确定移除")
    assert not page.exception and "已移除 2 份报告" in told(page)
    assert names(directory) == {SECOND}
    assert not any("已选" in one.value for one in page.markdown), "nothing is chosen any more"
    press(page, "撤销")
    assert "2 份报告已放回文库" in told(page)
    assert names(directory) == {FIRST, SECOND, THIRD}


def test_a_report_that_is_gone_already_keeps_no_other_from_being_removed_or_put_back(
    page: AppTest, directory: Path, tmp_path: Path
) -> None:
    remove_reports(FIRST, directory)
    press(page, "确定移除")
    assert names(directory) == {SECOND} and "已移除《江苏省沛县政府工作报告2025》" in told(page)
    page.session_state["library_ticked"] = ()
    press(page, "撤销")
    assert names(directory) == {SECOND, THIRD}
    page.session_state["library_ticked"] = (SECOND, THIRD)
    page.run()
    press(page, "确定移除")
    add_reports([write_report(tmp_path, SECOND, "（一）另一份。新建桥梁9座。")], directory, FakeEncoder())
    press(page, "撤销")
    assert "又有了名为" in told(page)
    assert names(directory) == {SECOND, THIRD}


def test_what_is_chosen_is_put_into_a_new_set_and_into_one_that_there_is(
    page: AppTest, directory: Path
) -> None:
    page.text_input(key="library_several_title").set_value("我的县").run()
    press(page, "编入")
    assert "已保存报告组“我的县”（2 份报告）" in told(page)
    page.session_state["library_ticked"] = (SECOND, THIRD)
    page.run()
    page.selectbox(key="library_several_set").set_value("我的县").run()
    press(page, "编入")
    assert [(one.title, set(one.documents)) for one in report_sets(directory)] == [
        ("我的县", {FIRST, SECOND, THIRD})
    ]


def test_only_what_is_filled_in_is_corrected_of_each(page: AppTest, directory: Path) -> None:
    next(box for box in page.text_input if box.label == "发布机关").set_value("县政府办公室")
    press(page, "保存更正")
    assert not page.exception and "已更正 2 份报告" in told(page)
    with open_store(directory) as store:
        entries = {entry.name: entry.metadata for entry in store.entries()}
    assert [entries[name].issuer for name in (FIRST, THIRD)] == ["县政府办公室", "县政府办公室"]
    assert entries[SECOND].issuer != "县政府办公室"
    assert [entries[name].year for name in (FIRST, THIRD)] == [2024, 2025]
    assert entries[FIRST].region != entries[THIRD].region


def test_who_only_reads_sees_the_choice_and_nothing_that_changes_it(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENBAO_PUBLIC_ADDRESS", "https://wenbao.example.cn")
    views.shared.preparation.service().wait(30)
    page = AppTest.from_string(PAGE, default_timeout=30).run()
    page.session_state["library_ticked"] = (FIRST, THIRD)
    page.run()
    assert not page.exception
    assert not {"确定移除", "编入", "保存更正"} & {button.label for button in page.button}
