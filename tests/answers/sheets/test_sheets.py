"""Texts from reports are shown in an exported file and never act there, in whatever format."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from answers.errors import ExportError
from answers.sheets import writers
from answers.sheets.files import Format, format_of, save, written
from answers.sheets.sheet import Linked, Noted, Sheet
from tests.answers.sheets.readers import csv_rows, docx_rows, markdown_rows, runs, xlsx_rows

DANGEROUS = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "坏\x00\x0b字\ud800", "正常")
SHEET = Sheet("台账", ("一", "二"), tuple((text, 1.5) for text in DANGEROUS), fixed_columns=1)

KNOWN = [
    *DANGEROUS,
    *(
        "－2",
        " =1+1",
        "\u3000＝1+1",
        "\u00ad=1+1",
        "\u2066 －2",
        "#N/A",
        "1. 一",
        "- 一",
        "---",
        "<b>粮</b>",
        "<http://x.cn>",
        "&lt;b&gt;",
    ),
    *("**粮**", "_粮_", "`粮`", "~~粮~~", "[粮](x)", "![x](y)", "粮 | 油", "\\", "# 粮", "> 粮", ""),
]
hostile = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(KNOWN),
        st.text("=+-@＝＋－＠﹦'\"\t\r\n \u3000\ufeff\u200b1A,;", max_size=8),
        st.text("*_`[]()<>#|~$&\\!{}:/.1-+ \nlt;", max_size=12),
        st.text("字\x00\x07\x0b\x1f\x7f\x85\ud800\udfff\ufffe\uffff𠮷\u2028", max_size=8),
    ),
    min_size=1,
    max_size=12,
)


def kept(text: str) -> str:
    """A text without control characters but tabs and line breaks, without halves of characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign
        for sign in text
        if sign in "\t\n" or (unicodedata.category(sign) not in ("Cc", "Cs") and sign not in "\ufffe\uffff")
    )


def one_line(text: str) -> str:
    return " ".join(kept(text).split())


def sheet_of(texts: list[str]) -> Sheet:
    """The texts as headings, as cells, and with notes, between numbers of ours."""
    rows = tuple((text, Noted(text, text), -2.5, None) for text in texts)
    return Sheet(texts[0], (texts[0], texts[-1], "数", ""), rows)


@settings(max_examples=25, deadline=None)
@given(hostile)
@example(KNOWN)
def test_no_cell_of_a_workbook_runs_and_every_text_stays(texts: list[str]) -> None:
    (rows,) = xlsx_rows(written([sheet_of(texts)], Format.XLSX))
    assert rows[0] == [kept(texts[0]), kept(texts[-1]), "数", ""]
    assert rows[1:] == [[kept(text), kept(f"{text} [{text}]"), "-2.5", ""] for text in texts]


@settings(max_examples=60, deadline=None)
@given(hostile)
@example(KNOWN)
def test_no_cell_of_a_csv_file_runs_and_every_text_stays(texts: list[str]) -> None:
    rows = csv_rows(written([sheet_of(texts)], Format.CSV))
    assert [row[2:] for row in rows] == [["数", ""], *[["-2.5", ""]] * len(texts)]
    for text, (first, second, *_) in zip(texts, rows[1:], strict=True):
        for cell, said in ((first, kept(text)), (second, kept(f"{text} [{text}]"))):
            assert cell in (said, f"'{said}")
            assert cell == f"'{said}" or not runs(said)


@settings(max_examples=10, deadline=None)
@given(hostile)
@example(KNOWN)
def test_no_cell_of_a_word_document_acts_and_every_text_stays(texts: list[str]) -> None:
    content = written([sheet_of(texts)], Format.DOCX)
    (rows,) = docx_rows(content)
    assert rows[1:] == [
        [one_line(text), f"{one_line(text)} [{number}]", "-2.5", ""] for number, text in enumerate(texts, 1)
    ]
    title, *notes = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    assert title == one_line(texts[0])
    assert notes == [f"[{number}] {one_line(text)}" for number, text in enumerate(texts, 1)]


@settings(max_examples=60, deadline=None)
@given(hostile)
@example(KNOWN)
def test_no_cell_of_a_markdown_table_acts_and_every_text_stays(texts: list[str]) -> None:
    (rows,) = markdown_rows(written([sheet_of(texts)], Format.MARKDOWN))
    assert rows[1:] == [
        [one_line(text), f"{one_line(text)} [{number}]".strip(), "-2.5", ""]
        for number, text in enumerate(texts, 1)
    ]


def test_no_cell_of_the_xlsx_is_a_formula() -> None:
    page = openpyxl.load_workbook(io.BytesIO(written([SHEET], Format.XLSX))).active
    assert page is not None
    cells = [page.cell(row, 1) for row in range(2, 2 + len(DANGEROUS))]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [
        text.replace("\x00", "").replace("\x0b", "").replace("\ud800", "") for text in DANGEROUS
    ]
    assert page.cell(2, 2).value == 1.5
    assert page.freeze_panes == "B2"


def test_a_text_stays_a_text_when_somebody_edits_its_cell() -> None:
    page = openpyxl.load_workbook(io.BytesIO(written([SHEET], Format.XLSX))).active
    assert page is not None
    quoted = [bool(page.cell(row, 1).quotePrefix) for row in range(2, 2 + len(DANGEROUS))]
    assert quoted == [True] * 6 + [False] * 2


