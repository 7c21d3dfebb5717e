from __future__ import annotations

import time
from collections.abc import Collection
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import views.shared.examples
import views.shared.preparation
from answers.answer import Reply
from answers.engine import Answerer
from answers.understanding.period import Period
from answers.understanding.question import Understanding
from answers.understanding.wanted import Ask
from embeddings.language import Text
from indexer.build import build_index
from indexer.library import add_reports, remove_reports
from indexer.store.database import STORE_NAME
from indexer.store.lexical import LexicalIndex
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, write_report
from views.shared.examples import Example

ROOT = Path(__file__).parent.parent.parent


def _ready(app: AppTest) -> AppTest:
    app.run()
    views.shared.preparation.service().wait(30)
    return app.run()


def _ask(app: AppTest, question: str) -> AppTest:
    app.text_input(key="q").set_value(question)
    return next(b for b in app.button if b.label in ("提问", "Ask")).click().run()


def _html(app: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def test_the_question_box_is_there_before_the_model(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.text_input(key="q").label == "您想从报告里了解什么？"
    views.shared.preparation.service().wait(30)


def test_first_start_builds_the_index_of_the_shipped_report(app: AppTest, tmp_path: Path) -> None:
    _ready(app)
    assert not app.exception
    assert (tmp_path / "index" / STORE_NAME).is_file()
    assert any("宁波市政府工作报告" in caption.value for caption in app.caption)


def test_an_answer_is_highlighted_in_its_passage(app: AppTest) -> None:
    _ask(_ready(app), "新建充电桩多少个")
    assert not app.exception
    html = _html(app)
    assert "<mark>1500个</mark></blockquote>" in html
    assert "新建充电桩<mark data-mark='1'>1500个</mark>" in html
    assert "引文与原文逐字一致" in html


def test_only_examples_that_are_answered_with_their_words_are_offered(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = (
        "新建充电桩多少个",
        "今年新建多少个充电桩？",
        "怎样发展养老服务？",
    )  # this model answers the first alone
    made = [Example("养老" if "养老" in one else "充电桩", Text(one, one)) for one in tried]
    monkeypatch.setattr(views.shared.examples, "EXAMPLES", made)
    _ready(app)
    deadline = time.monotonic() + 30
    while not (shown := [b for b in app.button if (b.key or "").startswith("example_")]):
        assert time.monotonic() < deadline, "no example is answered"
        time.sleep(0.2)
        app.run()
    assert [example.label for example in shown] == ["新建充电桩多少个"]
    shown[0].click().run()
    assert app.text_input(key="q").value == "新建充电桩多少个"
    assert not app.exception
    assert "新建充电桩<mark data-mark='1'>1500个</mark>" in _html(app)


def test_a_rerun_asks_nothing_again(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = Answerer.ask

    def noted(self: Answerer, question: Understanding, documents: Collection[str] | None = None) -> Reply:
        asked.append(question.text)
        return ask(self, question, documents)

    monkeypatch.setattr(Answerer, "ask", noted)
    _ask(_ready(app), "新建充电桩多少个")
    next(b for b in app.button if b.label == "在原文中打开").click().run()
    next(b for b in app.button_group if b.key == "ask_extent").set_value(True).run()
    app.button_group(key="language").set_value("English").run()
    assert not app.exception
    assert asked == ["新建充电桩多少个"]
    kind = next(b for b in app.button_group if b.label == "Kind of answer")
    kind.set_value(Ask.MEANS).run()
    assert len(asked) == 2  # it is another question now


def test_the_address_says_what_was_changed_and_opened(app: AppTest, tmp_path: Path) -> None:
    _ask(_ready(app), "新建充电桩多少个")
    assert dict(app.query_params) == {"q": "新建充电桩多少个"}
    next(b for b in app.button if b.label == "在原文中打开").click().run()
    next(b for b in app.button_group if b.label == "要的是").set_value(Ask.FACT).run()
    said = dict(app.query_params)
    assert said["kind"] == "fact" and said["open"].endswith("-000_f7ed5bf6a81e5e31")
    _ask(app, "怎样提高农民收入？")
    assert dict(app.query_params) == {"q": "怎样提高农民收入？"}
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    other.query_params.update({**said, "lang": "en"})
    other.run()
    assert not other.exception and not other.warning
    assert next(b for b in other.button_group if b.label == "Kind of answer").value is Ask.FACT
    assert dict(other.query_params) == {**said, "lang": "en"}


def test_another_report_in_the_library_leaves_what_was_chosen_of_an_open_question(
    app: AppTest, tmp_path: Path
) -> None:
    _ask(_ready(app), "新建充电桩多少个")
    kind = next(b for b in app.button_group if b.label == "要的是")
    kind.set_value(Ask.FACT).run()
    add_reports(
        [write_report(tmp_path, "2025年甲市政府工作报告", "（一）做好工作。新建学校88所。")],
        tmp_path / "index",
        FakeEncoder(),
    )
    app.run()
    assert not app.exception
    assert next(b for b in app.button_group if b.label == "要的是").value is Ask.FACT


def test_a_question_read_otherwise_is_told_and_can_be_asked_as_typed(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = {"充电桩": 0, "电桩": 900, "桩": 900, "电": 1500}
    monkeypatch.setattr(LexicalIndex, "frequency", lambda self, word: held.get(word, 0))
    _ask(_ready(app), "新建充电庄多少个")
    assert any("新建充电桩多少个" in one.value for one in app.markdown)
    next(b for b in app.button if b.label == "按我输入的查找").click().run()
    assert not app.exception
    assert not any("新建充电桩多少个" in one.value for one in app.markdown)
    assert app.query_params["as_typed"]


def test_the_page_speaks_english(app: AppTest) -> None:
    _ready(app)
    app.session_state["language"] = "English"
    app.run()
    assert app.text_input(key="q").label == "What would you like to know from the reports?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [("   ", "问题是空的"), ("问" * 10_000, "问题太长"), ("😀😀", "没有看懂")],
)
def test_bad_questions_get_a_message(app: AppTest, question: str, expected: str) -> None:
    _ask(_ready(app), question)
    assert not app.exception
    assert any(expected in warning.value.replace("\\", "") for warning in app.warning)


@pytest.mark.parametrize(
    "question",
    ["<script>alert(1)</script>", "'; DROP TABLE documents; --", "$x$ ~y~ `z`", "Wie geht es dir?"],
)
def test_hostile_questions_are_only_questions(app: AppTest, question: str) -> None:
    _ask(_ready(app), question)
    assert not app.exception
    assert "<script>" not in _html(app)


def test_a_changed_seed_still_answers_and_is_noticed_where_it_is_opened(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "seeds" / "report.txt"
    report.parent.mkdir()
    report.write_text("(一)做好工作。新建充电桩700个。", encoding="utf-8")
    monkeypatch.setattr(views.shared.preparation, "SEEDS", report.parent)
    _ready(app)
    page = _library(app)
    page.query_params["report"] = "report"
    page.run()
    assert not page.exception and not page.warning
    report.unlink()
    _ask(app, "新建充电桩多少个")
    assert not app.exception
    assert "700个" in _html(app)
    page.run()
    assert any("已删除或已改动" in warning.value for warning in page.warning)


def test_a_missing_seed_folder_is_an_error_that_says_so(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views.shared.preparation, "SEEDS", tmp_path / "nowhere")
    _ready(app)
    assert not app.exception
    assert any("不存在" in error.value.replace("\\", "") for error in app.error)


def test_a_rebuilt_index_answers_in_an_open_page(app: AppTest, tmp_path: Path) -> None:
    _ask(_ready(app), "新建充电桩多少个")
    other = tmp_path / "other.txt"
    other.write_text("(一)做好工作。新建充电桩88个。", encoding="utf-8")
    build_index([other], tmp_path / "index", FakeEncoder())
    app.run()
    assert "88个" in _html(app) and "1500个" not in _html(app)


def test_an_index_that_vanishes_is_a_message_and_not_a_crash(app: AppTest, tmp_path: Path) -> None:
    _ready(app)
    (tmp_path / "index" / STORE_NAME).unlink()
    _ask(app, "新建充电桩多少个")
    assert not app.exception
    assert any("没有索引" in error.value.replace("\\", "") for error in app.error)


def _library(app: AppTest) -> AppTest:
    """The page 文库 by itself: AppTest cannot follow a navigation between functions."""
    views.shared.preparation.service()
    page = AppTest.from_string(
        "from views.library.page import library_page\nlibrary_page('zh')\n", default_timeout=30
    )
    page.run()
    views.shared.preparation.service().wait(30)
    return page.run()


def test_the_library_lists_the_reports_and_what_is_known_of_them(app: AppTest) -> None:
    page = _library(app)
    assert not page.exception
    assert any("文库里的报告（1 份）" in header.value for header in page.subheader)
    (row,) = page.dataframe[0].value.to_dict("records")
    assert (row["地区"], row["层级"], row["年份"]) == ("浙江省宁波市", "市", 2023)


def test_what_another_process_adds_and_removes_shows_at_once(app: AppTest, tmp_path: Path) -> None:
    page = _library(app)
    report = tmp_path / "甲市政府工作报告2024.txt"
    report.write_text("(一)做好工作。新建充电桩88个。", encoding="utf-8")
    add_reports([report], tmp_path / "index", FakeEncoder())
    page.run()
    assert any("（2 份）" in header.value for header in page.subheader)
    _ask(_ready(app), "新建充电桩多少个")
    assert "88个" in _html(app)
    remove_reports([report.stem], tmp_path / "index")
    app.run()
    assert "88个" not in _html(app)


def test_repair_is_a_click(app: AppTest) -> None:
    page = _library(app)
    next(b for b in page.button if b.label == "检查并修复索引").click().run()
    assert not page.exception and not page.error


def _click(page: AppTest, label: str) -> AppTest:
    return next(b for b in page.button if b.label == label).click().run()


def test_what_is_wrong_is_told_by_a_click(app: AppTest, tmp_path: Path) -> None:
    page = _library(app)
    _click(page, "检查")
    assert any("全部相符" in success.value for success in page.success)
    alter(tmp_path / "index", "UPDATE documents SET source = 'elsewhere.txt'")
    _click(page, "检查")
    assert any("源文件" in warning.value for warning in page.warning)


def test_an_index_that_cannot_be_opened_is_mended_on_the_page(app: AppTest, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    build_index([ROOT / "seeds"], directory, FakeEncoder())
    alter(directory, "UPDATE passage_vectors SET vector = x'00'")
    page = _library(app)
    assert not page.exception
    assert any("有损坏" in error.value for error in page.error)
    _click(page, "检查")
    assert any("向量" in warning.value for warning in page.warning)
    _click(page, "检查并修复索引")
    views.shared.preparation.service().wait(30)
    page.run()
    assert not page.exception and not page.error
    assert any("（1 份）" in header.value for header in page.subheader)


def test_what_a_repair_could_not_have_back_is_told_on_the_page(app: AppTest, tmp_path: Path) -> None:
    directory = tmp_path / "index"
    report = write_report(tmp_path, "2024年甲市政府工作报告", "（一）扩大就业。新增就业20万人。")
    build_index([ROOT / "seeds", report], directory, FakeEncoder())
    alter(directory, "UPDATE documents SET text = '改过' WHERE name = ?", report.stem)
    report.unlink()
    page = _library(app)
    _click(page, "检查并修复索引")
    assert not page.exception and not page.error
    assert any(report.stem in warning.value and "移出索引" in warning.value for warning in page.warning)
    assert any("（1 份）" in header.value for header in page.subheader)


def test_what_a_question_is_about_can_be_changed(app: AppTest, tmp_path: Path) -> None:
    _ready(app)
    for place, count in (("江苏省", 11), ("湖北省", 22)):
        report = tmp_path / f"2025年{place}政府工作报告.txt"
        text = f"（一）扩大就业。新建学校{count}所。\n（二）推进改革。深化各项改革。\n（三）改善生态。治理好河流。"
        report.write_text(text, encoding="utf-8")
        add_reports([report], tmp_path / "index", FakeEncoder())
    _ask(app, "江苏今年新建多少所学校？")
    assert app.multiselect[0].value == ["江苏"]
    assert "<mark data-mark='1'>11所</mark>" in _html(app)
    app.multiselect[0].set_value(["湖北"]).run()
    assert not app.exception
    assert "<mark data-mark='1'>22所</mark>" in _html(app)
    period, kind = (next(b for b in app.button_group if b.label == label) for label in ("问的是", "要的是"))
    assert (period.value, kind.value) == (Period.TARGET, Ask.NUMBER)
    kind.set_value(Ask.MEANS).run()
    assert not app.exception
    assert "<mark>22所</mark></blockquote>" not in _html(app)
    _ask(app, "上海今年新建多少所学校？")
    assert any("没有上海的报告" in info.value for info in app.info)
    _ask(app, "江苏和上海今年新建多少所学校？")
    assert any("只依据江苏的报告" in info.value for info in app.info)
