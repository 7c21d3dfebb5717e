from __future__ import annotations

import pytest
from hypothesis import given, settings

from indexer.text.sentences import PART_MARK, clause_around, clauses, sentences, without_end_mark
from indexer.text.span import Span
from tests.report_texts import report_texts


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


def parts(text: str) -> list[str]:
    return [span.of(text) for span in clauses(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("稳增长。促改革！成效如何？惠民生", ["稳增长。", "促改革！", "成效如何？", "惠民生"]),
        ("提出“人民至上。”全市落实。", ["提出“人民至上。”", "全市落实。"]),
        ("他说：“要做到‘两个维护’。”大家赞成。", ["他说：“要做到‘两个维护’。”", "大家赞成。"]),
        ("（见附件。）另行通知。", ["（见附件。）", "另行通知。"]),
        ("标题\n\n正文。 下一段", ["标题", "正文。", "下一段"]),
        ("增长3.5%。No.1港口。", ["增长3.5%。", "No.1港口。"]),
        ("The plan passed. It works", ["The plan passed.", "It works"]),
        ("真的吗？！真的……好", ["真的吗？！", "真的……", "好"]),
        ("  前后有空白。  ", ["前后有空白。"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_at_their_marks_and_keep_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_only_the_part_asked_for_is_cut() -> None:
    text = "甲乙丙。丁戊己。庚辛壬。"
    assert [s.of(text) for s in sentences(text, Span(5, 10))] == ["戊己。", "庚辛"]


@pytest.mark.parametrize("position", [0, 4, 8])
def test_an_empty_part_has_no_sentences(position: int) -> None:
    assert sentences("甲乙丙。丁戊己。", Span(position, position)) == ()


def test_a_giant_sentence_is_cut_at_its_semicolons() -> None:
    text = "；".join(["推进" * 60] * 8) + "。"
    found = cut(text)
    assert "".join(found) == text
    assert all(len(piece) <= 400 for piece in found)
    assert all(piece.endswith(("；", "。")) for piece in found)


def test_a_giant_sentence_without_semicolons_is_cut_at_its_commas() -> None:
    text = "，".join(["推进" * 60] * 8) + "。"
    assert all(len(piece) <= 400 and piece.endswith(("，", "。")) for piece in cut(text))


def test_a_giant_sentence_without_any_mark_is_cut_all_the_same() -> None:
    text = "长" * 2000
    assert "".join(cut(text)) == text
    assert all(len(piece) <= 400 for piece in cut(text))


def test_a_gap_of_blanks_is_no_sentence() -> None:
    text = "好" + " " * 1500 + "坏"
    assert [piece for piece in cut(text) if piece.strip()] == cut(text)


@settings(max_examples=200, deadline=None)
@given(report_texts)
def test_sentences_are_in_order_apart_short_and_hold_all_the_words(text: str) -> None:
    found = sentences(text)
    position = 0
    for span in found:
        assert text[position : span.start].strip() == ""
        assert 0 < len(span) <= 400
        assert span.of(text) == span.of(text).strip()
        position = span.end
    assert text[position:].strip() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("引进内资2000亿元,实际利用外资50亿美元。", ["引进内资2000亿元", "实际利用外资50亿美元"]),
        ("总额1,500亿元，增长5%；位居第一。", ["总额1,500亿元", "增长5%", "位居第一"]),
        ("种植面积171万亩、产量14亿斤以上。", ["种植面积171万亩", "产量14亿斤以上"]),
        ("加强教育、医疗、养老服务。", ["加强教育、医疗、养老服务"]),
        ("，，。", []),
    ],
)
def test_clauses_lose_their_marks_and_only_enumerated_figures_are_parted(
    text: str, expected: list[str]
) -> None:
    assert parts(text) == expected


@settings(max_examples=100, deadline=None)
@given(report_texts)
def test_clauses_are_in_order_and_inside_their_sentence(text: str) -> None:
    for sentence in sentences(text):
        position = sentence.start
        for clause in clauses(text, sentence):
            assert sentence.holds(clause)
            assert clause.start >= position
            assert len(clause)
            position = clause.end


def test_the_closing_mark_and_blanks_are_left_out() -> None:
    text = " 增长5%。； "
    assert without_end_mark(text, Span(0, len(text))).of(text) == "增长5%"
    assert len(without_end_mark("。。", Span(0, 2))) == 0


@pytest.mark.parametrize(
    ("before", "clause", "after"),
    [
        ("目标是：", "增长5%", "，力争更好。"),
        ("增长10%,", "企业5家", ";产值增长。"),
        ("过去一年——", "出口1,500万元、进口5亿元", "。"),
        ("", "增长5%", ""),
    ],
)
def test_the_clause_around_a_span_ends_at_the_marks_beside_it(before: str, clause: str, after: str) -> None:
    text = before + clause + after
    inner = Span(len(before) + 2, len(before) + len(clause))
    assert clause_around(text, Span(0, len(text)), inner).of(text) == clause


def test_a_mark_inside_the_span_cuts_nothing() -> None:
    assert clause_around("甲，乙：丙，丁", Span(0, 7), Span(2, 5)) == Span(2, 5)


def test_parts_end_at_the_commas_of_enumerations_too() -> None:
    assert PART_MARK.split("出口1,500万元、进口5亿元，增长5%") == ["出口1,500万元", "进口5亿元", "增长5%"]


UNMARKED = "加快轨道交通建设完成投资12亿元新增轨道交通项目3个加快港口航道建设完成投资49.5亿元以上新建改建农村公路236公里新增就业3万人城乡居民收入增长6%左右粮食产量保持稳定"


def test_where_a_long_text_has_no_mark_every_figure_ends_a_sentence() -> None:
    assert [span.of(UNMARKED) for span in sentences(UNMARKED)] == [
        "加快轨道交通建设完成投资12亿元", "新增轨道交通项目3个", "加快港口航道建设完成投资49.5亿元以上", "新建改建农村公路236公里",
        "新增就业3万人", "城乡居民收入增长6%左右", "粮食产量保持稳定",
    ]  # fmt: skip


def test_a_short_text_and_one_with_a_mark_are_cut_at_their_marks_alone() -> None:
    assert len(sentences(UNMARKED[:60])) == 1
    assert len(sentences(UNMARKED.replace("新增就业", "，新增就业"))) == 1
