"""Who signed in with a password, for as long as the app runs: an id in the visitor's browser, its digest here."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from indexer.people.accounts import Account, Accounts

SECONDS = 12 * 3600.0
_MOST = 10_000  # sessions; the oldest goes first


@dataclass(frozen=True, slots=True)
class _Session:
    """Whose, what he proved himself by then, and until when."""

    name: str
    proofs: tuple[str | None, str | None]
    until: float


class Sessions:
    """The sessions of a process. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, _Session] = {}

    def begin(self, account: Account) -> str:
        """A session of somebody, and its id: who has that is let in as him."""
        name = secrets.token_urlsafe(32)
        session = _Session(account.name, _proofs(account), self._clock() + SECONDS)
        with self._lock:
            self._sessions[_digest(name)] = session
            while len(self._sessions) > _MOST:
                del self._sessions[next(iter(self._sessions))]
        return name

    def whose(self, name: str, known: Accounts) -> Account | None:
        """Who has the session of an id, as he now is in the list of people; None where it is over, or he was removed or has
        another password since.

        Raises:
            AccountError: the list cannot be read.
        """
        with self._lock:
            session = self._sessions.get(_digest(name))
        if session is None or session.until < self._clock():
            return None
        account = known.named(session.name)
        return account if account is not None and _proofs(account) == session.proofs else None

    def end(self, name: str) -> None:
        """End the session of an id, if there is one."""
        with self._lock:
            self._sessions.pop(_digest(name), None)


def _proofs(account: Account) -> tuple[str | None, str | None]:
    return account.password, account.token


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


SESSIONS = Sessions()
