"""`python -m benchmarks.documents FOLDER`: documents of many kinds, forms and damages, and what is read of each.

The folder holds the files and `truth.jsonl`; nothing is embedded.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.documents.scoring import FIELDS, Score, Verdict, score
from benchmarks.documents.truth import Truth, read_truth
from indexer.command_line import run, say
from indexer.errors import SourceError
from indexer.reading import read_report

app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
_NEAR = 0.05  # by which the number of paragraphs may be another


@app.command()
def measure(
    folder: Annotated[
        Path, typer.Argument(help="文件和 truth.jsonl 的文件夹 The folder of the files", exists=True)
    ],
    rows: Annotated[Path | None, typer.Option(help="每份一行 JSON Write a line a document")] = None,
    faults: Annotated[bool, typer.Option("--faults", help="列出错在哪里 Tell what is wrong")] = False,
) -> None:
    """读每一份，与写下的实情比较。Read every document and compare it with the truth."""
    truths = read_truth(folder / "truth.jsonl")
    scores = [_scored(folder, truth) for truth in truths]
    if rows is not None:
        lines = (json.dumps(asdict(one), ensure_ascii=False) for one in scores)
        rows.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for line in table(truths, scores):
        say(line)
    if faults:
        for truth, one in zip(truths, scores, strict=True):
            for line in _faults(truth, one):
                say(line)


def _scored(folder: Path, truth: Truth) -> Score:
    try:
        return score(truth, read_report(folder / Path(truth.file).name))
    except SourceError as error:
        sys.stderr.write(f"{error}\n")
        return score(truth, None)


def table(truths: Sequence[Truth], scores: Sequence[Score]) -> Iterator[str]:
    """The figures as a table of Markdown, by kind and in all, and the wrong fields by whether their doubt is told."""
    yield "| | files | " + " | ".join((*FIELDS, "headings", "held", "junk kept out", "paragraphs")) + " |"
    yield "| --- " * (len(FIELDS) + 6) + "|"
    for kind in (*dict.fromkeys(truth.kind for truth in truths), None):
        chosen = [one for truth, one in zip(truths, scores, strict=True) if kind in (truth.kind, None)]
        yield f"| {kind or 'all'} | {len(chosen)} | {' | '.join(_cells(chosen))} |"
    counts = Counter(verdict for one in scores for verdict in one.fields.values())
    total = counts.total()
    yield ""
    yield f"fields right: {counts[Verdict.RIGHT]} of {total} ({counts[Verdict.RIGHT] / total:.3f})"
    for verdict in (Verdict.MISSING, Verdict.MARKED, Verdict.WRONG):
        yield f"{verdict}: {counts[verdict]}"


def _cells(scores: Sequence[Score]) -> Iterator[str]:
    for field in FIELDS:
        yield _share([one.fields[field] is Verdict.RIGHT for one in scores if field in one.fields])
    for part in ("headings", "held", "kept_out"):
        yield _share([right for one in scores for right in getattr(one, part)])
    yield _share([abs(one.paragraphs - 1) <= _NEAR for one in scores if one.paragraphs is not None])


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values)}/{len(values)}" if values else "–"


def _faults(truth: Truth, one: Score) -> Iterator[str]:
    for field, verdict in one.fields.items():
        if verdict is not Verdict.RIGHT:
            yield f"{one.file}: {field} {verdict}: {one.said[field]!r}, not {getattr(truth, field)!r}"
    for part, wanted in (
        ("held", truth.must_hold),
        ("kept_out", truth.must_not_find),
        ("headings", truth.headings),
    ):
        for words, right in zip(wanted, getattr(one, part), strict=True):
            if not right:
                yield f"{one.file}: {part}: {words}"
    if one.paragraphs is not None and abs(one.paragraphs - 1) > _NEAR:
        yield f"{one.file}: {one.paragraphs:.2f} of {truth.paragraphs} paragraphs"


if __name__ == "__main__":
    run(app)
