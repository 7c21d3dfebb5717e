"""The project runs without the modules that only Unix has. Tried on Linux, where they are hidden."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from tests.conftest import ROOT, SEEDS
from tests.indexer.formats.builders import REPORT, pdf_file, typeset

# These have Windows' own means there; here they are given those of Unix before they are hidden.
HIDE = "import sys, filelock, psutil, mcp; sys.modules.update(dict.fromkeys(('fcntl', 'resource', 'pwd', 'grp', 'termios')))\n"


def run_without_unix(program: str, *arguments: object) -> str:
    """What a program prints in a Python that cannot import what only Unix has."""
    ended = subprocess.run(
        [sys.executable, "-c", HIDE + textwrap.dedent(program), *map(str, arguments)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_every_module_can_be_imported() -> None:
    program = """
        import importlib, pkgutil

        import app

        for name in ("embeddings", "indexer", "answers", "views", "wenbao"):
            package = importlib.import_module(name)
            for module in pkgutil.walk_packages(package.__path__, name + "."):
                importlib.import_module(module.name)
        print(*sorted(name for name in sys.modules if name.startswith("indexer.")))
    """
    imported = run_without_unix(program).split()
    assert {"indexer.formats.pdf_worker", "indexer.formats.office", "indexer.store.database"} <= set(imported)


def test_an_index_is_built_and_asked(tmp_path: Path) -> None:
    (tmp_path / "印刷的.pdf").write_bytes(pdf_file(typeset(REPORT)))
    program = """
        from answers.engine import Answerer
        from answers.reading.similarity_reader import SimilarityReader
        from indexer.build import build_index
        from indexer.index import open_index
        from indexer.library import remove_reports
        from indexer.proof.verify import verify_index
        from tests.fake_encoder import FakeEncoder

        sources, directory = sys.argv[1:-1], sys.argv[-1]
        encoder = FakeEncoder()
        print(build_index(sources, directory, encoder).documents)
        remove_reports("印刷的", directory)
        print(len(verify_index(directory)))
        index = open_index(directory, encoder.identity)
        reply = Answerer(index, encoder, SimilarityReader(index)).ask("有效发明专利拥有量达多少件？")
        print(reply.candidates[0].text)
    """
    printed = run_without_unix(program, SEEDS, tmp_path / "印刷的.pdf", tmp_path / "index")
    assert printed.split() == ["2", "0", "5.3万件"]
