from __future__ import annotations

import dataclasses
import json
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas
import pytest

import wenbao
from answers.commitments.tracking.judgements import judge
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import track
from embeddings import Encoder
from indexer.library import add_reports, remove_reports
from tests.conftest import SEED_NAME
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, write_report
from wenbao import (
    CorrectionError,
    IndexFault,
    LedgerError,
    Library,
    Outcome,
    Progress,
    QuestionError,
    SourceError,
    Tracking,
)
from wenbao.ledger_page import CommitmentPage

PATENTS = "有效发明专利拥有量达多少件？"
ONE = "甲市2023年政府工作报告\n（一）扩大就业。新增就业20万人，发展态势良好。"
TWO = "乙市2023年政府工作报告\n（一）扩大就业。新增就业30万人，发展态势良好。"


def no_model() -> Encoder:
    raise AssertionError("the model was loaded")


def without_model(directory: str | Path = "my-index") -> Library:
    """The library there, where loading the model fails the test."""
    return Library(Path(directory), no_model)


def test_an_answer_is_its_words_and_carries_its_citation(library: Library) -> None:
    reply = library.ask(PATENTS)
    assert reply.answer is not None
    assert str(reply.answer) == reply.answer.text == "5.3万件"
    assert reply.answer == reply.candidates[0]
    assert reply.answer.is_verbatim
    (report,) = library.reports
    assert report.text[reply.answer.start : reply.answer.end] == "5.3万件"
    assert f"第 {reply.answer.paragraph} 段" in reply.answer.citation
    assert report.document.source_digest[:12] in reply.answer.citation
    for passage in reply.passages:
        assert report.text[passage.start : passage.end] == str(passage)


def test_there_is_no_answer_where_the_reports_do_not_answer(folder: Path) -> None:
    library = Library.open(folder / "index")
    library.add(write_report(folder, "甲", "今年新增就业20万人。"))
    reply = library.ask("火星探测器何时登陆？")
    assert reply.answer is None
    assert reply.passages


def test_a_question_goes_on_from_another_and_several_have_a_reply_each(library: Library) -> None:
    assert library.ask("那去年呢？", after="今年新建多少个充电桩？").question == "去年新建多少个充电桩？"
    assert library.ask("新建充电桩多少个？", after="今年新增多少就业？").question == "新建充电桩多少个？"
    replies = library.ask_each("新建充电桩多少个？火星探测器登陆多少次？")
    assert [reply.question for reply in replies] == ["新建充电桩多少个？", "火星探测器登陆多少次？"]
    assert str(replies[0].answer) == "1500个"
    assert [reply.question for reply in library.ask_each("那去年呢？", after="新建充电桩多少个？")] == [
        "去年新建充电桩多少个？"
    ]
    with pytest.raises(wenbao.QuestionError):
        library.ask("", after="新建充电桩多少个？")


def test_the_parts_of_a_question_are_told_without_a_model(library: Library) -> None:
    opened = without_model()
    assert opened.parts("新建充电桩多少个？火星探测器登陆多少次？") == [
        "新建充电桩多少个？",
        "火星探测器登陆多少次？",
    ]
    assert opened.parts("那去年呢？", after="新建充电桩多少个？") == ["去年新建充电桩多少个？"]
    assert opened.parts(PATENTS) == [PATENTS]
    with pytest.raises(QuestionError):
        opened.parts("？")
    with pytest.raises(QuestionError):
        opened.ask_each("？")


def test_citations_are_in_the_language_that_was_asked_for(library: Library) -> None:
    answer = Library.open("my-index", language="en").ask(PATENTS).answer
    assert answer is not None
    assert f"paragraph {answer.paragraph}" in answer.citation


def test_opening_and_reading_need_no_model(library: Library) -> None:
    opened = without_model()
    assert [report.name for report in opened.reports] == [SEED_NAME]
    assert len(opened.commitments()) > 20
    assert opened.verify() == []
    with pytest.raises(LedgerError):
        opened.track(SEED_NAME, SEED_NAME)
    opened.remove(SEED_NAME)


def test_opening_changes_nothing_on_disk(folder: Path) -> None:
    library = Library.open("nowhere")
    assert library.reports == []
    assert not (folder / "nowhere").exists()
    with pytest.raises(IndexFault, match="没有索引"):
        library.ask("多少？")
    with pytest.raises(IndexFault, match="没有索引"):
        library.commitments()


