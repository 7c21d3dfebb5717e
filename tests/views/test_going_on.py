"""The page 提问 from one question to the next: follow-ups, several questions in one, questions that are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import views.shared.preparation
import views.shared.visitor
from answers.answer import Reply
from answers.engine import Answerer
from answers.feedback import Verdict, all_feedback
from answers.understanding.question import Understanding
from indexer.library import add_reports
from indexer.people.accounts import Role
from indexer.people.saved_questions import SavedQuestion, keep_question, saved_questions
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from views.shared.visitor import Visitor

ROOT = Path(__file__).parent.parent.parent
REPORTS = {
    f"{year}年{place}政府工作报告": f"（一）扩大就业。新建学校{count}所，新建桥梁{count + 1}座。\n（二）推进改革。深化各项改革。"
    for place, year, count in (("江苏省", 2025, 11), ("江苏省", 2024, 33), ("湖北省", 2025, 22))
}
TWO = "江苏今年新建多少所学校？新建桥梁多少座？"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    index = tmp_path / "index"
    monkeypatch.setenv("WENBAO_INDEX", str(index))
    monkeypatch.setattr(views.shared.preparation, "load_encoder", FakeEncoder)
    st.cache_resource.clear()
    add_reports([write_report(tmp_path, name, text) for name, text in REPORTS.items()], index, FakeEncoder())
    page = _page()
    page.run()
    views.shared.preparation.service().wait(30)
    yield page.run()
    st.cache_resource.clear()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the engine is asked, in order."""
    questions: list[str] = []
    ask = Answerer.ask

    def noted(self: Answerer, question: Understanding, documents: Collection[str] | None = None) -> Reply:
        questions.append(question.text)
        return ask(self, question, documents)

    monkeypatch.setattr(Answerer, "ask", noted)
    return questions


