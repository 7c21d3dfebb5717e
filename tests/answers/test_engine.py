from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from answers.answer import Reply
from answers.engine import Answerer
from answers.errors import QuestionError
from answers.reading.confidence import BY_SIMILARITY
from indexer.build import build_index
from indexer.errors import IndexFault
from indexer.index import ReportIndex, open_index
from indexer.text.paragraphs import paragraphs
from tests.conftest import SEED_NAME
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

QUESTIONS = [
    "有效发明专利拥有量达多少件？",
    "今年要引进多少大学生？",
    "如何优化营商环境？",
    "要建设哪些铁路？",
    "谁支持宁波大学？",
    "發明專利擁有量達多少件？",
    "How many universities?",
    "<script>alert(1)</script>",
    "'; DROP TABLE units; --",
    "问" * 500,
    "a",
]


def index_of(folder: Path, **reports: str) -> ReportIndex:
    for name, text in reports.items():
        write_report(folder / "in", name, text)
    build_index([folder / "in"], folder / "index", FakeEncoder())
    return open_index(folder / "index", FakeEncoder().identity)


def check(reply: Reply, index: ReportIndex) -> None:
    """Everything that is promised of a reply."""
    assert len(reply.candidates) <= 10
    assert len(reply.passages) <= 10
    assert 0 <= reply.confidence <= 1
    assert reply.elapsed_ms > 0
    assert [a.score for a in reply.candidates] == sorted((a.score for a in reply.candidates), reverse=True)
    assert [p.score for p in reply.passages] == sorted((p.score for p in reply.passages), reverse=True)
    for answer in reply.candidates:
        report = index.report(answer.place.document)
        text = report.text
        assert answer.text == text[answer.span.start : answer.span.end]
        assert answer.text.strip() == answer.text != ""
        assert answer.is_verbatim(report)
        assert answer.passage.holds(answer.sentence)
        assert answer.sentence.holds(answer.span)
        assert report.sections[answer.section].span.holds(answer.passage)
        assert answer.place.headings == report.headings(answer.section)
        assert answer.place.title == report.title
        paragraph = paragraphs(text)[answer.place.paragraph - 1]
        assert paragraph.start <= answer.span.start < paragraph.end
    for passage in reply.passages:
        text = index.report(passage.place.document).text
        assert passage.text == text[passage.span.start : passage.span.end]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_reply_quotes_the_report_to_the_letter(answerer: Answerer, question: str) -> None:
    reply = answerer.ask(question)
    assert reply.candidates
    check(reply, answerer.index)


def test_the_right_words_are_found(answerer: Answerer) -> None:
    reply = answerer.ask("有效发明专利拥有量达多少件？")
    assert reply.candidates[0].text == "5.3万件"
    assert reply.candidates[0].place.headings[-1] == "推进科技成果转移转化。"
    assert not reply.abstained


def test_a_traditional_question_finds_simplified_words(answerer: Answerer) -> None:
    simplified = answerer.ask("有效发明专利拥有量达多少件？")
    traditional = answerer.ask("有效發明專利擁有量達多少件？")
    assert traditional.candidates == simplified.candidates


def test_the_same_question_gets_the_same_reply_also_from_several_threads(answerer: Answerer) -> None:
    expected = [replace(answerer.ask(question), elapsed_ms=0) for question in QUESTIONS]
    with ThreadPoolExecutor(4) as pool:
        for replies in [pool.map(answerer.ask, QUESTIONS) for _ in range(3)]:
            assert [replace(reply, elapsed_ms=0) for reply in replies] == expected


@pytest.mark.parametrize("question", ["", "  ", "😀", "问" * 10_000])
def test_what_is_no_question_is_refused(answerer: Answerer, question: str) -> None:
    with pytest.raises(QuestionError):
        answerer.ask(question)


def test_a_reply_abstains_below_the_threshold_and_still_shows_the_nearest(
    seed_index: ReportIndex, encoder: FakeEncoder
) -> None:
    sure = Answerer(seed_index, encoder, calibration=replace(BY_SIMILARITY, threshold=0.0))
    unsure = Answerer(seed_index, encoder, calibration=replace(BY_SIMILARITY, threshold=1.0))
    question = "有效发明专利拥有量达多少件？"
    assert not sure.ask(question).abstained
    assert unsure.ask(question).abstained
    assert unsure.ask(question).candidates == sure.ask(question).candidates
    assert [one.threshold_of(one.ask(question)) for one in (sure, unsure)] == [0.0, 1.0]


def test_an_answer_of_a_paper_abstains_below_its_own_threshold(
    seed_index: ReportIndex, encoder: FakeEncoder
) -> None:
    asked = Answerer(seed_index, encoder).ask("有效发明专利拥有量达多少件？")
    assert asked.signals is not None
    of_papers = replace(BY_SIMILARITY, threshold=0.9)
    answerer = Answerer(seed_index, encoder, calibration=replace(BY_SIMILARITY, of_papers=of_papers))
    assert answerer.threshold_of(asked) == BY_SIMILARITY.threshold
    assert answerer.threshold_of(replace(asked, signals=replace(asked.signals, report=0))) == 0.9


def test_a_question_that_the_report_answers_is_surer_than_one_from_elsewhere(answerer: Answerer) -> None:
    known = answerer.ask("有效发明专利拥有量达多少件？")
    unknown = answerer.ask("火星探测器何时登陆？")
    assert known.confidence > unknown.confidence


