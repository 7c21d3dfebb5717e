"""The commands of the index: build it, add and remove reports, look at it, prove it, mend it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from indexer.build import build_index
from indexer.command_line import Directory, out, print_json, say, tell
from indexer.library import add_reports, remove_reports, repair_index
from indexer.location import default_index_directory, index_path
from indexer.naming import BETWEEN
from indexer.outcomes import FileResult, Outcome
from indexer.people.changes import Did, at_the_command_line, note, note_added
from indexer.proof.verify import source_notices, verify_index
from indexer.report.records import DocumentKind, Origin
from indexer.saving.migration import migrate_index
from indexer.shown_progress import encoder_and_progress, shown_progress, stopping_at_interrupt
from indexer.sources import report_files
from indexer.store.catalogue import ReportEntry
from indexer.store.database import open_store
from indexer.store.servers import shown
from indexer.store.settings import embedded_by
from indexer.twins import twins_among

_TOLD = 20  # notices of one sort
Sources = Annotated[list[Path], typer.Argument(help="报告文件或文件夹 Reports: files or folders")]
Rows = Annotated[
    bool | None,
    typer.Option(
        "--rows/--no-rows",
        help="表格（CSV、XLSX、JSON）有一栏正文时，每行作一份文档，或整个文件作一份；不写则按内容判断 "
        "Of a table with a column of texts take each row as a document, or the file as one; else its content tells",
        show_default=False,
    ),
]
_WORDS = {
    Outcome.ADDED: "已加入",
    Outcome.REPLACED: "已替换",
    Outcome.UNCHANGED: "已有，未改动",
    Outcome.DIFFERS: "已有同名而内容不同的报告，未改动；要替换请加 --replace",
    Outcome.UNUSUAL: "看来不是政府的文件，没有加入",
    Outcome.DIVIDED: "是表格",
    Outcome.REFUSED: "读不了",
}
_TWIN = "正文与“{document}”完全相同，没有另存"


def build(sources: Sources, index: Directory = None, rows: Rows = None) -> None:
    """建立索引，替换原有的索引。Build an index of exactly these reports."""
    directory = index or default_index_directory()
    with encoder_and_progress() as (encoder, report), stopping_at_interrupt() as stopped:
        result = build_index(sources, directory, encoder, report, stopped, rows_of=_rows_of(sources, rows))
    if not result.finished:
        tell(
            f"已停止：索引 {shown(directory)} 现有 {result.documents} 份报告。再运行同一条命令就接着做。",
            "yellow",
        )
        raise typer.Exit(1)
    note(directory, at_the_command_line(), Did.BUILT, detail=str(result.documents))
    for refusal in result.refusals:
        tell(f"跳过：{refusal.error}", "yellow")
    for table in result.tables:
        tell(f"{table.path.name}　{_table_words(table)}", "yellow")
    for twin in result.twins:
        tell(f"{twin.path}　{_TWIN.format(document=twin.document)}", "yellow")
    _told_of(directory, None)
    say(f"已建立索引 {shown(directory)}：{result.documents} 份报告，{result.passages} 个段落。")


def add(
    sources: Sources,
    index: Directory = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="替换同名的旧报告 Replace reports of the same name")
    ] = False,
    rows: Rows = None,
) -> None:
    """加入报告，不动其他报告。Add reports; the others stay as they are."""
    directory = index or default_index_directory()
    with encoder_and_progress() as (encoder, report), stopping_at_interrupt() as stopped:
        results = add_reports(
            sources, directory, encoder,
            replacing=replace, rows_of=_rows_of(sources, rows), progress=report, cancelled=stopped,
        )  # fmt: skip
    note_added(directory, at_the_command_line(), results)
    for result in results:
        reason = f"：{result.error}" if result.error else ""
        word = _TWIN.format(document=result.document) if result.is_twin else _WORDS[result.outcome]
        if result.table is not None:
            tell(f"{result.path.name}　{_table_words(result)}", "yellow")
        if result.outcome is Outcome.DIVIDED:
            continue
        line = f"{_shown(result)}　{word}{reason}"
        if result.outcome in (Outcome.REFUSED, Outcome.DIFFERS):
            tell(line, "yellow")
        else:
            say(line)
    _told_of(
        directory,
        {result.document for result in results if result.outcome in (Outcome.ADDED, Outcome.REPLACED)},
    )
    if all(result.outcome is Outcome.REFUSED for result in results if result.outcome is not Outcome.DIVIDED):
        raise typer.Exit(1)


def remove(
    names: Annotated[list[str], typer.Argument(help="报告名称，见 list Names of reports, see list")],
    index: Directory = None,
) -> None:
    """移除报告。Remove reports."""
    directory = index or default_index_directory()
    remove_reports(names, directory)
    note(directory, at_the_command_line(), Did.REMOVED, names)
    say(f"已从索引 {shown(directory)} 移除：{'、'.join(names)}")


def list_reports(
    index: Directory = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每行一份 Print JSON lines")] = False,
) -> None:
    """列出报告。List the reports."""
    directory = index or default_index_directory()
    with open_store(directory) as store:
        rows = [_row(entry) for entry in store.entries()]
    if as_json:
        for row in rows:
            print_json(row)
        return
    table = Table()
    # A name that is cut cannot be copied into a command.
    table.add_column("报告", no_wrap=True, overflow="ignore")
    for heading in ("标题", "文种", "地区", "层级", "年份"):
        table.add_column(heading, overflow="fold")
    for heading in ("字数", "段落"):
        table.add_column(heading, no_wrap=True, justify="right", min_width=6)
    for row in rows:
        kind = row["kind"].label.zh if row["kind"] is not None else ""
        told = {"kind": kind, "region": row["region"], "year": str(row["year"] or "")}
        for field in told:
            if told[field]:
                told[field] += _doubt(row, field)
        cells = (row["document"], row["title"], told["kind"], told["region"], row["level"], told["year"])
        # Text, since a title may hold [brackets], which rich would take for markup.
        table.add_row(*(Text(str(cell)) for cell in (*cells, row["characters"], row["passages"])))
    out.print(table)


def status(index: Directory = None) -> None:
    """索引里有什么，用什么模型建立。What the index holds and which model made it."""
    directory = index or default_index_directory()
    list_reports(directory)
    with open_store(directory) as store:
        settings = store.settings()
        former = sum(entry.embedded != embedded_by(settings.encoder) for entry in store.entries())
    say(
        f"索引 {shown(directory)}，第 {settings.generation} 次改动；模型 {settings.model}"
        f"（{settings.dimension} 维，{settings.fingerprint}）。"
    )
    if former:
        say(
            f"其中 {former} 份是本程序的另一个版本嵌入的，照常回答；打开应用会在后台更新，也可以运行：python -m indexer repair --index {shown(directory)}"
        )
    _notices(directory)


def verify(index: Directory = None) -> None:
    """逐字核对索引；有问题时以 1 退出。Check every span and vector; exit 1 on a problem."""
    directory = index or default_index_directory()
    problems = verify_index(directory)
    _notices(directory)
    for problem in problems:
        tell(f"问题：{problem.document} {problem.zh}", "red")
    if problems:
        tell(f"请修复索引：python -m indexer repair --index {shown(directory)}")
        raise typer.Exit(1)
    say(f"索引 {shown(directory)} 完好：正文、章节、段落、向量全部相符。")


def repair(index: Directory = None) -> None:
    """依据库中的正文修复索引；正文未变的不重新计算向量。Mend the index from the texts in its store."""
    directory = index or default_index_directory()
    with encoder_and_progress() as (encoder, report):
        notices = repair_index(directory, encoder, report)
    for notice in notices:
        tell(f"注意：{notice.document} {notice.zh}", "yellow")
    say(f"索引 {shown(directory)} 已修复。")


def migrate(
    target: Annotated[
        Path,
        typer.Option(
            "--to",
            help="目标索引 The index to copy to",
            parser=index_path,
            metavar="DIRECTORY",
            show_default=False,
        ),
    ],
    index: Directory = None,
) -> None:
    """把索引连同向量复制到服务器或另一个目录，不重新嵌入。Copy an index, vectors and all, to servers or a folder."""
    directory = index or default_index_directory()
    with shown_progress() as report, stopping_at_interrupt() as stopped:
        result = migrate_index(directory, target, report, stopped)
    for name in result.different:
        tell(f"目标里已有同名而内容不同的报告，未改动：{name}", "yellow")
    say(
        f"已从 {shown(directory)} 复制到 {shown(target)}：{result.copied} 份报告，{result.judgements} 条人工认定；"
        f"原已在那里的 {result.there} 份。"
    )
    if not result.finished:
        tell("已停止。再运行同一条命令就接着做。", "yellow")
        raise typer.Exit(1)


def _told_of(directory: Path, names: Collection[str | None] | None) -> None:
    """Say which of these reports (all where none are named) are no such document, and which are there twice."""
    with open_store(directory) as store:
        entries = tuple(store.entries())
    odd = [
        e.name
        for e in entries
        if (names is None or e.name in names) and e.metadata.sure_kind is DocumentKind.OTHER
    ]
    for name in odd[:_TOLD]:
        tell(
            f"注意：“{name}”看来不是政府的报告、规划或公报，它的数字不计入承诺和兑现。若不是要它，请运行：python -m indexer remove {name}",
            "yellow",
        )
    groups = [
        group for group in twins_among(entries).groups if names is None or not {*group}.isdisjoint(names)
    ]
    for first, *others in groups[:_TOLD]:
        tell(
            f"注意：“{first}”和{'、'.join(f'“{other}”' for other in others)}地区、年份相同，正文几乎一样，是同一份报告；"
            f"回答、比较和台账只用“{first}”，其余可以移除。",
            "yellow",
        )
    for kind, count in (("不是报告的文件", len(odd)), ("重复的报告", len(groups))):
        if count > _TOLD:
            tell(f"……{kind}共 {count} 处。", "yellow")


def _rows_of(sources: list[Path], rows: bool | None) -> list[Path] | None:
    """The tables whose rows are to be documents; None where their content is to tell."""
    if rows is None:
        return None
    return report_files(sources) if rows else []


def _table_words(result: FileResult) -> str:
    """How a table of texts was taken, and how to have it otherwise."""
    table = result.table
    if table is None:
        return ""
    if result.outcome is Outcome.DIVIDED:
        return f"是表格，“{table.column}”一栏有 {table.rows} 行正文，每行作一份文档；要整个文件作一份，请加 --no-rows"
    return (
        f"是表格，“{table.column}”一栏有 {table.rows} 行正文，整个文件作一份文档；要每行作一份，请加 --rows"
    )


def _shown(result: FileResult) -> str:
    """The file's name; that of its report too where the folder is part of it."""
    if result.document is None or result.is_twin or BETWEEN not in result.document:
        return result.path.name
    return f"{result.path.name}（{result.document}）"


def _row(entry: ReportEntry) -> dict[str, Any]:
    known = asdict(entry.metadata)
    origins = known.pop("origins")
    del known["sketch"]
    return {
        "document": entry.name,
        **known,
        "passages": entry.passages,
        "characters": entry.characters,
        "source": entry.source,
        "guessed": [o["field"] for o in origins if o["origin"] == Origin.GUESS],
        "disputed": {o["field"]: o["against"] for o in origins if o["against"]},
    }


def _doubt(row: dict[str, Any], field: str) -> str:
    """What is said behind a value that somebody should look at."""
    if field in row["disputed"]:
        return f"（存疑：{row['disputed'][field]}？）"
    return "（推测）" if field in row["guessed"] else ""


def _notices(directory: Path) -> None:
    for notice in source_notices(directory):
        tell(f"注意：{notice.document}：{notice.zh}", "yellow")
