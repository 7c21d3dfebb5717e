"""The part of the page 提问 that a language model writes: not there unless configured, nothing sent without a click."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

import views.shared.preparation
from answers.quoting.endpoint import MODEL, URL
from embeddings.language import Text
from tests.answers.quoting.models import Behaviour, Model, model, sends, writes
from views.ask.written import WrittenWording

QUESTION = "新建充电桩多少个"
STANDS = ("宁波市新建充电桩1500个。", [("P1", "新建充电桩1500个")])
INVENTED = ("<script>alert(1)</script>新建充电桩9999个", [("P1", "新建充电桩1500个")])


def ask(app: AppTest, question: str = QUESTION) -> AppTest:
    app.run()
    views.shared.preparation.service().wait(30)
    app.run()
    app.text_input(key="q").set_value(question)
    next(button for button in app.button if button.label in ("提问", "Ask")).click()
    return app.run()


def configure(monkeypatch: pytest.MonkeyPatch, found: Model) -> None:
    monkeypatch.setenv(URL, found.url)
    monkeypatch.setenv(MODEL, "m")


def shown(app: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def buttons(app: AppTest) -> list[str]:
    return [button.key or "" for button in app.button]


def test_it_is_not_there_where_no_model_is_configured(app: AppTest) -> None:
    ask(app)
    assert not app.exception
    assert "ask_write" not in buttons(app)
    assert not any("语言模型" in one.label for one in app.expander)


def test_nothing_is_sent_before_the_click_and_what_stands_and_does_not_is_shown_after_it(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model(writes(STANDS, INVENTED)) as found:
        configure(monkeypatch, found)
        ask(app)
        assert found.requests == []
        assert f"发送到 {found.url.removesuffix('/v1')}，由模型 m" in shown(app)
        app.button(key="ask_write").click().run()
        assert not app.exception
        assert len(found.requests) == 1
        html = shown(app)
        assert "<p>宁波市新建充电桩1500个。</p>" in html
        assert "<mark data-mark='1'>新建充电桩1500个</mark>" in html
        assert "<s>&lt;script&gt;alert(1)&lt;/script&gt;新建充电桩9999个</s>" in html
        assert "<script>" not in html
        assert "<mark>1500个</mark></blockquote>" in html, "the extracted answer stands"
        app.run()
        assert len(found.requests) == 1, "what was written is kept"


def test_for_another_question_it_is_asked_anew(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    with model(writes(STANDS)) as found:
        configure(monkeypatch, found)
        ask(app).button(key="ask_write").click().run()
        app.text_input(key="q").set_value("有效发明专利拥有量达多少件")
        next(button for button in app.button if button.label == "提问").click().run()
        assert "<p>宁波市新建充电桩1500个。</p>" not in shown(app)
        assert len(found.requests) == 1


@pytest.mark.parametrize(
    ("behaviour", "told"), [(sends(500, b"<b>x</b>"), "HTTP 500"), (writes(INVENTED), "没有一句站得住")]
)
def test_where_nothing_stands_the_page_says_so(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, behaviour: Behaviour, told: str
) -> None:
    with model(behaviour) as found:
        configure(monkeypatch, found)
        ask(app).button(key="ask_write").click().run()
    assert not app.exception
    assert any(told in one.value for one in (*app.warning, *app.info))
    assert "<mark>1500个</mark></blockquote>" in shown(app)


def test_a_wrong_setting_is_told_and_nothing_breaks(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, "host/v1")
    ask(app)
    assert not app.exception
    assert any("地址不对" in caption.value for caption in app.caption)
    assert "ask_write" not in buttons(app)


def test_its_words_are_in_both_languages() -> None:
    texts = [value for value in vars(WrittenWording).values() if isinstance(value, Text)]
    assert len(texts) > 5
    for text in texts:
        assert not text.zh.isascii() and text.en.replace("…", "").isascii()
