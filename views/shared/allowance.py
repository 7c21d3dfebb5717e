"""How much one session may ask of the machine: questions and uploads in a while, told in plain words where it is too much."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import streamlit as st

from views.shared.markup import plain
from views.shared.wording import SharedWording


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most `most` in any `seconds` seconds."""

    most: int
    seconds: float

    def wait(self, before: tuple[float, ...], now: float, count: int = 1) -> float:
        """Seconds until `count` more are allowed, 0 for now; `before`: when each of the former was, in order.

        Of more than are ever allowed at once the first wait is over when none is left.
        """
        recent = self.recent(before, now)
        over = len(recent) + count - self.most
        return 0.0 if over <= 0 or not recent else recent[min(over, len(recent)) - 1] + self.seconds - now

    def recent(self, before: tuple[float, ...], now: float) -> tuple[float, ...]:
        """Those that still count."""
        return tuple(at for at in before if at > now - self.seconds)


QUESTIONS = Allowance(60, 60.0)
"""Nobody reads an answer a second."""
UPLOADS = Allowance(300, 600.0)
"""Files; thousands are added by the command line."""


def allowed(allowance: Allowance, key: str, words: SharedWording, count: int = 1) -> bool:
    """Whether this session may do `count` more; it is then counted, else the page says how long to wait."""
    now = time.monotonic()
    before: tuple[float, ...] = st.session_state.get(key, ())
    wait = allowance.wait(before, now, count)
    if wait:
        st.warning(plain(words.too_often.format(seconds=math.ceil(wait))), icon=":material/hourglass_top:")
        return False
    st.session_state[key] = (*allowance.recent(before, now), *([now] * count))
    return True


def may_ask(asked: object, key: str, words: SharedWording, count: int = 1) -> bool:
    """The same for `count` questions on the page `key`; what was asked last may be drawn again as often as need be."""
    last = f"{key}:asked"
    if last in st.session_state and st.session_state[last] == asked:
        return True
    if not allowed(QUESTIONS, "questions", words, count):
        return False
    st.session_state[last] = asked
    return True
