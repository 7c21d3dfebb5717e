"""With 10,000 reports every page stays quick, and sends the browser no more than it shows."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import indexer.report.records
import indexer.store.catalogue
import views.shared.preparation
from answers.commitments.stored_update import bring_up
from answers.commitments.tracking.pairs import series_by_place
from answers.comparison.questions.plan import read_plan
from answers.understanding.period import Period
from answers.understanding.question import corrected, shown_period, understand
from indexer.build import build_index
from indexer.index import ReportIndex
from indexer.report.records import Metadata
from indexer.report.regions import CITY, COUNTY, PROVINCE, regions
from indexer.store.catalogue import Catalogue, ReportEntry
from indexer.store.connection import SqliteConnection
from indexer.store.database import STORE_NAME, open_store
from indexer.store.rows import metadata_json
from indexer.store.seals import Seals
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from views.shared.titles import matching, titles

pytestmark = pytest.mark.slow  # a library of 10,000 reports is written first

MANY = 10_000
MOST_BYTES = 400_000
MOST_SECONDS = 1.5
LONGEST = "2025年江苏省政府工作报告"


def described() -> Iterator[Metadata]:
    """What is known of so many reports: every province and city, and many counties, of thirty years."""
    places = [r for level in (PROVINCE, CITY, COUNTY) for r in regions() if r.level == level]
    for n in range(MANY):
        place, year = places[n // 12 % len(places)], 2025 - n % 12
        yield Metadata(f"{year}年{place.full}政府工作报告", place.full, place.level, year)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two reports whose catalogue and ledger have 10,000: rows are copied, nothing is embedded."""
    folder = tmp_path_factory.mktemp("large")
    texts = {
        "甲": "一、2024年工作回顾\n新建学校5所。\n二、2025年重点工作\n新建学校7所，城镇新增就业100万人以上。\n",
        LONGEST: "一、2024年工作回顾\n新建学校5所。\n二、2025年重点工作\n新建学校9所，开工建设甲地西站。\n",
    }
    for name, text in texts.items():
        write_report(folder / "reports", name, text)
    directory = folder / "index"
    build_index([folder / "reports"], directory, FakeEncoder())
    with closing(sqlite3.connect(directory / STORE_NAME)) as connection:
        known = {name: row for name, *row in connection.execute("SELECT name, * FROM documents")}
        columns = [row[1] for row in connection.execute("PRAGMA table_info(documents)")]
        model = dict(zip(columns, known["甲"], strict=True))
        marks = ",".join("?" * len(columns))
        rows = []
        for n, metadata in enumerate(described()):
            row = {**model, "id": 10 + n, "name": metadata.title, "metadata": metadata_json(metadata)}
            if metadata.title != LONGEST:
                rows.append(tuple(row[column] for column in columns))
        connection.executemany(f"INSERT OR IGNORE INTO documents VALUES ({marks})", rows)
        sections = connection.execute("SELECT * FROM sections WHERE document = ?", (model["id"],)).fetchall()
        connection.executemany(
            f"INSERT INTO sections VALUES ({','.join('?' * len(sections[0]))})",
            [(row[0], *section[1:]) for row in rows for section in sections],
        )
        passages = connection.execute(
            'SELECT number, section, role, start, "end" FROM passages WHERE document = ?', (model["id"],)
        ).fetchall()
        connection.executemany(
            'INSERT INTO passages (document, number, section, role, start, "end") VALUES (?, ?, ?, ?, ?, ?)',
            [(row[0], *passage) for row in rows for passage in passages],
        )
        seals = Seals(SqliteConnection(connection))
        for (document,) in connection.execute("SELECT id FROM documents WHERE id >= 10").fetchall():
            seals.write(document)
        connection.commit()
    bring_up(directory)
    return directory


@pytest.fixture(scope="module")
def entries(large: Path) -> tuple[ReportEntry, ...]:
    with open_store(large) as store:
        return Catalogue(store.entries()).entries


def test_what_a_question_is_about_is_read_at_once(entries: tuple[ReportEntry, ...]) -> None:
    for text in (
        "今年新建多少所学校？",
        "各省今年新建多少所学校？",
        "江苏近三年新建多少所学校？",
        "新建学校",
    ):
        read_everything(text, entries)  # what is grouped once is grouped
        started = time.perf_counter()
        read_everything(text, entries)
        took = time.perf_counter() - started
        assert took < 0.05, f"{text}: {took * 1000:.0f} ms"


def read_everything(text: str, entries: tuple[ReportEntry, ...]) -> None:
    """All that the pages ask of a catalogue at a rerun."""
    question = understand(text)
    scope = question.scope(entries)
    period = shown_period(question, entries) or Period.BOTH
    corrected(question, entries, regions=(), report_years=scope.report_years, period=period, ask=question.ask)
    read_plan(question, entries)
    series_by_place(entries)
    titles(entries)


