"""`python -m answers evaluate` and `calibrate`: how good the answers are, and how sure to be of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from answers.command_line import open_answerer
from answers.errors import QuestionError
from answers.evaluation.added_signals import fit_added
from answers.evaluation.asking import ask_all, check_writable, write_run
from answers.evaluation.calibration import Example, examples, fit
from answers.evaluation.figures import RESAMPLES, compare_runs, figures, figures_by_kind
from answers.evaluation.judgement import Judgement, judge_all
from answers.evaluation.questions import GoldQuestion, read_gold_questions
from answers.evaluation.replies import GivenReply, given_reply, read_run, same_names
from answers.evaluation.report import (
    evaluation_json,
    show_added,
    show_comparison,
    show_figures,
    show_fit,
    show_kinds,
)
from answers.evaluation.selective import FALSE_ANSWERS
from answers.reading.confidence import read_calibration
from indexer.command_line import Directory, err, out, print_json, tell

Same = Annotated[list[str] | None, typer.Option("--same", help="同一报告的两个名称 RUN_NAME=QUESTION_NAME")]


def evaluate(
    questions: Annotated[list[Path], typer.Argument(help="带答案的题集，可以几个 Question sets with gold")],
    run: Annotated[
        Path | None, typer.Option("--run", help="评这份运行结果，不提问 Score this run, ask nothing")
    ] = None,
    write: Annotated[Path | None, typer.Option("--write", help="把运行结果写到这里 Write the run")] = None,
    against: Annotated[
        Path | None, typer.Option("--against", help="与以前的运行结果逐题比较 Compare with an earlier run")
    ] = None,
    own_report: Annotated[
        bool,
        typer.Option("--own-report", help="每题只问它自己的报告 Ask each question of its own report only"),
    ] = False,
    same: Same = None,
    resamples: Annotated[
        int,
        typer.Option("--resamples", min=1, help="抽多少次样来定区间 Samples drawn for the intervals"),
    ] = RESAMPLES,
    index: Directory = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象 Print one JSON object")] = False,
) -> None:
    """评测。Ask a set of questions with known answers, and tell how good the answers are."""
    if run and own_report:
        raise QuestionError(
            f"--run 评现成的 {run}，不再提问，--own-report 没有用处。请去掉其中一个。",
            f"--run scores {run} and asks nothing, so --own-report has no effect. Leave one of them out.",
        )
    if run and write:
        raise QuestionError(
            f"--run 评现成的 {run}，没有什么可写。请去掉 --run 或 --write。",
            f"--run scores {run}, so there is nothing to write. Leave out --run or --write.",
        )
    names = same_names(same or ())
    asked = read_gold_questions(questions)
    earlier = read_run(against, names) if against else None
    if write:
        check_writable(write)
    if run:
        replies = read_run(run, names)
    else:
        own = {theirs: ours for ours, theirs in names.items()} if own_report else None
        rows = _ask(asked, index, own)
        if write:
            write_run(write, rows)
        replies = tuple(given_reply(row, names, str(write)) for row in rows)
    judged = _judged(asked, replies)
    before = None if earlier is None else _judged(asked, earlier)
    found, kinds = figures(judged, resamples), figures_by_kind(judged, resamples)
    comparison = compare_runs(before, judged, resamples) if before else None
    if as_json:
        print_json(evaluation_json(len(judged), found, kinds, comparison))
        return
    show_figures(out, found)
    show_kinds(out, kinds)
    if comparison:
        show_comparison(out, comparison)


def calibrate(
    pairs: Annotated[list[Path], typer.Argument(help="题集与其运行结果，成对给出 QUESTIONS RUN …")],
    same: Same = None,
    false_answers: Annotated[
        float,
        typer.Option(
            "--false-answers",
            min=0,
            max=1,
            help="报告答不了的问题最多作答的份额，由此定弃答的界线 Largest share of unanswerable questions to answer",
        ),
    ] = FALSE_ANSWERS,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            help="只拟合这些信号，其余照现在的把握度 Fit these signals alone, onto the calibration as it is",
        ),
    ] = None,
) -> None:
    """用已知答案的问题拟合把握度。Fit the confidence to runs of `ask --questions --json` or `evaluate --write`."""
    if len(pairs) % 2:
        raise QuestionError(
            f"给了 {len(pairs)} 个文件；题集和运行结果要成对。",
            f"{len(pairs)} files; question sets and runs go in pairs.",
        )
    names = same_names(same or ())
    found: list[Example] = []
    for questions, run in zip(pairs[::2], pairs[1::2], strict=True):
        found.extend(examples(questions, run, names))
    if only:
        show_added(out, fit_added(found, read_calibration(), only))
    else:
        show_fit(out, fit(found, false_answers))


def _ask(
    asked: Sequence[GoldQuestion], index: Path | None, reports: Mapping[str, str] | None
) -> list[dict[str, Any]]:
    answerer = open_answerer(index)
    columns = (TextColumn("提问"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        return list(progress.track(ask_all(answerer, asked, reports), total=len(asked)))


def _judged(asked: Sequence[GoldQuestion], replies: Sequence[GivenReply]) -> tuple[Judgement, ...]:
    judged = judge_all(asked, replies)
    missing = [j.question.id for j in judged if j.reply.missing]
    if missing:
        tell(
            f"运行结果里没有 {len(missing)} 题（{', '.join(missing[:5])}{' …' if missing[5:] else ''}），"
            "按未作答计。",
            "yellow",
        )
    return judged
