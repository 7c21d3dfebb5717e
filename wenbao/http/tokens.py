"""Who may come in, and as what: tokens, kept as digests in a small file beside the index.

A token is 32 random bytes, so its SHA-256 says nothing of it and no slow digest is needed. The file is read anew when
it was changed: what is removed no longer opens any worker's door.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from embeddings.errors import WenbaoError
from indexer.errors import unwritable
from indexer.store.lasting import move_in
from indexer.store.locking import changing_alone

FILE_NAME = "tokens.json"
_PREFIX = "wenbao_"
_NAME = re.compile(r"[\w.@ -]{1,100}")


class Role(StrEnum):
    """What somebody may do."""

    READER = "reader"  # ask, and read everything
    EDITOR = "editor"  # also add, correct and remove reports

    def covers(self, needed: Role) -> bool:
        """Whether who has this role may do what `needed` may."""
        return self is Role.EDITOR or needed is Role.READER


class TokenError(WenbaoError):
    """The tokens cannot be read, or not be changed as somebody wants."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token.

    Attributes:
        name: whose it is; unique.
        digest: SHA-256 of the token, in hexadecimal.
        added: when, UTC, ISO 8601.
    """

    name: str
    role: Role
    digest: str
    added: str


class Tokens:
    """The tokens of the index in `directory`. Safe to use from several threads and processes.

    Every method raises TokenError where the file is damaged or cannot be read.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._path = directory / FILE_NAME
        self._lock = threading.Lock()
        self._read: tuple[tuple[int, int, int], tuple[Token, ...]] | None = None

    def all(self) -> tuple[Token, ...]:
        """Every token, in the order they were added; none where nobody added one."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._damaged(str(error)) from error
        state = (found.st_mtime_ns, found.st_size, found.st_ino)
        with self._lock:
            if self._read is None or self._read[0] != state:
                self._read = state, self._parsed()
            return self._read[1]

    def of(self, token: str) -> Token | None:
        """What is kept of a token that somebody shows; None where there is none such."""
        shown = _digest(token)
        found = None
        for kept in self.all():  # all of them, so that the time tells nothing
            if hmac.compare_digest(kept.digest, shown):
                found = kept
        return found

    def add(self, name: str, role: Role) -> str:
        """Make a token for somebody and give it: it is told this once, and kept as a digest only.

        Raises:
            TokenError: the name is empty or odd, or has a token.
            IndexFault: the folder of the index cannot be written.
        """
        if not _NAME.fullmatch(name) or not name.strip():
            raise TokenError(
                f"名称 {name!r} 不行。请用 1 到 100 个文字、数字或 . @ - _ 和空格。",
                f"The name {name!r} is none. Use 1 to 100 letters, figures, . @ - _ and blanks.",
            )
        token = _PREFIX + secrets.token_urlsafe(32)
        with self._changing():
            there = self.all()
            if any(kept.name == name for kept in there):
                raise TokenError(
                    f"已有名为 {name!r} 的令牌。请先移除它（wenbao tokens remove），或换一个名称。",
                    f"There is a token named {name!r}. Remove it first (wenbao tokens remove), or choose another name.",
                )
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self._write([*there, Token(name, role, _digest(token), now)])
        return token

    def remove(self, name: str) -> None:
        """Take somebody's token out; it opens nothing from now on.

        Raises:
            TokenError: there is none of that name.
            IndexFault: the folder of the index cannot be written.
        """
        with self._changing():
            there = self.all()
            left = [kept for kept in there if kept.name != name]
            if len(left) == len(there):
                names = "、".join(kept.name for kept in there) or "（空）"
                raise TokenError(
                    f"没有名为 {name!r} 的令牌。现有：{names}。",
                    f"There is no token named {name!r}. There are: {names}.",
                )
            self._write(left)

    def _changing(self) -> AbstractContextManager[None]:
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(self._directory, error) from error
        return changing_alone(self._directory)

    def _write(self, tokens: Sequence[Token]) -> None:
        part = self._path.with_name(f".{FILE_NAME}.part")
        text = json.dumps({"tokens": [asdict(token) for token in tokens]}, ensure_ascii=False, indent=1)
        try:
            part.unlink(missing_ok=True)
            with os.fdopen(
                os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
            ) as stream:
                stream.write(text)
            move_in(part, self._path)
        except OSError as error:
            raise unwritable(self._directory, error) from error

    def _parsed(self) -> tuple[Token, ...]:
        try:
            rows = json.loads(self._path.read_text(encoding="utf-8"))["tokens"]
            return tuple(Token(row["name"], Role(row["role"]), row["digest"], row["added"]) for row in rows)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._damaged(str(error)) from error

    def _damaged(self, detail: str) -> TokenError:
        return TokenError(
            f"读不了令牌文件 {self._path}（{detail}）。请恢复它，或删除后重新添加令牌。",
            f"The tokens in {self._path} cannot be read ({detail}). Bring the file back, or delete it and add tokens anew.",
        )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
