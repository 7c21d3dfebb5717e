"""Addresses of shared indexes and their folders, and the store's words in PostgreSQL's, without any server."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import IndexFault
from indexer.location import default_index_directory, index_path
from indexer.store import postgres
from indexer.store.database import has_store, open_store
from indexer.store.milvus_client import asked
from indexer.store.servers import (
    DATABASE_SETTING,
    MilvusAddress,
    Servers,
    database_address,
    folder_aside,
    milvus_address,
    servers_of,
    shown,
)
from indexer.store.shared import postgres_schema

SECRET = "p@ss w/rd"
DATABASE = "postgresql://%E6%9D%8E:p%40ss%20w%2Frd@db.example:6000/wenbao"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("milvus://10.0.0.7:29530/reports", MilvusAddress("10.0.0.7", 29530, "reports")),
        ("milvus://db.example/reports", MilvusAddress("db.example", 19530, "reports")),
        ("milvus:/db.example/reports", MilvusAddress("db.example", 19530, "reports")),
        ("milvus://[::1]:1/a_1", MilvusAddress("::1", 1, "a_1")),
    ],
)
def test_an_address_says_host_port_and_collection(text: str, address: MilvusAddress) -> None:
    assert milvus_address(text) == address
    assert milvus_address(str(address)) == address


@pytest.mark.parametrize(
    "text",
    [
        "milvus://h", "milvus://h/", "milvus://h:x/a", "milvus://h:70000/a", "milvus:///a", "milvus://h/1a",
        "milvus://h/a-b", "milvus://h/a/b", "milvus://h/a?b=1", "milvus://u:p@h/a", "milvus://[h/a",
        f"milvus://h/{'a' * 41}", "milvus://h/报告",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_told_with_the_right_form(text: str) -> None:
    with pytest.raises(IndexFault, match="milvus://主机:端口/集合"):
        milvus_address(text)


def test_an_address_is_a_folder_that_points_there_everywhere_the_same(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = index_path("milvus://h:1/reports")
    assert folder.is_relative_to(cache) and folder.is_dir()
    assert index_path(Path("milvus://h:1/reports")) == folder
    assert index_path("milvus://h:2/reports") != folder
    assert servers_of(folder) == Servers(MilvusAddress("h", 1, "reports"), "wenbao_reports")
    assert shown(folder) == "milvus://h:1/reports"
    monkeypatch.setenv("WENBAO_INDEX", "milvus://h:1/reports")
    assert default_index_directory() == folder
    aside = servers_of(folder_aside(folder, ".building"))
    assert aside == Servers(MilvusAddress("h", 1, "reports"), "wenbao_reports_building")


def test_a_folder_is_itself(tmp_path: Path) -> None:
    assert index_path(str(tmp_path)) == tmp_path
    assert servers_of(tmp_path) is None and shown(tmp_path) == str(tmp_path)
    assert folder_aside(tmp_path, ".building") == tmp_path / ".building"
    assert not (tmp_path / ".building").exists()
    (tmp_path / "file").touch()
    assert servers_of(tmp_path / "file") is None


@pytest.mark.parametrize(
    "written", ["", "index = 3", "index = 'milvus://h/a'", "index = 'x'\nschema = 'y'", "\0"]
)
def test_a_pointer_that_makes_no_sense_is_damage(tmp_path: Path, written: str) -> None:
    (tmp_path / "servers.toml").write_text(written, encoding="utf-8")
    with pytest.raises(IndexFault, match=tmp_path.name):
        servers_of(tmp_path)


def test_a_cache_that_cannot_be_written_is_named(cache: Path) -> None:
    cache.write_text("a file", encoding="utf-8")
    with pytest.raises(IndexFault, match="写不进去"):
        index_path("milvus://h:1/reports")


def test_the_database_is_read_from_its_setting_and_shows_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE_SETTING, DATABASE)
    address = database_address()
    assert (address.user, address.password, address.host) == ("李", SECRET, "db.example")
    assert (address.port, address.database) == (6000, "wenbao")
    assert str(address) == "postgresql://李@db.example:6000/wenbao"
    assert SECRET not in f"{address!r}{address}"
    monkeypatch.setenv(DATABASE_SETTING, "postgres://li@h")
    assert (database_address().port, database_address().database, database_address().password) == (
        5432,
        "li",
        "",
    )


@pytest.mark.parametrize(
    "text", ["", f"mysql://li:{SECRET}@h/x", f"postgresql://:{SECRET}@h/x", "postgresql://h:x/"]
)
def test_a_database_that_is_not_set_is_asked_for_without_showing_what_was(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = index_path("milvus://h:1/reports")
    monkeypatch.setenv(DATABASE_SETTING, text)
    for action in (lambda: has_store(folder), lambda: open_store(folder).__enter__()):
        with pytest.raises(IndexFault, match=DATABASE_SETTING) as raised:
            action()
        assert SECRET not in raised.value.message("zh") + raised.value.message("en")


@pytest.mark.parametrize(
    ("library", "action"),
    [
        ("pg8000.dbapi", lambda: has_store(index_path("milvus://h:1/reports"))),
        ("pymilvus", lambda: asked(MilvusAddress("h", 1, "a"), "a", lambda client: None)),
    ],
)
def test_a_client_that_is_not_installed_is_named_with_what_installs_it(
    library: str, action: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE_SETTING, DATABASE)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(IndexFault, match=r"wenbao\[server\]"):
        action()


def test_the_tables_are_those_of_the_local_store_in_postgresqls_words() -> None:
    schema = postgres_schema()
    assert schema.count("CREATE TABLE") == 8
    assert not any(word in schema for word in ("AUTOINCREMENT", "WITHOUT ROWID", "BLOB", "INTEGER"))
    assert schema.count("GENERATED BY DEFAULT AS IDENTITY") == 2


def test_a_row_is_copied_in_the_binary_form_of_postgresql() -> None:
    row = postgres._copied((7, None, "报", b"\0\xff"))
    assert (
        row == struct.pack(">hiqi", 4, 8, 7, -1) + struct.pack(">i", 3) + "报".encode() + b"\0\0\0\x02\0\xff"
    )
    with pytest.raises(TypeError, match=r"1\.5"):
        postgres._copied((1.5,))
