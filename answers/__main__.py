"""`python -m answers`: ask the reports from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from answers.change_log import log
from answers.command_line import open_answerer
from answers.commitments import commands as ledger
from answers.comparison.commands import compare
from answers.comparison.compare import Comparer
from answers.comparison.runs import reply_row
from answers.console import show_reply
from answers.errors import QuestionError
from answers.evaluation.commands import calibrate, evaluate
from answers.evaluation.feedback_commands import feedback
from answers.runs import read_questions, refused_row
from answers.understanding.follow_up import completed
from answers.understanding.parts import question_parts
from answers.understanding.question import understand
from indexer.command_line import Directory, new_app, out, print_json, run

app = new_app("问报：用报告原话回答问题。Answers from government work reports, in their own words.")


@app.callback()
def _group() -> None:
    """Keeps `ask` a subcommand whatever other commands there are."""


ledger.register(app)


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
    after: Annotated[
        str | None,
        typer.Option("--after", help="接着这个问题问（那去年呢？） The question that this one goes on from"),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="当作一个问题，不分开回答 Ask as one question, never as several")
    ] = False,
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
    answerer = open_answerer(index)
    comparer = Comparer(answerer)
    if question is not None:
        complete = completed(question, after)
        if complete != question and not as_json:
            out.print(Text(f"接着上一问，理解为“{complete}”"), style="dim")
        if as_json:
            print_json(reply_row("", answerer.ask(complete, document), comparer, document))
            return
        parts = (complete,) if whole else question_parts(complete)
        for number, part in enumerate(parts, 1):
            if len(parts) > 1:
                out.rule(Text(f"{number}. {part}"))
            show_reply(out, answerer.ask(part, document), answerer.index)
        return
    for item in asked:
        try:
            reply = answerer.ask(item.question, document)
        except QuestionError as error:
            if as_json:
                print_json(refused_row(item.id, error))
            else:
                out.rule(Text(f"{item.id} {item.question[:60]}"))
                out.print(Text(str(error)), style="yellow", soft_wrap=True)
            continue
        if as_json:
            print_json(reply_row(item.id, reply, comparer, document))
        else:
            out.rule(Text(f"{item.id} {reply.question.text}"))
            show_reply(out, reply, answerer.index)


app.command()(compare)
app.command()(evaluate)
app.command()(calibrate)
app.command()(feedback)
app.command()(log)


def main() -> None:
    """Run the command line."""
    run(app)


if __name__ == "__main__":
    main()
