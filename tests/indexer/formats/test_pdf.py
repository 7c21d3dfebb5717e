from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from indexer.formats import ocr, pdf, pdf_worker
from indexer.formats.pdf_text import glyph_rows, pages_of
from indexer.formats.pdf_text import lines_of as written_lines
from tests.indexer.formats.builders import (
    REPORT,
    SENTENCE,
    Placed,
    lines_of,
    pdf_file,
    pdf_of,
    read,
    refusal,
    typeset,
)

PAGES = typeset(REPORT, per_page=9)


def test_printed_lines_become_the_paragraphs_again() -> None:
    assert len(PAGES) > 1
    assert lines_of("a.pdf", pdf_file(PAGES)) == REPORT


def test_pages_are_kept_and_a_paragraph_runs_on_over_the_break() -> None:
    pieces = read("a.pdf", pdf_file(PAGES)).pieces
    assert [piece.page for piece in pieces] == list(range(1, len(PAGES) + 1))
    assert "".join(piece.text for piece in pieces) == "".join(f"{line}\n" for line in REPORT)
    assert not pieces[0].text.endswith("\n")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_reads_the_same(rotation: int) -> None:
    assert lines_of("a.pdf", pdf_file(PAGES, rotate=rotation)) == REPORT


@pytest.mark.parametrize("foot", ["— {} —", "{}", "第 {} 页 共 9 页", "- {} -"])
def test_running_heads_and_page_numbers_are_left_out(foot: str) -> None:
    pages = [
        [(200.0, 50.0, "甲市政府工作报告汇编"), *page, (290.0, 800.0, foot.format(number))]
        for number, page in enumerate(PAGES, 1)
    ]
    assert lines_of("a.pdf", pdf_file(pages)) == REPORT


@pytest.mark.parametrize(
    "address", ["https://www.example.gov.cn/gongbao/2024/content_7000.html", "file:///C:/a.html"]
)
def test_what_a_browser_prints_around_one_or_two_pages_is_left_out(address: str) -> None:
    for report in (REPORT[:4], REPORT):
        made = typeset(report, per_page=20)
        pages = [
            [(40.0, 20.0, "2024/3/23 21:07"), (250.0, 20.0, "政府工作报告_甲市"), *page,
             (40.0, 820.0, address), (540.0, 820.0, f"{number}/{len(made)}")]
            for number, page in enumerate(made, 1)
        ]  # fmt: skip
        assert len(pages) == (1 if report is not REPORT else 2)
        assert lines_of("a.pdf", pdf_file(pages)) == report


def test_heads_and_feet_of_two_pages_are_left_out_and_a_title_is_none() -> None:
    made = typeset(REPORT, per_page=20)
    pages = [
        [(200.0, 50.0, "甲市政府工作报告汇编"), *page, (290.0, 800.0, f"— {n} —")]
        for n, page in enumerate(made, 1)
    ]
    assert len(pages) == 2
    assert lines_of("a.pdf", pdf_file(pages)) == REPORT
    second = [(200.0, 40.0, REPORT[0]), *made[1]]
    assert lines_of("a.pdf", pdf_file([made[0], second]))[0] == REPORT[0]


def test_a_head_that_is_written_after_the_page_is_left_out_and_a_title_that_is_larger_stays() -> None:
    page: list[Placed] = [*typeset(REPORT[:4])[0], (400, 40, "某办公厅明电")]
    assert lines_of("a.pdf", pdf_file([page])) == REPORT[:4]
    assert lines_of("a.pdf", pdf_file([[*page, (280, 820, "印数 300")]])) == REPORT[:4]
    first: list[Placed] = [(400, 40, "某办公厅明电"), *typeset(REPORT[:4])[0]]
    assert lines_of("a.pdf", pdf_file([first])) == ["某办公厅明电", *REPORT[:4]]


def test_a_title_over_two_lines_is_one() -> None:
    # At 90 points of 28 characters of 14 points: in the middle where as much room is left as right.
    body = [(x, y + 60, text) for x, y, text in typeset(REPORT[1:4])[0]]
    title = [(181.0, 60.0, "关于某市本级决算草案"), (223.0, 95.0, "（草案）的报告")]
    large = "".join(
        f"BT /F 21 Tf {x} {842 - y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in title
    )
    data = pdf_file([body], drawn=[large])
    assert lines_of("a.pdf", data)[0] == "关于某市本级决算草案（草案）的报告"


