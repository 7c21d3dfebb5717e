"""The figures are those of the benchmark's scorer, on any run."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from answers.engine import Answerer
from answers.evaluation.judgement import judge_all
from answers.evaluation.metrics import METRICS
from answers.evaluation.questions import QuestionKind, read_gold_questions
from answers.evaluation.replies import read_run
from answers.runs import read_questions, run_row
from tests.answers.evaluation.test_scoring import load_scorer, rows
from tests.conftest import QUESTIONS, SCORERS
from tests.evaluation_files import GOLD, OTHER_GOLD, written

# The policy questions may not ship: they are read where they stand.
NOT_SHIPPED = {"policy_dev.jsonl", "absent_policy_dev.jsonl"}

ALIAS = {"000_f7ed5bf6a81e5e31": "宁波市政府工作报告2023"}
OURS_ONLY = {"passage_ndcg@10", "false_abstain_at_0.2", "risk_area", "brier"}


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    return load_scorer()


def assert_agreement(
    scorer: ModuleType, folder: Path, questions: Sequence[dict[str, Any]], run: Sequence[dict[str, Any]]
) -> None:
    theirs, _ = scorer.score(questions, {row["id"]: row for row in run})
    judged = judge_all(
        read_gold_questions([written(folder / "questions.jsonl", questions)]),
        read_run(written(folder / "run.jsonl", run), ALIAS),
    )
    assert theirs.pop("questions") == len(judged)
    ours = {m.name: m.over(judged) for m in METRICS if m.name not in OURS_ONLY and "risk" not in m.name}
    ours = {name: value for name, value in ours.items() if value is not None}
    assert set(ours) == set(theirs)
    for name, value in ours.items():
        places = 0.051 if name.startswith("ms_") else 0.000051
        assert value == pytest.approx(theirs[name], abs=places), name


GOLDS = [
    GOLD,
    OTHER_GOLD,
    {"doc": "宁波市政府工作报告2023", "quote": "新增企业5家", "answers": ["5家"]},
    {"doc": "乙省", "quote": "ＧＤＰ增长 5.5% 左右，力争更好", "answers": ["5.5%", "5.5% 左右"]},
]
NAMES = ["甲市", "乙省.docx", "reports/甲市.txt", "000_f7ed5bf6a81e5e31", "宁波市政府工作报告2023", "", None]
WORDS = [
    "20万人",
    "120万人",
    "新增就业20万人",
    "三百公里",
    "公路",
    "5家",
    "105家",
    "5.5％",
    "GDP增长5.5%左右",
    "别的话",
    "",
    "，。",
    "字" * 80,
]
SENTENCES = [gold["quote"] for gold in GOLDS] + [
    "今年计划新增就业20万人，新建改建农村公路三百公里，新增企业5家。",
    "新建改建农村公路",
    "今年计划新增就业",
    "GDP增长5.5%左右,力争更好。",
    "别的话说了很多。",
    "新增企业5家。" + "长" * 400,
    "新增企业5家。" + "长" * 800,
    "",
    None,
]


def made_run(random_: random.Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A question set with every kind, and replies right, wrong, odd and missing."""

    def answer() -> dict[str, Any]:
        words = {"document": random_.choice(NAMES), "text": random_.choice(WORDS)}
        return words if random_.random() < 0.1 else {**words, "sentence": random_.choice(SENTENCES)}

    questions, run = [], []
    for number in range(random_.randint(1, 30)):
        kind = random_.choice(list(QuestionKind))
        golds = [] if kind is QuestionKind.UNANSWERABLE else random_.sample(GOLDS, random_.randint(1, 4))
        questions.append({"id": f"q{number}", "kind": kind.value, "question": "多少？", "gold": golds})
        if random_.random() < 0.1:
            continue
        row = {
            "id": f"q{number}",
            "abstained": random_.choice([True, False]),
            "confidence": random_.choice([0.0, 0.25, 0.5, random_.random(), None]),
            "answers": [answer() for _ in range(random_.randint(0, 6))],
            "passages": [
                {"document": random_.choice(NAMES), "text": random_.choice(SENTENCES) or ""}
                for _ in range(random_.randint(0, 14))
            ],
            "comparison": [
                {
                    "document": random_.choice(NAMES),
                    "answer": random_.choice([answer(), answer(), answer(), None, {}]),
                }
                for _ in range(random_.randint(0, 6))
            ],
            "elapsed_ms": random_.choice([random_.uniform(1, 900), None]),
        }
        run.append({field: value for field, value in row.items() if field == "id" or random_.random() < 0.95})
    return questions, run or [{"id": "another"}]


@pytest.mark.parametrize("seed", range(60))
def test_on_made_up_runs_every_figure_is_the_scorers(scorer: ModuleType, tmp_path: Path, seed: int) -> None:
    questions, run = made_run(random.Random(seed))
    assert_agreement(scorer, tmp_path, questions, run)


def run_of(answerer: Answerer, files: Sequence[Path]) -> list[dict[str, Any]]:
    return [
        run_row(asked.id, answerer.ask(asked.question), answerer.index)
        for path in files
        for asked in read_questions(path)
    ]


@pytest.mark.parametrize("sets", ["ningbo_dev", pytest.param("provinces_dev", marks=pytest.mark.slow)])
def test_on_a_run_of_ours_every_figure_is_the_scorers(
    scorer: ModuleType, answerer: Answerer, tmp_path: Path, sets: str
) -> None:
    """The seed report alone is asked, with the fake encoder: most of provinces_dev goes wrong."""
    files = [QUESTIONS / f"{prefix}{sets}.jsonl" for prefix in ("", "unanswerable_")]
    questions = [row for path in files for row in rows(path)]
    assert_agreement(scorer, tmp_path, questions, run_of(answerer, files))


@pytest.mark.shared
def test_the_scorers_and_sets_of_the_project_are_those_beside_it(shared_directory: Path) -> None:
    theirs = shared_directory / "eval"
    copies = [
        path for path in (*SCORERS.glob("*.py"), *QUESTIONS.glob("*.jsonl")) if (theirs / path.name).exists()
    ]
    shippable = {path.name for path in theirs.iterdir() if path.suffix in {".py", ".jsonl"}} - NOT_SHIPPED
    assert {path.name for path in copies} == shippable
    for path in copies:
        assert path.read_bytes() == (theirs / path.name).read_bytes(), path
