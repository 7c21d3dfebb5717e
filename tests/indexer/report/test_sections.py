from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from indexer.report.records import Section
from indexer.report.report import Report
from indexer.report.sections import own_text, parse_sections
from tests.report_texts import report_texts

GOLDEN = Path(__file__).parent.parent.parent / "golden" / "ningbo_sections.txt"


def outline(text: str) -> str:
    """The section tree as in the golden file: indentation is depth, then kind and heading."""
    return "".join(_line(section, text) for section in parse_sections(text))


def _line(section: Section, text: str) -> str:
    return f"{'  ' * section.depth}{section.kind} {section.heading.of(text)}".rstrip() + "\n"


def test_the_seed_has_the_sections_that_a_reader_sees(seed_parsed: Report) -> None:
    assert outline(seed_parsed.text) == GOLDEN.read_text(encoding="utf-8")


def test_levels_nest_by_their_markers() -> None:
    text = "第一部分 工作回顾\n一、经济\n（一）工业\n1.制造业\n（1）汽车\n正文在此。\n（2）石化\n2.采矿业\n（二）农业\n二、社会\n"
    assert outline(text) == (
        "root\n"
        "  numbered 第一部分 工作回顾\n"
        "    numbered 一、经济\n"
        "      numbered （一）工业\n"
        "        numbered 1.制造业\n"
        "          numbered （1）汽车\n"
        "          numbered （2）石化\n"
        "        numbered 2.采矿业\n"
        "      numbered （二）农业\n"
        "    numbered 二、社会\n"
    )


def test_a_missing_first_level_leaves_no_gap() -> None:
    text = "（二）着力创新\n正文。\n（三）着力开放\n正文。\n三、政府建设\n（一）坚定信念\n正文。"
    assert outline(text) == (
        "root\n  numbered （二）着力创新\n  numbered （三）着力开放\n  numbered 三、政府建设\n    numbered （一）坚定信念\n"
    )


def test_a_missing_second_level_leaves_no_gap() -> None:
    text = "一、经济\n1.工业\n正文。\n2.农业\n正文。\n二、社会\n正文。"
    assert outline(text) == (
        "root\n  numbered 一、经济\n    numbered 1.工业\n    numbered 2.农业\n  numbered 二、社会\n"
    )


@pytest.mark.parametrize(
    "mark", ["（一）", "(一)", "（一）、", "(十二)", "一、", "十一、", "1.", "1．", "12、", "（3）", "(3)"]
)
def test_half_and_full_width_markers_open_a_section(mark: str) -> None:
    text = f"前言在此。\n{mark}扩大开放\n正文在此。"
    assert outline(text) == f"root\n  numbered {mark}扩大开放\n"


@pytest.mark.parametrize(
    "line",
    [
        "3.5%的增长来之不易。",
        "2023年是关键一年。",
        "一是扩大开放。",
        "十四五开局良好。",
        "第三产业增长5%。",
        "今年（一）季度向好。",
    ],
)
def test_figures_and_ordinary_words_open_no_section(line: str) -> None:
    assert outline(f"前言在此。\n{line}\n后文在此。") == "root\n"


def test_the_heading_ends_where_its_sentence_ends() -> None:
    text = "（一）坚定信念铸就绝对忠诚。始终把政治建设摆在首位。"
    assert outline(text) == "root\n  numbered （一）坚定信念铸就绝对忠诚。\n"


def test_a_numbered_paragraph_of_one_long_sentence_has_no_heading() -> None:
    text = "前言。\n一、" + "继续推进各项工作" * 12 + "。\n后文。"
    assert outline(text) == "root\n"


RULE = (
    "第一章 总则\n第一条 为了规范城市更新活动，制定本条例。\n第二条 本条例所称城市更新，是指下列活动：\n（一）综合整治；\n"
    "（二）拆除重建。\n第二章 附则\n第三条 本条例自2021年9月1日起施行。\n"
)


def test_the_articles_of_a_rule_are_sections_and_their_items_are_none() -> None:
    assert outline(RULE) == (
        "root\n"
        "  numbered 第一章 总则\n"
        "    article 第一条\n"
        "    article 第二条\n"
        "  numbered 第二章 附则\n"
        "    article 第三条\n"
    )


def test_articles_without_a_blank_behind_their_numbers_are_told_by_counting_up() -> None:
    assert outline(RULE.replace("条 ", "条")) == outline(RULE)
    assert outline("依照条例办理。\n第三条规定的行为应当处罚。\n第九条是附则。") == "root\n"


