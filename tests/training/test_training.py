"""What the reader learns from: the windows stand where the data says, down to the token."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from answers.evaluation.questions import GoldQuestion, QuestionKind, read_gold_questions
from answers.evaluation.scoring import Gold, squash
from answers.retriever import Retriever
from embeddings.cross_encoder import MODEL_DIRECTORY
from indexer.build import build_index
from indexer.index import ReportIndex, open_index
from indexer.text.span import Span
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from training import moved_questions, reading_comprehension, report_questions
from training.encoding import LONGEST, Example, encode_windows
from training.left_out import is_left_out
from training.prepare import QUESTIONS
from training.squashed import find_squashed
from training.windows import Window, read_windows, write_windows

REPORT = (
    "一、去年工作\n"
    "就业稳定。城镇新增就业28.4万人、失业再就业9.6万人，失业率5.1%。\n"
    "二、今年打算\n"
    "做好就业工作。城镇新增就业30万人以上，失业率控制在5.5%以内。\n"
    "加快交通建设。开工建设象山大桥，推进杭甬铁路建设。\n"
    "优化营商环境。深化改革，推行一网通办，压减审批时间。\n"
)
TWO = "一、今年打算\n做好就业工作。城镇新增就业12万人，失业率控制在5%以内。\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ReportIndex:
    folder = tmp_path_factory.mktemp("windows")
    files = [write_report(folder, "2025年江苏省政府工作报告", REPORT), write_report(folder, "2025年浙江省政府工作报告", TWO)]  # fmt: skip
    build_index(files, folder / "index", FakeEncoder())
    return open_index(folder / "index", FakeEncoder().identity)


def windows(
    index: ReportIndex, question: str, kind: QuestionKind, *gold: Gold, draws: int = 1
) -> list[Window]:
    """The windows of a question, asked several times for other draws of its negatives."""
    asked = GoldQuestion("q", kind, question, gold, "2025年江苏省政府工作报告")
    return list(report_questions.windows([asked] * draws, index, Retriever(index, FakeEncoder())))


def squad(folder: Path, context: str, question: str, answer: str | None) -> Path:
    answers = [] if answer is None else [{"text": answer, "answer_start": context.index(answer)}]
    qa = {"id": "1", "question": question, "answers": answers}
    path = folder / "set.json"
    path.write_text(
        json.dumps({"data": [{"title": "題", "paragraphs": [{"context": context, "qas": [qa]}]}]})
    )
    return path


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("增长 6.5％，其中", "6.5%", "6.5％"),
        ("城镇\n新增就业", "城镇新增", "城镇\n新增"),
        ("增长6.5%和5%左右", "5%", "5%"),  # not the tail of 6.5%
        ("增长6.5%", "5%", None),
        ("增长6.5%", "", None),
    ],
)
def test_a_quotation_is_found_whatever_its_blanks_and_width(text: str, words: str, found: str | None) -> None:
    span = find_squashed(text, Span(0, len(text)), words)
    assert (span and span.of(text)) == found
    if words == "5%" and span:
        assert span.start == text.index("和") + 1


def test_windows_are_read_as_they_were_written(tmp_path: Path) -> None:
    windows = [Window("1", "问？", "题", "一二三四", Span(1, 3), (Span(1, 3), Span(3, 4))), Window("2", "问", "", "文", None, ())]  # fmt: skip
    assert write_windows(windows, tmp_path / "w.jsonl") == 2
    assert list(read_windows(tmp_path / "w.jsonl")) == windows


def test_contexts_are_cut_into_whole_sentences() -> None:
    context = "第一句说天气很好。" * 30 + "第二句说别的。" * 30
    cut = reading_comprehension.pieces(context, 100)
    assert "".join(piece.of(context) for piece in cut) == context
    assert all(len(piece) <= 100 and piece.of(context).endswith("。") for piece in cut)


def test_the_window_of_a_reading_question_holds_its_answer_in_simplified_characters(tmp_path: Path) -> None:
    context = "這是很長的一句話。" * 40 + "臺北市在島的北部。" + "這是另一句話。" * 40
    found = list(
        reading_comprehension.windows(
            reading_comprehension.readings(squad(tmp_path, context, "臺北市在島的哪裡？", "北部")), seed=1
        )
    )
    assert found[0].best is not None and found[0].best.of(found[0].text) == "北部"
    assert "台北市在岛的" in found[0].text and found[0].question.startswith("台北市")
    assert all(window.best is None and "北部" not in window.text for window in found[1:])


def written(folder: Path, name: str, *rows: Mapping[str, object]) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_questions_written_on_a_public_context_find_it_by_name(tmp_path: Path) -> None:
    context = "臺北市在島的北部。高雄市在島的南部。"
    squad(tmp_path, context, "?", "北部")
    asked = {"source": "set", "context": "題#0", "question": "高雄市在哪里？", "answer": "南部", "start": 15}
    silent = {"source": "set", "context": "題#0", "question": "高雄市有多少人？", "answer": None}
    rows = written(tmp_path, "rows.jsonl", asked, silent)
    found = list(reading_comprehension.windows(reading_comprehension.written_readings(rows, tmp_path)))
    assert next(w.best and w.best.of(w.text) for w in found if w.question == "高雄市在哪里？") == "南部"
    assert [w.best for w in found if w.question == "高雄市有多少人？"] == [None]
    for wrong, said in (({"start": 6}, "does not stand at 6"), ({"context": "9-9"}, "no context 9-9")):
        rows = written(tmp_path, "rows.jsonl", asked | wrong)
        with pytest.raises(ValueError, match=said):
            list(reading_comprehension.written_readings(rows, tmp_path))


def test_questions_on_passages_of_their_own(tmp_path: Path) -> None:
    row = {"id": "a-1", "title": "题", "context": "甲在东，乙在西。", "questions": [{"question": "乙在哪？", "answer": "西", "start": 6}, {"question": "丙在哪？", "answer": None}]}  # fmt: skip
    first, second = reading_comprehension.passage_readings(written(tmp_path, "p.jsonl", row))
    assert [span.of(first.context) for span in first.answers] == ["西"] and second.answers == ()
    row["questions"] = [{"question": "乙在哪？", "answer": "西", "start": 2}]
    with pytest.raises(ValueError, match="does not stand at 2"):
        list(reading_comprehension.passage_readings(written(tmp_path, "p.jsonl", row)))


def test_a_report_question_has_its_passage_and_those_a_search_takes_for_it(index: ReportIndex) -> None:
    gold = Gold("2025年江苏省政府工作报告", "城镇新增就业30万人以上", ("30万人", "30万人以上"))
    found = windows(index, "江苏今年城镇新增就业多少人？", QuestionKind.NUMBER, gold, draws=9)
    (right,) = {window for window in found if window.best is not None}
    assert right.best is not None and right.best.of(right.text) == "30万人以上"  # with its bound
    wrong = [window for window in found if window.best is None]
    assert any("28.4万人" in window.text for window in wrong), (
        "last year's result is the negative of the target"
    )
    assert any("12万人" in window.text for window in wrong), "another province's figure, since one is named"


def test_every_point_of_a_list_is_taught(index: ReportIndex) -> None:
    golds = [Gold("2025年江苏省政府工作报告", "开工建设象山大桥，推进杭甬铁路建设", (a,)) for a in ("象山大桥", "杭甬铁路")]  # fmt: skip
    (right,) = [
        w for w in windows(index, "要建哪些交通工程？", QuestionKind.LIST, *golds) if w.best is not None
    ]
    assert [span.of(right.text) for span in right.answers] == ["象山大桥", "杭甬铁路"]


def test_a_silent_report_gives_only_windows_without_an_answer(index: ReportIndex) -> None:
    found = windows(index, "去年种了多少树？", QuestionKind.UNANSWERABLE)
    assert found and all(window.best is None for window in found)


def encoded(window: Window) -> list[Example]:
    return list(encode_windows(Tokenizer.from_file(str(MODEL_DIRECTORY / "tokenizer.json")), [window]))


def test_the_tokens_taught_are_those_of_the_answer() -> None:
    window = Window("1", "新增就业多少人？", "一、目标", "城镇新增就业30万人以上，失业率5.5%以内。", Span(6, 12), (Span(6, 12),))  # fmt: skip
    (example,) = encoded(window)
    tokenizer = Tokenizer.from_file(str(MODEL_DIRECTORY / "tokenizer.json"))
    assert (
        tokenizer.decode(list(example.ids[example.start : example.end + 1])).replace(" ", "") == "30万人以上"
    )
    assert [i for i, inside in enumerate(example.inside) if inside == 1] == list(
        range(example.start, example.end + 1)
    )
    assert example.inside[0] == -1


def test_an_answer_beyond_the_window_is_not_taught() -> None:
    text = "这句话很长，" * 200 + "答案在此。"
    assert encoded(Window("1", "在哪？", "", text, Span(len(text) - 5, len(text)), ())) == []
    (null,) = encoded(Window("1", "在哪？", "", text, None, ()))
    assert len(null.ids) <= LONGEST and (null.start, null.end) == (0, 0)


@pytest.mark.parametrize(
    ("learnt", "held"),
    [
        ("train", "held_out"),
        ("cities", "cities_held_out"),
        ("cities_near_misses", "cities_held_out"),
        ("cities_in_english", "cities_held_out"),
    ],
)
def test_the_questions_that_were_learnt_from_and_those_held_out_share_no_report(
    learnt: str, held: str
) -> None:
    taught = read_gold_questions([QUESTIONS / f"{learnt}.jsonl"])
    held_out = read_gold_questions([QUESTIONS / f"{held}.jsonl"])
    assert not {question.about for question in taught} & {question.about for question in held_out}
    asked_by_the_benchmark = {"江苏", "湖北", "云南", "重庆", "辽宁", "宁波", "海拉尔"}
    assert not any(name in (question.about or "") for question in taught for name in asked_by_the_benchmark)


@pytest.mark.parametrize(
    "name", ["cities", "cities_held_out", "cities_near_misses", "cities_in_english", "offices"]
)
def test_answers_on_cities_stand_in_their_quotations_shortest_first(name: str) -> None:
    for question in read_gold_questions([QUESTIONS / f"{name}.jsonl"]):
        for gold in question.gold:
            assert all(squash(answer) in squash(gold.quote) for answer in gold.answers), question.id
            assert gold.answers[0] == min(gold.answers, key=len), question.id


def test_a_third_of_the_places_is_left_out_with_all_their_years() -> None:
    places = {(q.about or "")[:-4] for q in read_gold_questions([QUESTIONS / "cities_near_misses.jsonl"])}
    left_out = {place for place in places if is_left_out(f"{place}2020")}
    assert 0.2 < len(left_out) / len(places) < 0.5
    assert left_out == {place for place in places if is_left_out(f"{place}1999")}
    english = read_gold_questions([QUESTIONS / "cities_in_english.jsonl"])
    assert len(english) == 1060 and not any(is_left_out(q.about or "") for q in english)


def test_answers_on_policies_stand_where_they_say() -> None:
    found = list(reading_comprehension.passage_readings(QUESTIONS / "policies.jsonl"))
    assert sum(not reading.answers for reading in found) > 150
    assert sum(len(span) >= 40 for reading in found for span in reading.answers) > 350


def test_what_a_context_does_not_answer_is_looked_for_where_its_words_are(tmp_path: Path) -> None:
    context = "甲城有三座桥。" * 60 + "乙城建了两座水库，都在山里。"
    squad(tmp_path, context, "乙城的水库花了多少钱？", None)
    found = list(reading_comprehension.windows(reading_comprehension.readings(tmp_path / "set.json")))
    assert ["乙城" in window.text for window in found] == [True]


@pytest.mark.parametrize(
    ("question", "moved"),
    [
        ("江苏去年GDP增长多少？", "江苏{}年GDP增长多少？"),
        ("2025年新增就业多少人？", "{}年新增就业多少人？"),
        ("How much did jobs grow last year?", "How much did jobs grow in {}?"),
        ("过去五年GDP增长多少？", None),
        ("去年比2023年多多少？", "{}年比2023年多多少？"),
        ("GDP增长多少？", None),
    ],
)
def test_a_question_is_moved_to_an_earlier_year(index: ReportIndex, question: str, moved: str | None) -> None:
    report = index.report("2025年江苏省政府工作报告")
    found = moved_questions.to_another_year(question, report, random.Random(1))
    assert found is None if moved is None else (found and found.query == moved.format(found.name))
    assert found is None or found.name in ("2021", "2022", "2023")


def test_a_question_is_moved_to_a_city_of_the_province(index: ReportIndex) -> None:
    report, chance = index.report("2025年江苏省政府工作报告"), random.Random(1)
    for question, rest in (("江苏省去年GDP增长多少？", "去年GDP增长多少？"), ("今年全省要建几座大桥？", "今年要建几座大桥？")):  # fmt: skip
        found = moved_questions.to_a_city(question, report, chance)
        assert found is not None and found.name in found.query and found.query.endswith(rest)
        assert found.name != "江苏" and "江苏" not in found.query and "全省" not in found.query
    assert moved_questions.to_a_city("How much did jobs grow?", report, chance) is None


def test_moved_questions_have_the_passage_and_no_answer(index: ReportIndex) -> None:
    gold = Gold("2025年江苏省政府工作报告", "城镇新增就业30万人以上", ("30万人",))
    asked = GoldQuestion(
        "q", QuestionKind.NUMBER, "江苏今年新增就业多少人？", (gold,), "2025年江苏省政府工作报告"
    )
    found = list(moved_questions.windows([asked] * 9, index))
    assert found and all("30万人" in window.text and window.best is None for window in found)
    assert all("今年" not in w.question or "江苏" not in w.question for w in found)
    silent = replace(asked, kind=QuestionKind.UNANSWERABLE, gold=())
    assert list(moved_questions.windows([silent] * 9, index)) == []
