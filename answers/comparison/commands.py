"""The command `compare`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from answers.comparison.compare import Comparer, not_a_comparison
from answers.comparison.console import show_comparison
from answers.comparison.exports import exported, format_of
from answers.comparison.rows import comparison_row
from answers.engine import Answerer
from answers.errors import QuestionError
from answers.understanding.question import understand
from embeddings import load_encoder
from indexer.command_line import Directory, err, out
from indexer.index import open_index
from indexer.location import default_index_directory


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
    with err.status("载入模型和索引…"):
        encoder = load_encoder()
        opened = open_index(index or default_index_directory(), encoder.identity)
        comparer = Comparer(Answerer(opened, encoder))
    plan = comparer.plan(question, documents)
    if plan is None:
        raise not_a_comparison(question)
    with err.status("") as status:
        comparison = comparer.compare(
            plan, lambda p: status.update(Text(f"{p.done} / {p.total} {p.document}"))
        )
    if output is not None and form is not None:
        _save(output, exported([comparison], opened, form))
    if as_json:
        typer.echo(json.dumps(comparison_row(comparison, opened), ensure_ascii=False))
    else:
        show_comparison(out, comparison, opened)


def _save(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise QuestionError(
            f"文件 {path} 写不了（{error}）。请换一个可以写入的位置。",
            f"The file {path} cannot be written ({error}). Choose a place that can be.",
        ) from error
