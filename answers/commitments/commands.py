"""The commands of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from answers.commitments.current_ledger import current_ledger
from answers.commitments.export import FORMATS, KIND_NAMES, LedgerRows, ledger_sheet, tracking_sheet
from answers.commitments.rows import StatementKind, commitment_row
from answers.commitments.search import Entry, Filter
from answers.commitments.tracking.doubts import doubts
from answers.commitments.tracking.finding import SentenceWords, proposal
from answers.commitments.tracking.judgements import judgements, with_judgements
from answers.commitments.tracking.track import track, tracked_row
from answers.commitments.tracking.track_promises import track_all
from answers.quantities.amounts import shown
from answers.sheets.files import Format, format_of, save_sheets
from answers.sheets.sheet import Sheet
from indexer.command_line import Directory, out, print_json, say, tell
from indexer.location import default_index_directory
from indexer.reports import open_reports
from indexer.twins import silent_reports

Export = Annotated[
    Path | None, typer.Option("--export", help="写成台账文件 .xlsx 或 .csv Write a table to this file")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line of `answers`."""
    app.command("commitments")(_list)
    app.command("track")(_track)


def _list(
    document: Annotated[
        list[str] | None, typer.Option("--document", help="只列这些报告 Only these reports")
    ] = None,
    index: Directory = None,
    text: Annotated[str, typer.Option("--text", help="含有这些词的 Only with these words")] = "",
    kind: Annotated[
        StatementKind | None, typer.Option("--kind", help="目标或结果 Targets or results")
    ] = None,
    unnumbered: Annotated[
        bool, typer.Option("--unnumbered", help="也列没有数字的承诺 Also promises without a number")
    ] = False,
    export: Export = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每行一条 Print JSON lines")] = False,
) -> None:
    """列出报告的量化承诺和结果。List the quantified targets and results of reports."""
    form = format_of(export.name, FORMATS) if export else None
    directory = index or default_index_directory()
    wanted = Filter(
        documents=tuple(document or ()), text=text, kinds=(kind,) if kind else (), numbered=not unnumbered
    )
    ledger = current_ledger(directory, wanted.documents)
    if not document:
        wanted = replace(wanted, but=silent_reports(directory))
    if export and form:
        _write(ledger_sheet(LedgerRows(ledger, wanted)), export, form)
    elif as_json:
        for entry in ledger.entries(wanted):
            print_json(commitment_row(entry.row, entry.sentence))
    else:
        _show(ledger.entries(wanted))


def _track(
    earlier: Annotated[str, typer.Option("--from", help="定下目标的报告 The report that set the targets")],
    later: Annotated[str, typer.Option("--to", help="后来的报告 The later report of the same place")],
    index: Directory = None,
    unnumbered: Annotated[
        bool, typer.Option("--unnumbered", help="也列没有数字的承诺 Also promises without a number")
    ] = False,
    export: Export = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每行一对 Print JSON lines")] = False,
) -> None:
    """对照兑现情况。Put the targets of one report beside what a later one says of them."""
    form = format_of(export.name, FORMATS) if export else None
    directory = index or default_index_directory()
    one, other = open_reports(directory, (earlier, later))
    tracked = track_all(one, other) if unnumbered else track(one, other)
    for doubt in doubts(one, other):
        tell(f"{doubt.zh}\n{doubt.en}", "bold red")
    if export and form:
        judged = with_judgements(tracked, judgements(directory), one, other)
        _write(tracking_sheet(judged, one, other), export, form)
        return
    if as_json:
        for pair in tracked:
            print_json(tracked_row(pair, one, other))
        return
    table = Table()
    for heading in ("指标", "目标", "结果", "机器建议", "依据"):
        table.add_column(heading, overflow="fold")
    words = SentenceWords.of(other)
    for pair in tracked:
        outcome, said = pair.outcome.text if pair.outcome else "", proposal(pair, words)
        table.add_row(*map(Text, (pair.indicator, pair.target.text, outcome, said.finding, said.reason)))
    out.print(table)


def _show(found: Iterable[Entry]) -> None:
    for title, group in groupby(found, key=lambda entry: entry.row.place.title):
        table = Table(title=Text(title), title_justify="left")
        for heading in ("类型", "年份", "事项", "数量", "标准值", "段"):
            table.add_column(heading, overflow="fold")
        for entry in group:
            row = entry.row
            cells = (
                KIND_NAMES[row.kind], str(row.year or ""), f"{row.object} {row.action}".strip(), row.text,
                shown(row.amount) if row.amount else "", str(row.place.paragraph),
            )  # fmt: skip
            table.add_row(*map(Text, cells))
        out.print(table)


def _write(sheet: Sheet, path: Path, form: Format) -> None:
    save_sheets(path, [sheet], form)
    say(f"{path}：{len(sheet.rows)} 行")