def test_books_chapters_and_divisions_nest() -> None:
    text = (
        "第一篇 总论\n第一章 形势\n第一节 成就\n正文。\n第二节 问题\n第二章 目标\n第二篇 农业\n第三章 水利\n"
    )
    assert outline(text) == (
        "root\n  numbered 第一篇 总论\n    numbered 第一章 形势\n      numbered 第一节 成就\n      numbered 第二节 问题\n"
        "    numbered 第二章 目标\n  numbered 第二篇 农业\n    numbered 第三章 水利\n"
    )


GLUED = (
    "一、2022年工作回顾过去一年，面对超出预期的困难，全市地区生产总值增长5.9%。\n"
    "（一）综合实力稳步提升全年地区生产总值达到1285.6亿元，新增高新技术企业36家，建成研发机构12个。\n"
    "（二）城乡面貌明显改善全年新建改建农村公路236公里，改造老旧小区41个、惠及居民9600户。\n"
    "二、2023年工作安排今年是全面贯彻落实党的二十大精神的开局之年，要做好以下工作。\n"
    "（一）全力扩大有效投资实施重点项目128个，完成投资310亿元，其中产业项目占六成以上。\n"
    "（二）着力保障改善民生全市新建学校12所、增加学位8400个，建设保障性租赁住房1500套。\n"
)


def test_a_heading_that_is_glued_to_its_text_ends_where_its_words_do() -> None:
    assert outline(GLUED) == (
        "root\n"
        "  numbered 一、2022年工作回顾\n    numbered （一）综合实力稳步提升\n    numbered （二）城乡面貌明显改善\n"
        "  numbered 二、2023年工作安排\n    numbered （一）全力扩大有效投资\n    numbered （二）着力保障改善民生\n"
    )


def test_a_heading_behind_a_full_stop_begins_a_paragraph() -> None:
    text = "一、2022年工作回顾\n成绩来之不易。二、2023年工作安排\n（一）扩大投资\n完成投资310亿元。（二）改善民生\n新建学校12所。"
    assert outline(text) == (
        "root\n  numbered 一、2022年工作回顾\n  numbered 二、2023年工作安排\n    numbered （一）扩大投资\n    numbered （二）改善民生\n"
    )
    assert outline("经济平稳。一、二、三产业增加值分别增长4%、5%、6%。") == "root\n"


def test_headings_that_end_with_a_full_stop_are_whole() -> None:
    text = "".join(
        f"（{n}）着力推动{word}高质量发展取得新成效。今年要完成投资{i}00亿元，新增项目{i}个，带动就业3万人以上。\n"
        for i, (n, word) in enumerate(zip("一二三四", ("工业", "农业", "旅游", "物流"), strict=True), 1)
    )
    assert outline(text).count("高质量发展取得新成效。") == 4


TOPICS = "一、打算\n优化营商环境。推进改革，提升服务。\n加大投资力度。完成投资2000亿元。\n促进消费升级。办好促销活动。\n"


def test_topics_are_headings_where_most_siblings_have_one() -> None:
    assert outline(TOPICS + "还有一段没有题目。") == (
        "root\n  numbered 一、打算\n    topic 优化营商环境。\n    topic 加大投资力度。\n    topic 促进消费升级。\n"
    )


def test_topics_are_found_in_a_report_without_any_number() -> None:
    assert outline(TOPICS.partition("\n")[2]) == (
        "root\n  topic 优化营商环境。\n  topic 加大投资力度。\n  topic 促进消费升级。\n"
    )


def test_one_short_first_sentence_among_others_is_no_topic() -> None:
    text = (
        "一、打算\n优化营商环境。推进改革，提升服务。\n"
        "今年要完成投资2000亿元，办好促销活动。再接再厉。\n全市上下要团结一致，奋发有为，不断前进。加油干。\n"
    )
    assert outline(text) == "root\n  numbered 一、打算\n"


def test_short_first_sentences_of_a_few_among_many_are_no_topics() -> None:
    others = "".join(f"今年要继续完成重点投资{n}00亿元，办好促销活动。再接再厉。\n" for n in range(1, 6))
    assert outline(TOPICS + others) == "root\n  numbered 一、打算\n"


