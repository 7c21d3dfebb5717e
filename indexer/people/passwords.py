"""Passwords: kept as salted digests that take time and memory to guess, and tried no more often than a person errs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable

from embeddings.errors import WenbaoError

SHORTEST, LONGEST = 10, 200
_COST, _BLOCK, _LANES = 1 << 15, 8, 1  # scrypt: 32 MB and a twentieth of a second a guess
_MEMORY = 64 * 1024 * 1024
_SALT_BYTES, _DIGEST_BYTES = 16, 32
_TRIES, _WINDOW = 10, 600.0  # wrong ones of a name in so many seconds
_MOST_NAMES = 1000
_one_at_a_time = threading.Lock()  # of the dear digests: many guesses at once take no more memory than one


class PasswordError(WenbaoError):
    """A password is none that can be kept."""


class TooManyTries(WenbaoError):
    """A name was tried with wrong passwords too often."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"密码错得太多次了，请 {max(1, seconds // 60)} 分钟后再试。忘了密码，请管理员用 wenbao people set 重设。",
            f"Too many wrong passwords: try again in {max(1, seconds // 60)} min. The owner sets a new one with wenbao "
            "people set.",
        )


def digest_of(password: str) -> str:
    """What is kept of a password: `scrypt$cost$block$lanes$salt$digest`.

    Raises:
        PasswordError: it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordError(
            f"密码有 {len(password)} 个字符，要 {SHORTEST} 到 {LONGEST} 个。几个不相干的词连起来就好。",
            f"The password has {len(password)} characters; it needs {SHORTEST} to {LONGEST}. Some unrelated words will do.",
        )
    salt = secrets.token_bytes(_SALT_BYTES)
    digest = _scrypt(password, salt, _COST, _BLOCK, _LANES)
    return "$".join(("scrypt", str(_COST), str(_BLOCK), str(_LANES), _written(salt), _written(digest)))


def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one that a digest was made of; with None as slow, and False.

    Raises:
        ValueError: `kept` is no such digest.
    """
    _, cost, block, lanes, salt, digest = (kept or _NOBODY).split("$")
    shown = password[: LONGEST + 1]  # what is longer is none either, and takes no longer
    made = _scrypt(shown, base64.b64decode(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(made, base64.b64decode(digest)) and kept is not None


def _scrypt(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    # As it may be typed on another keyboard: é as one sign or as two.
    typed = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    with _one_at_a_time:
        return hashlib.scrypt(typed, salt=salt, n=cost, r=block, p=lanes, maxmem=_MEMORY, dklen=_DIGEST_BYTES)


def _written(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


_NOBODY = "$".join(
    (
        "scrypt",
        str(_COST),
        str(_BLOCK),
        str(_LANES),
        _written(bytes(_SALT_BYTES)),
        _written(bytes(_DIGEST_BYTES)),
    )
)


class Tries:
    """Wrong passwords of each name, lately. Safe to use from several threads; it does not grow without end."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: dict[str, tuple[float, ...]] = {}

    def check(self, name: str) -> None:
        """Let a name be tried.

        Raises:
            TooManyTries: it was tried too often.
        """
        now = self._clock()
        with self._lock:
            if len(self._wrong) >= _MOST_NAMES:
                self._forget(now)
            wrong = self._recent(self._wrong.get(name, ()), now)
            if len(wrong) >= _TRIES:
                raise TooManyTries(round(wrong[0] + _WINDOW - now))
            if name not in self._wrong and len(self._wrong) >= _MOST_NAMES:
                raise TooManyTries(round(_WINDOW))

    def note_wrong(self, name: str) -> None:
        """A password of a name was wrong."""
        with self._lock:
            self._wrong[name] = (*self._wrong.get(name, ()), self._clock())[-_TRIES:]

    def _forget(self, now: float) -> None:
        recent = {name: self._recent(times, now) for name, times in self._wrong.items()}
        self._wrong = {name: times for name, times in recent.items() if times}

    def _recent(self, times: tuple[float, ...], now: float) -> tuple[float, ...]:
        return tuple(at for at in times if at > now - _WINDOW)
