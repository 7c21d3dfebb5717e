from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from embeddings import PassageText
from indexer.report.passages import parse_report, passage_text
from indexer.report.records import Metadata, UnitKind
from indexer.report.report import Report
from indexer.reports import report_problems
from tests.conftest import make_document
from tests.report_texts import report_texts


def parse(text: str) -> Report:
    return parse_report(make_document(text))


def words(report: Report, kind: UnitKind) -> list[str]:
    return [unit.span.of(report.text) for unit in report.units if unit.kind is kind]


def check(report: Report) -> None:
    """Everything that is promised of passages and units."""
    text = report.text
    assert "".join(passage.span.of(text) for passage in report.passages) == text
    position = 0
    for number, passage in enumerate(report.passages):
        assert passage.number == number
        assert passage.span.start == position
        assert len(passage.span)
        assert report.sections[passage.section].span.holds(passage.span)
        assert not any(
            passage.span.start < section.span.start < passage.span.end for section in report.sections
        )
        position = passage.span.end
    for unit in report.units:
        assert report.passages[unit.passage].span.holds(unit.span), unit
        assert len(unit.span.of(text).strip()) >= 4
    assert list(report_problems(report, report.document.text_digest)) == []


@settings(max_examples=300, deadline=None)
@given(report_texts)
def test_passages_partition_the_text_inside_sections_and_hold_their_units(text: str) -> None:
    check(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "好",
        " \n\n ",
        "一、",
        "一、结语",
        "全市经济稳步增长。人民生活改善。\n一、结语",
        "全市经济稳步增长。\n一、结语\n（一）更小的结语",
        "全市经济稳步增长。\n一、结语\n",
        "。" * 500,
        "长" * 2000,
        "一、" + "长" * 2000,
        "（二）" + "标题很长的" * 8 + "、" + "标题尾 " + "正文" * 1000,
        "（二）" + "标题" * 27 + "。" + "正文" * 1000,
        "一、打算 " + "很长的一句话，" * 300 + "完。",
        "“‘一层。’二层。”" * 80,
        "甲" + " " * 2000 + "乙丙丁戊",
        "短。\n" * 300,
        "1.甲乙丙丁\n" * 100,
    ],
)
def test_odd_texts_keep_every_promise(text: str) -> None:
    check(parse(text))


def test_the_seed_keeps_every_promise(seed_parsed: Report) -> None:
    check(seed_parsed)
    assert len(seed_parsed.passages) == len(seed_parsed.sections)


@settings(max_examples=100, deadline=None)
@given(report_texts)
def test_passages_stay_readable(text: str) -> None:
    assert all(len(passage.span) <= 450 for passage in parse(text).passages)


def test_long_sections_are_split_after_sentences_into_passages_of_some_size() -> None:
    text = "一、打算\n" + ("继续推进重大项目建设，完成投资2000亿元。" * 5 + "\n") * 20
    report = parse(text)
    sizes = [len(passage.span) for passage in report.passages]
    assert len(sizes) > 4
    assert all(30 <= size <= 450 for size in sizes)
    assert all(passage.span.of(text).rstrip().endswith("。") for passage in report.passages)


def test_a_heading_is_not_cut_off_from_a_long_paragraph_under_it() -> None:
    text = "一、打算\n" + "继续推进重大项目建设，完成投资2000亿元。" * 30 + "\n完。"
    report = parse(text)
    assert len(report.passages) > 1
    assert all(len(passage.span) >= 30 for passage in report.passages)
    assert "2000亿元" in report.passages[0].span.of(text)


def test_a_passage_its_sentences_and_the_clauses_of_long_sentences_have_units() -> None:
    text = "一、打算\n新增就业20万人。引进内资2000亿元,实际利用外资50亿美元,引进大学生20万人。"
    report = parse(text)
    assert words(report, UnitKind.PASSAGE) == [text]
    assert words(report, UnitKind.SENTENCE) == [
        "新增就业20万人。",
        "引进内资2000亿元,实际利用外资50亿美元,引进大学生20万人。",
    ]
    assert words(report, UnitKind.CLAUSE) == ["引进内资2000亿元", "实际利用外资50亿美元", "引进大学生20万人"]


def test_a_heading_alone_has_no_units() -> None:
    report = parse("一、总体打算\n（一）扩大开放\n新增就业20万人。")
    assert {unit.passage for unit in report.units} == {1}


