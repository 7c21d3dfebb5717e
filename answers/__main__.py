"""`python -m answers`: ask the reports from the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from answers.answer import Reply
from answers.calibrate import Example, examples, fit
from answers.comparison.compare import Comparer, not_a_comparison
from answers.comparison.console import show_comparison
from answers.comparison.exports import exported, format_of
from answers.comparison.rows import cell_rows, comparison_row
from answers.console import show_reply
from answers.engine import Answerer
from answers.errors import QuestionError
from answers.question import understand
from answers.runs import read_questions, refused_row, run_row
from embeddings import load_encoder
from indexer.command_line import Directory, err, new_app, out, run
from indexer.index import open_index
from indexer.location import default_index_directory

app = new_app("问报：用报告原话回答问题。Answers from government work reports, in their own words.")


@app.callback()
def _group() -> None:
    """Keeps `ask` a subcommand whatever other commands there are."""


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="问题 The question")] = None,
    questions: Annotated[
        Path | None,
        typer.Option("--questions", help="问题文件，每行一个 JSON A file of questions, JSON lines"),
    ] = None,
    index: Directory = None,
    document: Annotated[
        list[str] | None, typer.Option("--document", help="只问这些报告 Only these reports")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，每行一个对象 Print JSON lines")] = False,
) -> None:
    """提问。Ask one question, or every question of a file."""
    if (question is None) == (questions is None):
        raise QuestionError(
            "请给出一个问题，或用 --questions 指定一个问题文件（两者选一）。",
            "Give one question, or a file of questions with --questions, not both.",
        )
    asked = read_questions(questions) if questions else ()
    if question is not None:
        understand(question)  # a bad question is refused before seconds are spent on the model
    with err.status("载入模型和索引…"):
        encoder = load_encoder()
        opened = open_index(index or default_index_directory(), encoder.identity)
        answerer = Answerer(opened, encoder)
    comparer = Comparer(answerer)
    if question is not None:
        reply = answerer.ask(question, document)
        if as_json:
            _print_json(_run_row("", reply, comparer, document))
        else:
            show_reply(out, reply, opened)
        return
    for item in asked:
        try:
            reply = answerer.ask(item.question, document)
        except QuestionError as error:
            if as_json:
                _print_json(refused_row(item.id, error))
            else:
                out.rule(Text(f"{item.id} {item.question[:60]}"))
                out.print(Text(str(error)), style="yellow", soft_wrap=True)
            continue
        if as_json:
            _print_json(_run_row(item.id, reply, comparer, document))
        else:
            out.rule(Text(f"{item.id} {reply.question.text}"))
            show_reply(out, reply, opened)


@app.command()
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
        _print_json(comparison_row(comparison, opened))
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


def _run_row(id: str, reply: Reply, comparer: Comparer, documents: list[str] | None) -> dict[str, Any]:
    """The row of a reply; with its table where the question compares and nobody chose the reports."""
    index = comparer.answerer.index
    plan = comparer.plan(reply.question.text) if not documents else None
    if plan is None:
        return run_row(id, reply, index)
    comparison = comparer.compare(plan)
    whole = replace(reply, elapsed_ms=reply.elapsed_ms + comparison.elapsed_ms)
    return run_row(id, whole, index, cell_rows(comparison, index))


@app.command()
def calibrate(
    pairs: Annotated[list[Path], typer.Argument(help="问题文件与其运行结果，成对给出 QUESTIONS RUN …")],
    same: Annotated[
        list[str] | None, typer.Option("--same", help="同一报告的两个名称 RUN_NAME=QUESTION_NAME")
    ] = None,
) -> None:
    """用已知答案的问题拟合把握度。Fit the confidence to runs of `ask --questions --json`."""
    if len(pairs) % 2:
        raise QuestionError(
            f"给了 {len(pairs)} 个文件；问题文件和运行结果要成对。",
            f"{len(pairs)} files; question files and runs go in pairs.",
        )
    names = dict(_renamed(pair) for pair in same or [])
    found: list[Example] = []
    for questions, answered in zip(pairs[::2], pairs[1::2], strict=True):
        found.extend(examples(questions, answered, names))
    result = fit(found)
    out.print(repr(result.calibration), highlight=False)
    out.print(
        f"{result.examples} 个例子；留一法 AUROC {result.auroc_held_out:.3f}，"
        f"误弃 {result.false_abstain:.3f}，误答 {result.false_answer:.3f}",
        highlight=False,
    )


def _renamed(pair: str) -> tuple[str, str]:
    left, equals, right = pair.partition("=")
    if not equals:
        raise QuestionError(
            f"--same {pair!r} 不对，应写成 运行中的名称=题集中的名称。",
            f"--same {pair!r} is not valid: write NAME_IN_RUN=NAME_IN_QUESTIONS.",
        )
    return left, right


def _print_json(row: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run the command line."""
    run(app)


if __name__ == "__main__":
    main()
