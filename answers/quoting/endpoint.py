"""A language model behind an OpenAI-compatible address of the user's own: vLLM, llama.cpp, Ollama.

The one module that sends anything anywhere, and only to the address that was configured: it follows no redirection, asks no
proxy, and takes no more than a megabyte and a minute.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Self
from urllib.parse import urlsplit

from answers.errors import EndpointError
from answers.quoting.prompt import Message

URL, MODEL, KEY = "WENBAO_LLM_URL", "WENBAO_LLM_MODEL", "WENBAO_LLM_KEY"
SECONDS = 60.0
_MOST_BYTES = 1_000_000
_MOST_TOKENS = 2_000
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a language model is asked.

    Attributes:
        url: what comes before /chat/completions: http://127.0.0.1:11434/v1.
        model: its name there.
        key: sent as a bearer token where there is one; never shown.
        seconds: how long a reply may take in all.

    Raises:
        EndpointError: `url` is no address of http or https, or `model` is empty.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            sound = (
                parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment
                and parts.username is None and (parts.port is None or parts.port > 0) and self.url.isprintable() and self.url.isascii()
            )  # fmt: skip
        except ValueError:
            sound = False
        if not sound:
            raise EndpointError(
                f"语言模型的地址不对：{self._without_password()!r}。请写成 http://127.0.0.1:11434/v1 的样子（{URL}），密钥另写在 {KEY}。",
                f"The address of the language model is not valid: {self._without_password()!r}. Write it like "
                f"http://127.0.0.1:11434/v1 ({URL}), a key in {KEY}.",
            )
        if not self.model.strip():
            raise EndpointError(
                f"没有写语言模型的名称。请设 {MODEL}，例如 qwen2.5:7b。",
                f"The language model has no name. Set {MODEL}, to qwen2.5:7b for example.",
            )
        if not self.key.isascii() or not self.key.isprintable():
            raise EndpointError(
                f"语言模型的密钥里有不能用的字符。请检查 {KEY}。",
                f"The key of the language model has characters that no key has. Check {KEY}.",
            )

    @classmethod
    def configured(cls) -> Self | None:
        """The one that WENBAO_LLM_URL and WENBAO_LLM_MODEL name; None where the former is not set, as by default.

        Raises:
            EndpointError: they are set wrongly.
        """
        url = os.environ.get(URL, "").strip()
        if not url:
            return None
        return cls(url, os.environ.get(MODEL, "").strip(), os.environ.get(KEY, "").strip())

    @property
    def address(self) -> str:
        """Whom questions and passages are sent to, fit to be shown: http://127.0.0.1:11434."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def complete(self, messages: Sequence[Message]) -> str:
        """What the model replies to messages.

        Raises:
            EndpointError: nobody answers in time, or what they answer is no reply of a model.
        """
        body = {
            "model": self.model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
            "stream": False,
            "response_format": {"type": "json_object"},
        }
        read = self._exchanged(json.dumps(body).encode("ascii"))
        try:
            content: Any = json.loads(read.decode("utf-8"))["choices"][0]["message"]["content"]
        except (ValueError, RecursionError, LookupError, TypeError) as error:
            raise self._fault(
                f"回的不是语言模型的回答：{_shown(read)}",
                f"what it sent is no reply of a model: {_shown(read)}",
            ) from error
        if not isinstance(content, str):
            raise self._fault("回答里没有文字", "its reply has no text")
        return content

    def _exchanged(self, body: bytes) -> bytes:
        """The body of what is replied to a request."""
        parts = urlsplit(self.url)
        if parts.scheme == "https":
            secure = ssl.create_default_context()
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                parts.hostname or "", parts.port, timeout=self.seconds, context=secure
            )
        else:
            connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=self.seconds)
        late = monotonic() + self.seconds
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        watch: threading.Timer | None = None
        try:
            connection.connect()
            # Who sends a byte now and then never runs into the limit of a socket.
            watch = threading.Timer(max(0.0, late - monotonic()), _hang_up, (connection.sock,))
            watch.daemon = True
            watch.start()
            connection.request("POST", f"{parts.path.rstrip('/')}/chat/completions", body, headers)
            with connection.getresponse() as response:
                read = response.read(_MOST_BYTES + 1)
                status, length = response.status, response.length
        except (OSError, http.client.HTTPException) as error:
            if monotonic() >= late - 0.05:
                raise self._late() from error
            raise self._fault(f"连不上：{error!r}", f"it cannot be reached: {error!r}") from error
        finally:
            if watch is not None:
                watch.cancel()
            connection.close()
        if monotonic() >= late:
            raise self._late()  # it was hung up on, which looks like the end of what it sent
        if status != http.client.OK:
            raise self._fault(f"HTTP {status}：{_shown(read)}", f"HTTP {status}: {_shown(read)}")
        if len(read) > _MOST_BYTES or length:
            raise self._fault(
                f"回答太长，超过 {_MOST_BYTES} 字节，或没有发完",
                f"its reply is longer than {_MOST_BYTES} bytes, or was cut short",
            )
        return read

    def _late(self) -> EndpointError:
        return self._fault(f"等了 {self.seconds:g} 秒没有回答完", f"no whole reply within {self.seconds:g} s")

    def _fault(self, zh: str, en: str) -> EndpointError:
        return EndpointError(
            f"语言模型（{self.address}，{self.model}）没有给出可用的回答：{zh}。摘录的答案不受影响；请检查它是否在运行、地址和名称是否正确。",
            f"The language model ({self.address}, {self.model}) gave no usable reply: {en}. The extracted answer stands; see "
            "that it runs, and that address and name are right.",
        )

    def _without_password(self) -> str:
        return self.url.rpartition("@")[2][:_SHOWN]


def _hang_up(waiting: socket.socket) -> None:
    """End an exchange from another thread, whatever it waits for."""
    with suppress(OSError):  # it ended meanwhile
        socket.socket.shutdown(waiting, socket.SHUT_RDWR)


def _shown(read: bytes) -> str:
    return repr(read[:_SHOWN].decode("utf-8", "replace"))