def test_a_heading_at_the_end_of_the_text_finds_nothing_elsewhere() -> None:
    report = parse("全市经济稳步增长。\n一、结语")
    heading = report.passages[1].span
    assert all(heading.holds(unit.span) for unit in report.units if unit.passage == 1)


def test_a_numbered_item_that_is_a_whole_statement_can_be_found() -> None:
    report = parse("一、工作目标\n1.新增就业20万人。\n2.新建充电桩1000个。\n")
    assert any("新增就业20万人" in sentence for sentence in words(report, UnitKind.SENTENCE))
    assert any("新建充电桩1000个" in sentence for sentence in words(report, UnitKind.SENTENCE))


def test_a_topic_is_a_sentence_like_others(seed_parsed: Report) -> None:
    assert "加强住房保障。" in words(seed_parsed, UnitKind.SENTENCE)


@pytest.mark.parametrize("note", ["【上接第3版】", "12345", "……——"])
def test_what_says_nothing_has_no_units(note: str) -> None:
    assert parse(note).units == ()


def embedded(text: str, metadata: Metadata | None = None) -> PassageText:
    """What is embedded of the last passage."""
    document = replace(make_document(text), metadata=metadata or Metadata("某文件"))
    report = parse_report(document)
    return passage_text(report, report.passages[-1])


NINGBO = Metadata("工作报告", region="浙江省宁波市", year=2023)


def test_a_passage_is_embedded_with_place_year_and_the_nearest_heading() -> None:
    found = embedded("一、总体打算\n（一）扩大开放\n新增外资企业100家。", NINGBO)
    assert found.head == "浙江省宁波市2023年"
    assert found.text == "（一）扩大开放\n新增外资企业100家。"
    later = embedded("一、总体打算\n（一）扩大开放\n" + "新增外资企业100家，发展态势良好。" * 60, NINGBO)
    assert later.head == "浙江省宁波市2023年 （一）扩大开放"
    assert later.text.startswith("新增外资企业100家")


def test_the_heading_is_not_said_twice() -> None:
    found = embedded("（一）扩大开放\n新增外资企业100家。", NINGBO)
    assert f"{found.head} {found.text}".count("扩大开放") == 1


def test_the_name_of_a_report_changes_nothing_where_its_place_or_year_is_known() -> None:
    text = "新增外资企业100家。"
    assert embedded(text, NINGBO) == embedded(text, replace(NINGBO, title="别的名字"))
    assert embedded(text, NINGBO) != embedded(text, replace(NINGBO, region="浙江省杭州市"))
    assert embedded(text, NINGBO) != embedded(text, replace(NINGBO, year=2024))


@pytest.mark.parametrize(
    ("metadata", "head"),
    [
        (Metadata("甲市报告", year=2024), "2024年"),
        (Metadata("甲市报告", region="甲市"), "甲市"),
        (Metadata("甲市报告"), "甲市报告"),
        (Metadata(""), ""),
    ],
)
def test_what_is_not_known_is_left_out_and_the_title_stands_for_both(metadata: Metadata, head: str) -> None:
    assert embedded("新增外资企业100家。", metadata).head == head


def test_place_heading_and_words_are_embedded_in_simplified_characters() -> None:
    found = embedded(
        "（一）擴大開放\n" + "新增外資企業100家，發展態勢良好。" * 60, Metadata("", region="廣東省")
    )
    assert found.head == "广东省 （一）扩大开放"
    assert found.text.startswith("新增外资企业100家")


def test_every_unit_of_the_seed_is_a_part_of_its_passage(seed_parsed: Report) -> None:
    for passage in seed_parsed.passages:
        units = seed_parsed.units_of(passage)
        found = passage_text(seed_parsed, passage)
        assert found.text == passage.span.of(seed_parsed.simplified)
        parts = [unit.span.of(seed_parsed.simplified) for unit in units[1:]]
        assert [found.text[start:end] for start, end in found.parts] == parts


def test_a_text_without_marks_is_parted_behind_its_figures() -> None:
    text = "".join(
        f"加快{name}建设完成投资{n}00亿元新增{name}项目{n}个"
        for n, name in enumerate("甲乙丙丁戊己庚辛壬癸", 1)
    )
    parts = [p.span.of(text) for p in parse_report(make_document(text)).passages]
    assert "".join(parts) == text
    assert max(map(len, parts)) <= 150
    assert all(part.endswith(("亿元", "个")) for part in parts)
