"""Tables whose rows are documents, in a library."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.errors import SourceError
from indexer.library import add_reports, remove_reports
from indexer.originals import ORIGINALS
from indexer.outcomes import FileResult, Outcome
from indexer.proof.verify import verify_index
from indexer.report.records import DocumentKind
from indexer.reports import open_reports
from tests.fake_encoder import FakeEncoder
from tests.indexer.formats.builders import zipped

TEXT = "各位代表：\n{}。新增就业{}万人，发展态势良好。"
ROWS = [
    ("江苏省", "2024年江苏省政府工作报告", TEXT.format("全省团结奋斗", 20)),
    ("浙江省", "", TEXT.format("全省奋勇争先", 30)),
]


def table(folder: Path, name: str = "各省", rows: list[tuple[str, str, str]] = ROWS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.csv"
    lines = ("地区,年份,标题,正文", *(f'{place},2024,{title},"{text}"' for place, title, text in rows))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def add(directory: Path, *files: Path, rows_of: tuple[Path, ...] | None = None) -> dict[str, FileResult]:
    results = add_reports(files, directory, FakeEncoder(), rows_of=rows_of)
    return {result.path.stem: result for result in results}


def test_each_row_becomes_a_report_of_its_own(tmp_path: Path) -> None:
    directory = tmp_path / "index"
    found = add(directory, table(tmp_path))
    told = found["各省"]
    assert (told.outcome, told.document, told.table and told.table.rows) == (Outcome.DIVIDED, None, 2)
    one, other = open_reports(directory)
    assert [one.text.strip(), other.text.strip()] == [text for *_, text in ROWS]
    assert (one.name, one.region, one.year, one.title) == (
        "2024年江苏省政府工作报告",
        "江苏省",
        2024,
        "2024年江苏省政府工作报告",
    )
    assert (other.name, other.title, other.region, other.year) == (
        "2024年浙江省",
        "2024年浙江省",
        "浙江省",
        2024,
    )
    assert one.document.is_unchanged() and verify_index(directory) == ()
    assert [result.outcome for result in add(directory, table(tmp_path)).values()] == [
        Outcome.DIVIDED, Outcome.UNCHANGED, Outcome.UNCHANGED,
    ]  # fmt: skip


def test_rows_without_titles_are_named_by_what_stands_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "导出.csv"
    rows = [
        ("江苏省", "宿迁市", "沭阳县", "2024", "王某", "政府工作报告", TEXT.format("沭阳", 1)),
        ("江苏省", "宿迁市", "泗阳县", "2024", "李某", "政府工作报告", TEXT.format("泗阳", 2)),
        ("江苏省", "宿迁市", "泗阳县", "2024", "李某", "统计公报", TEXT.format("公报", 3)),
        ("", "", "", "2024", "", "", TEXT.format("不知何地", 4)),
        ("江苏省", "", "", "2023", "", "", TEXT.format("甲", 5)),
        ("江苏省", "", "", "2023", "", "", TEXT.format("乙", 6)),
    ]
    header = "省份,城市,区县,年份,报告人,类型,正文"
    path.write_text(
        "\n".join((header, *(",".join((*row[:-1], f'"{row[-1]}"')) for row in rows))), encoding="utf-8"
    )
    add(tmp_path / "index", path)
    found = {report.text.split("\n")[1][:2]: report for report in open_reports(tmp_path / "index")}
    assert {words: report.name for words, report in found.items()} == {
        "沭阳": "2024年江苏省宿迁市沭阳县政府工作报告", "泗阳": "2024年江苏省宿迁市泗阳县政府工作报告",
        "公报": "2024年江苏省宿迁市泗阳县统计公报", "不知": "导出 第4行", "甲。": "导出 第5行", "乙。": "导出 第6行",
    }  # fmt: skip
    meta = found["沭阳"].metadata
    assert (meta.title, meta.region, meta.level, meta.year, meta.speaker, meta.kind) == (
        "2024年沭阳县政府工作报告", "江苏省宿迁市沭阳县", "县", 2024, "王某", DocumentKind.WORK_REPORT,
    )  # fmt: skip
    assert found["公报"].metadata.kind is DocumentKind.COMMUNIQUE
    assert (found["甲。"].region, found["甲。"].year) == ("江苏省", 2023)


def test_or_the_file_one_report_where_somebody_says_so(tmp_path: Path) -> None:
    directory, path = tmp_path / "index", table(tmp_path)
    (result,) = add(directory, path, rows_of=()).values()
    assert (result.outcome, result.document) == (Outcome.ADDED, "各省")
    assert result.table is not None and (result.table.column, result.table.are_documents) == ("正文", True)
    (report,) = open_reports(directory)
    assert all(text in report.text for *_, text in ROWS)
    assert not (directory / ORIGINALS).exists()


def test_the_file_of_a_row_goes_with_its_report(tmp_path: Path) -> None:
    directory = tmp_path / "index"
    add(directory, table(tmp_path), table(tmp_path, "又一份", ROWS[:1] * 2))
    kept = sorted(path.stem for path in (directory / ORIGINALS).glob("*/*"))
    assert kept == ["2024年江苏省政府工作报告", "2024年浙江省"], (
        "a row whose text is there already leaves no file"
    )
    remove_reports("2024年浙江省", directory)
    assert [path.stem for path in (directory / ORIGINALS).glob("*/*")] == ["2024年江苏省政府工作报告"]


def test_a_build_divides_tables_and_goes_on_with_what_is_there(tmp_path: Path) -> None:
    directory, folder = tmp_path / "index", tmp_path / "in"
    table(folder)
    table(
        folder,
        "两市",
        [
            ("苏州市", "2024年江苏省政府工作报告", TEXT.format("全市", 1)),
            ("无锡市", "", TEXT.format("我市", 2)),
        ],
    )
    for _ in range(2):
        result = build_index(folder, directory, FakeEncoder())
        assert (result.documents, len(result.tables), result.twins) == (4, 2, ())
    (folder / "两市.csv").unlink()
    assert build_index(folder, directory, FakeEncoder()).documents == 2
    (whole,) = build_index(folder, directory, FakeEncoder(), rows_of=()).tables
    assert (whole.outcome, whole.document) == (Outcome.ADDED, "各省")


def test_rows_that_are_refused_or_not_reached_leave_nothing_behind(tmp_path: Path) -> None:
    directory, path = tmp_path / "index", table(tmp_path)
    results = add_reports(path, directory, FakeEncoder(), cancelled=lambda: True)
    assert results == () and not list((directory / ORIGINALS).glob("*/*"))


@pytest.mark.parametrize("content", ['甲,正文\n1,"', "甲,正文\n1", '"' * 5])
def test_a_table_that_makes_no_sense_ends_no_batch(tmp_path: Path, content: str) -> None:
    path = tmp_path / "坏.csv"
    path.write_text(content, encoding="utf-8")
    found = add(tmp_path / "index", path, table(tmp_path), rows_of=(path,))
    assert found["各省"].outcome is Outcome.ADDED


def test_a_table_of_which_no_row_can_be_taken_is_refused_as_a_file_would_be(tmp_path: Path) -> None:
    path = table(tmp_path, rows=[("江苏省", "", "\u200b"), ("浙江省", "", "\u200b")])
    with pytest.raises(SourceError, match="2024年江苏省"):
        build_index(path, tmp_path / "index", FakeEncoder())


def test_whatever_is_wrong_with_some_files_the_others_are_taken(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    good = table(folder)
    broken = {
        "a.ofd": zipped({"OFD.xml": "<x"}), "b.epub": zipped({"META-INF/container.xml": "<x"}), "c.xlsx": b"PK\x03\x04",
        "d.mht": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "e.csv": b'"', "f.jsonl": b"{",
        "g.docx": zipped({"word/document.xml": "<x"}), "h.pdf": b"%PDF-1.4", "i.html": b"<html>", "j.txt": bytes(9),
        "k.png": b"\x89PNG\r\n\x1a\n", "l.tsv": b"\xff\xfe\x00", "m.doc": b"x", "n.md": b"",
    }  # fmt: skip
    for name, data in broken.items():
        (folder / name).write_bytes(data)
    (folder / "o.txt").symlink_to(folder / "nowhere")
    (folder / "p.docx").mkdir()
    found = add_reports(folder, tmp_path / "index", FakeEncoder())
    outcomes = {result.path.name: result.outcome for result in found}
    assert all(outcomes[name] is Outcome.REFUSED for name in broken)
    assert outcomes[good.name] is Outcome.DIVIDED and list(outcomes.values()).count(Outcome.ADDED) == 2
