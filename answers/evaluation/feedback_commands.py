"""`python -m answers feedback`: what people said of answers, listed or written as a question set for `evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from answers.errors import FeedbackError
from answers.evaluation.from_feedback import LACKS, question_set
from answers.feedback import VERDICTS, all_feedback
from answers.sheets.files import save
from indexer.command_line import Directory, out, say, tell
from indexer.location import default_index_directory
from indexer.report.report import Report
from indexer.reports import proven_report
from indexer.store.database import open_store

Export = Annotated[
    Path | None,
    typer.Option(
        "--export", help="写成题集，每行一个 JSON，evaluate 能读 Write a question set that evaluate reads"
    ),
]


def feedback(index: Directory = None, export: Export = None) -> None:
    """列出对答案的反馈，或写成题集。List what people said of answers, or write it as a question set."""
    directory = index or default_index_directory()
    given = all_feedback(directory)
    if export is None:
        table = Table()
        for heading in ("时间", "问题", "反馈", "答案", "正确的原文", "说明", "署名"):
            table.add_column(heading, overflow="fold")
        for one in given:
            cells = (
                one.at,
                one.question,
                VERDICTS[one.verdict].zh,
                one.answer,
                one.wanted,
                one.note,
                one.name,
            )
            table.add_row(*map(Text, cells))
        out.print(table)
        return
    with open_store(directory) as store:

        def report(name: str) -> Report | None:
            return proven_report(directory, store, name)

        found = question_set(given, report)
    if not found.questions:
        raise FeedbackError(
            f"{len(given)} 条反馈里没有答案已知的问题，没有什么可写。说“答得对”的、写出正确原文的才算。",
            f"None of {len(given)} pieces of feedback tells a right answer, so there is nothing to write: those count "
            "that call an answer right or give the right words.",
        )
    save(export, found.written())
    say(f"{export}：{len(found.questions)} 个问题 {len(found.questions)} questions")
    for left in found.left_out:
        tell(f"没有写 Left out: {left.question}：{LACKS[left.lack].zh} {LACKS[left.lack].en}", "yellow")
