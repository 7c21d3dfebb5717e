"""Where an index lies when nobody says, and beside it the files that users upload."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path, PurePosixPath

import platformdirs

from indexer.errors import unwritable

ORIGINALS = "originals"
_LONGEST_NAME = 100  # characters; file systems allow 255 bytes, and a Chinese character takes three or four


def default_index_directory() -> Path:
    """`WENBAO_INDEX` where it is set, else a directory in the user's data directory."""
    configured = os.environ.get("WENBAO_INDEX", "").strip()
    return Path(configured) if configured else Path(platformdirs.user_data_dir("wenbao")) / "index"


def keep_upload(directory: Path, name: str, data: bytes) -> Path:
    """Write an uploaded file under `directory`/originals and return its path.

    Each content has a folder of its own, so a file never overwrites another of the same name. Of the
    name only the last part counts: `../../etc/passwd` becomes `passwd`.

    Raises:
        IndexFault: the directory cannot be written.
    """
    folder = directory / ORIGINALS / hashlib.sha256(data).hexdigest()[:16]
    path = folder / safe_name(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise unwritable(directory, error) from error
    return path


def safe_name(name: str) -> str:
    """The last part of a file name, without signs that paths or file systems give a meaning."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = re.sub(r'[\x00-\x1f\x7f<>:"|?*/]', "_", last).strip(" .") or "report"
    path = PurePosixPath(plain)
    suffix = path.suffix[:10]
    return path.stem[: _LONGEST_NAME - len(suffix)] + suffix
