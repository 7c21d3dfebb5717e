"""The log of changes as a table that is taken away, and the command that writes it: `python -m answers log`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from answers.sheets.files import format_of, save_sheets
from answers.sheets.sheet import Sheet
from embeddings.language import Language, Text
from indexer.command_line import Directory, print_json, say
from indexer.location import default_index_directory
from indexer.people.changes import Change, Did, Door, changes

DID = {
    Did.ADDED: Text("加入", "added"),
    Did.REPLACED: Text("换成新版", "replaced"),
    Did.CORRECTED: Text("更正", "corrected"),
    Did.REMOVED: Text("移除", "removed"),
    Did.PUT_BACK: Text("放回", "put back"),
    Did.JUDGED: Text("认定", "judged"),
    Did.SPOKE: Text("反馈", "gave feedback"),
    Did.KEPT_SET: Text("保存报告组", "kept a set"),
    Did.REMOVED_SET: Text("删除报告组", "removed a set"),
    Did.MENDED: Text("修复索引", "mended the index"),
    Did.BUILT: Text("重新建立索引", "built the index anew"),
}
DOORS = {
    Door.PAGE: Text("页面", "page"),
    Door.HTTP: Text("HTTP 接口", "HTTP"),
    Door.COMMAND: Text("命令行", "command line"),
    Door.PYTHON: Text("Python", "Python"),
}
_TITLE = Text("改动记录", "Log of changes")
_HEADINGS = (
    Text("时间（UTC）", "Time (UTC)"), Text("谁", "Who"), Text("经由", "Through"), Text("做了什么", "Did"),
    Text("报告", "Report"), Text("说明", "Detail"),
)  # fmt: skip


def log_row(one: Change, language: Language, at: str) -> tuple[str, ...]:
    """A change in words, with the time as it is to be shown."""
    return at, one.name, DOORS[one.door].words(language), DID[one.did].words(language), one.what, one.detail


def log_headings(language: Language) -> tuple[str, ...]:
    """What stands above the columns of such rows."""
    return tuple(heading.words(language) for heading in _HEADINGS)


def log_sheet(log: Sequence[Change], language: Language) -> Sheet:
    """The log as a table, the oldest first."""
    rows = [log_row(one, language, one.at) for one in log]
    return Sheet(
        _TITLE.words(language), log_headings(language), rows, widths=(26, 16, 12, 12, 40, 40), filtered=True
    )


def log(
    index: Directory = None,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export", help="写成表，.xlsx、.csv、.docx 或 .md Write a table, by the ending of its name"
        ),
    ] = None,
) -> None:
    """列出谁在什么时候改了什么，每行一个 JSON，或写成表。Tell who changed what and when, a line of JSON each, or write it as a table."""
    found = changes(index or default_index_directory())
    if export is None:
        for one in found:
            print_json(asdict(one))
        return
    save_sheets(export, [log_sheet(found, "zh")], format_of(export.name))
    say(f"{export}：{len(found)} 次改动 {len(found)} changes")
