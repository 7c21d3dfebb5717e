from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT, SEED_NAME

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PACKAGES = ("embeddings", "indexer", "answers", "views", "wenbao")
EXTRAS = PROJECT["optional-dependencies"]


def pins(name: str) -> dict[str, Version]:
    """The versions that a requirements file names itself, without those of the file it refers to."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line) for line in lines if line and not line.startswith(("#", "-r"))]
    versions: dict[str, Version] = {}
    for requirement in pinned:
        (specifier,) = requirement.specifier
        assert specifier.operator == "=="
        versions[canonicalize_name(requirement.name)] = Version(specifier.version)
    return versions


def ranges(lines: list[str]) -> dict[str, Requirement]:
    read = [Requirement(line) for line in lines if not line.startswith("wenbao[")]
    return {canonicalize_name(requirement.name): requirement for requirement in read}


@pytest.mark.parametrize(
    ("pinned", "ranged"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-ocr.txt", EXTRAS["ocr"]),
        ("requirements-server.txt", EXTRAS["server"]),
        ("requirements-http.txt", EXTRAS["http"]),
        ("requirements-mcp.txt", EXTRAS["mcp"]),
        ("requirements-langchain.txt", EXTRAS["langchain"]),
        ("requirements-train.txt", EXTRAS["train"]),
        ("requirements-dev.txt", EXTRAS["dev"]),
    ],
)
def test_the_pinned_versions_are_those_that_the_ranges_allow(pinned: str, ranged: list[str]) -> None:
    versions, allowed = pins(pinned), ranges(ranged)
    assert list(versions) == list(allowed)
    for name, version in versions.items():
        specifier = allowed[name].specifier
        assert version in specifier, f"{name} {version} is not in {specifier}"
        assert {one.operator for one in specifier} == {">=", "<"}, f"{name} is bounded on one side only"
        (least,) = (Version(one.version) for one in specifier if one.operator == ">=")
        # A lower bound that nobody tried promises too much.
        assert version.release[: len(least.release)] == least.release, f"{name}: {least} was not tested"


def test_the_files_refer_to_each_other_as_the_extras_do() -> None:
    extras = ("ocr", "server", "http", "mcp", "langchain", "train")
    for name in extras:
        assert "-r requirements.txt" in (ROOT / f"requirements-{name}.txt").read_text(encoding="utf-8")
    for extra in extras[1:]:
        lines = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
        assert f"-r requirements-{extra}.txt" in lines
        assert f"wenbao[{extra}]" in EXTRAS["dev"]


def test_the_licence_names_that_of_the_weights_and_both_texts_are_there() -> None:
    assert PROJECT["license"] == "MIT AND CC-BY-SA-4.0"
    code, weights = (ROOT / path for path in PROJECT["license-files"])
    assert code.read_text(encoding="utf-8").startswith("MIT License")
    assert weights.read_text(encoding="utf-8").startswith("Attribution-ShareAlike 4.0 International")
    assert weights.parent == ROOT / "embeddings" / "reader_model"


def test_importing_the_library_imports_nothing_heavy() -> None:
    program = "import sys, wenbao; print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not set(ended.stdout.split()) & {"torch", "faiss", "numpy", "streamlit", "answers", "indexer"}


def test_every_public_name_has_its_home_in_the_list_that_type_checkers_read() -> None:
    """`wenbao.__init__` tells each name twice: to type checkers, and where to import it from at run time."""
    import wenbao

    tree = ast.parse((ROOT / "wenbao" / "__init__.py").read_text(encoding="utf-8"))
    told = {
        alias.name: node.module
        for block in tree.body
        if isinstance(block, ast.If)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert told == wenbao._HOME
    assert {*told, "__version__"} == set(wenbao.__all__)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built from a copy of the tree whose model is a few bytes long."""
    source = tmp_path_factory.mktemp("source")
    for name in (*PACKAGES, "seeds", ".streamlit", "training"):
        shutil.copytree(
            ROOT / name, source / name, ignore=shutil.ignore_patterns("*.onnx", "*.pyc", "*.jsonl")
        )
    for name in ("app.py", "setup.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for model in ("reader_model/model.onnx", "encoder_model/graph.onnx"):
        (source / "embeddings" / model).write_bytes(b"onnx")
    built = tmp_path_factory.mktemp("wheel")
    program = f"from setuptools import build_meta; build_meta.build_wheel({str(built)!r})"
    subprocess.run([sys.executable, "-c", program], cwd=source, capture_output=True, check=True)
    (path,) = built.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_every_module_and_file_that_runs_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    found = {name for name in wheel.namelist() if ".dist-info/" not in name}
    kept = (".py", ".toml", ".typed", ".npz")
    modules = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in kept and "reader_model" not in path.parts
    }
    graph = {
        "embeddings/encoder_model/graph.onnx",
        "answers/commitments/tracking/indicator_model.json",
        "answers/knowledge/english.csv",
    }
    model = {
        f"embeddings/reader_model/{name}"
        for name in ("LICENSE", "README.md", "model.onnx", "tokenizer.json", "calibration.toml")
    }
    seeds = {f"indexer/seeds/{SEED_NAME}.{suffix}" for suffix in ("txt", "json")}
    page = {"wenbao/page/app.py", "wenbao/page/.streamlit/config.toml"}
    http = {"wenbao/http/examples.json"}
    assert found == modules | graph | model | seeds | page | http


def test_the_wheel_brings_the_command_and_both_licences(wheel: zipfile.ZipFile) -> None:
    entry = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "wenbao = wenbao.command:main" in wheel.read(entry).decode()
    licences = [name for name in wheel.namelist() if "/licenses/" in name]
    assert len(licences) == 2
    metadata = next(name for name in wheel.namelist() if name.endswith("METADATA"))
    assert "License-Expression: MIT AND CC-BY-SA-4.0" in wheel.read(metadata).decode()
    top = next(name for name in wheel.namelist() if name.endswith("top_level.txt"))
    assert wheel.read(top).decode().split() == sorted(PACKAGES)


def test_installed_it_finds_the_pages_and_the_example_report(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    wheel.extractall(site)
    program = (
        f"import sys; sys.path.insert(0, {str(site)!r})\n"
        "from indexer.location import example_reports\n"
        "from wenbao.start_app import app_script\n"
        "import wenbao\n"
        "print(app_script(), example_reports(), wenbao.__version__, sep='\\n')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=elsewhere, capture_output=True, text=True, check=True
    )
    script, reports, version = ended.stdout.splitlines()
    assert Path(script) == site / "wenbao" / "page" / "app.py"
    assert Path(reports) == site / "indexer" / "seeds"
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
