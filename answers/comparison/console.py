"""Show a comparison in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from answers.citation import position
from answers.comparison.table import Cell, Comparison, silence
from answers.understanding.period import Period
from indexer.index import ReportIndex

_HEADS = {Period.TARGET: "目标（报告当年）", Period.RESULT: "结果（报告上一年）"}
_SENTENCE = 60


def show_comparison(console: Console, comparison: Comparison, index: ReportIndex) -> None:
    """Print one line a report: the quotation, its sentence, and how sure it is."""
    table = Table(show_lines=True)
    table.add_column("报告")
    for column in comparison.columns:
        head = _HEADS.get(column.period, "原文") if column.period else "原文"
        table.add_column(f"{column.topic} {head}".strip(), ratio=1)
    for row in comparison.rows:
        title = index.report(row.document).title
        table.add_row(Text(title), *(_cell(cell, index, row.document) for cell in row.cells))
    console.print(table)
    if comparison.plan.missing:
        console.print(Text(f"文库里没有这些地区的报告：{'、'.join(comparison.plan.missing)}"), style="yellow")
    asked = "；".join(column.query for column in comparison.columns)
    console.print(
        Text(f"对 {len(comparison.rows)} 份报告各自问：{asked} · {comparison.elapsed_ms:.0f} 毫秒"),
        style="dim",
    )


def _cell(cell: Cell, index: ReportIndex, document: str) -> Text:
    if cell.answer is None:
        return Text(silence(cell, "zh"), style="dim")
    text = index.report(document).text
    sentence = cell.answer.sentence.of(text).strip()
    shown = sentence if len(sentence) <= _SENTENCE else sentence[:_SENTENCE] + "…"
    return Text.assemble(
        (cell.answer.text, "bold green"),
        f"\n{shown}\n",
        (f"{position(cell.answer.place, between=' · ')} · 把握 {cell.confidence:.0%}", "cyan"),
    )
