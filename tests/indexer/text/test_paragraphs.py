from __future__ import annotations

import pytest
from hypothesis import given, settings

from answers.place import Place
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.text.paragraphs import paragraphs
from tests.conftest import make_document
from tests.report_texts import report_texts


def found(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲段。\n乙段。\n\n 丙段。\n", ["甲段。", "乙段。", "丙段。"]),
        ("甲段。 乙段。 丙段", ["甲段。", "乙段。", "丙段"]),
        ("同一段。接着说", ["同一段。接着说"]),
        ("前文结束 （二）下一节", ["前文结束", "（二）下一节"]),
        ("（二）着力提升创新能力 加快建设平台。", ["（二）着力提升创新能力", "加快建设平台。"]),
        (
            "(二)着力提升创新能力 加快建设平台。 三、结语",
            ["(二)着力提升创新能力", "加快建设平台。", "三、结语"],
        ),
        ("【上接第3版】 一、开头的标题", ["【上接第3版】", "一、开头的标题"]),
        ("增长 3.5% 左右", ["增长 3.5% 左右"]),
        ("with plain English words", ["with plain English words"]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_paragraphs_are_found_with_and_without_line_breaks(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@settings(max_examples=150, deadline=None)
@given(report_texts)
def test_paragraphs_are_in_order_and_hold_all_the_words(text: str) -> None:
    position = 0
    for span in paragraphs(text):
        assert text[position : span.start].strip() == ""
        assert len(span)
        assert "\n" not in span.of(text)
        position = span.end
    assert text[position:].strip() == ""


def test_paragraphs_are_counted_from_one() -> None:
    text = " 甲段。\n乙段。"
    report = parse_report(make_document(text))
    assert [report.paragraph_of(text.index(word)) for word in ("甲", "段", "乙")] == [1, 1, 2]
    assert report.paragraph_of(0) == 1


@pytest.mark.parametrize("gap", ["\n", " ", "\n\n\n", " \n \n "])
def test_a_passage_is_placed_in_the_paragraph_of_its_first_word(gap: str) -> None:
    sentence = "全市上下团结奋斗经济社会发展取得了新的成绩" * 6 + "。"
    text = gap.join([sentence] * 8)
    report = parse_report(make_document(text))
    assert len(report.passages) > 2
    for passage in report.passages:
        words = passage.span.of(text)
        first_word = passage.span.start + len(words) - len(words.lstrip())
        number = sum(paragraph.start <= first_word for paragraph in paragraphs(text))
        assert Place.of(report, 0, passage.span).paragraph == number


def test_every_section_of_the_seed_begins_a_paragraph_and_hardly_any_other_does(
    seed_parsed: Report,
) -> None:
    text = seed_parsed.text
    starts = {section.span.start for section in seed_parsed.sections[1:]}
    found = paragraphs(text)
    assert starts <= {span.start for span in found}
    others = [span.of(text) for span in found if span.start not in starts]
    assert others == ["【上接第3版】", "|"]


def test_a_row_of_a_table_is_one_paragraph() -> None:
    rows = ["指标：就业 | 2023年：5000人 | 2024年：5200人", "指标：工业 | 45亿元"]
    assert [span.of("\n".join(rows)) for span in paragraphs("\n".join(rows))] == rows


def test_a_blank_before_a_figure_closes_no_heading_unless_a_year_opens_its_body() -> None:
    text = "一、工农业总产值计划每年递增 4%，争取达到 5%。\n二、总体情况 2023年，全市经济平稳。"
    assert [span.of(text) for span in paragraphs(text)] == [
        "一、工农业总产值计划每年递增 4%，争取达到 5%。", "二、总体情况", "2023年，全市经济平稳。",
    ]  # fmt: skip