def test_reports_are_found_by_what_is_typed(entries: tuple[ReportEntry, ...]) -> None:
    found = list(matching(entries, "江蘇省 2024"))
    assert found and all("江苏省" in one.region and one.year == 2024 for one in found)
    assert list(matching(entries, "没有这种报告")) == []


@pytest.fixture
def service(large: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages' service over the large index. No file is hashed, and no report but those shown is read."""

    def refused(*arguments: object) -> bool:
        raise AssertionError("a page hashes source files")

    monkeypatch.setenv("WENBAO_INDEX", str(large))
    monkeypatch.setattr(views.shared.preparation, "load_encoder", FakeEncoder)
    monkeypatch.setattr(indexer.store.catalogue, "has_digest", refused)
    monkeypatch.setattr(indexer.report.records, "has_digest", refused)
    st.cache_resource.clear()
    views.shared.preparation.service().wait(60)
    yield
    st.cache_resource.clear()


@pytest.fixture
def reads(service: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the reports that are read."""
    read: list[str] = []
    report = ReportIndex.report

    def noted(index: ReportIndex, name: str) -> object:
        read.append(name)
        return report(index, name)

    monkeypatch.setattr(ReportIndex, "report", noted)
    return read


def page_of(name: str, **query: str) -> AppTest:
    script = f"from views.{name}.page import {name}_page\n{name}_page('zh')\n"
    page = AppTest.from_string(script, default_timeout=60)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    return page


def sent(page: AppTest) -> int:
    """How many bytes the browser gets of all elements of a page."""
    protos = (getattr(node, "proto", None) for node in page._tree)
    return sum(proto.ByteSize() for proto in protos if proto is not None)


QUESTION = "江苏今年新建多少所学校？"
PAGES = [
    ("ask", {}),
    ("ask", {"q": QUESTION}),
    ("ask", {"q": "今年新建多少所学校？"}),
    ("compare", {}),
    ("compare", {"compare": "江苏和湖南今年新建多少所学校？"}),
    ("commitments", {}),
    ("commitments", {"words": "学校"}),
    ("commitments", {"indicator": "城镇新增就业"}),
    ("tracking", {}),
    ("library", {}),
]


@pytest.mark.parametrize(("name", "query"), PAGES, ids=lambda value: str(value))
def test_a_page_is_quick_and_sends_what_it_shows(reads: list[str], name: str, query: dict[str, str]) -> None:
    page = page_of(name, **query)
    assert not page.exception and not page.error
    reads.clear()
    started = time.perf_counter()
    page.run()
    took = time.perf_counter() - started
    assert not page.exception
    assert len(set(reads)) <= 64
    assert sent(page) < MOST_BYTES, f"{sent(page)} bytes"
    for box in (*page.selectbox, *page.multiselect):
        assert len(box.options) <= 250, f"{box.label}: {len(box.options)} options"
    assert took < MOST_SECONDS, f"{took:.2f} s"


def test_a_report_among_thousands_is_found_by_typing_and_stays_chosen(service: None) -> None:
    page = page_of("commitments")
    box = next(one for one in page.multiselect if one.label == "报告")
    assert LONGEST not in box.options or len(box.options) <= 250
    (find,) = [one for one in page.text_input if one.label == "找报告"]
    find.set_value("江苏省政府 2025").run()
    box = next(one for one in page.multiselect if one.label == "报告")
    chosen = next(option for option in box.options if "江苏省" in option)
    box.set_value([LONGEST]).run()
    assert {row["报告"] for row in page.dataframe[0].value.to_dict("records")} == {"江苏 2025"}
    next(one for one in page.text_input if one.label == "找报告").set_value("湖北").run()
    box = next(one for one in page.multiselect if one.label == "报告")
    assert box.value == [LONGEST] and chosen in box.options
    assert {row["报告"] for row in page.dataframe[0].value.to_dict("records")} == {"江苏 2025"}


def test_pages_of_the_table_are_turned(service: None) -> None:
    page = page_of("library")
    first = page.dataframe[0].value
    assert len(first) == 100
    next(button for button in page.button if button.label == "下一页").click().run()
    second = page.dataframe[0].value
    assert len(second) == 100 and not set(first["文件名"]) & set(second["文件名"])
    page.text_input(key="library_find").set_value("江苏省政府").run()
    found = page.dataframe[0].value
    assert 0 < len(found) < 100 and all("江苏省" in title for title in found["标题"])


def test_a_region_that_is_not_offered_can_be_typed(service: None) -> None:
    page = page_of("ask", q="今年新建多少所学校？")
    box = next(one for one in page.multiselect if one.label == "地区")
    box.set_value(["江苏"]).run()
    assert not page.exception
    assert any("1 份报告" in caption.value or "份报告" in caption.value for caption in page.caption)