def _page(**said: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    page.query_params.update(said)
    return page


def _ask(app: AppTest, question: str) -> AppTest:
    app.text_input(key="q").set_value(question)
    next(b for b in app.button if b.label in ("提问", "Ask")).click().run()
    assert not app.exception
    return app


def _click(app: AppTest, label: str, number: int = 0) -> AppTest:
    [b for b in app.button if b.label == label][number].click().run()
    assert not app.exception
    return app


def _told(app: AppTest) -> str:
    return "\n".join(one.value.replace("\\", "") for one in (*app.markdown, *app.subheader, *app.caption))


def _answers(app: AppTest) -> list[str]:
    html = [str(element.proto.body) for element in app.get("html")]
    return [one for one in html if "<blockquote class='wb-answer'>" in one]


def test_a_question_goes_on_from_the_one_before_and_can_be_asked_as_it_was_typed(
    app: AppTest, asked: list[str]
) -> None:
    _ask(app, "江苏今年新建多少所学校？")
    _ask(app, "那湖北呢？")
    assert "接着上一问，理解为“湖北今年新建多少所学校？”" in _told(app)
    assert app.text_input(key="q").value == "那湖北呢？"
    assert "<mark>22所</mark>" in _answers(app)[0]
    assert dict(app.query_params) == {"q": "那湖北呢？", "after": "江苏今年新建多少所学校？"}
    _ask(app, "2024年呢？")
    assert "湖北2024年新建多少所学校？" in _told(app)
    _click(app, "按我输入的查找")
    assert "接着上一问" not in _told(app)
    assert asked == [
        "江苏今年新建多少所学校？", "湖北今年新建多少所学校？", "湖北2024年新建多少所学校？", "2024年呢？",
    ]  # fmt: skip


def test_a_question_that_stands_alone_goes_on_from_none(app: AppTest, asked: list[str]) -> None:
    _ask(app, "那湖北呢？")
    _ask(app, "江苏今年新建多少所学校？")
    _ask(app, "新建桥梁多少座？")
    assert "接着上一问" not in _told(app)
    assert asked == ["那湖北呢？", "江苏今年新建多少所学校？", "新建桥梁多少座？"]


def test_the_link_of_a_question_that_goes_on_opens_what_it_was_read_as(app: AppTest) -> None:
    other = _page(q="那湖北呢？", after="江苏今年新建多少所学校？").run()
    assert not other.exception
    assert "<mark>22所</mark>" in _answers(other)[0]
    assert not _page(q="新建桥梁多少座？", after="江苏今年新建多少所学校？").run().exception


def test_what_was_changed_of_a_completed_question_is_gone_with_it(app: AppTest) -> None:
    _ask(app, "江苏今年新建多少所学校？")
    _ask(app, "那湖北呢？")
    app.multiselect[0].set_value(["江苏"]).run()
    assert app.multiselect[0].value == ["江苏"]
    _click(app, "按我输入的查找")
    assert app.multiselect[0].value == ["湖北"]


def test_several_questions_are_answered_one_by_one_and_asked_once(app: AppTest, asked: list[str]) -> None:
    _ask(app, TWO)
    told = _told(app)
    assert "这里有 2 个问题" in told
    assert "1. 江苏今年新建多少所学校？" in told and "2. 江苏今年新建桥梁多少座？" in told
    assert ["11所" in _answers(app)[0], "12座" in _answers(app)[1]] == [True, True]
    assert told.count("理解为：江苏") == 2
    _click(app, "在原文中打开", 1)
    assert app.query_params["open"]
    app.button_group(key="language").set_value("English").run()
    assert asked == ["江苏今年新建多少所学校？", "江苏今年新建桥梁多少座？"]
    app.button_group(key="language").set_value("中文").run()
    _click(app, "当作一个问题")
    assert asked[2:] == [TWO] and app.query_params["whole"]
    assert "这里有" not in _told(app)


def test_a_part_without_an_answer_says_so_beside_one_that_has_one(app: AppTest) -> None:
    _ask(app, "江苏今年新建多少所学校？火星探测器登陆多少次？")
    assert len(_answers(app)) == 1
    assert [one.value for one in app.warning] == ["**报告中未找到明确答案**"]
    assert [b.label for b in app.button if b.label == "看最接近的段落"] == ["看最接近的段落"]


def test_one_of_several_is_asked_alone(app: AppTest, asked: list[str]) -> None:
    _ask(app, TWO)
    _click(app, "单独问这一个", 1)
    assert app.text_input(key="q").value == "江苏今年新建桥梁多少座？"
    assert asked[2:] == ["江苏今年新建桥梁多少座？"]
    assert "接着上一问" not in _told(app)


def test_several_questions_go_on_as_several(app: AppTest) -> None:
    _ask(app, TWO)
    _ask(app, "那湖北呢？")
    assert ["22所" in _answers(app)[0], "23座" in _answers(app)[1]] == [True, True]


def test_a_question_is_kept_asked_again_and_let_go_with_undo(app: AppTest, tmp_path: Path) -> None:
    index = tmp_path / "index"
    _ask(app, "江苏今年新建多少所学校？")
    app.multiselect[0].set_value(["湖北"]).run()
    _click(app, "收藏问题")
    assert [b.disabled for b in app.button if b.label == "已收藏"] == [True]
    (kept,) = saved_questions(index, "")
    assert kept.question == "江苏今年新建多少所学校？" and "region=" in kept.address
    other = _page().run()
    _click(other, "江苏今年新建多少所学校？")
    assert other.multiselect[0].value == ["湖北"]
    assert "<mark>22所</mark>" in _answers(other)[0]
    _click(other, "移出")
    assert saved_questions(index, "") == ()
    assert any("已移出收藏" in one.value for one in other.success)
    _click(other, "撤销")
    assert saved_questions(index, "") == (kept,)
    assert not other.success


def test_what_is_kept_of_a_question_that_goes_on_is_the_complete_one(app: AppTest, tmp_path: Path) -> None:
    _ask(app, "江苏今年新建多少所学校？")
    _ask(app, "那湖北呢？")
    _click(app, "收藏问题")
    assert [one.question for one in saved_questions(tmp_path / "index", "")] == ["湖北今年新建多少所学校？"]
    _ask(app, TWO)
    _click(app, "收藏问题")
    assert [one.question for one in saved_questions(tmp_path / "index", "")] == [
        TWO,
        "湖北今年新建多少所学校？",
    ]


def test_who_is_signed_in_sees_his_own_and_a_stranger_keeps_none(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_question(tmp_path / "index", "王芳", SavedQuestion("新建桥梁多少座？", "q=x"))
    app.run()
    assert not [b for b in app.button if b.label == "新建桥梁多少座？"]
    for module in ("views.shared.visitor", "views.ask.saved"):
        monkeypatch.setattr(f"{module}.visitor", lambda: Visitor("王芳", Role.READER))
    app.run()
    assert [b for b in app.button if b.label == "新建桥梁多少座？"]
    for module in ("views.shared.visitor", "views.ask.saved"):
        monkeypatch.setattr(f"{module}.visitor", lambda: Visitor(None, Role.READER))
    _ask(app, "江苏今年新建多少所学校？")
    assert not [b for b in app.button if b.label in ("收藏问题", "已收藏", "新建桥梁多少座？")]


def test_each_part_can_be_cited_taken_away_and_judged(app: AppTest, tmp_path: Path) -> None:
    _ask(app, TWO)
    assert len([b for b in app.button if b.label == "答得对"]) == 2
    assert len(app.get("download_button")) == 4  # Word and Markdown of each part
    _click(app, "答得对", 1)
    _click(app, "答案不对", 0)
    app.text_area(key="feedback_wanted_part_0").set_value("新建学校11所")
    _click(app, "保存反馈")
    told = [(one.question, one.verdict, one.wanted) for one in all_feedback(tmp_path / "index")]
    assert told == [
        ("江苏今年新建桥梁多少座？", Verdict.RIGHT, ""),
        ("江苏今年新建多少所学校？", Verdict.WRONG, "新建学校11所"),
    ]


def test_a_lone_noun_shows_where_it_stands_and_no_answer(app: AppTest, asked: list[str]) -> None:
    _ask(app, "桥梁")
    assert _answers(app) == [] and not app.warning
    html = "".join(str(element.proto.body) for element in app.get("html"))
    assert html.count("<mark data-mark='1'>桥梁</mark>") == 3
    assert any("“桥梁”：3 段，3 处" in one.value.replace("\\", "") for one in app.subheader)
    assert "关键词" in app.expander[0].label
    assert not [b for b in app.button if b.label == "答得对"]  # nothing was asked
    _click(app, "今年的目标是多少？")
    assert app.text_input(key="q").value == "桥梁今年的目标是多少？" == asked[-1]


def test_a_noun_that_no_report_has_says_so_and_offers_the_word_of_its_sound(app: AppTest) -> None:
    _ask(app, "比特币")
    assert "报告里没有出现“比特币”" in app.warning[0].value.replace("\\", "")
    _ask(app, "深化概革")
    assert "深化改革" not in _told(app), "no report says it side by side"
    _ask(app, "推进概革")
    _click(app, "推进改革")
    assert app.text_input(key="q").value == "推进改革"
    assert any("推进改革" in one.value for one in app.subheader)
