"""The commands of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from answers.commitments.current_ledger import current_ledger
from answers.commitments.export import FORMATS, KIND_NAMES, LedgerRows, ledger_sheet, tracking_sheet
from answers.commitments.over_years import over_years, year_row
from answers.commitments.rows import StatementKind, commitment_row
from answers.commitments.search import Entry, Filter
from answers.commitments.tracking.finding import Finding, Told
from answers.commitments.tracking.judgements import judgements
from answers.commitments.tracking.totals import pair_of, reports_of, totals
from answers.commitments.tracking.tracked_reports import TrackedReports
from answers.public_address import public_address
from answers.quantities.amounts import shown
from answers.sheets.files import Format, format_of, save_sheets
from answers.sheets.sheet import Sheet
from indexer.command_line import Directory, out, print_json, say, tell
from indexer.location import default_index_directory
from indexer.reports import open_reports
from indexer.store.catalogue import ReportEntry
from indexer.store.database import open_store
from indexer.twins import silent_reports

_PAGE = "commitments"  # of the app, which shows a row of the ledger in its place

Export = Annotated[
    Path | None, typer.Option("--export", help="写成台账文件 .xlsx 或 .csv Write a table to this file")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line of `answers`."""
    app.command("commitments")(_list)
    app.command("track")(_track)
    app.command("promises")(_promises)
    app.command("years")(_years)


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
        addresses = {entry.name: entry.metadata.address for entry in _entries(directory)}
        rows = LedgerRows(ledger, wanted)
        _write(ledger_sheet(rows, public_address(_PAGE), lambda name: addresses.get(name, "")), export, form)
    elif as_json:
        for entry in ledger.entries(wanted):
            print_json(commitment_row(entry.row, entry.sentence))
    else:
        _show(ledger.entries(wanted))


def _track(
    earlier: Annotated[str, typer.Option("--from", help="定下目标的报告 The report that set the targets")],
    later: Annotated[
        list[str],
        typer.Option(
            "--to",
            help="说结果的文件，可以给几份：下一年的报告、统计公报、落实情况 A document that tells results; may be given again",
        ),
    ],
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
    tracked = _tracked(directory, (earlier, *later), unnumbered)
    if not _taken_away(tracked, export, form, as_json):
        _show_tracked(tracked.told())


def _tracked(directory: Path, names: Sequence[str], unnumbered: bool) -> TrackedReports:
    """What became of the targets of the first report by the others, with what people judged; what is doubtful is told."""
    one, *others = open_reports(directory, list(dict.fromkeys(names)))
    tracked = TrackedReports.of(one, others, unnumbered)
    for doubt in tracked.doubts:
        tell(f"{doubt.zh}\n{doubt.en}", "bold red")
    made = judgements(directory)
    for said in tracked.detached(made):
        note = f"：{said.note}" if said.note else ""
        tell(
            f"注意：{said.name} {said.at[:10]} 按 {said.later} 认定“{said.status.value}”{note}，"
            "对不上现在读出的任何一个目标，没有显示在下面（也可能是另一份较早的报告的）。\n"
            f"A judgement by {said.name} on {said.later} fits no target as the reports are read today; it is kept.",
            "yellow",
        )
    return tracked.with_judgements(made)


def _taken_away(tracked: TrackedReports, export: Path | None, form: Format | None, as_json: bool) -> bool:
    """Write the targets to a file or as JSON lines; False where neither is wanted."""
    if export and form:
        base = public_address(_PAGE)
        _write(tracking_sheet(tracked.told(), tracked.earlier, *tracked.later, base=base), export, form)
    elif as_json:
        for row in tracked.rows():
            print_json(row)
    else:
        return False
    return True


def _show_tracked(told: Iterable[Told]) -> None:
    table = Table()
    for heading in ("指标", "目标", "结果", "机器建议", "依据", "出处"):
        table.add_column(heading, overflow="fold")
    for one in told:
        pair, said = one.judged.tracked, one.proposal
        outcome, title = (pair.outcome.text, pair.outcome.place.title) if pair.outcome else ("", "")
        cells = (pair.indicator, pair.target.text, outcome, said.finding.value, said.reason, title)
        table.add_row(*map(Text, cells))
    out.print(table)


def _promises(
    place: Annotated[str, typer.Option("--place", help="地区，例如 宁波 The place")],
    year: Annotated[int, typer.Option("--year", help="哪一年的承诺 The year of the promises")],
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also", help="另外还对照的文件 A further document that tells results; may be given again"
        ),
    ] = None,
    index: Directory = None,
    export: Export = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每行一对 Print JSON lines")] = False,
) -> None:
    """某地某年的承诺后来怎样了。What became of everything that a place promised in a year."""
    form = format_of(export.name, FORMATS) if export else None
    directory = index or default_index_directory()
    first, second = pair_of(reports_of(place, _entries(directory)), year)
    tracked = _tracked(directory, (first.name, second.name, *(also or ())), unnumbered=True)
    if not _taken_away(tracked, export, form, as_json):
        _show_totals(tracked)


def _show_totals(tracked: TrackedReports) -> None:
    one, others = tracked.earlier, tracked.later
    table = Table(
        title=Text(f"{one.title} → {'、'.join(other.title for other in others)}"), title_justify="left"
    )
    table.add_column("领域", overflow="fold")
    told = tracked.told()
    shown_findings = [finding for finding in Finding if any(each.finding is finding for each in told)]
    for heading in ("承诺", *(finding.value for finding in shown_findings)):
        table.add_column(heading, justify="right", overflow="fold")
    for row in totals(told, one):
        counts = (row.findings[finding] for finding in shown_findings)
        table.add_row(row.topic.value, str(row.promises), *map(str, counts))
    sums = (sum(each.finding is finding for each in told) for finding in shown_findings)
    table.add_row("合计", str(len(told)), *map(str, sums), style="bold")
    out.print(table)
    say(f"逐条：python -m answers track --from {one.name} --to {others[0].name} --unnumbered")


def _years(
    indicator: Annotated[str, typer.Argument(help="指标，例如 地区生产总值 The indicator in Chinese")],
    place: Annotated[str, typer.Option("--place", help="地区，例如 宁波 The place")],
    unit: Annotated[
        str, typer.Option("--unit", help="只看这个单位的数，例如 % Only numbers in this unit")
    ] = "",
    index: Directory = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每年一行 Print JSON lines")] = False,
) -> None:
    """一个指标，一年一年的目标和结果。One indicator of one place, year after year."""
    directory = index or default_index_directory()
    series = reports_of(place, _entries(directory))
    reports = {
        report.name: report for report in open_reports(directory, [one.name for one in series.reports])
    }
    found = over_years(reports.values(), indicator, unit)
    if as_json:
        for one in found.years:
            print_json(year_row(one, reports))
        return
    table = Table(title=Text(f"{series.region} {found.indicator}"), title_justify="left")
    for heading in ("年份", "目标", "结果", "机器建议", "依据"):
        table.add_column(heading, overflow="fold")
    for one in found.years:
        target, outcome = (row.text if row else "—" for row in (one.target, one.outcome))
        status = one.status.value if one.status else "—"
        table.add_row(*map(Text, (str(one.year), target, outcome, status, one.reason)))
    out.print(table)


def _entries(directory: Path) -> Sequence[ReportEntry]:
    with open_store(directory) as store:
        return tuple(store.entries())


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
