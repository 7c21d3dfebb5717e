"""The command `compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from answers.command_line import open_answerer
from answers.comparison.compare import Comparer, not_a_comparison
from answers.comparison.console import show_comparison
from answers.comparison.export import exported
from answers.comparison.runs import comparison_row
from answers.public_address import public_address
from answers.sheets.files import format_of, save
from answers.understanding.question import understand
from indexer.command_line import Directory, err, out, print_json


def compare(
    question: Annotated[str, typer.Argument(help="问题 The question")],
    documents: Annotated[
        list[str] | None, typer.Option("--documents", help="只比较这些报告 Only these reports")
    ] = None,
    index: Directory = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", help="另存为 .xlsx、.csv、.docx 或 .md Save as one of these"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON Print JSON")] = False,
) -> None:
    """比较。Put one question to several reports, each on its own."""
    understand(question)
    form = format_of(output.name) if output else None
    comparer = Comparer(open_answerer(index))
    plan = comparer.plan(question, documents)
    if plan is None:
        raise not_a_comparison(question)
    with err.status("") as status:
        comparison = comparer.compare(
            plan, lambda p: status.update(Text(f"{p.done} / {p.total} {p.document}"))
        )
    opened = comparer.answerer.index
    if output and form:
        save(output, exported([comparison], opened, form, base=public_address("commitments")))
    if as_json:
        print_json(comparison_row(comparison, opened))
    else:
        show_comparison(out, comparison, opened)
