"""File names as text: what is no UTF-8 is read as Chinese, and a path that is kept leads back to its file.

Linux takes any bytes for a name. Python hands over those that are no UTF-8, such as a name in GBK from an old archive,
as lone surrogates, which no database and no terminal takes.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

_ADDRESS = "file://"


def readable(path: Path) -> str:
    """The path for people, each part of it in the encoding that it is in: UTF-8, else GB18030, else escaped."""
    text = str(path)
    return text if _is_text(text) else str(Path(*map(_readable, path.parts)))


def kept_path(path: Path) -> str:
    """The path as text that can be kept: as it is, or as a `file://` address where it is no text."""
    text = str(path)
    if _is_text(text):
        return text
    try:
        return path.absolute().as_uri()
    except UnicodeEncodeError:  # not even bytes that a file system could hold
        return readable(path)


def path_kept(text: str) -> Path:
    """The path that `kept_path` made a text of."""
    if not is_address(text):
        return Path(text)
    return Path(os.fsdecode(unquote_to_bytes(text.removeprefix(_ADDRESS))))


def is_address(text: str) -> bool:
    """Whether `kept_path` made an address of a path, as it is no text."""
    return text.startswith(f"{_ADDRESS}/")


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _readable(part: str) -> str:
    if _is_text(part):
        return part
    try:
        return os.fsencode(part).decode("gb18030")
    except UnicodeError:
        return part.encode("utf-8", "backslashreplace").decode("utf-8")
