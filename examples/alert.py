"""A journalist's alert: a new report comes in, and what it changed of last year's promises is told, each in its own words.

    python examples/alert.py 2026年江苏省政府工作报告.docx --index my-index

The report is added to the library and put beside the latest earlier one of the same place: what became of every target, by
what the numbers prove; which targets are other ones now; and which are new. Run it from cron over a folder that fills:
what is in the library already is passed over.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

import pandas

from wenbao import Library, Outcome, WenbaoError

SETTLED = ("已完成", "超额完成", "未完成")


def main(words: list[str]) -> None:
    """Add what is new, and tell what it changed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--index", default=None)
    given = parser.parse_args(words)

    library = Library.open(given.index)
    for result in library.add(given.files):
        if result.outcome not in (Outcome.ADDED, Outcome.REPLACED) or result.document is None:
            print(f"{result.path.name}: {result.outcome.value}")
            continue
        earlier = former(library, result.document)
        if earlier is None:
            print(f"{result.document}: no earlier report of this place")
            continue
        print(f"{result.document}: after {earlier}")
        for line in became(library, earlier, result.document):
            print(line)
        for line in changed(library, earlier, result.document):
            print(line)


def former(library: Library, name: str) -> str | None:
    """The latest earlier document of the same kind and place; None where there is none."""
    (new,) = [entry for entry in library.catalogue if entry.name == name]
    before = [
        entry
        for entry in library.catalogue
        if entry.metadata.kind == new.metadata.kind
        and entry.region == new.region
        and entry.year
        and new.year
        and entry.year < new.year
    ]
    return max(before, key=lambda entry: entry.year or 0).name if before else None


def became(library: Library, earlier: str, later: str) -> Iterator[str]:
    """What became of the targets of the earlier report, where the later one proves it."""
    for pair in library.track(earlier, later):
        if pair.outcome is not None and pair.status in SETTLED:
            yield f"[{pair.status}] {pair.target.citation} → {pair.outcome.citation}"


def changed(library: Library, earlier: str, later: str) -> Iterator[str]:
    """The targets of the later report that have another number than in the earlier one, or were not in it."""
    one, other = (
        library.commitments(name, kind="target").to_frame().drop_duplicates(["object", "unit"])
        for name in (earlier, later)
    )
    both = other.merge(one, on=["object", "unit"], how="left", suffixes=("", "_before"))
    for row in both.itertuples():
        if pandas.isna(row.value_before):
            yield f"[new] {row.citation}"
        elif row.value != row.value_before:
            yield f"[{row.text_before} → {row.text}] {row.citation}"


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except WenbaoError as error:
        sys.exit(error.message("en"))
