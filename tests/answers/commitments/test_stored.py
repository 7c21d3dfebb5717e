"""The stored ledger: what it holds, that it follows the store, and that nothing of it is ever half."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers.commitments import stored_update
from answers.commitments.rows import StatementKind, commitment_row
from answers.commitments.search import Entry, Filter, Order, entries, plain_words, searched_words
from answers.commitments.stored import StoredLedger, topics_of, totals_of
from answers.commitments.stored_file import LEDGER_NAME, VERSION, ledger_folder
from answers.commitments.stored_rows import pairs, phrase, statements_of
from answers.commitments.stored_update import LedgerProgress, bring_up, is_current
from answers.commitments.topics import Topic
from answers.errors import LedgerError
from answers.quantities.amounts import Bound, converted
from indexer.apart import Apart, Exceeded
from indexer.build import build_index
from indexer.library import add_reports, correct_metadata, remove_reports, repair_index
from indexer.report.report import Report
from indexer.reports import open_reports
from tests.conftest import ROOT
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, write_report

# The rows of the seed report by this version. Where they change on purpose, raise VERSION and put the new digest here:
# ledgers that users have are then made anew.
SEED_ROWS = (11, "42ba50b510e24979")


def rows_of(reports: Sequence[Report]) -> list[Entry]:
    return [entry for report in reports for entry in entries(report, unnumbered=True)]


def everything(directory: Path) -> list[Entry]:
    return list(StoredLedger(directory).entries(Filter()))


def test_the_rows_are_those_of_the_reports_to_the_last_field(index_directory: Path) -> None:
    bring_up(index_directory)
    assert everything(index_directory) == rows_of(open_reports(index_directory))


def test_a_change_of_the_rows_raises_the_version(seed_parsed: Report) -> None:
    rows = [
        [commitment_row(one.row, one.sentence), one.topic.value, one.row.place.paragraph]
        for one in rows_of([seed_parsed])
    ]
    said = json.dumps(rows, ensure_ascii=False, sort_keys=True)
    assert (VERSION, hashlib.sha256(said.encode()).hexdigest()[:16]) == SEED_ROWS


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for name, place, count in (("甲", "江苏省", 5), ("乙", "湖北省", 7), ("丙", "湖南省", 9)):
        text = f"{place}政府工作报告\n一、2025年重点工作\n（一）办好教育。新建学校{count}所。开工建设{name}地西站。\n"
        write_report(tmp_path / "reports", f"2025年{place}政府工作报告", text)
    build_index([tmp_path / "reports"], tmp_path / "index", FakeEncoder())
    return tmp_path / "index"


def test_only_what_is_new_changed_or_gone_is_done_again(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extracted: list[str] = []

    def noted(report: Report) -> tuple[Entry, ...]:
        extracted.append(report.name)
        return statements_of(report)

    monkeypatch.setattr("answers.commitments.stored_update.statements_of", noted)
    bring_up(library)
    assert len(extracted) == 3 and is_current(library)
    extracted.clear()
    bring_up(library)
    assert extracted == []
    new = write_report(tmp_path, "2025年海南省政府工作报告", "一、2025年重点工作\n新建学校11所。\n")
    add_reports([new], library, FakeEncoder())
    assert not is_current(library)
    bring_up(library)
    assert extracted == ["2025年海南省政府工作报告"]
    extracted.clear()
    remove_reports("2025年湖北省政府工作报告", library)
    correct_metadata("2025年湖南省政府工作报告", library, FakeEncoder(), {"title": "湖南的报告"})
    bring_up(library)
    assert extracted == []
    assert {entry.row.place.title for entry in everything(library)} >= {"湖南的报告"}
    assert {entry.region for entry in everything(library)} == {"江苏省", "湖南省", "海南省"}
    # 今年 is read by the report's year: another year is another ledger of it.
    correct_metadata("2025年湖南省政府工作报告", library, FakeEncoder(), {"year": 2024})
    bring_up(library)
    assert extracted == ["2025年湖南省政府工作报告"]
    assert everything(library) == rows_of(open_reports(library))


def test_a_report_whose_text_was_replaced_is_found_by_its_new_words_only(
    library: Path, tmp_path: Path
) -> None:
    bring_up(library)
    new = write_report(
        tmp_path / "reports",
        "2025年江苏省政府工作报告",
        "江苏省政府工作报告\n一、2025年重点工作\n新建桥梁6座。\n",
    )
    add_reports([new], library, FakeEncoder(), replacing=True)
    bring_up(library)
    ledger = StoredLedger(library)
    assert [entry.row.text for entry in ledger.page(Filter(text="新建桥梁"))] == ["6座"]
    assert "5所" not in [entry.row.text for entry in ledger.page(Filter(text="新建学校"))]


def test_a_mended_index_has_its_ledger_made_anew(library: Path) -> None:
    bring_up(library)
    alter(library, "UPDATE passage_vectors SET seal = x'00'")
    repair_index(library, FakeEncoder())
    assert not is_current(library)
    bring_up(library)
    assert everything(library) == rows_of(open_reports(library))


def test_some_reports_can_come_first(library: Path) -> None:
    bring_up(library, only=["2025年湖南省政府工作报告"])
    assert {entry.region for entry in everything(library)} == {"湖南省"} and not is_current(library)
    bring_up(library)
    assert everything(library) == rows_of(open_reports(library))


def test_it_tells_how_far_it_is_and_stops_where_it_is_told(library: Path) -> None:
    told: list[LedgerProgress] = []
    bring_up(library, told.append, lambda: len(told) == 2)
    assert [(step.done, step.total) for step in told] == [(0, 3), (1, 3)]
    assert StoredLedger(library).documents() == 2 and not is_current(library)
    bring_up(library)
    assert everything(library) == rows_of(open_reports(library))


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_a_damaged_ledger_is_made_anew(library: Path, content: bytes) -> None:
    bring_up(library)
    (library / LEDGER_NAME).write_bytes(content)
    bring_up(library)
    assert everything(library) == rows_of(open_reports(library))


def test_a_ledger_of_another_version_is_made_anew(library: Path) -> None:
    bring_up(library)
    with closing(sqlite3.connect(library / LEDGER_NAME)) as connection:
        connection.execute("UPDATE quoted SET object = 'old'")
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        connection.commit()
    assert not is_current(library)
    bring_up(library)
    assert everything(library) == rows_of(open_reports(library))


def test_what_is_damaged_further_in_is_removed_with_a_message(library: Path) -> None:
    bring_up(library)
    path = library / LEDGER_NAME
    content = path.read_bytes()
    path.write_bytes(content[:4096] + os.urandom(len(content) - 4096))
    with pytest.raises(LedgerError, match="自动重新生成"):
        everything(library)
    bring_up(library)
    assert everything(library) == rows_of(open_reports(library))


def test_an_index_that_cannot_be_written_has_its_ledger_elsewhere(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != library)
    before = sorted(path.name for path in library.iterdir())
    bring_up(library)
    assert ledger_folder(library) != library
    assert everything(library) == rows_of(open_reports(library))
    assert sorted(path.name for path in library.iterdir()) == before


def test_an_altered_text_gets_no_ledger(library: Path) -> None:
    alter(library, "UPDATE documents SET text = replace(text, '7所', '8所')")
    with pytest.raises(Exception, match="digest"):
        bring_up(library)
    assert not is_current(library)


def test_the_full_text_is_written_anew_when_most_of_it_is_of_what_is_gone(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_update, "_DEAD", 0)
    bring_up(library)
    for year in (2020, 2021, 2022):
        for name in ("江苏", "湖北", "湖南"):
            correct_metadata(f"2025年{name}省政府工作报告", library, FakeEncoder(), {"year": year})
        bring_up(library)
    with closing(sqlite3.connect(library / LEDGER_NAME)) as connection:
        (held,) = connection.execute("SELECT count(*) FROM words_docsize").fetchone()
        (live,) = connection.execute("SELECT count(*) FROM statements").fetchone()
    assert held <= 2 * live
    assert len(StoredLedger(library).page(Filter(text="新建学校"))) == 3


_WORK = """
import sys, time
from pathlib import Path
from answers.commitments import stored_update
stored_update._COMMIT_EVERY = 0.0
work = stored_update.statements_of
def slowly(report):
    time.sleep({pause})
    return work(report)
