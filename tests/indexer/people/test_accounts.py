"""Who may come in: people and programs with tokens, passwords and addresses, in one file."""

from __future__ import annotations

import hashlib
import json
import stat
import time
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.people.accounts import FILE_NAME, FORMER_NAME, AccountError, Accounts, Role
from indexer.people.passwords import PasswordError, TooManyTries, Tries, digest_of, fits
from tests.conftest import SEEDS
from tests.fake_encoder import FakeEncoder

PASSWORD = "正确的马电池订书钉ok"


def test_what_is_kept_of_tokens_and_passwords_is_a_digest_for_the_owner_alone(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "new")
    token = accounts.add("CMS", Role.READER, token=True)
    assert accounts.add("张三", Role.EDITOR, password=PASSWORD, email=" Zhang@Example.cn ") is None
    path = tmp_path / "new" / FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = path.read_text(encoding="utf-8")
    assert token is not None and len(token) > 40
    assert not any(secret in kept for secret in (token, token.removeprefix("wenbao_"), PASSWORD))
    others = Accounts(tmp_path / "new")
    by_token, by_email = others.of_token(token), others.of_email("zhang@EXAMPLE.cn")
    assert by_token is not None and (by_token.name, by_token.role, by_token.ways) == (
        "CMS",
        Role.READER,
        ("token",),
    )
    assert by_email is not None and (by_email.name, by_email.role) == ("张三", Role.EDITOR)
    assert by_email.ways == ("password", "email")


def test_two_who_have_the_same_password_have_other_digests() -> None:
    one, other = digest_of(PASSWORD), digest_of(PASSWORD)
    assert one != other and one.startswith("scrypt$32768$8$1$")
    assert fits(PASSWORD, one) and fits(PASSWORD, other)
    assert not fits(PASSWORD + "x", one) and not fits("", one) and not fits(PASSWORD * 100, one)
    # The same letters, typed as one sign or as two.
    assert fits("cafe\u0301 au lait", digest_of("café au lait"))


def test_only_the_password_or_the_token_of_a_name_opens_for_it(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("张三", Role.EDITOR, password=PASSWORD)
    token = accounts.add("李四", Role.READER, token=True)
    assert token is not None
    found = accounts.of_secret(" 张三 ", PASSWORD)
    assert found is not None and found.name == "张三"
    own = accounts.of_secret("李四", token)
    assert own is not None and own.role is Role.READER
    for name, secret in (
        ("张三", "wrong password"), ("张三", token), ("李四", PASSWORD), ("王五", PASSWORD), ("", ""), ("李四", ""),
    ):  # fmt: skip
        assert accounts.of_secret(name, secret) is None


def test_a_name_that_nobody_has_takes_as_long_as_a_wrong_password(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("张三", Role.EDITOR, password=PASSWORD)

    def seconds(name: str) -> float:
        started = time.process_time()
        accounts.of_secret(name, "wrong password")
        return time.process_time() - started

    known, unknown = min(seconds("张三") for _ in range(3)), min(seconds("王五") for _ in range(3))
    assert unknown > 0.5 * known


def test_who_is_changed_or_removed_is_so_for_every_process_at_once(tmp_path: Path) -> None:
    mine, other = Accounts(tmp_path), Accounts(tmp_path)
    token = mine.add("CMS", Role.EDITOR, token=True)
    assert token is not None and other.guarded
    found = other.of_token(token)
    assert found is not None and found.role is Role.EDITOR
    mine.set("CMS", role=Role.READER)
    changed = other.of_token(token)
    assert changed is not None and changed.role is Role.READER
    new = mine.set("CMS", token=True)
    assert new is not None and other.of_token(token) is None and other.of_token(new) is not None
    mine.set("CMS", email="cms@example.cn", password=PASSWORD)
    assert other.all()[0].ways == ("token", "password", "email")
    mine.remove("CMS")
    assert other.of_token(new) is None and other.all() == ()
    assert other.guarded and mine.guarded, "the last who goes opens nothing"
    assert not Accounts(tmp_path).guarded


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 101, "a/b", " 张三"])
def test_a_name_is_plain(tmp_path: Path, name: str) -> None:
    with pytest.raises(AccountError, match="不行"):
        Accounts(tmp_path).add(name, Role.READER, token=True)