def test_the_library_of_the_settings_is_the_default(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENBAO_INDEX", str(library.directory))
    assert [report.name for report in Library.open().reports] == [SEED_NAME]


def test_what_is_no_index_of_ours_is_refused_when_it_is_opened(folder: Path) -> None:
    (folder / "file").touch()
    with pytest.raises(IndexFault, match="文件"):
        Library.open("file")
    (folder / "other").mkdir()
    (folder / "other" / "wenbao.sqlite").write_text("something else")
    with pytest.raises(IndexFault):
        Library.open("other")


@pytest.mark.parametrize("source", ["in", Path("in"), ["in"], [Path("in")], (Path("in"),)])
def test_a_lone_source_is_one_source(folder: Path, source: Any) -> None:
    write_report(folder / "in", "甲", ONE)
    (result,) = Library.open("my-index").add(source)
    assert (result.outcome, result.document) == (Outcome.ADDED, "甲")


def test_adding_tells_what_became_of_each_file(library: Library, folder: Path) -> None:
    write_report(folder / "in", "甲", ONE)
    write_report(folder / "in", "空的", "")
    results = {result.path.stem: result for result in library.add(["in", "seeds"])}
    assert results["甲"].outcome is Outcome.ADDED
    assert results[SEED_NAME].outcome is Outcome.UNCHANGED
    assert results["空的"].outcome is Outcome.REFUSED
    assert "空的.txt" in str(results["空的"].error)
    with pytest.raises(SourceError, match="nowhere"):
        library.add("nowhere")


def test_a_changed_report_takes_the_place_of_the_old_one_only_when_told(
    library: Library, folder: Path
) -> None:
    library.add(write_report(folder, "甲", ONE))
    changed = write_report(folder, "甲", TWO)
    assert library.add(changed)[0].outcome is Outcome.DIFFERS
    assert library.add(changed, replace=True)[0].outcome is Outcome.REPLACED
    assert {report.name: report.text for report in library.reports}["甲"] == TWO
    # A file of that name in another folder is another report.
    assert library.add(write_report(folder / "别处", "甲", ONE))[0].document == "别处／甲"


def test_progress_can_be_printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = Library.open("my-index")
    library.add("seeds", progress=print)
    library.compare("有效发明专利拥有量", SEED_NAME, progress=print)
    library.repair(progress=print)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "100% 宁波市政府工作报告（2023年，下半部分）"
    assert str(Progress("甲", 1, 3)) == "33% 甲"


@pytest.mark.parametrize("documents", ["甲", ["甲"], ("甲",), {"甲"}, ["甲", "甲"], iter(["甲"])])
def test_a_lone_name_is_one_document(library: Library, folder: Path, documents: Any) -> None:
    library.add([write_report(folder, "甲", ONE), write_report(folder, "乙", TWO)])
    reply = library.ask("新增就业多少人？", documents)
    assert {answer.document for answer in reply.candidates} == {"甲"}


def test_a_page_of_the_ledger_is_a_part_of_it(library: Library, folder: Path) -> None:
    library.add([write_report(folder, "甲", ONE), write_report(folder, "乙", TWO)])
    everything = library.commitments()
    pages: list[CommitmentPage] = []
    at: int | None = 0
    while at is not None:
        pages.append(library.commitment_page(offset=at, limit=20))
        at = pages[-1].next_offset
    assert {page.total for page in pages} == {len(everything)} and len(pages) == -(-len(everything) // 20)
    assert [row for page in pages for row in page.commitments] == everything
    for names in ("甲", [], [SEED_NAME, "乙"]):
        page = library.commitment_page(documents=names, limit=1000)
        assert list(page.commitments) == library.commitments(names)
        assert (page.total, page.next_offset) == (len(page.commitments), None)
    with pytest.raises(IndexFault, match="'丙'"):
        library.commitment_page(documents="丙")


def test_reports_are_listed_as_records_and_found_by_their_words(library: Library, folder: Path) -> None:
    library.add(write_report(folder, "甲", ONE))
    opened = without_model()
    assert [one.document for one in opened.report_page().reports] == [SEED_NAME, "甲"]
    for found in (opened.report_page(words="宁波 报告"), opened.report_page(offset=0, limit=1)):
        assert [one.document for one in found.reports] == [SEED_NAME]
    assert opened.report_page(words="宁波 火星").total == 0
    assert [one.document for one in opened.report_page(year=2022).reports] == []
    assert opened.report_page(limit=1).next_offset == 1
    listed = opened.listed(SEED_NAME)
    assert listed == opened.report_page().reports[0]
    assert (listed.characters, listed.text_digest) == (
        len(opened.report(SEED_NAME).text), opened.report(SEED_NAME).document.text_digest,
    )  # fmt: skip
    with pytest.raises(IndexFault, match="'丙'"):
        opened.listed("丙")


def test_a_range_of_a_text_tells_where_it_stands(library: Library) -> None:
    answer = library.ask(PATENTS).answer
    assert answer is not None
    found = library.text_range(SEED_NAME, answer.start, answer.end)
    for field in (
        "text",
        "document",
        "title",
        "headings",
        "paragraph",
        "page",
        "start",
        "end",
        "text_digest",
    ):
        assert getattr(found, field) == getattr(answer, field), field
    text = library.report(SEED_NAME).text
    assert library.text_range(SEED_NAME, 9, most=5).text == text[9:14]
    assert library.text_range(SEED_NAME, 4670, 9_999).end == len(text)
    for start, end, most in ((5, 11, 5), (0, None, -1), (9, 3, None), (4679, None, None), (-1, 3, None)):
        with pytest.raises(SourceError, match="4678 个字"):
            library.text_range(SEED_NAME, start, end, most=most)


def test_a_lone_name_is_one_document_everywhere(library: Library, folder: Path) -> None:
    library.add([write_report(folder, "甲", ONE), write_report(folder, "乙", TWO)])
    assert {row.document for row in library.commitments("甲")} == {"甲"}
    assert {cell.document for cell in library.compare("新增就业", "甲").cells} == {"甲"}
    library.remove("甲")
    assert [report.name for report in library.reports] == [SEED_NAME, "乙"]


def test_an_unknown_name_is_one_error_everywhere_and_before_the_model_is_loaded(library: Library) -> None:
    opened = without_model()
    calls: list[Callable[[], object]] = [
        lambda: opened.ask("多少？", "丙"),
        lambda: opened.ask("多少？", [SEED_NAME, "丙"]),
        lambda: opened.compare("就业", "丙"),
        lambda: opened.commitments("丙"),
        lambda: opened.track("丙", SEED_NAME),
        lambda: opened.track(SEED_NAME, "丙"),
        lambda: opened.remove("丙"),
        lambda: opened.correct("丙", region="浙江省宁波市"),
    ]
    said = set()
    for call in calls:
        with pytest.raises(IndexFault) as caught:
            call()
        said.add(caught.value.text.zh)
    assert said == {f"索引里没有报告 '丙'。现有：{SEED_NAME}。"}


def test_what_answers_together_is_told_together(library: Library) -> None:
    one = library.ask(PATENTS, SEED_NAME)
    assert one.points == (one.answer,)
    all_work = library.ask("今年重点抓哪些工作？", SEED_NAME)
    assert [point.text[:3] for point in all_work.points] == [f"({n})" for n in "二三四五六七八九十"]
    assert all_work.answer == all_work.points[0] and all(point.is_verbatim for point in all_work.points)
    silent = library.ask("How many?", SEED_NAME)
    assert silent.answer is not None or silent.points == ()


def test_a_bad_question_is_refused_before_the_model_is_loaded(library: Library) -> None:
    with pytest.raises(QuestionError):
        without_model().ask("？")
    with pytest.raises(QuestionError):
        without_model().compare("")


def test_a_question_that_names_no_reports_is_no_comparison(library: Library) -> None:
    with pytest.raises(QuestionError, match="没有说要比较哪些报告"):
        library.compare(PATENTS)


def test_a_comparison_has_a_cell_for_every_report(library: Library, folder: Path) -> None:
    library.add([write_report(folder, "甲", ONE), write_report(folder, "乙", TWO)])
    comparison = library.compare("新增就业多少人？", ["甲", "乙"])
    assert [
        (cell.document, cell.text, cell.value)
        for cell in sorted(comparison.cells, key=lambda cell: cell.value or "")
    ] == [
        ("甲", "20万人", "200000人"),
        ("乙", "30万人", "300000人"),
    ]
    texts = {report.name: report.text for report in library.reports}
    for cell in comparison.cells:
        assert cell.text == texts[cell.document][cell.start : cell.end]
        assert cell.citation is not None
        assert "新增就业" in cell.citation


def test_what_another_process_removed_stops_answering_at_once(library: Library, folder: Path) -> None:
    assert library.ask(PATENTS).answer is not None
    add_reports([write_report(folder, "甲", ONE)], library.directory, FakeEncoder())
    assert [report.name for report in library.reports] == [SEED_NAME, "甲"]
    remove_reports([SEED_NAME], library.directory)
    assert [report.name for report in library.reports] == ["甲"]
    assert {answer.document for answer in library.ask(PATENTS).candidates} <= {"甲"}
    with pytest.raises(IndexFault):
        library.ask(PATENTS, SEED_NAME)


def test_a_damaged_index_is_found_and_repaired(library: Library) -> None:
    alter(library.directory, "UPDATE passages SET start = start + 1 WHERE number = 9")
    assert {problem.document for problem in library.verify()} == {SEED_NAME}
    library.repair()
    assert library.verify() == []


def test_a_correction_is_kept_and_needs_no_model(library: Library) -> None:
    opened = without_model()
    report = opened.correct(SEED_NAME, title=" 新的标题 ", level="省", speaker="")
    assert (report.title, report.level, report.metadata.speaker) == ("新的标题", "省", "")
    assert opened.reports == [report]
    assert opened.correct(SEED_NAME) == report
    answer = library.ask(PATENTS).answer
    assert answer is not None
    assert answer.title == "新的标题"


@pytest.mark.parametrize("changes", [{"region": " 浙江省杭州市 "}, {"year": 2024}])
def test_another_place_or_year_is_embedded(library: Library, changes: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="the model was loaded"):
        without_model().correct(SEED_NAME, **changes)
    report = library.correct(SEED_NAME, **changes)
    expected = {"region": "浙江省杭州市", "year": 2024}
    assert all(getattr(report, field) == expected[field] for field in changes)
    assert library.ask(PATENTS).answer is not None


@pytest.mark.parametrize("changes", [{"title": " "}, {"year": 23}, {"level": "乡"}, {"kind": "诗"}])
def test_a_correction_that_cannot_be_is_refused_in_both_languages(
    library: Library, changes: dict[str, Any]
) -> None:
    with pytest.raises(CorrectionError) as caught:
        library.correct(SEED_NAME, **changes)
    assert repr(next(iter(changes.values()))) in caught.value.text.zh
    assert repr(next(iter(changes.values()))) in caught.value.text.en


def test_targets_are_tracked_with_what_people_judged(folder: Path) -> None:
    library = Library.open("index")
    earlier = "甲市2022年政府工作报告\n二、2022年工作安排\n（一）扩大就业。今年新增就业20万人。"
    later = "甲市2023年政府工作报告\n一、2022年工作回顾\n（一）扩大就业。过去一年，新增就业21万人。"
    library.add([write_report(folder, "前", earlier), write_report(folder, "后", later)])
    for name, year in (("前", 2022), ("后", 2023)):
        library.correct(name, region="浙江省宁波市", year=year)
    (tracked,) = library.track("前", "后")
    assert tracked.target.text == "20万人"
    assert tracked.outcome is not None
    assert tracked.outcome.text == "21万人"
    assert tracked.judgement is None
    one, other = library.reports
    judge(library.directory, track(one, other)[0], one, other, Status.DONE, "张三", "核对过")
    (judged,) = library.track("前", "后")
    assert judged.status == tracked.status
    assert judged.judgement is not None
    assert library.tracking("前", "后") == Tracking(doubts=(), tracked=(judged,))
    assert (judged.judgement.status, judged.judgement.name, judged.judgement.note) == (
        "已完成", "张三", "核对过",
    )  # fmt: skip


def test_promises_without_a_number_are_tracked_where_they_are_asked_for(folder: Path) -> None:
    library = Library.open("index")
    earlier = (
        "甲市2022年政府工作报告\n二、2022年工作安排\n（一）扩大就业。今年新增就业20万人。建成城西客运站。"
    )
    later = "甲市2023年政府工作报告\n一、2022年工作回顾\n（一）扩大就业。过去一年，新增就业21万人。城西客运站建成投用。"
    library.add([write_report(folder, "前", earlier), write_report(folder, "后", later)])
    for name, year in (("前", 2022), ("后", 2023)):
        library.correct(name, region="浙江省宁波市", year=year)
    number, promise = library.track("前", "后", unnumbered=True)
    assert number.target.text == "20万人"
    assert (promise.target.text, promise.status) == ("建成城西客运站", "已完成")
    assert promise.outcome is not None and promise.outcome.text == "城西客运站建成投用"


def test_what_speaks_against_trusting_it_is_warned_of_or_told_beside_the_targets(folder: Path) -> None:
    library = Library.open("index")
    earlier = "甲市2022年政府工作报告\n二、2022年工作安排\n（一）扩大就业。今年新增就业20万人。"
    hardly_read = "甲市2023年政府工作报告\n一、2022年工作回顾\n" + "各项事业全面进步。" * 400
    library.add([write_report(folder, "前", earlier), write_report(folder, "后", hardly_read)])
    for name, year in (("前", 2022), ("后", 2023)):
        library.correct(name, region="浙江省宁波市", year=year)
    with warnings.catch_warnings(action="error"):
        found = library.tracking("前", "后")
    with pytest.warns(
        UserWarning, match="后 全文只读出 0 个带数字的结果.* Beware: in all of 后 only 0 results"
    ):
        assert library.track("前", "后") == list(found.tracked)
    (doubt,) = library.doubts("前", "后")
    assert found.doubts == (f"{doubt.zh} {doubt.en}",)


def test_the_ledger_is_filtered_as_on_the_command_line(library: Library) -> None:
    everything = library.commitments()
    targets = library.commitments(kind="target")
    assert {row.kind for row in targets} == {"target"}
    assert library.commitments(kind="achieved") == [row for row in everything if row.kind == "achieved"]
    assert {row.object for row in library.commitments(text="充电桩")} == {"充电桩"}
    assert len(library.commitments(unnumbered=True)) > len(everything)
    (report,) = library.reports
    for row in library.commitments(unnumbered=True):
        assert report.text[row.start : row.end] == row.text
        assert row.sentence.strip() in row.citation


def test_records_are_flat_frozen_values_that_tables_and_json_take(library: Library) -> None:
    rows = library.commitments()
    frame = pandas.DataFrame(rows)
    assert list(frame["text"]) == [row.text for row in rows]
    reply = library.ask(PATENTS)
    assert json.loads(json.dumps(dataclasses.asdict(reply)))["answer"]["text"] == "5.3万件"
    with pytest.raises(dataclasses.FrozenInstanceError):
        reply.question = "?"  # type: ignore[misc]


def test_many_threads_may_use_one_library(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[threading.Thread] = []

    def load() -> Encoder:
        loaded.append(threading.current_thread())
        return FakeEncoder()

    library = Library(Path("index"), load)
    library.add("seeds")
    files = [write_report(folder, f"报告{number}", ONE.replace("20", str(number))) for number in range(4)]

    def work(number: int) -> list[str]:
        if number % 2:
            library.add(files[number // 2])
            return []
        return [answer.text for answer in library.ask(PATENTS, SEED_NAME).candidates[:1]]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(8)))
    assert found == [["5.3万件"], []] * 4
    assert len(loaded) == 1
    assert len(library.reports) == 5
    assert library.verify() == []


def test_a_failed_load_of_the_model_is_tried_again(library: Library) -> None:
    outcomes: list[Encoder | None] = [None, FakeEncoder()]

    def load() -> Encoder:
        encoder = outcomes.pop(0)
        if encoder is None:
            raise wenbao.ModelError("没有模型", "no model")
        return encoder

    opened = Library(library.directory, load)
    with pytest.raises(wenbao.ModelError):
        opened.ask(PATENTS)
    assert opened.ask(PATENTS).answer is not None


def test_every_public_name_is_there() -> None:
    assert sorted(dir(wenbao)) == sorted(wenbao.__all__)
    for name in wenbao.__all__:
        assert getattr(wenbao, name) is not None
    with pytest.raises(AttributeError, match="Libary"):
        _ = wenbao.Libary
