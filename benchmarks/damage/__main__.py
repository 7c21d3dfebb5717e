"""`python -m benchmarks.damage`: a report damaged in many ways, and what is left of it and of the answers about it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from answers.engine import Answerer
from answers.evaluation.asking import ask_all
from answers.evaluation.figures import figures
from answers.evaluation.judgement import judge_all
from answers.evaluation.questions import GoldQuestion, read_gold_questions
from answers.evaluation.replies import given_reply
from benchmarks.damage.kinds import KINDS, Damage
from benchmarks.damage.structure import Structure, structure
from benchmarks.measure import NAMES
from benchmarks.published import QUESTIONS
from benchmarks.reports import SEEDS
from embeddings import Encoder, load_encoder
from indexer.build import build_index
from indexer.command_line import run, say
from indexer.index import open_index
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.sources import read_document

app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
_SHOWN = ("answer_right@1", "passage_recall@1", "false_abstain_rate")
_SEED = SEEDS / "000_f7ed5bf6a81e5e31.txt"
_SETS = (QUESTIONS / "ningbo_dev.jsonl",)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions of one report, and the model that they are asked with."""

    questions: tuple[GoldQuestion, ...]
    encoder: Encoder

    def figures(self, copy: Path, folder: Path) -> list[float | None]:
        """The figures of `_SHOWN`, asked of an index of this copy alone."""
        build_index([copy], folder, self.encoder)
        rows = ask_all(Answerer(open_index(folder, self.encoder.identity), self.encoder), self.questions)
        same = {ours: theirs for theirs, ours in NAMES.items()}
        judged = judge_all(self.questions, [given_reply(row, same, copy.stem) for row in rows])
        found = {figure.metric.name: figure.value for figure in figures(judged)}
        return [found.get(name) for name in _SHOWN]


@app.command()
def measure(
    report: Annotated[Path, typer.Argument(help="报告 The report", exists=True, dir_okay=False)] = _SEED,
    questions: Annotated[
        list[Path] | None,
        typer.Option(help="题集，只问这份报告的题 Question sets; those of this report are asked"),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="只做名称含此词的损坏 Kinds whose names hold this")
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask/--no-ask", help="也提问，每种约一分钟 Ask too, a minute a kind")
    ] = False,
) -> None:
    """损坏一份报告，看章节、段落、数字还剩多少；--ask 也看答对多少。Damage a report; measure what is left."""
    original = parse_report(read_document(report))
    paragraphs = [span.of(original.text) for span in original.paragraphs]
    asked = _Asked(_questions_of(report, questions or _SETS), load_encoder()) if ask else None
    say(f"{report.name}: {len(original.sections)} sections, {len(paragraphs)} paragraphs")
    say(f"{'':38}sections headings paragraphs figures strange {' '.join(_SHOWN) if asked else ''}".rstrip())
    plain: Report | None = None
    with tempfile.TemporaryDirectory() as folder:
        for number, damage in enumerate(_chosen(only or ())):
            place = Path(folder) / str(number)
            copy = _copy(damage, report, paragraphs, place)
            parsed = parse_report(read_document(copy))
            plain = plain or parsed
            shares = asked.figures(copy, place / "index") if asked else []
            say(_row(damage, structure(plain, parsed), shares))


def _questions_of(report: Path, sets: Sequence[Path]) -> tuple[GoldQuestion, ...]:
    names = {report.stem, *(theirs for theirs, ours in NAMES.items() if ours == report.stem)}
    return tuple(
        question
        for question in read_gold_questions(sets)
        if question.gold and all(gold.document in names for gold in question.gold)
    )


def _chosen(only: Sequence[str]) -> list[Damage]:
    """The kinds, that without damage first: the others are compared with it."""
    first, *others = KINDS
    return [first, *(kind for kind in others if not only or any(words in kind.name for words in only))]


def _copy(damage: Damage, report: Path, paragraphs: Sequence[str], folder: Path) -> Path:
    """A damaged copy under the report's own name, its metadata file beside it."""
    folder.mkdir()
    copy = folder / f"{report.stem}.txt"
    copy.write_text(damage.make(paragraphs), encoding="utf-8")
    metadata = report.with_suffix(".json")
    if metadata.exists():
        shutil.copy(metadata, folder)
    return copy


def _row(damage: Damage, found: Structure, shares: Sequence[float | None]) -> str:
    counted = f"{found.sections}/{found.sections_of_report}"
    told = " ".join(f"{share:14.3f}" if share is not None else f"{'':14}" for share in shares)
    return (
        f"{damage.name:38}{counted:>8} {found.headings:8.2f} {found.paragraphs:10.2f} {found.figures:7.3f}"
        f" {found.strange:7.3f} {told}".rstrip()
    )


if __name__ == "__main__":
    run(app)
