"""A store of the former format: a row and a single-precision vector for every unit."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from embeddings import PassageText, PassageVectors
from indexer.build import build_index
from indexer.errors import IndexFault
from indexer.index import ReportIndex, open_index
from indexer.library import add_reports, correct_metadata, remove_reports, renew_index, repair_index
from indexer.proof.verify import verify_index
from indexer.report.passages import parse_report
from indexer.report.records import Unit
from indexer.report.report import Report
from indexer.reports import open_reports
from indexer.sources import read_document
from indexer.store import upgrade
from indexer.store.database import STORE_NAME, open_store
from indexer.store.rows import EmbeddedReport
from indexer.store.store import Store
from tests.conftest import ROOT, SEED_NAME, SEEDS
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, write_report

FORMER_SCHEMA = """
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    metadata TEXT NOT NULL,
    text TEXT NOT NULL, text_digest TEXT NOT NULL,
    pages TEXT NOT NULL,
    source TEXT NOT NULL, source_digest TEXT NOT NULL
);
CREATE TABLE sections (
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, parent INTEGER, depth INTEGER NOT NULL, kind TEXT NOT NULL,
    heading_start INTEGER NOT NULL, heading_end INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE passages (
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, section INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    passage INTEGER NOT NULL, kind TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    embedded BLOB NOT NULL,
    vector BLOB NOT NULL,
    seal BLOB NOT NULL
);
CREATE INDEX units_by_document ON units (document);
CREATE INDEX units_by_text ON units (embedded);
PRAGMA application_id = 0x57454E42;
PRAGMA user_version = 2;
"""
IDENTITY = FakeEncoder().identity
QUESTIONS = ("有效发明专利拥有量达多少件？", "新增高新技术企业多少家？", "新增就业20万人", "新建学校")


def former_text(report: Report, unit: Unit) -> str:
    """What was embedded of a unit: title, heading and its words."""
    headings = report.headings(report.passages[unit.passage].section)
    return " ".join((report.title, *headings[-1:], unit.span.of(report.text).strip()))


def write_former_store(directory: Path, reports: Sequence[Report]) -> None:
    """An index as the former version wrote it."""
    directory.mkdir()
    with closing(sqlite3.connect(directory / STORE_NAME)) as connection:
        connection.executescript(FORMER_SCHEMA)
        settings = {
            "model": IDENTITY.model, "dimension": IDENTITY.dimension, "fingerprint": IDENTITY.fingerprint,
            "passage_size": 350, "unit_text": 2, "generation": 7, "vector_digest": "0" * 64,
        }  # fmt: skip
        rows = [(key, json.dumps(value)) for key, value in settings.items()]
        connection.executemany("INSERT INTO settings VALUES (?, ?)", rows)
        for report in reports:
            write_former_report(connection, report)
        connection.commit()
    (directory / f"vectors-{'0' * 16}.faiss").write_bytes(b"derived from the units")


def write_former_report(connection: sqlite3.Connection, report: Report) -> None:
    document = report.document
    key = connection.execute(
        "INSERT INTO documents (name, metadata, text, text_digest, pages, source, source_digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            document.name, json.dumps(asdict(document.metadata), ensure_ascii=False), document.text,
            document.text_digest, json.dumps(document.pages), document.source, document.source_digest,
        ),
    ).lastrowid  # fmt: skip
    for s in report.sections:
        connection.execute(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key, s.number, s.parent, s.depth, s.kind,
                s.heading.start, s.heading.end, s.span.start, s.span.end,
            ),
        )  # fmt: skip
    for p in report.passages:
        row = (key, p.number, p.section, p.span.start, p.span.end)
        connection.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", row)
    texts = [former_text(report, unit) for unit in report.units]
    for unit, text, vector in zip(report.units, texts, FakeEncoder().encode_queries(texts), strict=True):
        digest, blob = hashlib.sha256(f"2\0{text}".encode()).digest()[:16], vector.astype("<f4").tobytes()
        seal = hashlib.sha256(digest + blob).digest()[:8]
        connection.execute(
            'INSERT INTO units (document, passage, kind, start, "end", embedded, vector, seal)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (key, unit.passage, unit.kind, unit.span.start, unit.span.end, digest, blob, seal),
        )


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """Not in the order of their names; one of them says nothing."""
    folder = tmp_path_factory.mktemp("former")
    paths = [
        write_report(folder, "丙", "（一）扩大就业。新增就业20万人，发展态势良好。\n（二）办好教育。新建学校30所。"),
        *SEEDS.glob("*.txt"),
        write_report(folder, "空", "12345"),
        write_report(folder, "乙", "（一）扩大就业。新增就业10万人。新建學校5所，增長很快。"),
    ]  # fmt: skip
    return [parse_report(read_document(path)) for path in paths]


@pytest.fixture
def former(tmp_path: Path, reports: list[Report]) -> Path:
    write_former_store(tmp_path / "index", reports)
    return tmp_path / "index"


def names(index: ReportIndex) -> list[str]:
    return [entry.name for entry in index.reports]


def test_reports_come_over_as_they_were_in_their_order(former: Path, reports: list[Report]) -> None:
    assert list(open_reports(former)) == reports
    index = open_index(former, IDENTITY)
    assert names(index) == ["丙", SEED_NAME, "空", "乙"]
    assert [entry.passages for entry in index.reports] == [len(report.passages) for report in reports]
    assert index.settings.generation > 7
    assert verify_index(former) == ()


def test_every_unit_keeps_its_vector(former: Path, reports: list[Report]) -> None:
    index = open_index(former, IDENTITY)
    for question in QUESTIONS:
        query = FakeEncoder().encode_queries([question])[0]
        for report in reports:
            vectors = FakeEncoder().encode_queries([former_text(report, unit) for unit in report.units])
            hits = [hit for one in index.scored_report(query, report.name) for hit in one.units()]
            found = {hit.unit: hit.score for hit in hits}
            assert set(found) == set(report.units)
            scores = [found[unit] for unit in report.units]
            assert scores == pytest.approx((vectors @ query).tolist(), abs=0.06)


def test_the_same_passages_are_found_as_before(former: Path, reports: list[Report]) -> None:
    index = open_index(former, IDENTITY)
    for question in QUESTIONS:
        query = FakeEncoder().encode_queries([question])[0]
        best: list[tuple[float, str, int]] = []
        for report in reports:
            wholes = [unit for unit in report.units if unit.span == report.passages[unit.passage].span]
            vectors = FakeEncoder().encode_queries([former_text(report, unit) for unit in wholes])
            best += [
                (float(vector @ query), report.name, unit.passage)
                for unit, vector in zip(wholes, vectors, strict=True)
            ]
        best.sort(reverse=True)
        found = index.scored(query, index.nearest(query, 1))
        assert [(one.report.name, one.passage.number) for one in found] == [best[0][1:]]
        nearest = {
            (one.report.name, one.passage.number) for one in index.scored(query, index.nearest(query, 5))
        }
        assert len(nearest & {one[1:] for one in best[:6]}) == 5
    assert index.worded("新增高新技术企业", 5) != []


def test_it_is_done_once_and_leaves_nothing_of_the_old_tables(former: Path) -> None:
    open_index(former, IDENTITY)
    after = (former / STORE_NAME).read_bytes()
    open_index(former, IDENTITY)
    assert (former / STORE_NAME).read_bytes() == after
    with closing(sqlite3.connect(former / STORE_NAME)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert not any("former" in name or "unit" in name for name in tables)


def test_cut_short_it_leaves_the_former_store(former: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (former / STORE_NAME).read_bytes()
    added: list[EmbeddedReport] = []

    def add(self: Store, embedded: EmbeddedReport) -> None:
        added.append(embedded)
        if len(added) == 2:
            raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(Store, "add", add)
        with pytest.raises(SystemExit), open_store(former):
            pass
    assert len(added) == 2
    assert (former / STORE_NAME).read_bytes() == before
    assert len(open_index(former, IDENTITY).reports) == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE units SET vector = x'00' WHERE id = 5",
        "UPDATE units SET kind = 'x' WHERE id = 5",
        "UPDATE units SET passage = 999 WHERE id = 5",
        "UPDATE units SET passage = -1 WHERE id = 5",
        "UPDATE units SET passage = passage + 1 WHERE id = 5",
        "UPDATE sections SET kind = 'x' WHERE number = 1",
        "UPDATE documents SET metadata = '[]'",
        "UPDATE documents SET text = x'00ff'",
        "DELETE FROM passages WHERE number = 1",
        "DELETE FROM settings",
        "DROP TABLE units",
    ],
)
def test_a_former_store_that_makes_no_sense_is_damage_and_stays(former: Path, statement: str) -> None:
    alter(former, statement)
    before = (former / STORE_NAME).read_bytes()
    with pytest.raises(IndexFault, match="python -m indexer repair") as caught:
        open_index(former, IDENTITY)
    assert str(former) in str(caught.value)
    assert (former / STORE_NAME).read_bytes() == before


def test_a_former_store_that_cannot_be_written_is_not_called_damaged(
    former: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(upgrade, "upgrade", refuse)
    with pytest.raises(IndexFault, match="写不进去") as caught:
        open_index(former, IDENTITY)
    assert "repair" not in caught.value.message("en")


def test_all_are_told_to_be_of_another_version_and_are_embedded_anew(
    former: Path, tmp_path: Path, reports: list[Report]
) -> None:
    index = open_index(former, IDENTITY)
    assert index.stale == index.reports
    encoder = FakeEncoder()
    assert renew_index(former, encoder) == 4
    said = [passage for report in reports for passage in report.passages if report.units_of(passage)]
    assert len(encoder.passages) == len(said)
    renewed = open_index(former, IDENTITY)
    assert renewed.stale == ()
    assert names(renewed) == names(index)
    assert list(open_reports(former)) == reports
    assert verify_index(former) == ()
    again = FakeEncoder()
    assert renew_index(former, again) == 0
    assert again.passages == []
    build_index([report.document.source for report in reports], tmp_path / "new", FakeEncoder())
    assert vectors(former) == vectors(tmp_path / "new")


def vectors(directory: Path) -> dict[str, list[object]]:
    """The packed vectors of every report."""
    with open_store(directory) as store:
        return {
            entry.name: [found.packed for found in store.passages_of(entry.id)] for entry in store.entries()
        }


def test_the_index_answers_while_it_is_renewed(former: Path) -> None:
    seen: list[tuple[list[str], int]] = []

    class Watching(FakeEncoder):
        def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
            index = open_index(former, IDENTITY)
            query = self.encode_queries(["新增就业20万人"])[0]
            found = index.scored(query, index.nearest(query, 1))
            seen.append(([one.report.name for one in found], len(index.stale)))
            assert set(names(index)) == {"丙", SEED_NAME, "空", "乙"}
            return super().encode_passages(passages)

    renew_index(former, Watching())
    assert {name for (name,), _ in seen} == {"丙"}
    assert [stale for _, stale in seen] == sorted((stale for _, stale in seen), reverse=True)
    assert seen[0][1] == 4 and seen[-1][1] == 1


def test_killed_while_it_is_renewed_it_goes_on_from_there(former: Path) -> None:
    program = textwrap.dedent("""
        import os, sys
        from indexer.library import renew_index
        from tests.fake_encoder import FakeEncoder

        class Dying(FakeEncoder):
            def encode_passages(self, passages):
                if len(self.passages) > 10:
                    os._exit(9)
                return super().encode_passages(passages)

        renew_index(sys.argv[1], Dying())
    """)
    arguments = [sys.executable, "-c", program, str(former)]
    ended = subprocess.run(arguments, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert ended.returncode == 9
    index = open_index(former, IDENTITY)
    assert {entry.name for entry in index.stale} == {SEED_NAME, "空", "乙"}
    assert verify_index(former) == ()
    encoder = FakeEncoder()
    assert renew_index(former, encoder) == 3
    assert not any("丙" in text.head for text in encoder.passages)
    assert open_index(former, IDENTITY).stale == ()
    assert names(open_index(former, IDENTITY)) == ["丙", SEED_NAME, "空", "乙"]


def test_stopped_while_it_is_renewed_it_keeps_what_is_done(former: Path) -> None:
    encoder = FakeEncoder()
    renew_index(former, encoder, cancelled=lambda: len(encoder.passages) > 0)
    index = open_index(former, IDENTITY)
    assert [entry.name for entry in index.stale] == [SEED_NAME, "空", "乙"]


@pytest.mark.parametrize("done", ["removed", "corrected"])
def test_what_somebody_did_to_a_report_while_it_was_embedded_anew_stays_done(former: Path, done: str) -> None:
    class Meanwhile(FakeEncoder):
        def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
            if not self.passages:
                if done == "removed":
                    remove_reports("丙", former)
                else:
                    correct_metadata("丙", former, FakeEncoder(), {"speaker": "市长 某某"})
            return super().encode_passages(passages)

    renew_index(former, Meanwhile())
    index = open_index(former, IDENTITY)
    if done == "removed":
        assert names(index) == [SEED_NAME, "空", "乙"]
    else:
        assert index.report("丙").metadata.speaker == "市长 某某"
    renew_index(former, FakeEncoder())
    assert open_index(former, IDENTITY).stale == ()
    assert verify_index(former) == ()


def test_what_is_added_corrected_built_and_repaired_beside_former_reports_is_of_today(
    former: Path, tmp_path: Path, reports: list[Report]
) -> None:
    add_reports(write_report(tmp_path, "丁", "（一）好。新增学校3所，增长很快。"), former, FakeEncoder())
    correct_metadata("乙", former, FakeEncoder(), {"year": 2024})
    index = open_index(former, IDENTITY)
    assert {entry.name for entry in index.stale} == {"丙", SEED_NAME, "空"}
    build_index(reports[0].document.source, former, FakeEncoder())
    assert names(open_index(former, IDENTITY)) == ["丙"]
    assert open_index(former, IDENTITY).stale == ()
    repair_index(former, FakeEncoder())
    assert verify_index(former) == ()


def test_a_build_goes_on_from_a_former_index(former: Path, reports: list[Report]) -> None:
    build_index([report.document.source for report in reports], former, FakeEncoder())
    index = open_index(former, IDENTITY)
    assert index.stale == () and set(names(index)) == {report.name for report in reports}
    query = FakeEncoder().encode_queries(["新增就业20万人"])[0]
    scores = np.concatenate([one.scores for one in index.scored_report(query, "丙")])
    assert scores.max() > 0.5
