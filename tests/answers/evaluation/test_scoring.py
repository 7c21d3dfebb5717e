from __future__ import annotations

import importlib.util
import itertools
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from answers.evaluation.scoring import Gold, character_f1, is_evidence, is_right
from indexer.report.records import Document
from indexer.text.sentences import sentences
from tests.conftest import QUESTIONS, SCORERS, SEED_NAME

GOLD = Gold("甲", "新增高新技术企业1500家", ("1500家", "新增高新技术企业1500家"))
SENTENCE = "实施研发总部行动,新增高新技术企业1500家。"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1500家", True),
        ("新增高新技术企业1500家", True),
        ("１５００ 家", True),
        ("超1500家以上", True),
        ("15家", False),
        ("新增高新技术企业", False),
        ("", False),
        ("新增高新技术企业1500家" + "又" * 60, False),
    ],
)
def test_an_answer_is_right_when_it_says_the_gold_and_not_much_more(text: str, right: bool) -> None:
    assert is_right(text, SENTENCE, GOLD) is right


def test_the_tail_of_a_longer_number_is_another_number() -> None:
    gold = Gold("甲", "新增企业5家", ("5家",))
    assert is_right("共5家", "今年新增企业5家。", gold)
    assert not is_right("105家", "今年新增企业5家。", gold)
    assert not is_right("增10.5家", "今年新增企业5家。", gold)


def test_the_right_words_in_the_wrong_place_are_wrong() -> None:
    assert not is_right("1500家", "关停企业1500家。", GOLD)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        (SENTENCE, True),
        ("新增高新技术企业", True),
        ("新增高新", False),
        ("别的话。", False),
        ("", False),
        (SENTENCE + "长" * 400, False),
    ],
)
def test_evidence_is_the_quotation_or_most_of_it_at_a_readable_length(sentence: str, evidence: bool) -> None:
    assert is_evidence(sentence, GOLD) is evidence


def test_f1_is_counted_on_characters_over_the_best_answer() -> None:
    assert character_f1("1500家", ["1500家"]) == 1
    assert character_f1("甲乙", ["乙丙", "丁"]) == pytest.approx(0.5)
    assert character_f1("甲", ["乙"]) == 0
    assert character_f1("，。", ["乙"]) == 0


def load_scorer(path: Path = SCORERS / "score.py") -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_right_and_evidence_agree_with_the_benchmarks_scorer(seed_document: Document) -> None:
    scorer = load_scorer()
    questions = rows(QUESTIONS / "ningbo_dev.jsonl")
    said = [span.of(seed_document.text) for span in sentences(seed_document.text)]
    verdicts: set[tuple[bool, bool]] = set()
    for gold in itertools.chain.from_iterable(question["gold"] for question in questions):
        mine = Gold(gold["doc"], gold["quote"], tuple(gold["answers"]))
        near = [
            s for s in said if any(part in s for part in gold["quote"].replace(" ", "").split("，"))
        ] or said[:1]
        texts = [gold["quote"], gold["quote"][1:-1], "1" + gold["answers"][0], *gold["answers"]]
        for sentence, text in itertools.product([*near, *said[::25]], [*texts, *near]):
            answer = {"document": SEED_NAME, "text": text, "sentence": sentence}
            place, right = scorer.same_place(answer, gold), scorer.right(answer, gold)
            assert is_evidence(sentence, mine) == place, (sentence, gold)
            assert is_right(text, sentence, mine) == right, (text, sentence, gold)
            verdicts.add((place, right))
    assert verdicts == {(True, True), (True, False), (False, False)}


def test_the_scorer_of_policy_papers_counts_an_absent_document_against_the_confidence() -> None:
    scorer = load_scorer(SCORERS / "score_policy.py")
    questions = [{"id": "1", "gold": [{"doc": "通知", "quote": "减免 三个月房租"}]}]
    absent = [{"id": "2"}, {"id": "3"}]
    here = {"passages": [{"document": "办法"}, {"document": "通知"}], "answers": [{"text": "三个月房租。"}]}
    run = [
        {"id": "1", "abstained": False, "confidence": 0.8, **here},
        {"id": "2", "abstained": True, "confidence": 0.3},
        {"id": "3", "abstained": False, "confidence": 0.8},
    ]
    found = scorer.score(questions, run, absent)
    assert found["rouge_l"] == found["rouge_l_shown"] == pytest.approx(2 * 5 / (6 + 7))
    assert (found["document@1"], found["document@10"], found["withheld_rate"]) == (0, 1, 0)
    assert (found["absent_auroc"], found["absent_answered_rate"]) == (0.75, 0.5)
    run[0]["abstained"] = True
    assert scorer.score(questions, run)["rouge_l_shown"] == 0
