"""Folders that are made once, from files that are there, and kept in the user's cache.

A folder is written under a temporary name and renamed when complete, so one that has the final name is whole.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import platformdirs

from embeddings.errors import ModelError

_BUILDING = ".building-"
_LONGEST_BUILD = 3600  # seconds


def cache_directory() -> Path:
    """Where built folders are kept: `WENBAO_CACHE`, else the user's cache directory."""
    configured = os.environ.get("WENBAO_CACHE")
    return Path(configured) if configured else Path(platformdirs.user_cache_dir("wenbao"))


def built_directory(name: str, write: Callable[[Path], None], megabytes: int) -> Path:
    """The folder `name` of the cache; where there is none, `write` fills it first.

    `megabytes` is what it takes on the disk, for the error message.

    Raises:
        ModelError: the cache cannot be written; or as `write` does.
    """
    target = cache_directory() / name
    if target.is_dir():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=target.parent))
    except OSError as error:
        raise _unwritable(target, megabytes, error) from error
    try:
        write(building)
        try:
            building.rename(target)
        except OSError:
            # Another process finished first: its folder is as good as ours.
            if not target.is_dir():
                raise
    except OSError as error:
        raise _unwritable(target, megabytes, error) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return target


def _sweep(cache: Path) -> None:
    """Remove what was left by a process that was killed while it built; that takes seconds, never an hour."""
    for left in cache.glob(f"{_BUILDING}*"):
        # Another process may be sweeping too.
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < time.time() - _LONGEST_BUILD:
                shutil.rmtree(left, ignore_errors=True)


def _unwritable(target: Path, megabytes: int, error: OSError) -> ModelError:
    return ModelError(
        f"模型缓存目录 {target.parent} 写不进去（{error.strerror}）。"
        f"请腾出约 {megabytes} MB 空间，或用环境变量 WENBAO_CACHE 指定另一个目录。",
        f"The model cache {target.parent} cannot be written ({error.strerror}). "
        f"Free about {megabytes} MB, or name another directory in WENBAO_CACHE.",
    )
