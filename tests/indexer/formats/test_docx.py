from __future__ import annotations

import io
import zipfile

import docx
import pytest

from indexer.formats.docx_numbering import formatted
from tests.indexer.formats.builders import (
    REPORT,
    W,
    lines_of,
    raw_word_file,
    read,
    refusal,
    saved,
    with_body,
    word_file,
)


def body(xml: str, **parts: str) -> bytes:
    return raw_word_file(f"<w:document {W}><w:body>{xml}</w:body></w:document>", **parts)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_paragraphs_in_order_each_ended() -> None:
    extracted = read("a.docx", word_file())
    assert extracted.text == "".join(f"{line}\n" for line in REPORT)
    assert [piece.page for piece in extracted.pieces] == [None]


def test_the_content_counts_not_the_name() -> None:
    assert lines_of("a.txt", word_file()) == REPORT


def test_headers_footers_and_comments_are_left_out() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.add_comment(document.paragraphs[0].runs, "批注", author="甲")
    assert lines_of("a.docx", saved(document)) == ["正文"]


def test_revisions_count_as_accepted() -> None:
    data = with_body(
        '<w:p><w:r><w:t>增长</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>4%</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>5%</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:r><w:t>左右</w:t></w:r></w:p>'
    )
    assert lines_of("a.docx", data) == ["增长5%左右"]


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    first = (
        '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr><w:r><w:t>上半</w:t></w:r></w:p>'
    )
    assert lines_of("a.docx", body(first + paragraph("下半") + paragraph("另段"))) == ["上半下半", "另段"]


def test_breaks_tabs_hidden_text_and_phonetic_guides() -> None:
    data = body(
        "<w:p><w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:ruby><w:rt><w:r><w:t>si</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>四</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert read("a.docx", data).text == "一\n二\t三四\n"


def test_a_text_box_follows_its_paragraph_once() -> None:
    box = f"<w:txbxContent>{paragraph('框中')}</w:txbxContent>"
    data = raw_word_file(
        f'<w:document {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body><w:p><w:r>'
        f"<w:t>正文</w:t><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p></w:body></w:document>"
    )
    assert lines_of("a.docx", data) == ["正文", "框中"]


def test_notes_stand_at_the_end_without_their_separators() -> None:
    notes = f'<w:footnotes {W}><w:footnote w:type="separator">{paragraph("线")}</w:footnote><w:footnote>{paragraph("注释")}</w:footnote></w:footnotes>'
    assert lines_of("a.docx", body(paragraph("正文"), footnotes=notes)) == ["正文", "注释"]


def test_the_table_of_contents_is_left_out() -> None:
    styles = f'<w:styles {W}><w:style w:styleId="11"><w:name w:val="toc 1"/></w:style></w:styles>'
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('一、目录 1')}</w:sdtContent></w:sdt>"
    )
    other = f"<w:sdt><w:sdtContent>{paragraph('控件里的正文')}</w:sdtContent></w:sdt>"
    data = body(contents + paragraph("二、目录 2", '<w:pStyle w:val="11"/>') + other, styles=styles)
    assert lines_of("a.docx", data) == ["控件里的正文"]


def table(rows: list[list[str]]) -> bytes:
    document = docx.Document()
    document.add_paragraph("表前")
    grid = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("表后")
    return saved(document)


def test_a_row_of_a_table_is_one_line_with_the_headers() -> None:
    data = table([["指标", "2024年", "2025年"], ["GDP", "5%", "5%左右"], ["就业", "", "20万人"]])
    assert lines_of("a.docx", data) == [
        "表前",
        "指标：GDP | 2024年：5% | 2025年：5%左右",
        "指标：就业 | 2025年：20万人",
        "表后",
    ]


def test_a_table_of_one_column_and_one_row() -> None:
    assert lines_of("a.docx", table([["甲"], ["乙"]])) == ["表前", "甲", "乙", "表后"]
    assert lines_of("a.docx", table([["甲", "乙"]])) == ["表前", "甲 | 乙", "表后"]


def merged(texts: list[list[str]], *merges: tuple[int, int, int, int]) -> bytes:
    """A Word file of one table in which cells are merged, each from a row and a column to another."""
    document = docx.Document()
    grid = document.add_table(len(texts), len(texts[0]))
    for row, values in zip(grid.rows, texts, strict=True):
        for cell, text in zip(row.cells, values, strict=True):
            cell.text = text
    for top, left, bottom, right in merges:
        grid.cell(top, left).merge(grid.cell(bottom, right))
    return saved(document)


def test_what_rows_are_called_by_is_said_of_each_and_a_caption_is_no_header() -> None:
    texts = [["主要指标", "", ""], ["类别", "指标", "目标"], ["经济", "GDP", "5%"], ["", "投资", "4%"]]
    expected = ["主要指标", "类别：经济 | 指标：GDP | 目标：5%", "类别：经济 | 指标：投资 | 目标：4%"]
    assert lines_of("a.docx", merged(texts, (0, 0, 0, 2), (2, 0, 3, 0))) == expected


