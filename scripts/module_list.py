"""The list of modules in docs/architecture.md, made from what each module says of itself.

usage: python -m scripts.module_list

Writes the list into the document, between its two marks. A line is the first sentence of a module's docstring, so
whoever adds a module says there in one sentence what it holds.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "architecture.md"
ROOMS = (
    "wenbao",
    "views",
    "answers",
    "indexer",
    "embeddings",
    "benchmarks",
    "training",
    "scripts",
    "release",
)
"""The packages that are listed, those that import first; one that is not there is left out."""

_BEGIN = "<!-- modules: written by python -m scripts.module_list -->"
_END = "<!-- end of modules -->"


def listing() -> str:
    """The list: a heading for every package with what it is, and a line for every module in it."""
    return "\n".join(line for room in ROOMS if (ROOT / room).is_dir() for line in _package(ROOT / room))


def with_listing(text: str) -> str:
    """The document with the list as it is now.

    Raises:
        ValueError: the document lacks one of the marks.
    """
    head, mark, rest = text.partition(_BEGIN)
    _, end, tail = rest.partition(_END)
    if not mark or not end:
        raise ValueError(f"{DOCUMENT} lacks {_BEGIN} or {_END}")
    return f"{head}{_BEGIN}\n\n{listing()}\n{_END}{tail}"


def _package(folder: Path) -> Iterator[str]:
    """A package's lines, then those of the packages in it; a folder without modules has none of its own."""
    modules = [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
    init = folder / "__init__.py"
    said = first_sentence(init) if init.exists() else ""
    if modules or said:
        name = folder.relative_to(ROOT).as_posix()
        yield f"### `{name}/`\n"
        if said:
            yield f"{said}\n"
        for path in modules:
            yield f"- `{path.stem}`: {first_sentence(path)}"
        if modules:
            yield ""
    for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield from _package(inner)


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring in one line; empty where there is none.

    It ends with a full stop before a capital letter, or with the paragraph.
    """
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(told.split("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", paragraph, maxsplit=1)[0]


def main() -> None:
    """Write the list into the document."""
    DOCUMENT.write_text(with_listing(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
