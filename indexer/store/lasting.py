"""Files that last through a power cut: on the disk before anything names them."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

_PATIENCE = 5.0  # seconds that a virus scanner or an indexing service may hold a new file on Windows
_POLL = 0.1
_HELD = (5, 32, 33)  # Windows' words for it: access denied, sharing violation, lock violation


def keep_file(path: Path) -> None:
    """Wait until what was written into a file is on the disk.

    Raises:
        OSError: it cannot be written there: the disk is full or broken.
    """
    # For writing: Windows flushes no file that was opened to be read.
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def keep_names(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, after files were made or renamed there."""
    # Windows opens no folder, and some file systems of networks flush none: then the system does it in its own time.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def move_in(path: Path, target: Path) -> None:
    """Rename a file that is complete, so that after a power cut it is there whole or not at all.

    Raises:
        OSError: it cannot be renamed.
    """
    keep_file(path)
    replace_held(path, target)
    keep_names(target.parent)


def replace_held(path: Path, target: Path) -> None:
    """Rename a file or folder; where another program on Windows holds one of the two, wait a little for it.

    Raises:
        OSError: it cannot be renamed.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            path.replace(target)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD or time.monotonic() > until:
                raise
        time.sleep(_POLL)