stored_update.statements_of = slowly
print("ready", flush=True)
stored_update.bring_up(Path(sys.argv[1]))
"""


def _working(library: Path, pause: float) -> subprocess.Popen[str]:
    program = [sys.executable, "-c", _WORK.format(pause=pause), str(library)]
    return subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_killed_at_any_moment_nothing_is_half(library: Path) -> None:
    whole = rows_of(open_reports(library))
    for wait in (0.0, 0.15, 0.3, 0.45):
        with _working(library, 0.15) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(wait)
            process.kill()
        if (library / LEDGER_NAME).exists() and (library / LEDGER_NAME).stat().st_size:
            found = everything(library)
            names = {entry.row.place.document for entry in found}
            assert found == [entry for entry in whole if entry.row.place.document in names]
    bring_up(library)
    assert everything(library) == whole


def test_two_processes_make_one_ledger(library: Path) -> None:
    processes = [_working(library, 0.1) for _ in range(2)]
    bring_up(library)
    assert [process.wait(60) for process in processes] == [0, 0]
    for process in processes:
        assert process.stdout is not None
        process.stdout.close()
    assert everything(library) == rows_of(open_reports(library))


# ---- what is found, held against a search through Python objects


@pytest.fixture(scope="module")
def seed_ledger(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> StoredLedger:
    directory = Path(shutil.copytree(built_index, tmp_path_factory.mktemp("found") / "index"))
    bring_up(directory)
    return StoredLedger(directory)


@pytest.fixture(scope="module")
def seed_rows(seed_ledger: StoredLedger) -> list[Entry]:
    return list(seed_ledger.entries(Filter()))


def passes(entry: Entry, wanted: Filter) -> bool:
    """The meaning of a filter, said plainly."""
    row, amount = entry.row, entry.row.amount
    about = plain_words(" ".join((row.object, *row.place.headings)))
    if wanted.unit and amount is not None:
        amount = converted(amount, wanted.unit)
    ranged = wanted.unit or wanted.low is not None or wanted.high is not None
    return (
        (not wanted.documents or row.place.document in wanted.documents)
        and (not wanted.regions or any(region in entry.region for region in wanted.regions))
        and (not wanted.report_years or entry.report_year in wanted.report_years)
        and (not wanted.years or row.year in wanted.years)
        and (not wanted.kinds or row.kind in wanted.kinds)
        and (not wanted.bounds or (row.amount is not None and row.amount.bound in wanted.bounds))
        and (not wanted.topics or entry.topic in wanted.topics)
        and (not wanted.numbered or row.amount is not None)
        and all(word in about for word in plain_words(wanted.topic).split())
        and all(word in searched_words(entry) for word in plain_words(wanted.text).split())
        and not (ranged and amount is None)
        and (wanted.low is None or (amount is not None and amount.high >= wanted.low))
        and (wanted.high is None or (amount is not None and amount.low <= wanted.high))
    )


def some(values: Sequence[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), min_size=1, max_size=3).map(tuple))


filters = st.builds(
    Filter,
    regions=st.sampled_from([(), ("宁波",), ("江苏", "浙江"), ("江苏",)]),
    report_years=st.sampled_from([(), (), (2023,), (2022,)]),
    years=some([2022, 2023, 2027]),
    kinds=some(list(StatementKind)),
    bounds=st.one_of(st.just(()), some(list(Bound))),
    topics=some(list(Topic)),
    topic=st.sampled_from(["", "", "", "创新", "就業", "能"]),
    text=st.sampled_from(
        [
            "",
            "",
            "新增",
            "新增 就业",
            "%",
            "万",
            "ＧＤＰ",
            "5.3万件",
            "“",
            "农业农村现代化",
            "没有的话",
            '" OR',
        ]
    ),
    numbered=st.booleans(),
    unit=st.sampled_from(["", "", "", "%", "元", "吨", "公里", "'"]),
    low=st.sampled_from([None, None, 5.0, 1e4]),
    high=st.sampled_from([None, None, 1e6]),
)


@given(wanted=filters)
def test_sql_finds_what_a_search_through_objects_finds(
    seed_ledger: StoredLedger, seed_rows: list[Entry], wanted: Filter
) -> None:
    expected = [entry for entry in seed_rows if passes(entry, wanted)]
    assert list(seed_ledger.entries(wanted)) == expected
    assert seed_ledger.totals(wanted) == totals_of(expected)
    assert {(one.topic, one.targets, one.results) for one in seed_ledger.by_topic(wanted)} == {
        (one.topic, one.targets, one.results) for one in topics_of(expected)
    }
    assert sum(one.rows for one in seed_ledger.by_unit(wanted)) == sum(
        e.row.amount is not None for e in expected
    )
    assert sum(one.rows for one in seed_ledger.by_region(wanted)) == len(expected)


@settings(max_examples=100 * len(Order))
@given(wanted=filters, order=st.sampled_from(Order))
def test_pages_of_any_order_are_the_whole_of_what_is_found(
    seed_ledger: StoredLedger, seed_rows: list[Entry], wanted: Filter, order: Order
) -> None:
    expected = [entry for entry in seed_rows if passes(entry, wanted)]
    pages = [seed_ledger.page(wanted, order, start, 7) for start in range(0, 21, 7)]
    whole = list(seed_ledger.entries(wanted, order))
    assert [entry for page in pages for entry in page] == whole[:21]
    assert len(whole) == len(expected) and set(whole) == set(expected)


def test_the_commonest_unit_comes_first_and_what_has_no_number_last(seed_ledger: StoredLedger) -> None:
    units = [one.value for one in seed_ledger.by_unit(Filter())]
    found = [entry.row.amount for entry in seed_ledger.entries(Filter(), Order.LARGEST)]
    said = list(dict.fromkeys(amount.unit if amount else None for amount in found))
    assert said[0] == units[0] and said[-1] is None
    percents = [amount.low for amount in found if amount is not None and amount.unit == units[0]]
    assert percents == sorted(percents, reverse=True)


@given(text=st.text(max_size=12), word=st.text(min_size=1, max_size=3))
def test_a_phrase_of_pairs_finds_just_the_texts_with_the_word(text: str, word: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5 (said, content='', tokenize='ascii')")
        connection.execute("INSERT INTO words (rowid, said) VALUES (1, ?)", (pairs(text),))
        found = connection.execute(
            "SELECT count(*) FROM words WHERE words MATCH ?", (phrase(word),)
        ).fetchone()
    assert bool(found[0]) is (word in text)


def test_a_place_names_its_row_and_nothing_else(seed_ledger: StoredLedger, seed_rows: list[Entry]) -> None:
    entry = seed_rows[3]
    assert seed_ledger.at(entry.row.place.document, entry.row.span) == entry
    assert seed_ledger.at("没有", entry.row.span) is None
    assert (
        seed_ledger.at(entry.row.place.document, replace(entry.row.span, end=entry.row.span.end + 1)) is None
    )


def test_without_a_ledger_there_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=LEDGER_NAME):
        StoredLedger(tmp_path).totals(Filter())


def test_signs_that_nobody_sees_do_not_hide_words(index_directory: Path) -> None:
    bring_up(index_directory)
    ledger = StoredLedger(index_directory)
    plain = list(ledger.entries(Filter(text="充电桩")))
    assert plain
    assert list(ledger.entries(Filter(text="充\u00ad电\u2066桩"))) == plain


def test_words_that_nobody_types_are_refused() -> None:
    with pytest.raises(LedgerError, match="500"):
        Filter(text="充" * 501)


def test_a_report_that_keeps_its_process_busy_is_left_out_and_can_be_removed(
    library: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    find = Apart.call

    def call(self: Apart, function: Callable[..., object], report: Report) -> object:
        if "湖北" in report.name:
            raise Exceeded("it took more than 90 s")
        return find(self, function, report)

    monkeypatch.setattr(Apart, "call", call)
    bring_up(library)
    assert is_current(library)
    assert "湖北" in caplog.text and "could not be found" in caplog.text
    ledger = StoredLedger(library)
    assert {entry.region for entry in ledger.entries(Filter())} == {"江苏省", "湖南省"}
    remove_reports("2025年湖北省政府工作报告", library)
    bring_up(library)
    assert is_current(library) and ledger.documents() == 2