def test_the_document_filter_holds_for_answers_and_passages(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        甲="今年新增就业20万人。新建学校30所。",
        乙="今年新增就业10万人。",
        丙="今年新增就业30万人。",
    )
    answerer = Answerer(index, FakeEncoder())
    reply = answerer.ask("新增就业多少人？", ["甲", "丙"])
    check(reply, index)
    assert {a.place.document for a in reply.candidates} == {"甲", "丙"}
    assert {p.place.document for p in reply.passages} == {"甲", "丙"}
    assert {a.place.document for a in answerer.ask("新增就业多少人？").candidates} == {"甲", "乙", "丙"}
    only = answerer.ask("新增就业多少人？", ["乙"])
    assert [a.text for a in only.candidates] == ["10万人"]


def test_a_filter_on_an_unknown_report_is_an_error(answerer: Answerer) -> None:
    with pytest.raises(IndexFault, match="乙"):
        answerer.ask("新增就业多少人？", ["乙"])


def test_a_small_report_is_not_crowded_out_by_a_large_one(tmp_path: Path) -> None:
    index = index_of(tmp_path, 大="新增就业多少人。今年新增就业人数很多。" * 300, 小="今年新增就业7万人。")
    reply = Answerer(index, FakeEncoder()).ask("新增就业多少人？", ["小"])
    assert reply.candidates[0].text == "7万人"


def test_one_tiny_report_is_enough(tmp_path: Path) -> None:
    index = index_of(tmp_path, 小="新增就业7万人。")
    reply = Answerer(index, FakeEncoder()).ask("新增就业多少人？")
    check(reply, index)
    assert reply.candidates[0].text == "7万人"


@pytest.mark.parametrize("text", ["好。", "12345", "一、"])
def test_an_index_in_which_nothing_can_be_found_abstains(tmp_path: Path, text: str) -> None:
    reply = Answerer(index_of(tmp_path, 小=text), FakeEncoder()).ask("新增就业多少人？")
    assert (reply.candidates, reply.passages, reply.confidence, reply.signals) == ((), (), 0.0, None)
    assert reply.abstained


def test_an_empty_filter_finds_nothing(answerer: Answerer) -> None:
    reply = answerer.ask("新增就业多少人？", [])
    assert reply.abstained
    assert reply.candidates == ()


@pytest.mark.parametrize(
    "text",
    [
        "今年新增就业20万人。\n\n一、结语",
        "今年新增就业20万人\n\n\n　　新建学校30所\n",
        "“他说：‘新增就业20万人。’”大家赞成。",
        "今年新增就业20万人，" * 200,
        "新增就业" + "人很多的" * 500 + "今年。",
        "1.新增就业20万人。\n2.新建学校30所。",
        "新增就业😀20万人👨‍👩‍👧。",
    ],
)
def test_odd_reports_are_quoted_to_the_letter(tmp_path: Path, text: str) -> None:
    index = index_of(tmp_path, 甲=text)
    reply = Answerer(index, FakeEncoder()).ask("新增就业多少人？")
    assert reply.candidates
    check(reply, index)


def test_a_forged_answer_is_not_verbatim(answerer: Answerer) -> None:
    answer = answerer.ask("有效发明专利拥有量达多少件？").candidates[0]
    report = answerer.index.report(SEED_NAME)
    assert not replace(answer, text="9.3万件").is_verbatim(report)
    assert not replace(answer, span=answer.span.shifted(1)).is_verbatim(report)
    assert not replace(answer, span=answer.span.shifted(10_000)).is_verbatim(report)
    assert not replace(answer, place=replace(answer.place, document="别的报告")).is_verbatim(report)


RULE = "甲市数据条例\n第一章 总则\n第一条 为了保护数据，制定本条例。\n第二条 数据分为下列两类：\n（一）公共数据；\n（二）企业数据。\n"


def test_an_article_is_told_by_its_number_and_cited_under_it(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        数据条例=RULE,
        报告="甲市政府工作报告\n一、2022年工作回顾\n第二条跨江通道建成，数据产业增长5%。\n",
    )
    reply = Answerer(index, FakeEncoder()).ask("数据条例第二条规定了什么？")
    check(reply, index)
    assert not reply.abstained
    assert [answer.text for answer in reply.candidates] == [
        "数据分为下列两类：\n（一）公共数据；\n（二）企业数据。"
    ]
    assert reply.candidates[0].place.headings == ("第一章 总则", "第二条")


def test_of_two_rules_with_such_an_article_the_named_one_is_told_and_without_a_name_none_is_sure(
    tmp_path: Path,
) -> None:
    other = RULE.replace("数据", "绿化")
    answerer = Answerer(index_of(tmp_path, 数据条例=RULE, 绿化条例=other), FakeEncoder())
    named = answerer.ask("甲市绿化条例第一条的内容是什么")
    assert named.candidates[0].text == "为了保护绿化，制定本条例。"
    assert len(named.candidates) == 1 and not named.abstained
    unnamed = answerer.ask("第一条的内容是什么")
    assert len(unnamed.candidates) == 2 and unnamed.confidence < 0.5
    assert not any(
        "第九条" in heading
        for a in answerer.ask("第九条规定了什么").candidates
        for heading in a.place.headings
    )