def test_heads_that_differ_on_left_and_right_pages() -> None:
    long = typeset(REPORT * 2, per_page=6)
    pages = [
        [(200.0, 50.0, ["左页的页眉", "右页的页眉"][number % 2]), *page] for number, page in enumerate(long)
    ]
    assert lines_of("a.pdf", pdf_file(pages)) == REPORT * 2


def test_the_number_of_a_single_page() -> None:
    page: list[Placed] = [*typeset(REPORT[:4])[0], (280, 800, "— 7 —")]
    assert lines_of("a.pdf", pdf_file([page])) == REPORT[:4]


def test_blanks_between_chinese_and_figures_go_and_between_words_stay() -> None:
    pages: list[list[Placed]] = [
        [(90, 100, "增长"), (122, 100, "5.2%"), (155, 100, "左右。")], [(90, 100, "Hello world"), (90, 130, "again.")],
        [(90, 100, "指标"), (200, 100, "目标")],
    ]  # fmt: skip
    pieces = read("a.pdf", pdf_file(pages)).pieces
    assert [piece.text.strip() for piece in pieces] == ["增长5.2%左右。", "Hello world again.", "指标 目标"]


def test_the_rows_of_a_table_stay_apart() -> None:
    rows = [
        ["指标", "完成", "目标"],
        ["生产总值", "5%", "5.5%左右"],
        ["城镇新增就业", "20万人", "21万人以上"],
    ]
    page: list[Placed] = [
        (90 + 150 * column, 100 + 20 * number, text)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    assert lines_of("a.pdf", pdf_file([page])) == [" ".join(row) for row in rows]


def test_columns_are_read_one_after_the_other() -> None:
    left = typeset([SENTENCE * 6], per_line=16, left=60)[0]
    right = typeset([SENTENCE * 5 + "完。"], per_line=16, left=320)[0]
    rows = sorted([*left, *right], key=lambda placed: placed[1])
    title: list[Placed] = [(150, 60, "关于二〇二五年工作的报告和说明以及有关事项")]
    assert lines_of("a.pdf", pdf_file([[*title, *rows]])) == [
        title[0][2],
        SENTENCE * 6,
        SENTENCE * 5 + "完。",
    ]


def test_radicals_become_the_ideographs_they_look_like() -> None:
    assert read("a.pdf", pdf_file([[(90, 100, "人民")]])).text == "人民\n"
    from indexer.formats.pdf_text import _mended

    assert _mended("⼈⺠⻓⽇") == "人民长日"


def test_a_password_is_named() -> None:
    objects = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", "2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj",
        f"9 0 obj<</Filter/Standard/V 1/R 2/O<{'11' * 32}>/U<{'22' * 32}>/P -4>>endobj",
    ]  # fmt: skip
    error = refusal("a.pdf", pdf_of(objects, f"/Encrypt 9 0 R/ID[<{'33' * 16}><{'33' * 16}>]"))
    assert "password" in error.en and "密码" in error.zh


def scanned_pdf() -> bytes:
    """A page that is one grey picture."""
    pixels = zlib.compress(bytes([200]) * 100).hex()
    return pdf_of([
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj",
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>endobj",
        "4 0 obj<</Length 29>>stream\nq 595 0 0 842 0 0 cm /I Do Q \nendstream endobj",
        "5 0 obj<</Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8"
        f"/Filter[/ASCIIHexDecode/FlateDecode]/Length {len(pixels) + 1}>>stream\n{pixels}>\nendstream endobj",
    ])  # fmt: skip


def test_a_scan_without_ocr_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "has_ocr", lambda: False)
    error = refusal("a.pdf", scanned_pdf())
    assert "requirements-ocr.txt" in error.zh and "requirements-ocr.txt" in error.en


def test_a_scanned_page_is_rendered_for_ocr() -> None:
    image = pdf._rendered(Path("a.pdf"), scanned_pdf(), 0)
    assert abs(image.shape[0] - 842 * 200 / 72) < 2 and image.shape[2] == 3
    assert abs(int(image[1000, 800, 0]) - 200) < 3


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\n" + b"0" * 99, pdf_file(PAGES)[:300], b"%PDF-1.7 \xff\xfe" * 99]
)
def test_a_broken_file_is_refused(data: bytes) -> None:
    assert refusal("a.pdf", data)


