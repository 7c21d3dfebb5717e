"""Which reports the published figures were measured on, and whether a folder has them.

The reports themselves are not part of the project, but for the one in `seeds/`. `reports.csv` lists them with their
titles and the SHA-256 of their files: who has the same files can measure the same figures.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path

from indexer.sources import read_document

_MANIFEST = Path(__file__).parent / "reports.csv"
SEEDS = Path(__file__).parent.parent / "seeds"
_SUFFIXES = (".txt", ".docx", ".md")


class Corpus(StrEnum):
    """A set of reports that are asked together; each holds those before it, but those of a country's library (`STANDING_ALONE`).

    These are `place/year.md` there; questions and indexes call them by both: 大连市2009.
    """

    SEED = "seed"
    MAIN = "main"
    ALL = "all"
    PLACES = "places"
    TWELVE = "twelve places"
    FOURTEEN = "fourteen places"
    FIFTEEN = "fifteen places"
    EIGHT = "eight places"


STANDING_ALONE = frozenset({Corpus.PLACES, Corpus.TWELVE, Corpus.FOURTEEN, Corpus.FIFTEEN, Corpus.EIGHT})


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A row of the manifest.

    Attributes:
        file: the file's name; without its suffix, the name that question sets and indexes know.
        sha256: of the file's bytes, in hexadecimal.
        characters: of the text as this project reads it.
        corpus: the smallest that has the report.
    """

    file: str
    sha256: str
    title: str
    region: str
    year: int
    characters: int
    corpus: Corpus


def listed(corpus: Corpus | None = None) -> tuple[ListedReport, ...]:
    """The reports of a corpus, or of all, in the order of the manifest."""
    order = list(Corpus)
    with _MANIFEST.open(encoding="utf-8", newline="") as file:
        rows = [
            ListedReport(
                row["file"],
                row["sha256"],
                row["title"],
                row["region"],
                int(row["year"]),
                int(row["characters"]),
                Corpus(row["corpus"]),
            )
            for row in csv.DictReader(file)
        ]
    if corpus is None:
        return tuple(rows)
    if corpus in STANDING_ALONE:
        return tuple(row for row in rows if row.corpus is corpus)
    return tuple(row for row in rows if order.index(row.corpus) <= order.index(corpus))


@dataclass(frozen=True, slots=True)
class Found:
    """The reports of a corpus that a folder has, by name, and what is wrong with the others."""

    paths: Mapping[str, Path]
    problems: tuple[str, ...]


def find(folder: Path | None, corpus: Corpus) -> Found:
    """Look for the reports of a corpus in a folder and all folders in it; the seed is where it always is."""
    paths: dict[str, Path] = {}
    problems: list[str] = []
    by_digest = _by_digest(folder)
    by_name = {path.name: path for copies in by_digest.values() for path in copies}
    for report in listed(corpus):
        copies = by_digest.get(report.sha256, [])
        named = next((path for path in copies if path.name == report.file), None)
        if named is None and copies and corpus in STANDING_ALONE:
            named = copies[0]
        if named is not None:
            paths[Path(report.file).stem] = named
        elif copies:
            problems.append(f"{report.file}：{copies[0]} 是这份报告，请改名 is this report, rename it")
        elif report.file in by_name:
            problems.append(f"{report.file}：{by_name[report.file]} 内容不同 has other contents")
        else:
            problems.append(f"{report.file}：没有找到 not found（{report.title}）")
    return Found(paths, tuple(problems))


def misread(paths: Mapping[str, Path]) -> Iterator[str]:
    """Which of the files are not read as when the manifest was written."""
    by_name = {Path(report.file).stem: report for report in listed()}
    for name, path in paths.items():
        count, expected = len(read_document(path).text), by_name[name].characters
        if count != expected:
            yield f"{path}：读出 {count} 字，清单写 {expected} 字 is read as {count} characters, not {expected}"


def manifest(folder: Path) -> Iterator[tuple[str, ...]]:
    """The rows of a manifest of the seed and a folder's reports, headings first.

    What the present one says of a report stays, but for its characters; a new report is in `ALL` only.
    """
    known = {report.sha256: report for report in listed()}
    yield tuple(field.name for field in fields(ListedReport))
    for digest, (path, *_) in _by_digest(folder).items():
        document = read_document(path)
        about, size = document.metadata, len(document.text)
        row = known.get(digest) or ListedReport(
            path.name, digest, about.title, about.region, about.year or 0, size, Corpus.ALL
        )
        yield tuple(map(str, astuple(replace(row, characters=size))))


def _by_digest(folder: Path | None) -> dict[str, list[Path]]:
    """The report files by the SHA-256 of their bytes, those that are equal together, the seed before any other."""
    found: dict[str, list[Path]] = {}
    for root in (SEEDS, *([folder] if folder else [])):
        for path in sorted(path for path in root.rglob("*") if path.suffix in _SUFFIXES):
            found.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), []).append(path)
    return found