def test_no_cell_of_the_csv_is_run_as_a_formula() -> None:
    content = written([SHEET], Format.CSV)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == ["一", "二"]
    assert [row[0][:1] for row in rows[1:]] == ["'"] * 6 + ["坏", "正"]


@pytest.mark.parametrize("text", ["长" * 40_000, "𠮷" * 40_000, "=" + "长" * 40_000])
def test_a_text_longer_than_a_cell_may_be_is_cut(text: str) -> None:
    sheet = Sheet("一", ("一",), ((text,),))
    page = openpyxl.load_workbook(io.BytesIO(written([sheet], Format.XLSX))).active
    assert page is not None
    for cell in (str(page.cell(2, 1).value), csv_rows(written([sheet], Format.CSV))[1][0]):
        assert 32_766 <= len(cell.encode("utf-16-le")) // 2 <= 32_767
        assert cell.removeprefix("'") == text[: len(cell.removeprefix("'"))]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "file:///etc/passwd", "ftp://x.cn", "=HYPERLINK(1)", "", "http://", "http:// x.cn",
        "https://x.cn/\x07", "https://x.cn/\ud800", "https://x.cn/" + "长" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_text_alone(address: str) -> None:
    sheet = Sheet("一", ("一",), ((Linked("打开", address),),))
    page = openpyxl.load_workbook(io.BytesIO(written([sheet], Format.XLSX))).active
    assert page is not None
    assert page.cell(2, 1).hyperlink is None and page.cell(2, 1).data_type != "f"


def test_an_address_is_a_link_in_a_workbook_and_words_elsewhere() -> None:
    address = 'https://x.cn/报告?a="1"&b=<2>'
    sheet = Sheet("一", ("一", "二"), (("文", Linked("打开", address)),))
    page = openpyxl.load_workbook(io.BytesIO(written([sheet], Format.XLSX))).active
    assert page is not None
    cell = page.cell(2, 2)
    assert cell.hyperlink is not None and (cell.value, cell.hyperlink.target) == ("打开", address)
    assert cell.hyperlink.ref == "B2" and page.cell(2, 1).hyperlink is None
    assert csv_rows(written([sheet], Format.CSV))[1] == ["文", address]
    assert docx_rows(written([sheet], Format.DOCX))[0][1] == ["文", address]
    assert markdown_rows(written([sheet], Format.MARKDOWN))[0][1] == ["文", address]


def test_no_more_links_than_excel_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "_MOST_LINKS", 2)
    sheet = Sheet("一", ("一",), tuple((Linked("打开", f"https://x.cn/{n}"),) for n in range(4)))
    page = openpyxl.load_workbook(io.BytesIO(written([sheet], Format.XLSX))).active
    assert page is not None
    assert [page.cell(row, 1).value for row in range(2, 6)] == [
        "打开",
        "打开",
        "https://x.cn/2",
        "https://x.cn/3",
    ]


def test_whole_numbers_are_written_alike_in_every_format() -> None:
    sheet = Sheet("一", ("一", "二", "三"), ((53_000.0, 0.1, 1e30),))
    assert csv_rows(written([sheet], Format.CSV))[1] == ["53000", "0.1", "1e+30"]
    (book,) = xlsx_rows(written([sheet], Format.XLSX))
    assert [float(cell) for cell in book[1]] == [53_000, 0.1, 1e30] and book[1][0] == "53000"


def test_a_workbook_has_a_sheet_for_each_table_whatever_their_titles_hold() -> None:
    sheets = [Sheet(title, ("一",), (("二",),)) for title in ("值", "各省[甲]:怎么/说?", "长" * 40, "", "值")]
    book = openpyxl.load_workbook(io.BytesIO(written(sheets, Format.XLSX)))
    assert len(set(book.sheetnames)) == 5
    assert book.sheetnames[:2] == ["值", "各省 甲  怎么 说"]
    assert all(0 < len(name) <= 31 for name in book.sheetnames)


def test_tables_follow_each_other_in_the_other_formats() -> None:
    sheets = [Sheet("甲", ("一",), (("二",),)), Sheet("乙", ("三", "四"), ((5, float("nan")),))]
    assert csv_rows(written(sheets, Format.CSV)) == [["一"], ["二"], [], ["三", "四"], ["5", "nan"]]
    expected = [[["一"], ["二"]], [["三", "四"], ["5", "nan"]]]
    assert docx_rows(written(sheets, Format.DOCX)) == expected
    assert markdown_rows(written(sheets, Format.MARKDOWN)) == expected
    assert xlsx_rows(written(sheets, Format.XLSX)) == expected


def test_a_file_of_another_kind_is_refused() -> None:
    assert format_of("表.XLSX") is Format.XLSX
    with pytest.raises(ExportError, match=r"表\.docx.*\.xlsx、\.csv 结尾"):
        format_of("表.docx", (Format.XLSX, Format.CSV))
    with pytest.raises(ExportError, match="xlsx"):
        format_of("xlsx表")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    save(tmp_path / "表.csv", b"1")
    with pytest.raises(ExportError, match="没有"):
        save(tmp_path / "没有" / "表.csv", b"1")