def test_too_many_pages() -> None:
    assert "2000" in refusal("a.pdf", pdf_file([[]] * 2001)).en


def test_a_page_tree_that_holds_itself() -> None:
    objects = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        "2 0 obj<</Type/Pages/Count 999999/Kids[2 0 R 2 0 R]>>endobj",
    ]
    assert refusal("a.pdf", pdf_of(objects))


@pytest.mark.slow
def test_a_file_that_eats_memory_costs_only_its_own_process() -> None:
    form = "/X Do /X Do /X Do "
    objects = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj", "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj",
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>endobj",
        "4 0 obj<</Length 6>>stream\n/X Do \nendstream endobj",
        f"6 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length {len(form)}/Resources<</XObject<</X 6 0 R>>>>>>stream\n{form}\nendstream endobj",
    ]  # fmt: skip
    assert "damaged" in refusal("a.pdf", pdf_of(objects)).en


def test_one_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_SECONDS", 0.01)
    assert "within" in refusal("a.pdf", pdf_file(PAGES)).en


@pytest.mark.parametrize("named_by", ["character", "number"])
@pytest.mark.parametrize("rotation", [0, 90])
def test_ideographs_without_a_font_have_the_same_size_on_every_machine(named_by: str, rotation: int) -> None:
    data = pdf_file([[(90, 100, "增长5%"), (90, 130, "。")]], rotate=rotation)
    if named_by == "number":
        data = by_glyph_number(data)
    (page,) = pages_of(pdf._worker(Path("a.pdf"), data, "text", 9, 99))
    seen = [
        (line.text, round(line.right - line.left), round(line.em)) for line in written_lines(glyph_rows(page))
    ]
    assert seen == [("增长5%", 2 * 14 + 2 * 7, 14), ("。", 14, 14)]


def by_glyph_number(data: bytes) -> bytes:
    """The file with its font's glyphs named by their numbers, as Windows programs write it."""
    same = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def"
        " 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange"
        " endcmap end end"
    )
    for old, new in (
        (b"STSong-Light/Encoding/UniGB-UCS2-H", b"SimSun/Encoding/Identity-H/ToUnicode 6 0 R"),
        (b"CIDFontType0/BaseFont/STSong-Light", b"CIDFontType2/BaseFont/SimSun"),
        (b"/Ordering(GB1)/Supplement 2", b"/Ordering(Identity)/Supplement 0"),
        (b"/W[1 95 500 814 939 500]", b"/W[32 126 500]"),
        (b"5 0 obj<<", f"6 0 obj<</Length {len(same)}>>stream\n{same}\nendstream endobj\n5 0 obj<<".encode()),
    ):
        assert old in data
        data = data.replace(old, new)
    return data


def test_the_worker_reads_on_where_the_system_has_no_limits() -> None:
    code = (
        "import sys, runpy; sys.modules['resource'] = None; script, *sys.argv[1:] = sys.argv[1:];"
        "runpy.run_path(script, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, pdf_worker.__file__, "text", "9", "99999"],
        input=pdf_file(PAGES), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list(pages_of(done.stdout))) == len(PAGES)


def test_the_worker_loads_nothing_of_the_project() -> None:
    code = "import sys, runpy; runpy.run_path(sys.argv[1]); print([m for m in sys.modules if m.startswith(('indexer', 'numpy', 'lxml'))])"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, pdf_worker.__file__], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_title_among_the_properties_is_told_without_what_the_program_wrote_around_it() -> None:
    def title_of(written: str) -> tuple[str, ...]:
        info = f"9 0 obj<</Title <feff{written.encode('utf-16-be').hex()}>>>endobj\ntrailer"
        data = pdf_file(typeset(REPORT), extra="/Info 9 0 R").replace(b"trailer", info.encode())
        return read("a.pdf", data).declared.titles

    assert title_of("Microsoft Word - 2024年某市政府工作报告.docx") == ("2024年某市政府工作报告",)
    assert title_of("某市2024年政府工作报告") == ("某市2024年政府工作报告",)
    assert title_of("") == ()
