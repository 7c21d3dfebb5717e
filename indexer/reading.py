"""Read a file as a report, apart from this process: what a hostile file costs is bounded, and nobody waits for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from indexer.apart import Apart, Exceeded, Waiting
from indexer.formats.result import refused
from indexer.location import AnyPath, path_of
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.sources import read_document

T = TypeVar("T")
_APART = Apart()
_NOBODY = Waiting()


def read_report(source: AnyPath, waiting: Waiting = _NOBODY) -> Report:
    """The report in a file, with its sections and passages; as `read_document` and `parse_report` make it.

    Raises:
        SourceError: the file cannot be read, or takes too much time or memory.
        CalledOff: who is `waiting` has called it off.
    """
    return read_apart(_report, path_of(source), waiting)


def read_apart(function: Callable[[str], T], path: Path, waiting: Waiting = _NOBODY) -> T:
    """What a function of some module makes of the file at `path`, in the process apart; it gets the path as a text.

    Raises:
        SourceError: the function raised one, or takes too much time or memory.
        CalledOff: who is `waiting` has called it off.
    """
    try:
        return _APART.call_for(waiting, function, os.fspath(path))
    except Exceeded as error:
        raise refused(
            path, f"读不下去：占用的时间或内存太多，或内容异常（{error}）",
            f"could not be read: it takes too much time or memory, or something in it is out of order ({error})",
            "请用原来的软件另存一份，或拆成几份", "Save a fresh copy in its own program, or split it",
        ) from error  # fmt: skip


def _report(path: str) -> Report:
    return parse_report(read_document(path))
