"""Where a shared index lives: an address of Milvus and one of PostgreSQL, and the local folder that points there.

Everything that works with an index is given a folder. That of a shared index holds `servers.toml`, which names
the servers, and what this machine derives for itself: words to search in. It may be removed at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import platformdirs

from indexer.errors import IndexFault, damaged, unwritable

DATABASE_SETTING = "WENBAO_DATABASE"
_POINTER = "servers.toml"
_SHARED = re.compile(r"milvus:/{1,2}(?=[^/])")  # `Path` makes one stroke of two
_COLLECTION = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
_MILVUS_PORT, _POSTGRES_PORT = 19530, 5432


@dataclass(frozen=True, slots=True)
class MilvusAddress:
    """A server of Milvus and the name that an index has there."""

    host: str
    port: int
    collection: str

    def __str__(self) -> str:
        return f"milvus://{_joined(self.host, self.port)}/{self.collection}"


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A database of PostgreSQL and who opens it. The password is in no text that is made of it."""

    user: str
    password: str = field(repr=False)
    host: str
    port: int
    database: str

    def __str__(self) -> str:
        return f"postgresql://{self.user}@{_joined(self.host, self.port)}/{self.database}"


@dataclass(frozen=True, slots=True)
class Servers:
    """Where a shared index lives.

    Attributes:
        schema: the schema of PostgreSQL that holds the store.
    """

    milvus: MilvusAddress
    schema: str

    @property
    def people(self) -> str:
        """The schema of what people said, which a new store leaves alone."""
        return f"wenbao_{self.milvus.collection}_people"


def _joined(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_shared_address(text: str) -> bool:
    """Whether this is `milvus://…` rather than a folder."""
    return _SHARED.match(text) is not None


def milvus_address(text: str) -> MilvusAddress:
    """What `milvus://host:port/collection` says; the port is 19530 where none is written.

    Raises:
        IndexFault: it says something else.
    """
    parts = _split(_SHARED.sub("milvus://", text, count=1))
    name = parts.path.removeprefix("/") if parts else ""
    strange = parts is None or parts.username or parts.query or parts.fragment
    if strange or parts is None or not parts.hostname or not _COLLECTION.fullmatch(name):
        raise IndexFault(
            f"看不懂索引地址 {text!r}。请写成 milvus://主机:端口/集合，集合名用字母、数字和下划线，最多 40 个，不以数字开头。",
            f"The index address {text!r} makes no sense. Write milvus://host:port/collection; the collection has up "
            "to 40 letters, digits and underscores, and begins with no digit.",
        )
    return MilvusAddress(parts.hostname, parts.port or _MILVUS_PORT, name)


def database_address() -> DatabaseAddress:
    """What the setting WENBAO_DATABASE says.

    Raises:
        IndexFault: it is not set, or says something else.
    """
    text = os.environ.get(DATABASE_SETTING, "").strip()
    parts = _split(text)
    if (
        parts is None
        or parts.scheme not in ("postgresql", "postgres")
        or not (parts.hostname and parts.username)
    ):
        problem = ("看不懂", "makes no sense") if text else ("没有设", "is not set")
        # Not the setting itself: it holds a password.
        raise IndexFault(
            f"共用索引的报告存在 PostgreSQL 里，而环境变量 {DATABASE_SETTING} {problem[0]}。"
            f"请设成 postgresql://用户:密码@主机:端口/数据库。",
            f"A shared index keeps its reports in PostgreSQL, and the setting {DATABASE_SETTING} {problem[1]}. "
            "Set it to postgresql://user:password@host:port/database.",
        )
    return DatabaseAddress(
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        host=parts.hostname,
        port=parts.port or _POSTGRES_PORT,
        database=unquote(parts.path.removeprefix("/")) or unquote(parts.username),
    )


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return parts


def shared_folder(address: MilvusAddress) -> Path:
    """The folder in the user's cache that points at the servers of this address.

    Raises:
        IndexFault: it cannot be written.
    """
    mark = hashlib.sha256(str(address).encode("utf-8")).hexdigest()[:12]
    folder = Path(platformdirs.user_cache_dir("wenbao")) / "shared" / f"{address.collection}-{mark}"
    _point(folder, Servers(address, f"wenbao_{address.collection}"))
    return folder


def folder_aside(directory: Path, name: str) -> Path:
    """The folder of an index that is made beside the one in `directory`, on the same servers where it is shared.

    Raises:
        IndexFault: it cannot be written.
    """
    aside = directory / name
    servers = servers_of(directory)
    if servers is not None:
        _point(aside, replace(servers, schema=f"{servers.schema}_{name.removeprefix('.')}"))
    return aside


def servers_of(directory: Path) -> Servers | None:
    """The servers that a folder points at; None for that of a local index.

    Raises:
        IndexFault: what it says makes no sense.
    """
    try:
        written = (directory / _POINTER).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise damaged(directory, str(error)) from error
    try:
        known = tomllib.loads(written)
        return Servers(milvus_address(known["index"]), str(known["schema"]))
    except (ValueError, KeyError, TypeError, IndexFault) as error:
        raise damaged(directory, f"{_POINTER}: {error}") from error


def shown(directory: Path) -> str:
    """What a user calls the index in a folder: the folder, or the address it points at."""
    servers = servers_of(directory)
    return str(directory) if servers is None else str(servers.milvus)


def _point(folder: Path, servers: Servers) -> None:
    if servers_of(folder) == servers:
        return
    pointer = folder / _POINTER
    building = pointer.with_name(f".{_POINTER}.{os.getpid()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lines = (f"index = {json.dumps(str(servers.milvus))}", f"schema = {json.dumps(servers.schema)}")
        building.write_text("\n".join(lines) + "\n", encoding="utf-8")
        building.replace(pointer)
    except OSError as error:
        raise unwritable(folder, error) from error