@pytest.mark.parametrize("email", ["", "zhang", "@example.cn", "a@b@c", "a b@c.cn"])
def test_an_address_is_one(tmp_path: Path, email: str) -> None:
    with pytest.raises(AccountError, match="不是邮箱"):
        Accounts(tmp_path).add("张三", Role.READER, email=email)


def test_names_and_addresses_belong_to_one_person_who_has_a_way_in(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("甲", Role.READER, email="a@example.cn")
    for name, email, told in (("甲", "b@example.cn", "已有"), ("乙", "A@example.cn", "已是别人的")):
        with pytest.raises(AccountError, match=told):
            accounts.add(name, Role.READER, email=email)
    with pytest.raises(AccountError, match="没有办法进来"):
        accounts.add("乙", Role.READER)
    with pytest.raises(AccountError, match="没有说要改"):
        accounts.set("甲")
    with pytest.raises(AccountError, match="现有：甲"):
        accounts.remove("乙")
    for password in ("short", "x" * 201):
        with pytest.raises(PasswordError):
            accounts.add("乙", Role.READER, password=password)
    assert [one.name for one in accounts.all()] == ["甲"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"people": 3}', '{"people": [{"name": "甲"}]}', "\udcff",
     '{"people": [{"name": "甲", "role": "owner", "added": ""}]}', '{"people": [{"name": 3, "role": "editor", "added": ""}]}'],
)  # fmt: skip
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(AccountError, match="不让任何人进来"):
        _ = Accounts(tmp_path).guarded
    (tmp_path / FILE_NAME).write_text(
        json.dumps({"people": [{"name": "甲", "role": "editor", "added": "", "password": "x$y"}]})
    )
    with pytest.raises(AccountError):
        Accounts(tmp_path).of_secret("甲", PASSWORD)


def test_tokens_of_the_former_file_open_until_it_is_written_anew(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"wenbao_old").hexdigest()
    row = {"name": "CMS", "role": "editor", "digest": digest, "added": "2026-01-01T00:00:00+00:00"}
    (tmp_path / FORMER_NAME).write_text(json.dumps({"tokens": [row]}))
    accounts = Accounts(tmp_path)
    assert accounts.guarded and accounts.of_token("wenbao_old") is not None
    accounts.add("张三", Role.READER, password=PASSWORD)
    assert not (tmp_path / FORMER_NAME).exists()
    assert [one.name for one in accounts.all()] == ["CMS", "张三"]
    assert Accounts(tmp_path).of_token("wenbao_old") is not None


def test_a_rebuilt_index_leaves_people_alone(tmp_path: Path) -> None:
    token = Accounts(tmp_path).add("CMS", Role.READER, token=True)
    assert token is not None
    build_index([SEEDS], tmp_path, FakeEncoder())
    assert Accounts(tmp_path).of_token(token) is not None


def test_a_name_is_tried_ten_times_in_ten_minutes_and_another_meanwhile() -> None:
    now = 0.0
    tries = Tries(clock=lambda: now)
    for _ in range(10):
        tries.check("张三")
        tries.note_wrong("张三")
    with pytest.raises(TooManyTries, match="10 分钟"):
        tries.check("张三")
    tries.check("李四")
    now = 601.0
    tries.check("张三")


def test_what_is_kept_of_tries_does_not_grow_without_end() -> None:
    now = 0.0
    tries = Tries(clock=lambda: now)
    with pytest.raises(TooManyTries):
        for number in range(2000):
            tries.check(str(number))
            tries.note_wrong(str(number))
    assert number == 1000
    now = 601.0
    tries.check("1001")
