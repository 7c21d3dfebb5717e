"""`python -m benchmarks.folders FOLDER`: what is read of a country's library of reports, `place/year.md`.

Nothing is embedded. Folder and file name say place and year; the front matter says the title and, in many a title,
the speaker. Every third place, in the order of their names, was kept from the eyes of whoever chose the rules.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

import typer
import yaml  # type: ignore[import-untyped]

from answers.commitments.extraction.extract import commitments
from answers.commitments.rows import StatementKind
from indexer.command_line import run, say
from indexer.errors import SourceError
from indexer.naming import names_of_files
from indexer.report.head_lines import squashed
from indexer.report.metadata import describe
from indexer.report.passages import parse_report
from indexer.report.records import Document
from indexer.report.regions import WHOLE_COUNTRY
from indexer.sources import read_document, report_files

app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
_YEARLY = ("provinces", "cities", "prefectures", "state-council")
_HELD_BACK = 3
_UNNAMED = "文件"
_ONE_SIDED = 0.88
_SINCE = 2000
_FEWEST = 20  # figures: a report with fewer says nothing of its sides
_SPEAKER = re.compile(
    r"[（(]\d{4}年\d{1,2}月\d{1,2}日[，、 ]*(?P<name>[\u4e00-\u9fff·]{2,})[）)]|(?:省长|市长|主席|州长) ?(?P<other>[\u4e00-\u9fff]{2,4}?) ?在"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one file, None where the library says nothing to compare with.

    Attributes:
        name: its name in the index; empty where it was refused.
        is_held_back: whether its place was not looked at.
        targets: the share of its figures that were read as targets; None where it has few.
    """

    file: str
    kind: str
    is_held_back: bool
    name: str
    place: bool | None
    year: bool | None
    title: bool | None
    speaker: bool | None
    has_speaker: bool
    doubts: int
    targets: float | None
    said: dict[str, str]


@app.command()
def measure(
    folder: Annotated[Path, typer.Argument(help="报告库 The folder of place/year.md", exists=True)],
    sides: Annotated[
        bool, typer.Option("--sides/--no-sides", help="也看数字是目标还是结果 Count sides too")
    ] = True,
    step: Annotated[int, typer.Option(help="每几份读一份 Read every n-th report")] = 1,
    bare: Annotated[
        bool, typer.Option("--bare", help="不看文件名和文件夹 Without names and folders")
    ] = False,
    rows: Annotated[Path | None, typer.Option(help="每份一行 JSON Write a line a report")] = None,
) -> None:
    """读一遍报告库，与文件夹、文件名和题头比较。Read a library and compare with folders, names and front matter."""
    files = report_files([folder])
    names = names_of_files(files)
    held_back = _held_back(folder)
    readings = [_read(path, folder, names, held_back, sides, bare) for path in files[::step]]
    if rows is not None:
        lines = (json.dumps(asdict(reading), ensure_ascii=False) for reading in readings)
        rows.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for line in table(readings):
        say(line)


def table(readings: Sequence[Reading]) -> Iterator[str]:
    """The figures as a table of Markdown: the places that were looked at, those held back, all."""
    yield "| | files | own names | place | year | title | speaker | any speaker | one-sided |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for kind in (*_YEARLY, "all years", "plans", "statistics"):
        of_kind = [r for r in readings if r.kind == kind or (kind == "all years" and r.kind in _YEARLY)]
        for part, chosen in (
            ("seen", [r for r in of_kind if not r.is_held_back]),
            ("held back", [r for r in of_kind if r.is_held_back]),
        ):
            if chosen:
                yield f"| {kind}, {part} | {len(chosen)} | {_row(chosen)} |"


def _row(readings: Sequence[Reading]) -> str:
    named = Counter(r.name for r in readings if r.name)
    sided = [r.targets for r in readings if r.targets is not None]
    cells = [
        _share([bool(r.name) and named[r.name] == 1 for r in readings]),
        *(
            _share([v for r in readings if (v := getattr(r, field)) is not None])
            for field in ("place", "year", "title", "speaker")
        ),
        _share([r.has_speaker for r in readings]),
        _share([max(t, 1 - t) > _ONE_SIDED for t in sided]),
    ]
    return " | ".join(cells)


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values) / len(values):.3f} of {len(values)}" if values else "–"


def _held_back(folder: Path) -> frozenset[Path]:
    """Every third place of each part of the library."""
    parts = [part for part in sorted(folder.iterdir()) if part.is_dir()]
    places = [sorted(place for place in part.iterdir() if place.is_dir()) for part in parts]
    return frozenset(place for part in places for place in part[_HELD_BACK - 1 :: _HELD_BACK])


def _read(
    path: Path, root: Path, names: dict[Path, str], held_back: frozenset[Path], sides: bool, bare: bool
) -> Reading:
    kind = path.relative_to(root).parts[0]
    try:
        document = read_document(path)
        if bare:
            document = replace(document, metadata=describe(_UNNAMED, document.text))
    except SourceError as error:
        sys.stderr.write(f"{error}\n")
        return Reading(
            str(path), kind, path.parent in held_back, "", False, False, False, False, False, 0, None, {}
        )
    front = _front_matter(path)
    meta = document.metadata
    place = path.parent.name if kind in _YEARLY[:3] else WHOLE_COUNTRY
    year = int(path.stem[:4])
    title = squashed(str(front.get("title", "")).strip())
    told = _SPEAKER.search(title)
    speaker = (told["name"] or told["other"]) if told else None
    return Reading(
        file=str(path.relative_to(root)),
        kind=kind,
        is_held_back=path.parent in held_back,
        name=names[path],
        place=meta.region.endswith(place),
        year=meta.year == year,
        title=squashed(meta.title) == title if title else None,
        speaker=meta.speaker.split(" ")[-1] == speaker if speaker else None,
        has_speaker=bool(meta.speaker),
        doubts=sum(origin.is_doubtful for origin in meta.origins),
        targets=_targets(document) if sides and kind in _YEARLY and year >= _SINCE else None,
        said={
            field: str(getattr(meta, field))
            for field in ("title", "region", "year", "date", "meeting", "speaker", "issuer")
        },
    )


def _targets(document: Document) -> float | None:
    statements = commitments(parse_report(document))
    if len(statements) < _FEWEST:
        return None
    return sum(statement.kind is StatementKind.TARGET for statement in statements) / len(statements)


def _front_matter(path: Path) -> dict[str, str]:
    found = re.match(r"---\n(.*?)\n-{3,}\n", path.read_text(encoding="utf-8"), re.S)
    return yaml.safe_load(found[1]) if found else {}


def main() -> None:
    """Run the command line."""
    run(app)


if __name__ == "__main__":
    main()
