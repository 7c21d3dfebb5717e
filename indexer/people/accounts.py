"""Who may come in, and as what: people and programs, in one small file beside the index for the pages and the interface.

What somebody proves himself by is kept as a digest: of a token, which is 32 random bytes, its SHA-256, of a password
scrypt. The file is read anew when it was changed: who is removed is let in by no process from then on.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from embeddings.errors import WenbaoError
from indexer.errors import unwritable
from indexer.people.passwords import digest_of, fits
from indexer.store.lasting import move_in
from indexer.store.locking import changing_alone

FILE_NAME = "people.json"
FORMER_NAME = "tokens.json"
"""Of the time when there were only tokens; it counts where the other file is not there, and is gone with the next change."""
_PREFIX = "wenbao_"
_NAME = re.compile(r"[\w.@ -]{1,100}")
_EMAIL = re.compile(r"[^@\s]{1,100}@[^@\s]{1,100}")


class Role(StrEnum):
    """What somebody may do."""

    READER = "reader"  # ask, read everything, say what is wrong with an answer
    EDITOR = "editor"  # also add, correct, remove and judge

    def covers(self, needed: Role) -> bool:
        """Whether who has this role may do what `needed` may."""
        return self is Role.EDITOR or needed is Role.READER


class AccountError(WenbaoError):
    """The people cannot be read, or not be changed as somebody wants."""


@dataclass(frozen=True, slots=True)
class Account:
    """What is kept of a person or a program.

    Attributes:
        name: unique.
        added: when, UTC, ISO 8601.
        token: SHA-256 of the token, in hexadecimal; None without one.
        password: as `passwords.digest_of` writes it; None without one.
        email: in small letters, by which a provider of sign-in (OpenID Connect) tells of the person; None without one.
    """

    name: str
    role: Role
    added: str
    token: str | None = None
    password: str | None = None
    email: str | None = None

    @property
    def ways(self) -> tuple[str, ...]:
        """How it comes in: token, password, email."""
        return tuple(way for way in ("token", "password", "email") if getattr(self, way) is not None)


class Accounts:
    """The people of the index in `directory`. Safe to use from several threads and processes.

    Every method raises AccountError where the file is damaged or cannot be read.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._path = directory / FILE_NAME
        self._lock = threading.Lock()
        self._read: tuple[tuple[object, ...], tuple[Account, ...]] | None = None
        self._seen = False

    @property
    def guarded(self) -> bool:
        """Whether nobody comes in without proof: somebody is in the list, or was since this object was made."""
        return bool(self.all()) or self._seen

    def all(self) -> tuple[Account, ...]:
        """Everybody, in the order in which they were added; nobody where nobody was added."""
        for path in (self._path, self._path.with_name(FORMER_NAME)):
            try:
                found = path.stat()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise self._damaged(path, str(error)) from error
            state = (path, found.st_mtime_ns, found.st_size, found.st_ino)
            with self._lock:
                if self._read is None or self._read[0] != state:
                    self._read = state, self._parsed(path)
                self._seen = self._seen or bool(self._read[1])
                return self._read[1]
        return ()

    def named(self, name: str) -> Account | None:
        """Who has this name; None where nobody has."""
        return next((one for one in self.all() if one.name == name), None)

    def of_token(self, token: str) -> Account | None:
        """Whose token somebody shows; None where it is nobody's."""
        shown, found = _digest(token), None
        for one in self.all():  # all of them, so that the time tells nothing
            if one.token is not None and hmac.compare_digest(one.token, shown):
                found = one
        return found

    def of_email(self, email: str) -> Account | None:
        """Whom a provider of sign-in means; None where nobody has this address."""
        sought = email.strip().casefold()
        return next((one for one in self.all() if one.email is not None and one.email == sought), None)

    def of_secret(self, name: str, secret: str) -> Account | None:
        """Who has this name and this password, or this token; None where nobody has. It takes as long for no name."""
        found = self.named(name.strip())
        try:
            is_password = fits(secret, found.password if found else None)
        except ValueError as error:
            raise self._damaged(self._path, str(error)) from error
        by_token = self.of_token(secret.strip())
        return found if found is not None and (is_password or by_token == found) else None

    def add(
        self,
        name: str,
        role: Role,
        *,
        password: str | None = None,
        email: str | None = None,
        token: bool = False,
    ) -> str | None:
        """Let somebody in, and give the token where one is wanted: it is told this once.

        Raises:
            AccountError: the name or the address is odd or taken, or there is no way in.
            PasswordError: the password is too short or too long.
            IndexFault: the folder of the index cannot be written.
        """
        if not _NAME.fullmatch(name) or name != name.strip():
            raise AccountError(
                f"名称 {name!r} 不行。请用 1 到 100 个文字、数字或 . @ - _，中间可以有空格。",
                f"The name {name!r} is none. Use 1 to 100 letters, figures, . @ - _ and blanks between them.",
            )
        if password is None and email is None and not token:
            raise AccountError(
                f"{name!r} 没有办法进来。请至少给一种：密码、邮箱或令牌。",
                f"{name!r} has no way in. Give a password, an e-mail address or a token.",
            )
        made = _new_token() if token else None
        now = datetime.now(UTC).isoformat(timespec="seconds")
        account = _with(Account(name, role, now), role, password, email, made)

        def added(there: Sequence[Account]) -> Sequence[Account]:
            if any(one.name == name for one in there):
                raise AccountError(
                    f"已有 {name!r}。要改，请用 wenbao people set；要另加一位，请换一个名称。",
                    f"There is a {name!r}. Change it with wenbao people set, or choose another name.",
                )
            return [*there, account]

        self._change(added)
        return made

    def set(
        self, name: str, *, role: Role | None = None, password: str | None = None, email: str | None = None,
        token: bool = False,
    ) -> str | None:  # fmt: skip
        """Change somebody: what is not given stays. Gives the token where a new one is wanted; the former opens nothing.

        Raises:
            AccountError: there is nothing to change, nobody of that name, or the address is odd or taken.
            PasswordError, IndexFault: as `add`.
        """
        if role is None and password is None and email is None and not token:
            raise AccountError(
                f"没有说要改 {name!r} 的什么。请给角色、密码、邮箱或令牌。",
                f"Nothing to change of {name!r} was given. Give a role, a password, an e-mail address or a token.",
            )
        made = _new_token() if token else None

        def changed(there: Sequence[Account]) -> Sequence[Account]:
            former = self._known(name, there)
            now = _with(former, role or former.role, password, email, made)
            return [now if one is former else one for one in there]

        self._change(changed)
        return made

    def remove(self, name: str) -> None:
        """Let somebody in no more, from now on.

        Raises:
            AccountError: there is nobody of that name.
            IndexFault: as `add`.
        """

        def left(there: Sequence[Account]) -> Sequence[Account]:
            former = self._known(name, there)
            return [one for one in there if one is not former]

        self._change(left)

    def _known(self, name: str, there: Sequence[Account]) -> Account:
        found = next((one for one in there if one.name == name), None)
        if found is None:
            names = "、".join(one.name for one in there) or "（空）"
            raise AccountError(
                f"没有 {name!r}。现有：{names}。", f"There is nobody named {name!r}. There are: {names}."
            )
        return found

    def _change(self, change: Callable[[Sequence[Account]], Sequence[Account]]) -> None:
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(self._directory, error) from error
        with changing_alone(self._directory):
            there = change(self.all())
            emails = [one.email for one in there if one.email is not None]
            twice = next((email for email in emails if emails.count(email) > 1), None)
            if twice is not None:
                raise AccountError(
                    f"邮箱 {twice!r} 已是别人的。一个邮箱只能是一个人的。",
                    f"The address {twice!r} is another's already.",
                )
            self._write(there)

    def _write(self, accounts: Sequence[Account]) -> None:
        part = self._path.with_name(f".{FILE_NAME}.part")
        text = json.dumps({"people": [asdict(one) for one in accounts]}, ensure_ascii=False, indent=1)
        try:
            part.unlink(missing_ok=True)
            with os.fdopen(
                os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
            ) as stream:
                stream.write(text)
            move_in(part, self._path)
            self._path.with_name(FORMER_NAME).unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(self._directory, error) from error

    def _parsed(self, path: Path) -> tuple[Account, ...]:
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            if path.name == FORMER_NAME:
                rows = [
                    {"name": row["name"], "role": row["role"], "added": row["added"], "token": row["digest"]}
                    for row in kept["tokens"]
                ]
            else:
                rows = kept["people"]
            return tuple(map(_account, rows))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._damaged(path, str(error)) from error

    def _damaged(self, path: Path, detail: str) -> AccountError:
        return AccountError(
            f"读不了人员文件 {path}（{detail}），所以不让任何人进来。请恢复它，或删除后用 wenbao people 重新添加。",
            f"The people in {path} cannot be read ({detail}), so nobody is let in. Bring the file back, or delete it and "
            "add them anew with wenbao people.",
        )


def _account(row: dict[str, Any]) -> Account:
    account = Account(**{**row, "role": Role(row["role"])})
    if not all(value is None or isinstance(value, str) for value in asdict(account).values()):
        raise TypeError(f"{account.name!r}: not a text")
    return account


def _with(
    account: Account, role: Role, password: str | None, email: str | None, token: str | None
) -> Account:
    """An account with what is given in place of what it had."""
    changed = replace(account, role=role)
    if password is not None:
        changed = replace(changed, password=digest_of(password))
    if email is not None:
        if not _EMAIL.fullmatch(email.strip()):
            raise AccountError(
                f"{email!r} 不是邮箱地址，例如 zhang@example.cn。",
                f"{email!r} is no e-mail address like zhang@example.cn.",
            )
        changed = replace(changed, email=email.strip().casefold())
    if token is not None:
        changed = replace(changed, token=_digest(token))
    return changed


def _new_token() -> str:
    return _PREFIX + secrets.token_urlsafe(32)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
