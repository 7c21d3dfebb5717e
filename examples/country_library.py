"""One command from a clone of a country's library of reports, place/year.md, to an index that answers.

    git clone --depth 1 https://github.com/lawtext/gov gov
    python examples/country_library.py gov --index country

Files whose names begin with a year are taken, whatever lies beside them (README, scripts, lists) is left out; the folder
is evidence of the place, and the text decides. Stopped at any moment, the same command goes on; after `git pull` it adds
what is new and replaces what was changed. About 6 s of one core a report.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

from wenbao import Library

YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
SUFFIXES = (".md", ".txt", ".html", ".docx", ".pdf")


def reports_below(clone: Path) -> list[Path]:
    """The files below a folder that are named after a year, those in hidden folders (.git) left out."""
    return sorted(
        path
        for path in clone.rglob("*")
        if path.suffix.lower() in SUFFIXES
        and YEAR.match(path.stem)
        and not any(part.startswith(".") for part in path.relative_to(clone).parts)
    )


def main(words: list[str]) -> None:
    """Add the reports of a clone to an index, and tell what became of them."""
    parser = argparse.ArgumentParser(
        description="把一个报告库（地名/年份.md）建成索引 From place/year.md to an index"
    )
    parser.add_argument("clone", type=Path, help="克隆下来的文件夹 the folder of the clone")
    parser.add_argument("--index", default="country", help="索引目录 the index")
    chosen = parser.parse_args(words)
    files = reports_below(chosen.clone)
    if not files:
        sys.exit(f"{chosen.clone} 里没有以年份命名的报告 No file below it is named after a year")
    library = Library.open(chosen.index)
    results = library.add(files, replace=True, progress=print)
    for result in results:
        if result.error is not None:
            print(result.error)
    for outcome, count in Counter(result.outcome for result in results).items():
        print(f"{outcome.value}: {count}")
    doubtful = [
        entry for entry in library.catalogue if any(origin.is_doubtful for origin in entry.metadata.origins)
    ]
    print(
        f"请看一看来历可疑的 {len(doubtful)} 份 Worth a look, where the text and the folder disagree or nothing says:"
    )
    for entry in doubtful[:20]:
        fields = ", ".join(origin.field for origin in entry.metadata.origins if origin.is_doubtful)
        print(f"  {entry.name}: {entry.title} ({fields})")


if __name__ == "__main__":
    main(sys.argv[1:])
