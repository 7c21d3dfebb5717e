from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.index import open_index
from indexer.library import add_reports, correct_metadata, renew_index
from indexer.naming import names_of_files
from indexer.outcomes import Outcome
from indexer.proof.verify import verify_index
from indexer.reports import open_reports
from indexer.store.database import open_store
from indexer.store.writing import change_index
from indexer.twins import twins_among
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, write_report


def report_of(place: str, year: int = 2023) -> str:
    return f"{place}{year}年政府工作报告\n各位代表：\n一、{year - 1}年工作回顾\n{place}新增就业{len(place)}万人。"


def names(directory: Path) -> set[str]:
    with open_store(directory) as store:
        return set(store.names())


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["甲/2023.md", "甲/2022.md"], ["2023", "2022"]),
        (["甲/2023.md", "乙/2023.md"], ["甲／2023", "乙／2023"]),
        (["北/东区/2023.md", "南/东区/2023.md", "南/西区/2023.md"], ["北／东区／2023", "南／东区／2023", "西区／2023"]),
        (["甲/2023.md", "甲/2023.txt"], ["2023.md", "2023.txt"]),
        (["2023.md", "甲/2023.md"], None),
    ],
)  # fmt: skip
def test_folders_tell_files_of_one_name_apart(
    tmp_path: Path, files: list[str], expected: list[str] | None
) -> None:
    paths = [tmp_path / file for file in files]
    named = names_of_files(paths)
    if expected is not None:
        assert [named[path] for path in paths] == expected
    assert len(set(named.values())) == len(files)
    assert names_of_files(paths[::-1]) == named


def test_a_name_belongs_to_its_file_as_long_as_that_is_there(tmp_path: Path) -> None:
    first, second = (
        write_report(tmp_path / "甲", "2023", "甲。"),
        write_report(tmp_path / "乙", "2023", "乙。"),
    )
    known = {"2023": str(first)}
    assert names_of_files([first], known) == {first: "2023"}
    assert names_of_files([second], known) == {second: "乙／2023"}
    assert names_of_files([first, second], known) == {first: "2023", second: "乙／2023"}
    first.unlink()
    assert names_of_files([second], known) == {second: "2023"}


def test_uploads_of_one_name_are_editions_of_one_report(tmp_path: Path) -> None:
    uploads = [tmp_path / "originals" / digest / "2023.md" for digest in ("0a", "1b")]
    assert names_of_files(uploads[:1], {"2023": str(uploads[1])}) == {uploads[0]: "2023"}


def test_a_library_of_places_and_years_is_taken_whole_and_again(tmp_path: Path) -> None:
    sources, directory = tmp_path / "库", tmp_path / "index"
    for place in ("宁波市", "温州市"):
        write_report(sources / place, "2023", report_of(place))
    encoder = FakeEncoder()
    assert build_index(sources, directory, encoder).documents == 2
    assert names(directory) == {"宁波市／2023", "温州市／2023"}
    correct_metadata("宁波市／2023", directory, encoder, {"speaker": "市长 某某"})
    # With one place less nothing is ambiguous any more, and what a person said of the file stays with it.
    (sources / "温州市" / "2023.txt").unlink()
    build_index(sources, directory, encoder)
    (report,) = open_reports(directory)
    assert (report.name, report.metadata.speaker) == ("2023", "市长 某某")


def test_replacing_goes_by_the_file_and_not_by_its_name(tmp_path: Path) -> None:
    directory, encoder = tmp_path / "index", FakeEncoder()
    first = write_report(tmp_path / "宁波市", "2023", report_of("宁波市"))
    second = write_report(tmp_path / "温州市", "2023", report_of("温州市"))
    add_reports(first, directory, encoder)
    add_reports(second, directory, encoder)
    assert names(directory) == {"2023", "温州市／2023"}
    write_report(tmp_path / "温州市", "2023", report_of("温州市") + "又一句。")
    assert [r.outcome for r in add_reports(second, directory, encoder)] == [Outcome.DIFFERS]
    (result,) = add_reports(second, directory, encoder, replacing=True)
    assert (result.document, result.outcome) == ("温州市／2023", Outcome.REPLACED)
    assert {r.name: "又一句" in r.text for r in open_reports(directory)} == {
        "2023": False,
        "温州市／2023": True,
    }


def test_files_with_one_text_are_told_with_the_report_they_are(tmp_path: Path) -> None:
    write_report(tmp_path / "库" / "甲", "2023", report_of("宁波市"))
    again = write_report(tmp_path / "库" / "乙", "2022", report_of("宁波市"))
    result = build_index(tmp_path / "库", tmp_path / "index", FakeEncoder())
    assert result.documents == 1
    assert [(twin.path.stem, twin.document) for twin in result.twins] == [("2023", "2022")]
    (added,) = add_reports(again, tmp_path / "index", FakeEncoder())
    assert (added.outcome, added.is_twin) == (Outcome.UNCHANGED, False)


def test_one_report_from_two_sources_is_found_out(tmp_path: Path) -> None:
    body = "".join(f"全市新增就业{number}万人，增长{number % 7}%。" for number in range(200))
    write_report(tmp_path / "库", "官网", f"{report_of('宁波市')}\n{body}")
    write_report(tmp_path / "库", "日报", f"来源：日报\n{report_of('宁波市')}\n{body}\n责任编辑：某")
    write_report(tmp_path / "库", "去年", f"{report_of('宁波市', 2022)}\n{body}")
    build_index(tmp_path / "库", tmp_path / "index", FakeEncoder())
    with open_store(tmp_path / "index") as store:
        twins = twins_among(tuple(store.entries()))
    assert twins.groups == (("官网", "日报"),) and twins.silent == {"日报"}
    assert (twins.beside("日报"), twins.beside("去年")) == (("官网",), ())
    assert twins.silent_among(["日报", "去年"]) == frozenset()
    assert twins.silent_among(["日报", "官网"]) == {"日报"}


def test_a_report_of_a_former_version_gets_its_sketch_when_it_is_renewed(tmp_path: Path) -> None:
    body = "".join(f"全市新增就业{number}万人，增长{number % 7}%。" for number in range(200))
    write_report(tmp_path / "库", "官网", f"{report_of('宁波市')}\n{body}")
    write_report(tmp_path / "库", "日报", f"来源：日报\n{report_of('宁波市')}\n{body}")
    directory, encoder = tmp_path / "index", FakeEncoder()
    build_index(tmp_path / "库", directory, encoder)
    with change_index(directory) as writer:
        for entry in list(writer.store.entries()):
            writer.write_metadata(entry.name, replace(entry.metadata, sketch=""))
    alter(directory, "UPDATE documents SET embedded = 'former'")
    before = open_index(directory, encoder.identity)
    assert len(before.stale) == 2 and twins_among(before.reports).groups == ()
    assert renew_index(directory, encoder) == 2
    after = open_index(directory, encoder.identity)
    assert after.stale == () and twins_among(after.reports).groups == (("官网", "日报"),)
    assert verify_index(directory) == ()
