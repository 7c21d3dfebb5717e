"""Where things lie: what a caller may name as a place, the default index, and the examples."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import platformdirs

from indexer.store.servers import is_shared_address, milvus_address, shared_folder

AnyPath: TypeAlias = str | os.PathLike[str]
Paths: TypeAlias = AnyPath | Iterable[AnyPath]
Names: TypeAlias = str | Iterable[str]


def default_index_directory() -> Path:
    """The index that `WENBAO_INDEX` names where it is set, else a directory in the user's data directory."""
    configured = os.environ.get("WENBAO_INDEX", "").strip()
    return index_path(configured) if configured else Path(platformdirs.user_data_dir("wenbao")) / "index"


def index_path(given: AnyPath) -> Path:
    """The folder of an index: a path as it is; for `milvus://host:port/collection` the one that points there.

    Raises:
        IndexFault: the address makes no sense, or that folder cannot be written.
        TypeError, ValueError: as `path_of`.
    """
    path = path_of(given)
    text = os.fspath(given)
    return shared_folder(milvus_address(text)) if is_shared_address(text) else path


def example_reports() -> Path:
    """The folder of the reports that ship with the project: `seeds/` of a checkout, a copy where installed."""
    installed = Path(__file__).parent / "seeds"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "seeds"


def path_of(given: AnyPath) -> Path:
    """A path, however it was given.

    Raises:
        TypeError: it is none: a number, bytes, None.
        ValueError: it is the empty string, which would mean the folder one happens to be in.
    """
    if not isinstance(given, str | os.PathLike):
        raise TypeError(f"a path is a str or a pathlib.Path, not {given!r} ({type(given).__name__})")
    if given == "":
        raise ValueError('a path is empty; the present folder is "."')
    return Path(given)


def paths_of(given: Paths) -> tuple[Path, ...]:
    """Paths in their order. One alone is one path: "seeds" is a folder, not five of one letter.

    Raises:
        TypeError, ValueError: as `path_of`.
    """
    if isinstance(given, str | os.PathLike):
        return (path_of(given),)
    if isinstance(given, bytes) or not isinstance(given, Iterable):
        raise TypeError(f"paths are one or several of str or pathlib.Path, not {given!r}")
    return tuple(path_of(one) for one in given)


def names_of(given: Names) -> tuple[str, ...]:
    """Names of reports in their order, each once. One alone is one name, never its characters.

    Raises:
        TypeError: something else than a str is among them.
    """
    if isinstance(given, bytes) or not isinstance(given, Iterable):
        raise TypeError(f"names are one or several of str, not {given!r}")
    names = (given,) if isinstance(given, str) else tuple(given)
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"the name of a report is a str, not {name!r} ({type(name).__name__})")
    return tuple(dict.fromkeys(names))
