"""What people say of answers is kept, and becomes a question set."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from answers.answer import Answer, Reply
from answers.engine import Answerer
from answers.errors import FeedbackError
from answers.evaluation.from_feedback import Lack, accepted, question_set
from answers.evaluation.questions import QuestionKind, read_gold_questions
from answers.evaluation.scoring import is_right
from answers.feedback import Verdict, all_feedback, give_feedback, last_words, sentence_with
from answers.understanding.wanted import Ask
from indexer.build import build_index
from indexer.people.store import FILE_NAME
from indexer.report.report import Report
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from tests.project.test_cli import Run, run  # noqa: F401

NAME = "甲市2025年政府工作报告"
TEXT = "一、2025年工作\n（一）教育。新建学校11所，改造校舍3万平方米。\n（二）交通。新建公路40公里。改造桥梁6座。\n"


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("feedback")
    write_report(folder, NAME, TEXT)
    build_index([folder], folder / "index", FakeEncoder())
    from indexer.index import open_index

    return Answerer(open_index(folder / "index", FakeEncoder().identity), FakeEncoder())


@pytest.fixture
def report(answerer: Answerer) -> Report:
    return answerer.index.report(NAME)


def reply(answerer: Answerer, question: str, words: str | None) -> Reply:
    """The reply whose first answer are these words of the report, or that has none."""
    asked = answerer.ask(question)
    if words is None:
        return replace(asked, abstained=True)
    text = answerer.index.report(NAME).text
    at = text.index(words)
    sentence = asked.passages[0].span
    start = text.rfind("。", 0, at) + 1
    first: Answer = replace(
        asked.candidates[0],
        text=words,
        span=type(sentence)(at, at + len(words)),
        sentence=type(sentence)(start, text.index("。", at) + 1),
    )
    return replace(asked, candidates=(first,), abstained=False)


def test_what_was_said_is_read_again_and_the_last_word_counts(
    answerer: Answerer, report: Report, tmp_path: Path
) -> None:
    assert all_feedback(tmp_path) == ()
    asked = reply(answerer, "今年新建多少所学校？", "11所")
    first = give_feedback(tmp_path, asked, [report], Verdict.WRONG, note="再看看")
    second = give_feedback(tmp_path, asked, [report], Verdict.RIGHT, name="王某")
    assert all_feedback(tmp_path) == (first, second)
    assert last_words(all_feedback(tmp_path)) == (second,)
    assert (second.answer, second.document, second.sentence) == (
        "11所",
        NAME,
        "新建学校11所，改造校舍3万平方米。",
    )


@pytest.mark.parametrize(
    ("wanted", "note", "name"), [("报告里没有的话", "", ""), ("", "长" * 2001, ""), ("", "", "名" * 101)]
)
def test_words_that_no_report_says_and_long_notes_are_refused(
    answerer: Answerer, report: Report, tmp_path: Path, wanted: str, note: str, name: str
) -> None:
    with pytest.raises(FeedbackError):
        give_feedback(
            tmp_path, reply(answerer, "多少？", "11所"), [report], Verdict.WRONG, wanted, note, name
        )
    assert all_feedback(tmp_path) == ()


def test_another_programs_file_is_left_alone(answerer: Answerer, report: Report, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute("CREATE TABLE diary (entry TEXT)")
    with pytest.raises(FeedbackError, match="不要删除"):
        give_feedback(tmp_path, reply(answerer, "多少？", "11所"), [report], Verdict.RIGHT)


def test_feedback_becomes_a_question_set_that_evaluate_reads(
    answerer: Answerer, report: Report, tmp_path: Path
) -> None:
    for question, words, verdict, wanted in (
        ("今年新建多少所学校？", "11所", Verdict.RIGHT, ""),
        ("今年新建多少公里公路？", "11所", Verdict.PASSAGE, "新建公路40公里"),
        ("今年新建多少座机场？", None, Verdict.RIGHT, ""),
        ("今年新建多少个港口？", "6座", Verdict.ABSENT, ""),
        ("今年改造多少座桥梁？", "11所", Verdict.WRONG, ""),
    ):
        give_feedback(tmp_path, reply(answerer, question, words), [report], verdict, wanted)
    found = question_set(all_feedback(tmp_path), {NAME: report}.get)
    assert [(left.question, left.lack) for left in found.left_out] == [("今年改造多少座桥梁？", Lack.ANSWER)]
    path = tmp_path / "set.jsonl"
    path.write_bytes(found.written())
    read = read_gold_questions([path])
    assert read == found.questions
    assert [one.kind for one in read] == [
        QuestionKind.NUMBER, QuestionKind.NUMBER, QuestionKind.UNANSWERABLE, QuestionKind.UNANSWERABLE,
    ]  # fmt: skip
    road = read[1].gold[0]
    assert (road.document, road.quote, road.answers) == (NAME, "新建公路40公里。", ("40公里",))
    assert is_right("40公里", "新建公路40公里。", road) and not is_right("11所", "新建学校11所。", road)


def test_what_was_said_of_a_report_that_is_gone_is_left_out(
    answerer: Answerer, report: Report, tmp_path: Path
) -> None:
    give_feedback(tmp_path, reply(answerer, "新建多少所学校？", "11所"), [report], Verdict.RIGHT)
    found = question_set(all_feedback(tmp_path), lambda name: None)
    assert found.questions == () and [left.lack for left in found.left_out] == [Lack.REPORT]


def test_the_accepted_part_of_a_number_is_its_only_figure() -> None:
    assert accepted(Ask.NUMBER, "新建公路40公里以上") == "40公里"
    assert accepted(Ask.NUMBER, "公路40公里、桥6座") == "公路40公里、桥6座"
    assert accepted(Ask.FACT, "新建公路40公里") == "新建公路40公里"


def test_words_are_found_in_the_sentences_that_they_touch(report: Report) -> None:
    assert sentence_with(report, "新建公路40公里。改造") == "新建公路40公里。改造桥梁6座。"
    assert sentence_with(report, "没有的话") == ""


def test_the_command_lists_and_writes_the_set(
    answerer: Answerer, report: Report, tmp_path: Path, run: Run  # noqa: F811
) -> None:  # fmt: skip
    index = answerer.index
    directory = tmp_path / "index"
    folder = tmp_path / "in"
    write_report(folder, NAME, TEXT)
    build_index([folder], directory, FakeEncoder())
    target = tmp_path / "set.jsonl"
    nothing = run("answers", "feedback", "--index", directory, "--export", target)
    assert nothing.status == 2 and "没有什么可写" in nothing.err.replace("\n", "")
    give_feedback(directory, reply(answerer, "新建多少所学校？", "11所"), [index.report(NAME)], Verdict.RIGHT)
    assert "答得对" in run("answers", "feedback", "--index", directory).out.replace("\n", "")
    ended = run("answers", "feedback", "--index", directory, "--export", target)
    assert ended.status == 0 and "1 个问题" in ended.err + ended.out
    (row,) = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert row["doc"] == NAME and row["gold"][0]["answers"] == ["11所"]
