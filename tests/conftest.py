"""What the tests share: the seed report, parsed and indexed with the fake encoder."""

from __future__ import annotations

import os
import re
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import faiss
import pytest

from answers.engine import Answerer
from answers.evaluation.questions import read_gold_questions
from answers.reading.similarity_reader import SimilarityReader
from embeddings import Encoder, load_encoder
from indexer.build import build_index
from indexer.index import ReportIndex, open_index
from indexer.report.passages import parse_report
from indexer.report.records import Document, Metadata
from indexer.report.report import Report
from indexer.sources import read_document
from tests.fake_encoder import FakeEncoder

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SEED_NAME = "000_f7ed5bf6a81e5e31"
SHARED = ROOT.parent / "shared"
QUESTIONS = ROOT / "benchmarks" / "questions"
SCORERS = ROOT / "benchmarks" / "scorers"


def make_document(text: str, name: str = "甲", title: str = "甲市政府工作报告") -> Document:
    """A report that exists in memory only. `text` is taken to be normalised."""
    return Document(name, text, Metadata(title), f"{name}.txt", "0" * 64)


def pytest_configure(config: pytest.Config) -> None:
    """Without a model the vectors are so few that a second thread costs more than all of the search.

    It waits for work at full speed: five seconds of a run, and more beside other programs.
    """
    if "not model" in config.option.markexpr:
        os.environ["OMP_NUM_THREADS"] = "1"  # for what is loaded later, and for child processes
        faiss.omp_set_num_threads(1)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Files of tests that are all left out are not even imported: torch alone takes seconds."""
    left_out = re.findall(r"not (\w+)", config.option.markexpr)
    if not left_out or collection_path.suffix != ".py":
        return None
    marks = re.search(r"^pytestmark = .*$", collection_path.read_text(encoding="utf-8"), re.M)
    found = re.findall(r"mark\.(\w+)", marks[0]) if marks else []
    return True if set(found) & set(left_out) else None


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of the shell that runs the tests do not reach them; the model's cache may stay."""
    for name in ("MODEL", "INDEX", "DATABASE", "LLM_URL", "LLM_MODEL", "LLM_KEY"):
        monkeypatch.delenv(f"WENBAO_{name}", raising=False)


@pytest.fixture(scope="session")
def seed_path() -> Path:
    return SEEDS / f"{SEED_NAME}.txt"


@pytest.fixture(scope="session")
def seed_document(seed_path: Path) -> Document:
    return read_document(seed_path)


@pytest.fixture(scope="session")
def seed_parsed(seed_document: Document) -> Report:
    return parse_report(seed_document)


@pytest.fixture(scope="session")
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory, encoder: FakeEncoder) -> Path:
    """An index of the seed report. Shared by all tests: read it, do not write there."""
    directory = tmp_path_factory.mktemp("built") / "index"
    build_index([SEEDS], directory, encoder)
    return directory


@pytest.fixture
def index_directory(built_index: Path, tmp_path: Path) -> Path:
    """An index of the seed report of the test's own."""
    return Path(shutil.copytree(built_index, tmp_path / "index"))


@pytest.fixture(scope="session")
def seed_index(built_index: Path, encoder: FakeEncoder) -> ReportIndex:
    return open_index(built_index, encoder.identity)


@pytest.fixture(scope="session")
def answerer(seed_index: ReportIndex, encoder: FakeEncoder) -> Answerer:
    return Answerer(seed_index, encoder, SimilarityReader(seed_index))


@pytest.fixture(scope="session")
def shared_directory() -> Path:
    """The reports and question sets beside the project."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not here: it lies beside the project and is not part of it")
    return SHARED


@pytest.fixture(scope="session")
def archived_reports(
    shared_directory: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[set[str]], Path]:
    """A folder with the reports of the archive that are named by place and year (辽宁省2015), given their names."""
    folder = tmp_path_factory.mktemp("archive")

    def unpacked(names: set[str]) -> Path:
        with tarfile.open(shared_directory / "reports" / "reports.tar.xz") as archive:
            for member in archive:
                path = PurePosixPath(member.name)
                if path.parent.name + path.stem in names:
                    archive.extract(member, folder, filter="data")
        return folder

    return unpacked


@pytest.fixture(scope="session")
def model_encoder() -> Encoder:
    """The bundled model."""
    return load_encoder()


@pytest.fixture(scope="session")
def corpus_answerer(
    model_encoder: Encoder,
    shared_directory: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Answerer:
    """Answers from the reports that the question sets ask, 21 of the shared ones in one index.

    That takes two busy cores nine minutes; all 42 are asked by `python -m benchmarks --reports`. WENBAO_TEST_INDEX names
    a folder where the index stays, so that the next run embeds nothing again.
    """
    kept = os.environ.get("WENBAO_TEST_INDEX")
    directory = Path(kept) if kept else tmp_path_factory.mktemp("corpus") / "index"
    build_index(asked_reports(shared_directory / "corpus"), directory, model_encoder)
    return Answerer(open_index(directory, model_encoder.identity), model_encoder)


def asked_reports(corpus: Path) -> list[Path]:
    """The reports that near_misses, unseen and provinces_dev ask, and one that comparisons find silent."""
    sets = [QUESTIONS / f"{name}.jsonl" for name in ("near_misses", "unseen", "provinces_dev")]
    asked = read_gold_questions(sets)
    names = {gold.document for question in asked for gold in question.gold} | {"2025年江西省政府工作报告"}
    found = [path for path in sorted(corpus.rglob("*")) if path.stem in names]
    assert len(found) == len(names) - 1, "the seed has another name in the sets"
    return [*SEEDS.glob("*.txt"), *found]


@pytest.fixture(autouse=True)
def quick_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain tests read by similarity: the trained reader would take their minutes, and has its own tests."""
    if request.node.get_closest_marker("model") is None:
        monkeypatch.setattr("answers.engine.shipped_reader", SimilarityReader)
