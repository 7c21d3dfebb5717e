"""What readers say, put together and look at on the pages, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import views.shared.preparation
from answers.commitments.search import Filter
from answers.commitments.stored import StoredLedger
from answers.commitments.stored_update import bring_up
from answers.evaluation.from_feedback import question_set
from answers.feedback import Verdict, all_feedback
from indexer.index import open_index
from indexer.library import add_reports
from indexer.people.report_sets import ReportSet, keep_set, report_sets
from indexer.report.records import has_digest
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from tests.indexer.formats.builders import REPORT, pdf_file, typeset
from views.ask.layout import asked_before
from views.library.layout import feedback_told
from views.library.versions import OTHER
from views.library.wording import LibraryWording
from views.shared.printed import printed_file, quoted_around
from views.shared.report_sets import in_library

COUNTY, CITY, PRINTED = "甲县2025年政府工作报告", "乙市2025年政府工作报告", "丙市2025年政府工作报告"


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name, schools in ((COUNTY, 11), (CITY, 22)):
        write_report(tmp_path, name, f"一、2025年工作\n（一）教育。新建学校{schools}所，办好教育。\n")
    printed = tmp_path / f"{PRINTED}.pdf"
    printed.write_bytes(pdf_file(typeset(REPORT, per_page=9)))
    files = [*sorted(tmp_path.glob("*.txt")), printed]
    add_reports(files, tmp_path / "index", FakeEncoder())
    monkeypatch.setenv("WENBAO_INDEX", str(tmp_path / "index"))
    monkeypatch.setattr(views.shared.preparation, "load_encoder", FakeEncoder)
    st.cache_resource.clear()
    views.shared.preparation.service().wait(60)
    yield tmp_path / "index"
    st.cache_resource.clear()


def _page(module: str, **said: str) -> AppTest:
    script = f"from views.{module}.page import {module}_page\n{module}_page('zh')\n"
    page = AppTest.from_string(script, default_timeout=60)
    for name, word in said.items():
        page.query_params[name] = word
    return page.run()


def test_a_click_keeps_that_an_answer_is_right_and_the_library_lists_it(library: Path) -> None:
    page = _page("ask", q="新建学校多少所？")
    assert not page.exception
    right = next(b for b in page.button if b.label in ("答得对", "确实没有写"))
    right.click().run()
    assert not page.exception
    (given,) = all_feedback(library)
    assert (given.question, given.verdict) == ("新建学校多少所？", Verdict.RIGHT)
    assert any("已记下" in caption.value for caption in page.caption)
    listed = _page("library")
    assert not listed.exception
    assert any("新建学校多少所？" in frame.value.to_string() for frame in listed.dataframe)


def test_a_set_is_a_scope_and_one_that_is_gone_is_said(library: Path) -> None:
    keep_set(library, "我的县", [COUNTY, "没有的报告"])
    index = open_index(library, FakeEncoder().identity)
    assert in_library(report_sets(library), index) == (ReportSet("我的县", (COUNTY,)),)
    page = _page("ask", q="新建学校多少所？", set="我的县")
    assert not page.exception
    assert any("在 1 份报告" in caption.value for caption in page.caption)
    gone = _page("ask", q="新建学校多少所？", set="没有的组")
    assert any("没有的组" in warning.value for warning in gone.warning)
    bring_up(library)
    ledger = _page("commitments", set="我的县")
    assert not ledger.exception and set(ledger.dataframe[0].value["原文数量"]) == {"11所"}


def test_the_page_of_a_pdf_is_sought_by_the_sentence_never_by_a_number_alone(library: Path) -> None:
    index = open_index(library, FakeEncoder().identity)
    report = index.report(PRINTED)
    at = report.text.index("5.2%")
    span = type(report.passages[0].span)(at, at + 4)
    sentence, clause = quoted_around(report, span)
    assert sentence in report.text and clause == "地区生产总值增长5.2%"
    assert printed_file(index.entry(PRINTED)) is not None
    assert printed_file(index.entry(COUNTY)) is None


def test_a_pdf_is_read_through_once_and_again_only_when_it_changed(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = open_index(library, FakeEncoder().identity).entry(PRINTED)
    read: list[str] = []

    def noted(source: str, digest: str) -> bool:
        read.append(source)
        return has_digest(source, digest)

    monkeypatch.setattr("indexer.store.catalogue.has_digest", noted)
    file = printed_file(entry)
    assert file is not None and printed_file(entry) == file and len(read) == 1
    file.write_bytes(file.read_bytes() + b"\n")
    assert printed_file(entry) is None and len(read) == 2
    file.unlink()
    assert printed_file(entry) is None and len(read) == 2


def test_the_questions_of_a_visit_are_each_there_once_the_last_first() -> None:
    history: tuple[str, ...] = ()
    for question in ("一", "二", "一", " "):
        history = asked_before(history, question)
    assert history == ("一", "二")
    assert len(asked_before([str(n) for n in range(99)], "新")) == 30


def test_what_makes_no_question_set_is_told_with_its_reason(library: Path) -> None:
    page = _page("ask", q="新建学校多少所？")
    next(b for b in page.button if b.label in ("答案不对", "报告里写了")).click().run()
    next(b for b in page.button if b.label == "保存反馈").click().run()
    assert not page.exception
    found = question_set(all_feedback(library), lambda name: None)
    assert "1 个不能用：没有说正确的答案是什么" in feedback_told(found, LibraryWording("zh"))


def test_two_versions_of_a_report_stand_side_by_side_with_what_changed(library: Path, tmp_path: Path) -> None:
    said = "一、2025年工作\n（一）教育。新建学校{count}所，办好<教育>。\n（二）交通。新建公路30公里。\n{more}"
    for name, count, more in (
        ("江苏省2025年政府工作报告", 8, ""),
        ("江苏省2025年政府工作报告（修改稿）", 9, "（三）就业。新增就业5万人。\n"),
    ):
        report = write_report(tmp_path, name, said.format(count=count, more=more))
        add_reports([report], library, FakeEncoder())
    page = _page("library", report="江苏省2025年政府工作报告")
    assert not page.exception
    box = page.selectbox(key=OTHER)
    assert box.options == ["不对照", "江苏省2025年政府工作报告（修改稿）"]
    box.set_value("江苏省2025年政府工作报告（修改稿）").run()
    assert not page.exception
    assert any("改动 **1** 句，少了 **2** 句" in one.value for one in page.markdown)
    html = "".join(str(element.proto.body) for element in page.get("html"))
    assert "新建学校<del>8</del>所，办好&lt;教育&gt;。" in html and "新建学校<ins>9</ins>所" in html
    assert "<ins>新增就业5万人。</ins>" in html
    assert dict(page.query_params)["beside"] == "江苏省2025年政府工作报告（修改稿）"


def test_an_opened_report_says_how_many_targets_the_ledger_has_of_it(library: Path) -> None:
    bring_up(library)
    page = _page("library", report=COUNTY)
    assert not page.exception
    assert any("目标 1 条" in caption.value for caption in page.caption)


def test_the_printed_page_stands_beside_a_row_of_the_ledger(library: Path) -> None:
    bring_up(library)
    ledger = StoredLedger(library)
    row = next(iter(ledger.entries(Filter(documents=(PRINTED,), numbered=True)))).row
    page = _page("commitments", row=f"{row.span.start}-{row.span.end}-{PRINTED}")
    assert not page.exception
    shown = page.toggle(key="commitments:printed")
    assert shown.label.startswith("看印刷页（第 ")
    shown.set_value(True).run()
    assert not page.exception
    assert any("黄色" in caption.value or "没有在这一页上" in caption.value for caption in page.caption)
