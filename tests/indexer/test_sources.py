from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

from answers.engine import Answerer
from indexer.build import build_index
from indexer.errors import SourceError
from indexer.index import open_index
from indexer.library import add_reports
from indexer.outcomes import Outcome
from indexer.report.records import Document, Metadata, Origin
from indexer.reports import open_reports
from indexer.sources import Refusal, read_document, report_files
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from tests.indexer.formats.builders import ofd_file, pdf_file, saved, typeset

TEXT = "今年新增就业20万人，发展态势良好。"


@dataclass(frozen=True)
class Reading:
    """The reports that a build took from its sources, and the files it left out."""

    documents: list[Document]
    refusals: tuple[Refusal, ...]


Read = Callable[[Sequence[Path]], Reading]


@pytest.fixture
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Builds an index of the sources, elsewhere than where they are."""

    def built(sources: Sequence[Path]) -> Reading:
        directory = tmp_path_factory.mktemp("read") / "index"
        result = build_index(sources, directory, FakeEncoder())
        documents = [report.document for report in open_reports(directory)]
        assert result.documents == len(documents)
        return Reading(documents, result.refusals)

    return built


def known(metadata: Metadata) -> tuple[str, str, str, int | None]:
    return metadata.title, metadata.region, metadata.level, metadata.year


def test_the_seed_is_read_with_its_metadata(seed_path: Path, seed_document: Document) -> None:
    told = ("宁波市政府工作报告（2023年，下半部分）", "浙江省宁波市", "市", 2023)
    assert known(seed_document.metadata) == told
    assert seed_document.source_digest == hashlib.sha256(seed_path.read_bytes()).hexdigest()
    assert seed_document.text == seed_path.read_text(encoding="utf-8").strip("\ufeff")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk", "gb2312"])
def test_text_is_read_in_the_encodings_people_have(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_document(path).text == TEXT


@pytest.mark.parametrize(("mark", "codec"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf_16_is_read_in_both_byte_orders(tmp_path: Path, mark: bytes, codec: str) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(mark + TEXT.encode(codec))
    assert read_document(path).text == TEXT


def test_offsets_count_the_normalised_text(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes("\ufeff甲\r\n\u3000乙\u200b丙\r\n".encode())
    assert read_document(path).text == "甲\n 乙丙\n"


@pytest.mark.parametrize("content", ["", " \n\u3000\t\r\n", "\ufeff", "\u200b\u200b"])
def test_a_file_without_words_is_refused(tmp_path: Path, content: str) -> None:
    path = write_report(tmp_path, "空", content)
    with pytest.raises(SourceError, match=r"空\.txt"):
        read_document(path)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x00\x00binary",
        bytes(range(256)) * 4,
        b"\xff\xfe\x00\xd8\x00\xd8",
        b"\xff\xff\xff\xff",
        b"\xff\xfea",
    ],
)
def test_a_binary_file_named_txt_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "photo.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"photo\.txt"):
        read_document(path)


def test_a_missing_file_is_named(tmp_path: Path, read: Read) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        read([tmp_path / "nowhere"])
    with pytest.raises(SourceError, match=r"nowhere\.txt"):
        read_document(tmp_path / "nowhere.txt")


@pytest.mark.parametrize("name", ["长" * 300 + ".txt", "x" * 5000, "a\0b.txt"])
def test_a_name_that_no_file_can_have_is_a_missing_file(name: str, read: Read) -> None:
    with pytest.raises(SourceError):
        read([Path(name)])


def test_a_folder_without_reports_is_refused(tmp_path: Path, read: Read) -> None:
    (tmp_path / "notes.xyz").touch()
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(SourceError, match="没有报告"):
        read([tmp_path])


@pytest.mark.parametrize(
    "data", [b"Rar!\x1a\x07\x01\x00" + b"\x99" * 50, b"GIF89a" + b"\x01" * 50, b"\x7fELF" + b"\x02" * 50]
)
def test_a_file_of_another_kind_is_refused_by_name_whatever_its_suffix(
    tmp_path: Path, data: bytes, read: Read
) -> None:
    for name in ("report.txt", "report.rar", "report"):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(SourceError, match=name):
            read([tmp_path / name])


def test_a_metadata_file_that_is_named_beside_its_report_is_no_report(tmp_path: Path, read: Read) -> None:
    """The shell writes reports/* out: the report and its .json both arrive."""
    report = write_report(tmp_path, "甲", TEXT)
    (tmp_path / "甲.json").write_text('{"year": 2024}', encoding="utf-8")
    reading = read(sorted(tmp_path.iterdir()))
    assert [document.text for document in reading.documents] == [TEXT]
    assert reading.documents[0].source == str(report)
    assert reading.refusals == ()


@pytest.mark.parametrize(
    "text",
    [
        "The city’s plan – it’s the people’s – grew by 5%. " * 20,
        "정부 업무 보고 올해 일자리 20만 개를 만든다. " * 20,
        "བོད་རང་སྐྱོང་ལྗོངས་" * 20,
        "新增就业" + "很" * 500 + "多人。",
    ],
    ids=["English", "Korean", "Tibetan", "one character over and over"],
)
def test_valid_utf_8_is_text_whatever_it_says(tmp_path: Path, text: str) -> None:
    assert read_document(write_report(tmp_path, "甲", text)).text == text


def test_folders_are_searched_with_their_subfolders_and_metadata_is_no_report(
    tmp_path: Path, read: Read
) -> None:
    write_report(tmp_path, "b", TEXT)
    (tmp_path / "b.json").write_text("{}")
    write_report(tmp_path / "sub", "a", TEXT + "又及。")
    (tmp_path / "C.MD").write_text("第三份报告。", encoding="utf-8")
    assert sorted(document.name for document in read([tmp_path]).documents) == ["C", "a", "b"]


def test_the_same_file_given_twice_is_one_report(tmp_path: Path, read: Read) -> None:
    path = write_report(tmp_path, "甲", TEXT)
    reading = read([path, tmp_path, path])
    assert len(reading.documents) == 1
    assert reading.refusals == ()


def test_a_copy_with_the_same_name_and_text_is_the_same_report(tmp_path: Path, read: Read) -> None:
    write_report(tmp_path / "a", "甲", TEXT)
    write_report(tmp_path / "b", "甲", TEXT + "\u200b")
    reading = read([tmp_path])
    assert (len(reading.documents), reading.refusals) == (1, ())


def test_files_of_one_name_in_two_folders_are_two_documents(tmp_path: Path, read: Read) -> None:
    write_report(tmp_path / "a", "甲", TEXT)
    write_report(tmp_path / "b", "甲", "另一份报告。")
    reading = read([tmp_path])
    assert {document.name: document.text for document in reading.documents} == {
        "a／甲": TEXT,
        "b／甲": "另一份报告。",
    }
    assert reading.refusals == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: write_report(folder, "bad", ""),
        lambda folder: (folder / "bad.txt").write_bytes(bytes(range(256)) * 4),
        lambda folder: write_report(folder, "bad", TEXT) and (folder / "bad.json").write_text("["),
        lambda folder: write_report(folder, "bad", TEXT) and (folder / "bad.json").write_text("[" * 50_000),
    ],
    ids=["empty", "binary", "metadata", "deep metadata"],
)
def test_one_bad_file_does_not_stop_the_others(
    tmp_path: Path, spoil: Callable[[Path], object], read: Read
) -> None:
    write_report(tmp_path, "aa", TEXT)
    spoil(tmp_path)
    write_report(tmp_path, "zz", TEXT + "又及。")
    reading = read([tmp_path])
    assert [document.name for document in reading.documents] == ["aa", "zz"]
    assert [refusal.path.name for refusal in reading.refusals] == ["bad.txt"]


def test_only_bad_files_are_an_error(tmp_path: Path, read: Read) -> None:
    write_report(tmp_path, "bad", "")
    with pytest.raises(SourceError, match=r"bad\.txt"):
        read([tmp_path])


def test_a_report_without_metadata_is_titled_by_its_name(tmp_path: Path) -> None:
    assert read_document(write_report(tmp_path, "一份报告", TEXT)).metadata.title == "一份报告"


def test_metadata_may_be_partial_and_may_carry_a_byte_order_mark(tmp_path: Path) -> None:
    path = write_report(tmp_path, "甲", TEXT)
    (tmp_path / "甲.json").write_text('{"year": 2024, "region": " 甲市 "}', encoding="utf-8-sig")
    assert known(read_document(path).metadata) == ("甲", "甲市", "", 2024)


@pytest.mark.parametrize(
    "content",
    ["", "[", "[]", "3", '{"year": "2023"}', '{"year": 23}', '{"year": true}', '{"year": 2023.5}', '{"title": 5}', '{"title": " "}', '{"level": "乡"}', '{"titel": "错字"}'],
)  # fmt: skip
def test_metadata_that_is_not_valid_is_named_with_what_is_expected(tmp_path: Path, content: str) -> None:
    path = write_report(tmp_path, "甲", TEXT)
    (tmp_path / "甲.json").write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"甲\.json") as caught:
        read_document(path)
    assert all(field in caught.value.text.en for field in ("title", "region", "level", "year"))


def test_a_file_that_changed_or_is_gone_is_noticed(tmp_path: Path) -> None:
    path = write_report(tmp_path, "甲", TEXT)
    document = read_document(path)
    assert document.is_unchanged()
    path.write_text(TEXT + "改", encoding="utf-8")
    assert not document.is_unchanged()
    path.unlink()
    assert not document.is_unchanged()


def test_a_file_too_large_for_a_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_001)
    with pytest.raises(SourceError, match="50 MB"):
        read_document(path)


def test_metadata_is_shown_as_it_was_written(tmp_path: Path) -> None:
    path = write_report(tmp_path, "甲", TEXT)
    (tmp_path / "甲.json").write_text(json.dumps({"title": "“十四五”<b>报告</b> [草案]"}), encoding="utf-8")
    assert read_document(path).metadata.title == "“十四五”<b>报告</b> [草案]"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    with pytest.raises(SourceError, match="50 MB"):
        read_document(path)


def test_traditional_text_stays_and_simplified_questions_find_it(tmp_path: Path) -> None:
    path = write_report(tmp_path, "甲", "（一）擴大就業。新建充電樁1500個，發展良好。")
    build_index([path], tmp_path / "index", FakeEncoder())
    answerer = Answerer(open_index(tmp_path / "index", FakeEncoder().identity), FakeEncoder())
    answer = answerer.ask("新建多少个充电桩？").candidates[0]
    assert answer.text == "1500個"
    assert answer.is_verbatim(answerer.index.report("甲"))


def _named(folder: Path, name: bytes, text: str) -> Path:
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
    try:
        path.write_bytes(text.encode())
    except (OSError, UnicodeError):
        pytest.skip("this file system does not take such a name")
    return path


def test_a_name_in_gbk_is_the_name_of_the_report_and_its_file_is_found_again(tmp_path: Path) -> None:
    _named(tmp_path, "宁波市政府工作报告2024.txt".encode("gbk"), "(一)做好工作。")
    (path,) = report_files([tmp_path])
    document = read_document(path)
    assert document.name == "宁波市政府工作报告2024"
    assert document.metadata.region == "浙江省宁波市"
    assert document.is_unchanged()


def test_a_name_as_long_as_a_file_system_allows_is_read(tmp_path: Path) -> None:
    path = _named(tmp_path, ("长" * 84 + ".md").encode(), "(一)做好工作。")
    longest = _named(tmp_path, ("长" * 83 + "a.json").encode(), "{}")
    assert len(os.fsencode(path.name)) == 255
    assert read_document(path).name == "长" * 84
    assert report_files([path, longest]) == [path, longest]


def test_one_file_that_cannot_be_looked_at_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    for path in (bad, good):
        path.write_text("(一)做好工作。", encoding="utf-8")
    real = Path.is_file

    def is_file(self: Path) -> bool:
        if self == bad:
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, "is_file", is_file)
    assert report_files([tmp_path]) == [bad, good]


def test_signs_that_nobody_sees_are_not_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("(一)新\u00ad建住\u2066房700\u2069套。", encoding="utf-8")
    assert read_document(path).text.strip() == "(一)新建住房700套。"


def _with_title(suffix: str, lines: list[str], title: str) -> bytes:
    if suffix == ".docx":
        document = docx.Document()
        document.core_properties.title = title
        for line in lines:
            document.add_paragraph(line)
        return saved(document)
    if suffix == ".ofd":
        return ofd_file(typeset(lines), title=title)
    info = f"9 0 obj<</Title <feff{title.encode('utf-16-be').hex()}>>>endobj\ntrailer"
    return pdf_file(typeset(lines), extra="/Info 9 0 R").replace(b"trailer", info.encode())


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".ofd"])
def test_the_title_among_the_properties_counts_where_the_text_has_no_head(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"t01{suffix}"
    body = [
        "过去一年，全市上下团结奋斗，新增就业20万人，居民收入稳步增长，社会大局和谐稳定，各项事业全面进步。"
        * 2
    ] * 3
    path.write_bytes(_with_title(suffix, body, "2024年宁波市政府工作报告"))
    found = read_document(path).metadata
    assert (found.title, found.region, found.year) == ("2024年宁波市政府工作报告", "浙江省宁波市", 2024)
    assert {o.field: o.origin for o in found.origins}["title"] is Origin.DECLARED
    # That of a template is worth less than what the text calls itself, and what is no title is none.
    path.write_bytes(_with_title(suffix, ["2023年温州市政府工作报告", *body], "2024年宁波市政府工作报告"))
    assert read_document(path).metadata.title == "2023年温州市政府工作报告"
    path.write_bytes(_with_title(suffix, body, "Microsoft Word - 文档1"))
    assert read_document(path).metadata.title == "t01"


def test_a_folder_says_what_it_holds_besides_reports(tmp_path: Path, read: Read) -> None:
    write_report(tmp_path, "报告", TEXT)
    (tmp_path / "旧表.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    for name in ("一.mp4", "二.MP4", "三.mp4", "四.mp4", "说明"):
        (tmp_path / name).write_bytes(b"\x00\x01")
    (tmp_path / "各县.json").write_text('[{"正文": "甲", "标题": "乙"}]', encoding="utf-8")
    # What belongs to a program, to a page, or to a report is nobody's report.
    for name in (
        ".DS_Store",
        "~$报告.docx.tmp",
        "Thumbs.db",
        "网页_files/a.css",
        "报告.json",
        "库/wenbao.sqlite",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}", encoding="utf-8")
    found = read([tmp_path])
    assert [document.name for document in found.documents] == ["报告"]
    told = {refusal.path.name: str(refusal.error) for refusal in found.refusals}
    assert set(told) == {"旧表.xls", "一.mp4", "说明", "各县.json"}
    assert "请另存为 .xlsx" in told["旧表.xls"]
    assert "一.mp4、三.mp4、二.MP4 等 4 个文件" in told["一.mp4"]
    assert "没有后缀" in told["说明"] and "直接给出" in told["各县.json"]
    assert read([tmp_path / "报告.txt"]).refusals == ()


def test_the_same_is_said_of_a_folder_that_is_added(tmp_path: Path) -> None:
    folder = tmp_path / "报告们"
    folder.mkdir()
    write_report(folder, "报告", TEXT)
    (folder / "一.mp4").write_bytes(b"\x00")
    results = add_reports((path for path in [folder]), tmp_path / "index", FakeEncoder())
    assert [(result.path.name, result.outcome) for result in results] == [
        ("报告.txt", Outcome.ADDED), ("一.mp4", Outcome.REFUSED),
    ]  # fmt: skip
