"""The quality that is promised, measured with the benchmark's own scorer on the seed report."""

from __future__ import annotations

import pytest

from answers.engine import Answerer
from answers.runs import read_questions, run_row
from embeddings import SentenceTransformerEncoder
from indexer.build import build_index
from indexer.index import open_index
from indexer.proof.verify import verify_index
from tests.answers.evaluation.test_scoring import load_scorer, rows
from tests.conftest import QUESTIONS, SEEDS

pytestmark = pytest.mark.model

FLOORS = {
    "passage_recall@1": 0.85,
    "passage_recall@5": 0.95,
    "answer_right@1": 0.85,
    "answer_em": 0.70,
    "evidence_recall": 0.75,
    "abstain_auroc": 0.70,
}


@pytest.fixture(scope="module")
def answerer(model_encoder: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    directory = tmp_path_factory.mktemp("benchmark") / "index"
    build_index([SEEDS], directory, model_encoder)
    assert verify_index(directory) == ()
    return Answerer(open_index(directory, model_encoder.identity), model_encoder)


@pytest.fixture(scope="module")
def scores(answerer: Answerer) -> dict[str, float]:
    files = [QUESTIONS / name for name in ("ningbo_dev.jsonl", "unanswerable_ningbo_dev.jsonl")]
    run = {
        asked.id: run_row(asked.id, answerer.ask(asked.question), answerer.index)
        for path in files
        for asked in read_questions(path)
    }
    found, _ = load_scorer().score([row for path in files for row in rows(path)], run)
    print(found)
    return dict(found)


@pytest.mark.parametrize("measure", FLOORS)
def test_quality_does_not_fall_below_what_is_promised(scores: dict[str, float], measure: str) -> None:
    assert scores["questions"] == 57
    assert scores["missing_rate"] == 0
    assert scores[measure] >= FLOORS[measure], scores


def test_every_answer_of_the_benchmark_is_verbatim(answerer: Answerer) -> None:
    for asked in read_questions(QUESTIONS / "ningbo_dev.jsonl"):
        reply = answerer.ask(asked.question)
        assert reply.candidates
        for answer in reply.candidates:
            report = answerer.index.report(answer.place.document)
            assert answer.is_verbatim(report)
            assert answer.sentence.holds(answer.span)
