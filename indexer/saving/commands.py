"""The commands that save an index in a file and bring it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from indexer.command_line import Directory, say, tell
from indexer.location import default_index_directory
from indexer.reports import Problem
from indexer.saving.backup import backup_index
from indexer.saving.restoring import restore_index
from indexer.store.servers import shown


def backup(
    target: Annotated[
        Path, typer.Argument(help="备份文件，或放备份的文件夹 A new file, or a folder for it", metavar="FILE")
    ],
    index: Directory = None,
) -> None:
    """备份索引、人工认定和上传的文件，使用中也可以。Save the index, judgements and uploads in one file, also while in use."""
    directory = index or default_index_directory()
    saved = backup_index(directory, target)
    _tell(saved.problems)
    say(
        f"索引 {shown(directory)} 已备份到 {saved.path}：{saved.reports} 份报告，{saved.judgements} 条人工认定，"
        f"{saved.uploads} 个上传的文件；写完已逐个校验。"
    )


def restore(
    file: Annotated[Path, typer.Argument(help="backup 写的文件 A file that backup wrote", metavar="FILE")],
    index: Directory = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="替换现有的索引，旧的另存 Replace an index, which is kept aside")
    ] = False,
) -> None:
    """从备份恢复索引；不加 --replace 不动已有的索引。Bring an index back from a backup; one that is there is left alone."""
    directory = index or default_index_directory()
    made = restore_index(file, directory, replacing=replace)
    _tell(made.problems)
    say(
        f"已恢复到 {shown(directory)}：{made.reports} 份报告，{made.judgements} 条人工认定，{made.uploads} 个上传的文件。"
    )
    if made.kept is not None:
        say(f"原来的索引保留在 {made.kept}；不再需要时可以删除这个文件夹。")


def _tell(problems: Sequence[Problem]) -> None:
    for problem in problems:
        tell(f"注意：{problem.document} {problem.zh}", "yellow")
