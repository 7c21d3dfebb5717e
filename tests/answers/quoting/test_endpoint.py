"""Whatever a model's address does, there is a reply of a model or one error that says what is wrong, in time."""

from __future__ import annotations

import socket
import time

import pytest

from answers.errors import EndpointError
from answers.quoting.endpoint import KEY, MODEL, URL, Endpoint
from answers.quoting.prompt import Message
from tests.answers.quoting.models import (
    Behaviour,
    drips,
    drips_headers,
    floods,
    hangs_up,
    model,
    says,
    sends,
    sleeps,
    streams,
)

ASKED = (Message(role="system", content="规则"), Message(role="user", content="资料"))


def test_a_reply_is_had_from_the_address_that_was_given_and_the_key_goes_there_only() -> None:
    with model(says("好")) as found:
        assert Endpoint(found.url, "m", "secret").complete(ASKED) == "好"
        assert Endpoint(f"{found.url}/", "m").complete(ASKED) == "好"
    with_key, without = found.requests
    assert with_key.path == without.path == "/v1/chat/completions"
    assert with_key.headers["Authorization"] == "Bearer secret"
    assert "Authorization" not in without.headers
    assert with_key.body["messages"] == list(ASKED)
    assert (with_key.body["model"], with_key.body["stream"], with_key.body["temperature"]) == ("m", False, 0)


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (sends(500, b"Internal Server Error"), "HTTP 500"),
        (sends(401, b'{"error": "key"}'), "HTTP 401"),
        (sends(302, b"", Location="http://192.0.2.1/v1/chat/completions"), "HTTP 302"),
        (sends(307, b"", Location="http://192.0.2.1/v1/chat/completions"), "HTTP 307"),
        (sends(200, b""), "不是语言模型的回答"),
        (sends(200, b"<html>"), "不是语言模型的回答"),
        (sends(200, b"\xff\xfe"), "不是语言模型的回答"),
        (sends(200, b"[" * 100_000), "不是语言模型的回答"),
        (sends(200, b'{"choices": []}'), "不是语言模型的回答"),
        (sends(200, b'{"choices": [{"message": "x"}]}'), "不是语言模型的回答"),
        (sends(200, b"9" * 10_000), "不是语言模型的回答"),
        (says(None), "没有文字"),
        (says(["x"]), "没有文字"),
        (sends(200, b"x", Content_Length="9"), "没有发完"),
        (sends(200, b"x" * 1_500_000), "太长"),
        (sends(200, b"not chunks", Transfer_Encoding="chunked"), "连不上"),
        (floods, "太长"),
        (streams, "不是语言模型的回答"),
        (hangs_up, "连不上"),
        (drips, "等了 0.6 秒"),
        (drips_headers, "等了 0.6 秒"),
        (sleeps, "等了 0.6 秒"),
    ],
)
def test_a_model_that_misbehaves_is_one_error_and_nobody_waits(behaviour: Behaviour, told: str) -> None:
    with model(behaviour) as found:
        endpoint = Endpoint(found.url, "m", "secret", seconds=0.6)
        began = time.monotonic()
        with pytest.raises(EndpointError, match=told) as error:
            endpoint.complete(ASKED)
        assert time.monotonic() - began < 2.5
    said = f"{error.value} {error.value.message('en')}"
    assert endpoint.address in said and "摘录的答案不受影响" in said and "The extracted answer stands" in said
    assert "secret" not in said
    assert len(found.requests) == 1, "no redirection is followed, nothing is tried again"


def test_an_address_where_nobody_listens_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with pytest.raises(EndpointError, match="连不上"):
            Endpoint(url, "m", seconds=2).complete(ASKED)


def test_no_proxy_of_the_shell_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://192.0.2.1:9")
    with model(says("好")) as found:
        assert Endpoint(found.url, "m").complete(ASKED) == "好"


def test_nothing_is_configured_unless_the_user_does(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Endpoint.configured() is None
    monkeypatch.setenv(MODEL, "m")
    assert Endpoint.configured() is None
    monkeypatch.setenv(URL, " http://127.0.0.1:11434/v1 ")
    monkeypatch.setenv(KEY, "secret")
    found = Endpoint.configured()
    assert found == Endpoint("http://127.0.0.1:11434/v1", "m", "secret")
    assert found.address == "http://127.0.0.1:11434"
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    "url",
    [
        "", "127.0.0.1:11434/v1", "ftp://host/v1", "http://", "http:///v1", "http://host:x/v1", "http://host:0/v1",
        "http://me:secret@host/v1", "http://host/v1?key=secret", "http://host/v1#a", "http://host/v1\r\nX: y",
        "http://宁波/v1", "file:///etc/passwd", "http://[::1/v1",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(EndpointError, match="地址不对") as error:
        Endpoint(url, "m")
    assert "me:secret" not in str(error.value)


def test_a_model_needs_a_name_and_a_key_no_line_break() -> None:
    with pytest.raises(EndpointError, match=MODEL):
        Endpoint("http://host/v1", " ")
    with pytest.raises(EndpointError, match=KEY):
        Endpoint("http://host/v1", "m", "a\r\nX: y")


def test_half_a_character_in_a_text_reaches_it_too() -> None:
    said = "“引号”\u2028\ud83d"
    with model(says("好")) as found:
        assert Endpoint(found.url, "模型").complete((Message(role="user", content=said),)) == "好"
    assert found.requests[0].body["messages"][0]["content"] == said