def test_an_amount_over_several_rows_is_said_once() -> None:
    texts = [["项目", "投资", "单位"], ["学校", "300万元", "县教育局"], ["食堂", "", ""]]
    expected = ["项目：学校 | 投资：300万元 | 单位：县教育局", "项目：食堂 | 单位：县教育局"]
    assert lines_of("a.docx", merged(texts, (1, 1, 2, 1), (1, 2, 2, 2))) == expected


def test_nobody_knows_of_which_column_a_value_over_two_is() -> None:
    texts = [
        ["指标", "2023年实绩", "2024年目标", "备注"],
        ["合计", "120亿元", "135亿元", ""],
        ["工业", "45亿元", "", ""],
    ]
    expected = ["指标：合计 | 2023年实绩：120亿元 | 2024年目标：135亿元", "指标：工业 | 45亿元"]
    assert lines_of("a.docx", merged(texts, (2, 1, 2, 2))) == expected


def test_columns_are_called_by_both_rows_of_a_header() -> None:
    texts = [
        ["指标", "2023年", "", "备注"],
        ["", "计划", "完成", ""],
        ["就业", "5000人", "5200人", ""],
        ["合计", "9000", "", "x"],
    ]
    expected = ["指标：就业 | 2023年计划：5000人 | 2023年完成：5200人", "指标：合计 | 2023年：9000 | 备注：x"]
    for header in ([(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)], [(0, 1, 0, 2)]):
        assert lines_of("a.docx", merged(texts, *header, (3, 1, 3, 2))) == expected
    # A row of words below a name over two columns is none of the header where it is called by something itself.
    words = [["项目", "单位", ""], ["学校", "县教育局", "县财政局"]]
    assert lines_of("a.docx", merged(words, (0, 1, 0, 2))) == ["项目：学校 | 单位：县教育局 | 单位：县财政局"]


def level(depth: int, form: str, pattern: str) -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{level(0, "chineseCounting", "%1、")}{level(1, "japaneseCounting", "（%2）")}'
    f'{level(2, "decimal", "%3.")}</w:abstractNum><w:abstractNum w:abstractNumId="8">{level(0, "bullet", "•")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
)


def numbered(text: str, depth: int, identifier: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{identifier}"/></w:numPr>')


def test_automatic_numbers_are_written_out() -> None:
    data = body(
        numbered("回顾", 0) + numbered("成绩", 1) + numbered("问题", 1) + numbered("2024年完成", 2) + paragraph("正文")
        + numbered("安排", 0) + numbered("目标", 1) + numbered("要点", 0, 2) + numbered("另起", 0, 3) + numbered("再后", 0, 3),
        numbering=NUMBERING,
    )  # fmt: skip
    assert lines_of("a.docx", data) == [
        "一、回顾", "（一）成绩", "（二）问题", "1. 2024年完成", "正文", "二、安排", "（一）目标", "要点", "五、另起", "六、再后",
    ]  # fmt: skip


def test_numbers_that_come_with_a_style() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="2"><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="3"><w:basedOn w:val="3"/></w:style></w:styles>'
    )
    styled = [paragraph(f"标题{style}", f'<w:pStyle w:val="{style}"/>') for style in (1, 2, 3)]
    out = paragraph("不编号", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    data = body("".join(styled) + out, numbering=NUMBERING, styles=styles)
    assert lines_of("a.docx", data) == ["一、标题1", "（一）标题2", "标题3", "不编号"]


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (10, "chineseCounting", "十"), (12, "japaneseCounting", "十二"), (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCountingThousand", "一百零五"), (110, "taiwaneseCounting", "一百一十"), (3, "ideographTraditional", "丙"),
        (12, "chineseLegalSimplified", "壹拾贰"), (3, "decimalEnclosedCircle", "③"), (4, "lowerRoman", "iv"), (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"), (10, "ideographDigital", "一〇"), (2, "unheardOf", "2"), (0, "lowerRoman", "0"), (1010, "chineseCounting", "一千零一十"),
    ],
)  # fmt: skip
def test_forms_of_numbers(number: int, form: str, written: str) -> None:
    assert formatted(number, form) == written


def test_the_strict_namespace_is_read_too() -> None:
    data = raw_word_file(
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>'
    )
    assert lines_of("a.docx", data) == ["甲"]


@pytest.mark.parametrize("xml", ["", "<a/>", "<w:document", f"<w:document {W}/>"])
def test_broken_parts_are_refused(xml: str) -> None:
    assert "damaged" in refusal("a.docx", raw_word_file(xml)).en


def test_the_title_among_the_properties_is_known_and_may_be_broken() -> None:
    document = docx.Document()
    document.core_properties.title = "宁波市2024年 政府工作报告"
    document.add_paragraph(REPORT[1])
    data = saved(document)
    assert read("a.docx", data).declared.titles == ("宁波市2024年 政府工作报告",)
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(broken, "w") as copy:
        for name in whole.namelist():
            copy.writestr(name, b"<x" if name == "docProps/core.xml" else whole.read(name))
    found = read("a.docx", broken.getvalue())
    assert (found.text, found.declared.titles) == (f"{REPORT[1]}\n", ())
