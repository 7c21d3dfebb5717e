"""Questions moved to another place have no answer, and name a place that is not their report's."""

from __future__ import annotations

from answers.evaluation.questions import GoldQuestion, QuestionKind
from answers.evaluation.scoring import Gold
from answers.understanding.places import named_places
from indexer.report.regions import regions
from training.moved_places import moved, place_of


def question(number: int, words: str, quote: str = "新建充电桩1500个") -> GoldQuestion:
    gold = (Gold("宁波市2023", quote, ("1500个",)),) if quote else ()
    return GoldQuestion(f"q-{number}", QuestionKind.NUMBER, words, gold, "宁波市2023")


def test_the_place_of_a_report_is_told_by_its_name() -> None:
    assert [place.full for name in ("阜阳市2019", "2025年山西省政府工作报告") if (place := place_of(name))] == [
        "安徽省阜阳市", "山西省",
    ]  # fmt: skip
    assert place_of("汇编") is None


def test_a_moved_question_names_a_place_and_never_its_own() -> None:
    asked = [
        question(n, words)
        for n in range(60)
        for words in [("宁波今年新建多少个充电桩？", "今年全市新建多少个充电桩？")[n % 2]]
    ]
    found = list(moved(asked))
    assert len(found) == len(asked)
    assert {one.about for one in found} == {"宁波市2023"}
    for one in found:
        assert "宁波" not in one.question and "全市" not in one.question and one.question.endswith("充电桩？")
    named = [named_places(one.question) for one in found]
    assert sum(bool(place.regions or place.national) for place in named) > 50
    levels = {region.level for place in named for region in place.regions}
    assert levels == {"省", "市", "县"} and any(place.national for place in named)


def test_a_place_that_the_evidence_names_and_a_question_without_an_answer_are_left_out() -> None:
    assert list(moved([question(1, "宁波今年新建多少个充电桩？", "")])) == []
    everywhere = "".join({region.short + region.name for region in regions()}) + "全国我国国家中国"
    assert list(moved([question(1, "宁波今年新建多少个充电桩？", everywhere)])) == []
