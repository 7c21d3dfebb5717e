"""Values, exports and wording of comparisons, on tables made by hand."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import docx
import openpyxl
import pytest

from answers.answer import Answer, Reply
from answers.comparison.cells import agreeing
from answers.comparison.export import Unanswered, exported, quoted
from answers.comparison.file_names import said_in_name
from answers.comparison.questions.columns import Column
from answers.comparison.questions.plan import ComparisonPlan
from answers.comparison.table import Cell, Comparison, Row
from answers.comparison.terms import terms_among
from answers.comparison.values import Meaning, Misfit, Other, by_value, cell_value, series
from answers.comparison.wording import wording_over_years
from answers.errors import ExportError
from answers.place import Place
from answers.sheets.files import Format, format_of
from answers.sheets.naming import file_name
from answers.understanding.period import Period
from answers.understanding.question import understand
from answers.understanding.scope import Scope
from indexer.build import build_index
from indexer.index import ReportIndex, open_index
from indexer.text.span import Span
from tests.answers.sheets.readers import csv_rows, docx_rows, markdown_rows, xlsx_rows
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report


def index_of(folder: Path, *reports: tuple[str, str]) -> ReportIndex:
    for name, text in reports:
        write_report(folder, name, text)
    build_index([folder], folder / "index", FakeEncoder())
    return open_index(folder / "index", FakeEncoder().identity)


def cell(index: ReportIndex, document: str, words: str) -> Cell:
    """A cell that quotes `words`, or says nothing for empty words."""
    if not words:
        return Cell(None, None, 0.1)
    report = index.report(document)
    start = report.text.index(words)
    span = Span(start, start + len(words))
    passage = next(p for p in report.passages if p.span.holds(span))
    sentence = next(u.span for u in report.units if u.kind.value == "sentence" and u.span.holds(span))
    answer = Answer(
        Place.of(report, passage.section, span), words, span, sentence, passage.span, passage.section, 1.0
    )
    return Cell(answer, answer, 0.9)


def table(index: ReportIndex, **quotations: str) -> Comparison:
    rows = tuple(Row(name, (cell(index, name, words),)) for name, words in quotations.items())
    column = Column(Period.TARGET, "粮食目标是多少？")
    plan = ComparisonPlan("各地粮食目标？", (column,), tuple(quotations), (), False)
    return Comparison(plan, (column,), rows, 1.0)


@pytest.fixture(scope="module")
def grain(tmp_path_factory: pytest.TempPathFactory) -> ReportIndex:
    return index_of(
        tmp_path_factory.mktemp("grain"),
        ("甲", "今年主要目标是，粮食产量500亿斤左右，经济增长5%。"),
        ("乙", "今年主要目标是，粮食产量1600亿斤以上，服务业占比5%。"),
        ("丙", "今年主要目标是，粮食产量4000万吨，经济增长百分之六以上。"),
        ("丁", "今年主要目标是，粮食丰收，经济增长6—7%。"),
        ("=戊", "今年主要目标是，=HYPERLINK(1)粮食，增产3%。"),
    )


def test_values_of_one_kind_are_drawn_in_one_unit(grain: ReportIndex) -> None:
    found = series(table(grain, 甲="500亿斤左右", 乙="1600亿斤以上", 丙="4000万吨", 丁=""), 0, grain)
    assert found is not None
    assert found.unit == "亿斤"
    assert [(p.document, p.low, p.amount.bound.value) for p in found.points] == [
        ("甲", 500, "around"),
        ("乙", 1600, "at_least"),
        ("丙", 800, "exact"),
    ]
    assert found.silent == ("丁",)


def test_growth_and_share_are_not_drawn_together(grain: ReportIndex) -> None:
    comparison = table(grain, 甲="5%", 乙="5%", 丙="百分之六以上", 丁="6—7%")
    found = series(comparison, 0, grain)
    assert found is not None
    assert [p.document for p in found.points] == ["甲", "丙", "丁"]
    assert found.others == (Other("乙", "5%", Misfit.SHARE),)
    assert by_value(comparison, 0, grain) == ("丁", "丙", "甲", "乙")
    value = cell_value(comparison.rows[1].cells[0], grain.report("乙"))
    assert value is not None and value.meaning is Meaning.LEVEL


def replied(index: ReportIndex, document: str, *words: str, apart: float = 1.0) -> Reply:
    """A reply whose answers are `words`, best first, each `apart` logits below the one before."""
    answers = [cell(index, document, word).nearest for word in words]
    ranked = tuple(replace(a, score=-n * apart) for n, a in enumerate(a for a in answers if a is not None))
    question = understand("粮食产量目标是多少？")
    return Reply(question, Scope((document,)), ranked, (), 0.9, False, None, 1.0, 6.0)


def firsts(replies: list[Reply]) -> list[str]:
    return [reply.candidates[0].text if reply.candidates else "" for reply in replies]


def test_a_figure_of_another_unit_than_the_columns_yields_to_its_neighbour(grain: ReportIndex) -> None:
    others = [replied(grain, "甲", "500亿斤左右"), replied(grain, "乙", "1600亿斤以上")]
    wrong = replied(grain, "丙", "百分之六以上", "4000万吨")
    more = replied(grain, "甲", "500亿斤左右")
    assert firsts(agreeing([*others, more, wrong], grain))[-1] == "4000万吨"
    # Not where the reader was sure, where too few agree, or where there is no such figure.
    sure = replied(grain, "丙", "百分之六以上", "4000万吨", apart=20.0)
    assert firsts(agreeing([*others, more, sure], grain))[-1] == "百分之六以上"
    assert firsts(agreeing([*others, wrong], grain))[-1] == "百分之六以上"
    assert firsts(agreeing([*others, more, replied(grain, "丁", "6—7%")], grain))[-1] == "6—7%"


def test_what_is_not_drawn_says_what_it_is_and_why(grain: ReportIndex) -> None:
    comparison = table(grain, 甲="500亿斤左右", 乙="5%", 丙="4000万吨", 丁="粮食丰收")
    found = series(comparison, 0, grain)
    assert found is not None
    assert [point.document for point in found.points] == ["甲", "丙"]
    assert found.others == (Other("乙", "5%", Misfit.UNIT), Other("丁", "粮食丰收", Misfit.NO_NUMBER))
    apart = series(table(grain, 甲="500亿斤左右", 乙="5%"), 0, grain)
    assert apart is not None and apart.points == ()


def test_a_single_value_is_not_drawn(grain: ReportIndex) -> None:
    assert series(table(grain, 甲="500亿斤左右", 丁="粮食丰收"), 0, grain) is None


def test_every_export_holds_the_quotations_and_no_formula(grain: ReportIndex) -> None:
    comparison = table(grain, **{"甲": "500亿斤左右", "丁": "", "=戊": "=HYPERLINK(1)粮食"})
    book = openpyxl.load_workbook(io.BytesIO(exported([comparison], grain, Format.XLSX)))
    values, quotations = book.worksheets
    assert [c.value for c in values[2]][6:11] == ["500亿斤左右", 50_000_000_000, None, "斤", "左右"]
    assert values[3][6].value == "没有出现这些词"
    assert values[4][6].value == "=HYPERLINK(1)粮食"
    assert all(c.data_type != "f" for sheet in book.worksheets for row in sheet for c in row)
    assert "第 1 段" in str(quotations[2][4].value)
    lines = list(csv.reader(io.StringIO(exported([comparison], grain, Format.CSV).decode("utf-8-sig"))))
    assert [line[6] for line in lines[1:]] == ["500亿斤左右", "没有出现这些词", "'=HYPERLINK(1)粮食"]
    written = docx.Document(io.BytesIO(exported([comparison], grain, Format.DOCX)))
    assert [row.cells[1].text for row in written.tables[0].rows][1:] == [
        "500亿斤左右 [1]",
        "没有出现这些词",
        "=HYPERLINK(1)粮食 [2]",
    ]
    markdown = exported([comparison], grain, Format.MARKDOWN).decode()
    assert "| 甲 | 500亿斤左右 [1] |" in markdown
    english = exported([comparison], grain, Format.MARKDOWN, "en").decode()
    assert "these words do not occur" in english


def test_a_workbook_and_a_csv_file_have_the_same_columns_numbers_and_words(grain: ReportIndex) -> None:
    comparison = table(grain, 甲="500亿斤左右", 乙="1600亿斤以上", 丁="")
    values, quotations = xlsx_rows(exported([comparison], grain, Format.XLSX))
    lines = csv_rows(exported([comparison], grain, Format.CSV))
    assert [line[:-1] for line in lines] == values
    assert [line[-1] for line in lines] == [row[4] for row in quotations]
    named = [dict(zip(values[0], row, strict=True)) for row in values[1:]]
    assert [(one["数值"], one["界限"], one["主题"]) for one in named] == [
        ("50000000000", "左右", "农业农村"),
        ("160000000000", "以上", "农业农村"),
        ("", "", "农业农村"),
    ]
    english = xlsx_rows(exported([comparison], grain, Format.XLSX, "en"))[0]
    assert dict(zip(english[0], english[1], strict=True))["Bound"] == "around"


def test_a_workbook_leads_to_the_place_in_the_app_and_to_where_the_report_was_published(
    tmp_path: Path,
) -> None:
    name, text = "甲", "今年主要目标是，粮食产量500亿斤左右。"
    head = "---\nsource: https://www.example.gov.cn/art/1.html?a=1&b=2\n---\n\n"
    (tmp_path / f"{name}.md").write_text(head + text, encoding="utf-8")
    index = index_of(tmp_path, ("乙", "今年主要目标是，粮食产量600亿斤。"))
    comparison = table(index, 甲="500亿斤左右", 乙="600亿斤")
    content = exported([comparison], index, Format.XLSX, base="https://wenbao.example.cn/commitments")
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    heads = [cell.value for cell in page[1]]
    opened, published = page[2][heads.index("链接")], page[2][heads.index("网址")]
    answer = comparison.rows[0].cells[0].answer
    assert answer is not None
    assert opened.hyperlink is not None and published.hyperlink is not None
    assert parse_qs(urlsplit(opened.hyperlink.target).query) == {
        "report": ["甲"], "start": [str(answer.span.start)], "end": [str(answer.span.end)]
    }  # fmt: skip
    assert (opened.value, published.value) == ("在问报里打开", "发布的网页")
    assert published.hyperlink.target == "https://www.example.gov.cn/art/1.html?a=1&b=2"
    assert page[3][heads.index("网址")].hyperlink is None
    # A file without links has the address in words.
    csv_line = dict(
        zip(heads, csv_rows(exported([comparison], index, Format.CSV, base="http://h/c"))[1], strict=False)
    )
    assert csv_line["链接"].startswith("http://h/c?report=") and csv_line["网址"].startswith("https://www")


def test_what_was_asked_and_not_answered_keeps_its_row(grain: ReportIndex) -> None:
    comparison = table(grain, 甲="500亿斤左右", 丁="")
    missing = replace(comparison, plan=replace(comparison.plan, missing=("西藏",)))
    failed = [Unanswered("？？", "这不是一个问题")]
    for form in (Format.XLSX, Format.CSV):
        content = exported([missing], grain, form, unanswered=failed)
        rows = csv_rows(content) if form is Format.CSV else xlsx_rows(content)[0]
        named = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        assert [(one["问题"], one["报告"] or one["地区"], one["引文"]) for one in named] == [
            ("各地粮食目标？", "甲", "500亿斤左右"),
            ("各地粮食目标？", "丁", "没有出现这些词"),
            ("各地粮食目标？", "西藏", "文库里没有这里的报告"),
            ("？？", "", "这不是一个问题"),
        ]
    shown, failure = markdown_rows(exported([missing], grain, Format.MARKDOWN, unanswered=failed))
    assert shown[-1] == ["西藏", "文库里没有这里的报告"] and failure[-1] == ["这不是一个问题"]


def test_the_name_of_a_file_says_what_is_in_it(grain: ReportIndex, tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        *(
            (f"{year}年{place}政府工作报告", f"{place}{year}年粮食500亿斤。")
            for year in (2024, 2025)
            for place in ("江苏省", "湖北省")
        ),
    )
    names = {
        f"{year}年{place}政府工作报告": "500亿斤" for year in (2024, 2025) for place in ("江苏省", "湖北省")
    }

    def name(query: str, *documents: str) -> str:
        comparison = table(index, **{one: names[one] for one in documents})
        asked = (Column(Period.TARGET, query),)
        return file_name(
            "对比",
            *said_in_name(
                replace(comparison, plan=replace(comparison.plan, columns=asked), columns=asked), index
            ),
        )

    assert (
        name("今年的GDP增长目标是多少？", "2025年江苏省政府工作报告", "2025年湖北省政府工作报告")
        == "对比_江苏_湖北_GDP增长目标_2025"
    )
    assert (
        name("怎么发展低空经济？", "2024年江苏省政府工作报告", "2025年江苏省政府工作报告")
        == "对比_江苏_怎么发展低空经济_2024-2025"
    )
    # Of many reports the regions are not said.
    assert (
        said_in_name(table(grain, 甲="500亿斤左右", 乙="1600亿斤以上", 丙="4000万吨", 丁=""), grain)[0]
        == "粮食目标"
    )


HOSTILE = ("=HYPERLINK(1)", "＝1+1", "－2", "＋3", "＠SUM(A1)", "-4", "<b>粮食</b>", "[粮](x)")


def test_no_cell_of_a_comparison_acts_in_any_format(tmp_path: Path) -> None:
    index = index_of(tmp_path, *((f"{text[:2]}{n}", f"今年{text}粮食。") for n, text in enumerate(HOSTILE)))
    names = [f"{text[:2]}{n}" for n, text in enumerate(HOSTILE)]
    comparison = table(index, **dict(zip(names, HOSTILE, strict=True)))
    values, quotations = xlsx_rows(exported([comparison], index, Format.XLSX))
    assert [row[6] for row in values[1:]] == [row[3] for row in quotations[1:]] == list(HOSTILE)
    lines = csv_rows(exported([comparison], index, Format.CSV))
    assert [line[6] for line in lines[1:]] == [f"'{text}" for text in HOSTILE[:6]] + list(HOSTILE[6:])
    assert [line[2].removeprefix("'") for line in lines[1:]] == names
    marked = [f"{text} [{number}]" for number, text in enumerate(HOSTILE, 1)]
    for (rows,) in (
        docx_rows(exported([comparison], index, Format.DOCX)),
        markdown_rows(exported([comparison], index, Format.MARKDOWN)),
    ):
        assert [row[0] for row in rows[1:]] == names
        assert [row[1] for row in rows[1:]] == marked


def test_a_quotation_that_the_report_does_not_hold_is_not_exported(grain: ReportIndex) -> None:
    comparison = table(grain, 甲="500亿斤左右")
    answer = comparison.rows[0].cells[0].answer
    assert answer is not None
    false = Answer(answer.place, "900亿斤", answer.span, answer.sentence, answer.passage, answer.section, 1.0)
    altered = Comparison(comparison.plan, comparison.columns, (Row("甲", (Cell(false, false, 0.9),)),), 1.0)
    assert not altered.proven(grain)
    assert [c.mentioned for row in quoted(altered, grain) for c in row.cells] == [False]


def test_a_file_of_another_kind_is_refused() -> None:
    assert format_of("表.XLSX") is Format.XLSX
    with pytest.raises(ExportError, match=r"\.pdf"):
        format_of("表.pdf")


def test_the_rare_words_of_a_question_weigh_most() -> None:
    terms = terms_among(
        "今年怎么发展低空经济？", ["发展低空经济。", "数字经济。", "县域经济。", "海洋经济。"]
    )
    assert terms.coverage("低空经济") == 1
    assert terms.coverage("低空飞行") > terms.coverage("数字经济") > 0
    assert terms_among("怎么样？", ["甲"]).coverage("乙") == 1


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> ReportIndex:
    return index_of(
        tmp_path_factory.mktemp("years"),
        ("国务院政府工作报告2023", "坚持“房住不炒”定位，房地产市场平稳发展。支持住房需求。"),
        ("国务院政府工作报告2024", "优化房地产政策，房地产市场平稳发展，构建“新模式”。改革创新。"),
        ("国务院政府工作报告2025", "持续用力推动房地产市场止跌回稳，构建“新模式”。重提房住不炒的要求。"),
    )


def test_new_and_gone_are_literal_and_looked_for_in_the_whole_report(years: ReportIndex) -> None:
    names = [report.name for report in years.reports]
    first, second, third = wording_over_years("历年国务院报告怎么说房地产？", names[::-1], years)
    assert [w.year for w in (first, second, third)] == [2023, 2024, 2025]
    assert (first.new, first.gone, first.before) == ((), (), "")
    assert "新模式" in [e.text for e in second.new]
    assert "房住不炒" in [e.text for e in second.gone]
    assert "房地产市场平稳发展" not in [e.text for e in (*second.new, *second.gone)]
    assert "新模式" not in [e.text for e in (*third.new, *third.gone)]
    for wording in (second, third):
        for evidence, name in (
            *((e, wording.document) for e in (*wording.sentences, *wording.new)),
            *((e, wording.before) for e in wording.gone),
        ):
            text = years.report(name).text
            assert evidence.span.of(text) == evidence.text
            assert evidence.place.document == name
            assert evidence.sentence.holds(evidence.span)


def test_of_a_list_only_the_topic_itself_is_called_new_or_gone(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        ("国务院政府工作报告2024", "载人航天、核电技术、人工智能等领域成果不断涌现，产业升级。"),
        (
            "国务院政府工作报告2025",
            "大力发展智能网联新能源汽车、人工智能手机和电脑、智能机器人等新一代智能终端以及智能制造装备。",
        ),
    )
    names = [report.name for report in index.reports]
    _, second = wording_over_years("近两年国务院报告怎么说人工智能？", names, index)
    assert [e.text for e in second.new] == ["人工智能手机和电脑"]
    assert [e.text for e in second.gone] == ["人工智能等领域成果不断涌现"]


def test_another_figure_or_bound_is_no_sameness_though_no_phrase_is_new(tmp_path: Path) -> None:
    index = index_of(
        tmp_path,
        ("国务院政府工作报告2023", "赤字率拟按3%安排。办好教育。"),
        ("国务院政府工作报告2024", "赤字率拟按4%左右安排。办好教育。"),
        ("国务院政府工作报告2025", "赤字率拟按4%左右安排。办好学校。"),
    )
    names = [report.name for report in index.reports]
    _, second, third = wording_over_years("近三年国务院报告的赤字率", names, index)
    assert (second.new, second.gone, second.same) == ((), (), False)
    assert (third.new, third.gone, third.same) == ((), (), True)


def test_a_report_that_does_not_name_the_topic_has_no_sentences(years: ReportIndex) -> None:
    names = [report.name for report in years.reports]
    assert [len(w.sentences) for w in wording_over_years("改革创新", names, years)] == [0, 1, 0]
