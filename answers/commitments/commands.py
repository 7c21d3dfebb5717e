"""The commands of the ledger."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from answers.amounts import shown
from answers.commitments.extract import commitments
from answers.commitments.rows import Commitment, Kind, commitment_row
from answers.commitments.tracking import track, tracked_row
from indexer.command_line import Directory, out
from indexer.location import default_index_directory
from indexer.reports import open_reports

_KINDS = {Kind.TARGET: "目标", Kind.ACHIEVED: "完成"}


def register(app: typer.Typer) -> None:
    """Add the commands to the command line of `answers`."""
    app.command("commitments")(_list)
    app.command("track")(_track)


def _list(
    document: Annotated[
        list[str] | None, typer.Option("--document", help="只列这些报告 Only these reports")
    ] = None,
    index: Directory = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每行一条 Print JSON lines")] = False,
) -> None:
    """列出报告的量化承诺和结果。List the quantified targets and results of reports."""
    for parsed in open_reports(index or default_index_directory(), document):
        rows = commitments(parsed)
        if as_json:
            for row in rows:
                _print_json(commitment_row(row, parsed))
        else:
            _show(parsed.document.metadata.title, rows)


def _track(
    earlier: Annotated[str, typer.Option("--from", help="定下目标的报告 The report that set the targets")],
    later: Annotated[str, typer.Option("--to", help="后来的报告 The later report of the same place")],
    index: Directory = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每行一对 Print JSON lines")] = False,
) -> None:
    """对照兑现情况。Put the targets of one report beside what a later one says of them."""
    one, other = open_reports(index or default_index_directory(), (earlier, later))
    tracked = track(one, other)
    if as_json:
        for pair in tracked:
            _print_json(tracked_row(pair, one, other))
        return
    table = Table()
    for heading in ("指标", "目标", "结果", "机器建议", "依据"):
        table.add_column(heading, overflow="fold")
    for pair in tracked:
        outcome = pair.outcome.text if pair.outcome else ""
        table.add_row(*map(Text, (pair.indicator, pair.target.text, outcome, pair.status.value, pair.reason)))
    out.print(table)


def _show(title: str, rows: tuple[Commitment, ...]) -> None:
    table = Table(title=Text(title), title_justify="left")
    for heading in ("类型", "年份", "事项", "数量", "标准值", "段"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        cells = (
            _KINDS[row.kind], str(row.year or ""), f"{row.object} {row.action}".strip(), row.text,
            shown(row.amount) if row.amount else "", str(row.place.paragraph),
        )  # fmt: skip
        table.add_row(*map(Text, cells))
    out.print(table)


def _print_json(row: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