def test_a_long_first_sentence_is_no_topic() -> None:
    text = "".join(
        f"{word}要坚持一切从实际出发不断推动各项工作取得新的更大成绩。接着说。\n"
        for word in ("经济建设", "文化建设", "社会建设")
    )
    assert outline(text) == "root\n"


def test_a_short_first_sentence_with_a_figure_is_a_statement() -> None:
    text = "新增就业20万人。超额完成任务。\n新建学校30所。全部投入使用。\n新修公路5公里。按期通车。"
    assert outline(text) == "root\n"


def test_a_figure_in_characters_makes_a_statement_too() -> None:
    text = (
        "新增就业二十万人。超额完成任务。\n新建学校一百三十所。全部投入使用。\n粮食增产百分之三。按期收获。"
    )
    assert outline(text) == "root\n"
    plain = "千方百计稳增长。推进改革。\n推进四个全面布局。提升服务。\n促进消费升级。办好活动。"
    assert outline(plain).count("topic") == 3


@pytest.mark.parametrize("text", ["", " \n ", "没有任何编号的一段话。", "😀"])
def test_a_text_without_headings_is_one_section(text: str) -> None:
    sections = parse_sections(text)
    assert len(sections) == 1
    assert (sections[0].span.start, sections[0].span.end) == (0, len(text))


@settings(max_examples=200, deadline=None)
@given(report_texts)
def test_sections_nest_and_their_own_texts_are_the_whole_text(text: str) -> None:
    sections = parse_sections(text)
    position = 0
    for number, section in enumerate(sections):
        assert section.number == number
        if section.parent is None:
            assert number == 0
        else:
            parent = sections[section.parent]
            assert section.parent < number
            assert section.depth == parent.depth + 1
            assert parent.span.holds(section.span)
            assert section.heading.start == section.span.start
            assert section.span.holds(section.heading)
            assert section.heading.of(text) == section.heading.of(text).strip()
        own = own_text(sections, number)
        assert own.start == position
        position = own.end
    assert position == len(text)


LONG = (
    "一年来，全市各级各部门齐心协力，扎实工作，经济社会发展取得新的成绩，人民生活继续改善，社会大局保持稳定。"
)


def headings(text: str) -> list[tuple[int, str]]:
    return [(s.depth, s.heading.of(text)) for s in parse_sections(text)[1:]]


def test_a_short_line_between_paragraphs_is_a_heading_though_it_has_no_number() -> None:
    text = (
        f"某市政府工作报告\n各位代表：\n{LONG}\n关于国内建设\n{LONG}\n一、改革企业\n{LONG}\n二、改革流通\n{LONG}\n"
        f"关于对外交往\n{LONG}\n{LONG}"
    )
    assert headings(text) == [
        (1, "关于国内建设"),
        (2, "一、改革企业"),
        (2, "二、改革流通"),
        (1, "关于对外交往"),
    ]


def test_below_a_number_that_goes_on_such_a_line_is_a_topic() -> None:
    text = f"各位代表：\n{LONG}\n一、回顾\n{LONG}\n二、任务\n{LONG}\n一个重点\n{LONG}\n三、自身建设\n{LONG}"
    assert headings(text) == [(1, "一、回顾"), (1, "二、任务"), (2, "一个重点"), (1, "三、自身建设")]


@pytest.mark.parametrize(
    "line",
    [
        "张三丰",
        "2024年1月5日",
        "（2024年1月）",
        "表3 主要指标",
        "——努力奋斗",
        "我们要，坚持",
        "单位亿元",
        "5.2%",
    ],
)
def test_other_short_lines_are_no_headings(line: str) -> None:
    assert headings(f"各位代表：\n{LONG}\n{line}\n{LONG}") == []


def test_a_line_inside_a_broken_sentence_is_no_heading() -> None:
    assert headings(f"各位代表：\n{LONG}\n我们将坚持\n稳中求进\n{LONG}") == []


@pytest.mark.parametrize("day", ["五一、端午", "三一、徐工", "六一、"])
def test_a_line_that_opens_with_a_day_or_a_name_opens_with_no_number(day: str) -> None:
    text = f"某市政府工作报告\n一、去年工作回顾\n{day}期间接待游客100万人次。\n新建学校3所。\n二、今年工作安排\n新建公路5公里。"
    headings = [section.heading.of(text) for section in parse_sections(text)]
    assert any("去年工作回顾" in title for title in headings) and any(
        "今年工作安排" in title for title in headings
    )
