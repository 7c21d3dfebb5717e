"""`python -m indexer`: build an index, look at it, prove it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from embeddings import WenbaoError, load_encoder
from indexer.build import BuildProgress, build_index
from indexer.location import default_index_directory
from indexer.store import open_store
from indexer.verify import source_notices, verify_index

app = typer.Typer(
    help="问报的索引：建立、查看、核对。Build, show and verify an index.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
out = Console()
err = Console(stderr=True)

Directory = Annotated[
    Path | None, typer.Option("--index", help="索引目录 Index directory (WENBAO_INDEX)", show_default=False)
]


@app.command()
def build(
    sources: Annotated[list[Path], typer.Argument(help="报告文件或文件夹 Reports: files or folders")],
    index: Directory = None,
) -> None:
    """建立索引，替换原有的索引。Build an index of exactly these reports."""
    directory = index or default_index_directory()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeRemainingColumn(), console=err, transient=True) as bar:
        task = bar.add_task("载入模型…", total=None)

        def report(progress: BuildProgress) -> None:
            bar.update(task, description=progress.document, completed=progress.done, total=progress.total)

        encoder = load_encoder()
        result = build_index(sources, directory, encoder, report)
    for refusal in result.refusals:
        err.print(f"跳过：{refusal.error}", style="yellow", markup=False)
    out.print(
        f"已建立索引 {directory}：{result.documents} 份报告，{result.passages} 个段落，{result.units} 个向量。",
        markup=False, highlight=False,
    )  # fmt: skip


@app.command()
def status(index: Directory = None) -> None:
    """索引里有什么，用什么模型建立。What the index holds and which model made it."""
    directory = index or default_index_directory()
    table = Table("报告", "标题", "地区", "层级", "年份", "字数", "段落")
    with open_store(directory) as store:
        settings = store.settings()
        for parsed in store.documents():
            meta = parsed.document.metadata
            row = (parsed.document.name, meta.title, meta.region, meta.level, str(meta.year or ""))
            table.add_row(*row, str(len(parsed.document.text)), str(len(parsed.passages)))
    out.print(table)
    out.print(
        f"索引 {directory}，第 {settings.generation} 次建立；模型 {settings.model}"
        f"（{settings.dimension} 维，{settings.fingerprint}）。",
        markup=False, highlight=False,
    )  # fmt: skip
    for notice in source_notices(directory):
        err.print(f"注意：{notice.document}：{notice.zh}", style="yellow", markup=False)


@app.command()
def verify(index: Directory = None) -> None:
    """逐字核对索引；有问题时以 1 退出。Check every span and vector; exit 1 on a problem."""
    directory = index or default_index_directory()
    problems = verify_index(directory)
    for notice in source_notices(directory):
        err.print(f"注意：{notice.document}：{notice.zh}", style="yellow", markup=False)
    for problem in problems:
        err.print(f"问题：{problem.document} {problem.zh}", style="red", markup=False)
    if problems:
        err.print(f"请重新建立索引：python -m indexer build SOURCE --index {directory}", markup=False)
        raise typer.Exit(1)
    out.print(f"索引 {directory} 完好：正文、章节、段落、向量全部相符。", markup=False, highlight=False)


def main() -> None:
    """Run the command line; an error the user can mend is one message and exit status 2."""
    try:
        app()
    except WenbaoError as error:
        err.print(str(error), style="red", markup=False, highlight=False)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
